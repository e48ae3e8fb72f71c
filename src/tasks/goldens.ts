/*
 * Asks the real kubectl what each file of test/artefact/snippets means, and writes it to test/artefact/goldens/kubectl.json. Run it when a
 * snippet is new or kubectl is another version; the tests only read what it wrote.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const tests = fileURLToPath(new URL('../../test/artefact/', import.meta.url))
const version = JSON.parse(execFileSync('kubectl', ['version', '--client', '-o', 'json'], { encoding: 'utf8' })) as { clientVersion: { gitVersion: string } }
const answers: Record<string, string[] | 'error'> = {}
for (const name of readdirSync(`${tests}snippets`).sort()) answers[name] = ask(`${tests}snippets/${name}`)
mkdirSync(`${tests}goldens`, { recursive: true })
writeFileSync(`${tests}goldens/kubectl.json`, `${JSON.stringify({ kubectl: version.clientVersion.gitVersion, answers }, undefined, 1)}\n`)

/**
 * The objects of a file as kubectl prints them, without the label that makes it print them: each as JSON text, because numbers must not
 * go through doubles. `error` when kubectl refuses any of it.
 */
function ask(file: string): string[] | 'error' {
  const { status, stdout } = spawnSync('kubectl', ['label', '--local', '-f', file, 'x-probe=1', '-o', 'json'], { encoding: 'utf8', maxBuffer: 1 << 28 })
  if (status !== 0) return 'error'
  return stdout
    .split(/^(?=\{)/m)
    .filter(text => text !== '')
    .map(text => text.split('\n').map(line => line.trimStart()).join('').replace('"labels": {"x-probe": "1"},', ''))
}
