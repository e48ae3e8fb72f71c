/**
 * The benchmark tables of the README: the shipped command against `node -e 0`, against `kubectl label --local`, which only reads, and
 * against `conftest` with thirty rules where that is installed. Only ratios within one run mean anything; each is the median over pairs
 * that alternate.
 *
 *   npm run bench                    all tables, 9 pairs
 *   npm run bench -- --smoke         one pair, small sets: that the benchmark itself works
 *   npm run bench -- --padded        the same with the bundle padded to 352 controls (needs Go)
 */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { writeConftestPolicies } from './bench-conftest.ts'
import { documentsFor } from './bench-documents.ts'
import { root } from './opa.ts'
import { paddedBundle } from './padded-bundle.ts'

const { values } = parseArgs({ options: { smoke: { type: 'boolean', default: false }, padded: { type: 'boolean', default: false }, pairs: { type: 'string' } } })
const pairs = Number(values.pairs ?? (values.smoke ? 1 : 9))
const scratch = mkdtempSync(join(tmpdir(), 'mcp-policy-bench-'))
const kubectl = spawnSync('kubectl', ['version', '--client']).status === 0
const conftest = spawnSync('conftest', ['--version']).status === 0

type Row = { what: string; ratio: string; ours: string; theirs: string; memory: string; findings: string }

try {
  const shipped = join(scratch, 'dist')
  cpSync(join(root, 'dist'), shipped, { recursive: true })
  const rows = measure(join(shipped, 'mcp-policy.cjs'), '')
  if (values.padded) {
    paddedBundle(352, join(scratch, 'padded'))
    rmSync(join(shipped, 'bundle'), { recursive: true })
    cpSync(join(scratch, 'padded'), join(shipped, 'bundle'), { recursive: true })
    rows.push(...measure(join(shipped, 'mcp-policy.cjs'), ', 352 controls'))
  }
  print(rows)
} finally {
  rmSync(scratch, { recursive: true })
}

function measure(command: string, suffix: string): Row[] {
  const few = folderOf(20, 20)
  const sizes = values.smoke ? [100] : [1_000, 10_000]
  const rows = [compare(`20 files, cold${suffix}`, 'node -e 0', ['-e', '0'], process.execPath, command, few)]
  for (const count of sizes) {
    const folder = folderOf(count, count)
    const read = ['label', '--local', '-R', '-f', folder, 'x=1', '-o', 'name']
    if (kubectl) rows.push(compare(`${count} documents${suffix}`, 'kubectl label --local', read, 'kubectl', command, folder))
    else process.stderr.write('note: kubectl is not here, so nothing is compared with it\n')
  }
  if (conftest && suffix === '') {
    const policies = join(scratch, 'conftest')
    writeConftestPolicies(policies)
    const folder = folderOf(sizes[0], sizes[0])
    rows.push(compare(`${sizes[0]} documents`, 'conftest test, 30 rules', ['test', '--policy', policies, '--output', 'json', folder], 'conftest', command, folder))
  }
  return rows
}

function folderOf(count: number, files: number): string {
  const folder = join(scratch, `documents-${count}`)
  if (existsSync(folder)) return folder
  mkdirSync(folder)
  documentsFor(count).forEach((text, index) => {
    const part = join(folder, String(Math.floor(index / 100)))
    if (files > 100) mkdirSync(part, { recursive: true })
    writeFileSync(join(files > 100 ? part : folder, `${index}.yaml`), text)
  })
  return folder
}

function compare(what: string, name: string, theirArgs: string[], their: string, command: string, folder: string): Row {
  const report = join(scratch, 'report.json')
  const ourArgs = [command, 'lint', '--format', `json=${report}`, folder]
  const ratios: number[] = []
  const ours: number[] = []
  const theirs: number[] = []
  time(process.execPath, ourArgs)
  time(their, theirArgs)
  for (let pair = 0; pair < pairs; pair++) {
    ours.push(time(process.execPath, ourArgs))
    theirs.push(time(their, theirArgs))
    ratios.push(ours[pair] / theirs[pair])
  }
  const { findings, summary } = JSON.parse(readFileSync(report, 'utf8')) as { findings: unknown[]; summary: { documents: number } }
  return {
    what,
    ratio: `${median(ratios).toFixed(2)} of ${name} (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)})`,
    ours: `${median(ours).toFixed(0)} ms`,
    theirs: `${median(theirs).toFixed(0)} ms`,
    memory: `${peakMegabytes(ourArgs)} MB`,
    findings: `${(findings.length / summary.documents).toFixed(1)} a document; report ${(statSync(report).size / 1e6).toFixed(1)} MB`,
  }
}

function time(command: string, args: string[]): number {
  const start = process.hrtime.bigint()
  const { status, error } = spawnSync(command, args, { stdio: 'ignore' })
  if (error !== undefined || status === null || status > 1) throw error ?? new Error(`${command} ${args.join(' ')}: exit ${status}`)
  return Number(process.hrtime.bigint() - start) / 1e6
}

/** In a run of its own: what the kernel says is the most that was resident. */
function peakMegabytes(args: string[]): number {
  const out = join(scratch, 'rss')
  const hook = join(scratch, 'rss.cjs')
  writeFileSync(hook, `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(out)}, String(process.resourceUsage().maxRSS)))`)
  spawnSync(process.execPath, ['--require', hook, ...args], { stdio: 'ignore' })
  return Math.round(Number(readFileSync(out, 'utf8')) / 1024)
}

function median(numbers: number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]
}

function print(rows: Row[]): void {
  process.stdout.write(`Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model ?? 'CPU'}, median of ${pairs} pairs\n\n`)
  process.stdout.write('| what | time as a ratio | ours | theirs | peak memory | findings |\n|---|---|---|---|---|---|\n')
  for (const row of rows) process.stdout.write(`| ${row.what} | ${row.ratio} | ${row.ours} | ${row.theirs} | ${row.memory} | ${row.findings} |\n`)
}
