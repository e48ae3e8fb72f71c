import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

/** The libraries that are loaded in a process that read a file. */
function loadedAfter(path: string, text: string): string[] {
  const program = `
    import { createRequire } from 'node:module'
    const { readFile } = await import('./src/artefact/read.ts')
    await import('./src/artefact/walk.ts')
    const file = readFile(${JSON.stringify(path)}, Buffer.from(${JSON.stringify(text)}), { limits: { depth: 100, bytes: 1e6 } })
    if (file.artefacts.length !== 1) throw new Error(JSON.stringify(file.uncovered))
    console.log(JSON.stringify(Object.keys(createRequire(process.cwd() + '/').cache)))`
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', program], { cwd: join(import.meta.dirname, '../..'), encoding: 'utf8' })
  return (JSON.parse(output) as string[]).flatMap(file => /node_modules\/([^/]+)/.exec(file)?.[1] ?? [])
}

test('Kubernetes YAML loads no library', () => {
  expect(loadedAfter('a.yaml', 'apiVersion: v1\nkind: Pod\n')).toEqual([])
})

test.each([['.mcp.json', '{"mcpServers": {},}', 'jsonc-parser'], ['config.toml', '[mcp_servers.a]\nurl = "x"\n', 'toml-eslint-parser']])('%s loads its own', (path, text, library) => {
  expect(loadedAfter(path, text)).toContain(library)
})
