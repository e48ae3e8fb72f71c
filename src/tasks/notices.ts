import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Metafile } from 'esbuild'

type Package = { name: string; version: string; license: string; text: string }

/**
 * Writes what the shipped files owe to others: `THIRD-PARTY-NOTICES.txt` with every licence in full, and `sbom.cdx.json`, the same as a
 * CycloneDX bill of materials. Both say what the bundler really took in.
 */
export function writeNotices(dist: string, root: string, version: string, metafiles: Metafile[]): void {
  const folders = new Set(metafiles.flatMap(({ inputs }) => Object.keys(inputs)).flatMap(packageFolder))
  const packages = [...folders].sort().map(folder => readPackage(join(root, folder)))
  const own = readFileSync(join(root, 'docs', 'NOTICE'), 'utf8')
  const texts = packages.map(({ name, version, license, text }) => `${name} ${version} (${license})\n\n${text.trim()}\n`)
  writeFileSync(join(dist, 'THIRD-PARTY-NOTICES.txt'), [own, ...texts].join(`\n${'-'.repeat(80)}\n\n`))
  writeFileSync(join(dist, 'sbom.cdx.json'), `${JSON.stringify({
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: component({ name: 'mcp-policy', version, license: 'Apache-2.0' }, 'application') },
    components: packages.map(one => component(one, 'library')),
  }, null, 2)}\n`)
}

/** `node_modules/@scope/name` of a bundled file, also of a nested one. */
function packageFolder(input: string): string[] {
  const found = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)
  return found === null ? [] : [found[1]]
}

function readPackage(folder: string): Package {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Package
  const file = readdirSync(folder).find(entry => /^licen[cs]e/i.test(entry))
  if (file === undefined) throw new Error(`${name} has no licence file; it cannot be shipped`)
  return { name, version, license, text: readFileSync(join(folder, file), 'utf8') }
}

function component({ name, version, license }: Omit<Package, 'text'>, type: string): object {
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`
  return { type, 'bom-ref': purl, name, version, purl, licenses: [{ license: { id: license } }] }
}
