import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Example } from '../policy/reference.ts'
import { root } from './opa.ts'

/** The examples of a control, `test/examples/<id>/`, in the order of their names. */
export function examplesOf(id: string): Example[] {
  const folder = join(root, 'test', 'examples', id)
  if (!existsSync(folder)) return []
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(folder.length + 1).replaceAll('\\', '/'))
    .sort()
  return files
    .filter(file => !(file.endsWith('.expected') && files.includes(file.slice(0, -'.expected'.length))))
    .map(file => ({
      file,
      text: shortened(readFileSync(join(folder, file), 'utf8')),
      finds: files.includes(`${file}.expected`) ? expected(readFileSync(join(folder, `${file}.expected`), 'utf8')) : [],
    }))
}

/** A line that is long to show that it is too long is cut in its middle: its ends tell enough. */
const shortened = (text: string): string => text.replace(/^.{161,}$/gm, line => `${line.slice(0, 48)} ... ${line.slice(-48)}`)

/** `3 auth-no-anonymous/api` becomes `line 3: auth-no-anonymous/api`. */
const expected = (text: string): string[] => text.split('\n').filter(line => /^\d/.test(line)).map(line => `line ${line.trim().replace(/\s+/, ': ')}`)
