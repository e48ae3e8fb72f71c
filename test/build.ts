import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

/** Tests of the command run what is shipped, so it is built from the sources first. */
export function setup(): void {
  const root = join(import.meta.dirname, '..')
  execFileSync(process.execPath, [join(root, 'src', 'tasks', 'build.ts')], { cwd: root, stdio: 'inherit' })
}
