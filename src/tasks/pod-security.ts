import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { Artefact, FileReading } from '../artefact/artefact.ts'
import type { Json } from '../artefact/document.ts'
import { projectKubernetes } from '../input/kubernetes.ts'
import { secretRules } from '../input/secret-name.ts'
import { batchText, inputText } from '../input/text.ts'
import { engineOf, type Bundle } from '../policy/bundle.ts'
import { judge } from '../policy/judge.ts'

export type Standard = 'pss-baseline' | 'pss-restricted'

/** A pod of the standard's own tests, and whether the standard admits it; `check` is the one that it is about, in lower case. */
export type Fixture = { path: string; level: 'baseline' | 'restricted'; minor: number; admitted: boolean; check: string; pod: Json }

/** The fixtures below `test/testdata` of k8s.io/pod-security-admission, of the versions that are asked for. */
export function readFixtures(testdata: string, minors: number[]): Fixture[] {
  return (['baseline', 'restricted'] as const).flatMap(level => minors.flatMap(minor => ['pass', 'fail'].flatMap(verdict => {
    const folder = join(testdata, level, `v1.${minor}`, verdict)
    return readdirSync(folder).sort().map(name => ({
      path: join(folder, name), level, minor, admitted: verdict === 'pass', check: name.replace(/\d*\.yaml$/, ''), pod: parse(readFileSync(join(folder, name), 'utf8')) as Json,
    }))
  })))
}

/** Why a fixture is judged otherwise than the standard does, or undefined: a refused one must be found by the case of its check. */
export function difference(bundle: Bundle, fixture: Fixture, said: string[]): string | undefined {
  if (fixture.admitted) return said.length === 0 ? undefined : `admitted by the standard, found ${said.join(', ')}`
  const expected = bundle.catalogue.controls.flatMap(({ id, standard }) => Object.entries(standard['pod-security'] ?? {})
    .filter(([, checks]) => checks.some(check => check.toLowerCase() === fixture.check)).map(([name]) => `${id}/${name}`))
  if (expected.length !== 1) return `${expected.length} cases state the check ${fixture.check}`
  // Two checks refuse a hostPath volume; one control reports it.
  if (fixture.check === 'restrictedvolumes' && said.includes('workload-no-hostpath/pss-baseline')) return undefined
  return said.includes(expected[0]) ? undefined : `refused by the standard, ${expected[0]} is silent, found ${said.join(', ') || 'nothing'}`
}

/** What the bundle says against a fixture in the profile of its level: `control/case`, sorted. `pss-restricted` judges both cases. */
export function podSecurityJudge(bundle: Bundle): (fixture: Fixture) => string[] {
  const engines = {
    baseline: engineOf(bundle, { profile: 'pss-baseline' }),
    restricted: engineOf(bundle, { profile: 'pss-restricted' }),
  }
  const cases = { baseline: ['pss-baseline'], restricted: ['pss-baseline', 'pss-restricted'] }
  const secrets = secretRules(bundle.data.params)
  const standard = new Set(bundle.catalogue.controls.filter(control => 'pod-security' in control.standard).map(control => control.id))
  return ({ level, minor, pod, path }) => {
    const projected = projectKubernetes(fileOf(path), artefactOf(pod), { literal: false, injected_sidecars: [], secrets })
    if ('overLimit' in projected) throw new Error(`${path}: ${projected.detail}`)
    const input = batchText([inputText({ ...projected.fields, pod_security_minor: minor })])
    const { answers, failed } = judge(engines[level], bundle.catalogue, 'kubernetes', input, 'lint')
    if (failed.length > 0) throw new Error(`${path}: ${failed[0].control}: ${failed[0].reason}`)
    return [...answers].filter(([control]) => standard.has(control)).flatMap(([control, answer]) =>
      answer.findings.filter(finding => finding.level === undefined && cases[level].includes(finding.case ?? ''))
        .map(finding => `${control}/${finding.case}`)).sort()
  }
}

const nowhere = { start: 0, end: 0 }

function artefactOf(value: Json): Artefact {
  return { kind: 'kubernetes', value, locate: () => ({ value: nowhere, missing: 0 }), remarks: [], hasBigInt: false, document: 0, span: nowhere }
}

function fileOf(path: string): FileReading {
  return { path, text: '', artefacts: [], uncovered: [], empty: [], byteOffset: offset => offset }
}
