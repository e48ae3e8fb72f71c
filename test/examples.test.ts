import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadBundle } from '../src/policy/bundle.ts'
import { filesUnder, lintFiles } from './lint-files.ts'

const folder = join(import.meta.dirname, 'examples')
const { catalogue } = loadBundle(join(import.meta.dirname, '..', 'policies', 'bundle'))

describe.each(catalogue.controls.map(({ id }) => id))('%s', id => {
  const entries = entriesOf(id)

  test('has an example with a fault and with a part that is clean', () => {
    expect(entries.flatMap(entry => filesUnder(entry).flatMap(file => marks(file, id)))).not.toEqual([])
  })

  test.each(entries.map(entry => [relative(folder, entry), entry]))('%s', (_, entry) => {
    const files = filesUnder(entry)
    const said = lintFiles(files, statSync(entry).isDirectory() ? [entry] : []).findings
      .filter(finding => finding.control === id && finding.outcome === 'violated')
      .map(({ file, line, case: part }) => ({ place: `${relative(folder, file)}:${line}`, name: part === undefined ? id : `${id}/${part}` }))
    const expected = files.flatMap(file => marks(file, id))
    const meant = (mark: { place: string; name: string }, finding: { place: string; name: string }) =>
      mark.place === finding.place && (mark.name === finding.name || finding.name.startsWith(`${mark.name}/`))
    expect({
      unexpected: said.filter(finding => !expected.some(mark => meant(mark, finding))),
      missing: expected.filter(mark => !said.some(finding => meant(mark, finding))),
    }).toEqual({ unexpected: [], missing: [] })
  })
})

/** Files and folders of one control; a folder is a set. The lists of expected lines belong to the files that they are named for. */
function entriesOf(id: string): string[] {
  try {
    return readdirSync(join(folder, id)).filter(name => !name.endsWith('.expected')).sort().map(name => join(folder, id, name))
  } catch {
    return []
  }
}

/** `# finds <control>[/case]` at the end of a line, or the lines of `<file>.expected`. */
function marks(file: string, id: string): { place: string; name: string }[] {
  const place = (line: number) => `${relative(folder, file)}:${line}`
  if (file.endsWith('.expected')) return []
  const listed = readText(`${file}.expected`)
  if (listed !== undefined) {
    return listed.split('\n').filter(line => line !== '').map(line => {
      const [number, name] = line.split(' ')
      return { place: place(Number(number)), name }
    }).filter(({ name }) => name === id || name.startsWith(`${id}/`))
  }
  return readFileSync(file, 'utf8').split(/\r\n?|\n/).flatMap((line, index) =>
    [...line.matchAll(/(?:#|\/\/) finds ([\w-]+(?:\/[\w-]+)?(?:, [\w-]+(?:\/[\w-]+)?)*)/g)]
      .flatMap(([, names]) => names.split(', '))
      .filter(name => name === id || name.startsWith(`${id}/`))
      .map(name => ({ place: place(index + 1), name })))
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
