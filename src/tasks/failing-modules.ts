/**
 * Writes `test/policy/failing-modules.json`: small compiled modules that fail in the ways in which a bundle could, for the tests of the
 * engine. Kept compiled and packed, so that the tests run without Go.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { opa, root } from './opa.ts'

const modules: Record<string, { rego: string; entrypoints: string[] }> = {
  conflict: {
    rego: 'package test\n\nanswer := 1\n\nanswer := 2 if input.conflict\n',
    entrypoints: ['test/answer'],
  },
  'missing-built-in': { rego: 'package test\n\nanswer := time.now_ns()\n', entrypoints: ['test/answer'] },
  undefined: { rego: 'package test\n\nanswer := 1 if input.present\n', entrypoints: ['test/answer'] },
  'one-broken-control': {
    rego: `package mcp.main

lint_kubernetes := {"findings": [broken, sound], "excused": [], "undecided": []}

outcomes_kubernetes := {"judged": [set(), set()], "inapplicable": []}

control_a_broken := {"findings": broken}

control_a_sound := {"findings": sound}

broken := set()

broken := {1} if input.conflict

sound contains {"artefact": 0, "path": [], "message": "found"}
`,
    entrypoints: ['lint_kubernetes', 'outcomes_kubernetes', 'control_a_broken', 'control_a_sound'].map(name => `mcp/main/${name}`),
  },
}

modules['poisoned-artefact'] = {
  rego: `package mcp.main

lint_kubernetes := {"findings": [broken, sound], "excused": [], "undecided": []}

outcomes_kubernetes := {"judged": [set(), set()], "inapplicable": []}

control_a_broken := {"findings": broken}

control_a_sound := {"findings": sound}

broken := sound

broken := set() if {
	some artefact in input.artefacts
	artefact.name == "poison"
}

sound contains {"artefact": index, "path": [], "message": "found"} if some index, _ in input.artefacts
`,
  entrypoints: modules['one-broken-control'].entrypoints,
}

const scratch = mkdtempSync(join(tmpdir(), 'mcp-policy-'))
const compiled = Object.entries(modules).map(([name, { rego, entrypoints }]) => {
  const source = join(scratch, 'test.rego')
  const archive = join(scratch, 'bundle.tar.gz')
  writeFileSync(source, rego)
  opa(['build', '--target', 'wasm', '--output', archive, ...entrypoints.flatMap(entrypoint => ['--entrypoint', entrypoint]), source])
  execFileSync('tar', ['-xzf', archive, '-C', scratch, '/policy.wasm'])
  return [name, { rego, wasm: gzipSync(readFileSync(join(scratch, 'policy.wasm')), { level: 9 }).toString('base64') }]
})
rmSync(scratch, { recursive: true })
writeFileSync(join(root, 'test', 'policy', 'failing-modules.json'), `${JSON.stringify(Object.fromEntries(compiled), null, 1)}\n`)
