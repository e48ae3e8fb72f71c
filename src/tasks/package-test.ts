/**
 * Packs the package as npm would publish it, installs it in an empty folder and lints with it, with the network off where the machine
 * allows that, on the pinned Node and on the system's.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { root } from './opa.ts'

const largestBytes = 3_000_000
const scratch = mkdtempSync(join(tmpdir(), 'mcp-policy-package-'))
const faults: string[] = []
const expect = (what: string, holds: boolean) => {
  process.stdout.write(`${holds ? 'ok   ' : 'FAULT'} ${what}\n`)
  if (!holds) faults.push(what)
}

try {
  const packed = JSON.parse(run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', scratch], root).stdout) as { filename: string; files: { path: string }[] }[] | Record<string, { filename: string; files: { path: string }[] }>
  const { filename, files } = Object.values(packed)[0]
  const tarball = join(scratch, filename)
  const { size } = statSync(tarball)
  expect(`the tarball has ${size} bytes, under ${largestBytes}`, size < largestBytes)
  expect('only what users need is inside', files.every(({ path }) => /^(dist|schemas|policies\/CONTROLS\.md|docs\/[\w-]+\.md|package\.json|README\.md|LICENSE|CHANGELOG\.md|SECURITY\.md)/.test(path)))

  writeFileSync(join(scratch, 'package.json'), '{"private": true}')
  run('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball], scratch)
  const installed = join(scratch, 'node_modules', 'mcp-policy')
  const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as { dependencies?: object; scripts?: Record<string, string> }
  expect('it has no runtime dependencies', manifest.dependencies === undefined)
  expect('it has no install script', !['preinstall', 'install', 'postinstall'].some(name => manifest.scripts?.[name] !== undefined))
  cpSync(join(root, 'examples'), join(scratch, 'examples'), { recursive: true })

  const offline = spawnSync('unshare', ['-rn', 'true']).status === 0
  if (!offline) process.stdout.write('note: unshare -rn is not allowed here, so the network stays on\n')
  for (const node of nodes()) {
    const version = run(node, ['--version'], scratch).stdout.trim()
    const command = [node, join(installed, 'dist', 'mcp-policy.cjs'), 'lint', '--format', 'json', 'examples']
    const { status, stdout, stderr } = offline ? spawnText('unshare', ['-rn', ...command], scratch) : spawnText(command[0], command.slice(1), scratch)
    const report = status === 1 ? (JSON.parse(stdout) as { findings: { control: string }[] }) : undefined
    expect(`node ${version}: finds the privileged container of the examples, exit 1${offline ? ', without a network' : ''}`,
      report?.findings.some(({ control }) => control === 'workload-no-privileged') === true)
    if (report === undefined) process.stdout.write(`${stderr}\n`)
    const explained = spawnText(node, [join(installed, 'dist', 'mcp-policy.cjs'), 'explain', 'workload-no-privileged'], scratch)
    expect(`node ${version}: explains a control`, explained.status === 0 && explained.stdout.includes('privileged'))
  }
} finally {
  rmSync(scratch, { recursive: true })
}
process.exitCode = faults.length === 0 ? 0 : 1

/** The Node that runs this, and the first one on the path that is not the project's own. */
function nodes(): string[] {
  const own = join(root, 'node_modules')
  const system = (process.env.PATH ?? '').split(delimiter)
    .filter(folder => !folder.includes('node_modules'))
    .map(folder => join(folder, 'node'))
    .find(existsSync)
  expect('the pinned Node runs this', process.execPath.startsWith(own))
  return system === undefined ? [process.execPath] : [process.execPath, system]
}

function run(command: string, args: string[], cwd: string): { stdout: string } {
  const done = spawnText(command, args, cwd)
  if (done.status !== 0) throw new Error(`${command} ${args.join(' ')}: exit ${done.status}\n${done.stderr}`)
  return done
}

function spawnText(command: string, args: string[], cwd: string): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 26 })
}
