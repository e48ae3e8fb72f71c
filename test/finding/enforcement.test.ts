import { describe, expect, test } from 'vitest'
import { isNew, judgedIn, lintEnforcement, profileFor, type Profile, type Subject } from '../../src/finding/enforcement.ts'
import type { Control, Severity } from '../../src/policy/catalogue.ts'

const control = (severity: Severity, rest: Partial<Control> = {}): Control => ({
  id: 'workload-example', title: '', severity, admission: 'none', artefacts: ['kubernetes'], whole_set: false, cases: {}, standard: {}, items: [],
  instances: {}, remediation: '', profiles: [], since: '0.1.0', ...rest,
})

describe('what lint does about a finding', () => {
  test.each<[Severity, { case?: string; level?: 'warn'; severity?: Severity }, Subject | undefined, Profile, string]>([
    ['critical', {}, 'mcp', 'production', 'deny'],
    ['high', {}, 'mcp', 'production', 'deny'],
    ['medium', {}, 'mcp', 'production', 'warn'],
    ['low', {}, 'mcp', 'production', 'audit'],
    ['high', {}, 'support', 'production', 'deny'],
    ['high', {}, 'other', 'production', 'warn'],
    ['critical', {}, 'other', 'production', 'deny'],
    ['high', { case: 'pss-baseline' }, 'other', 'production', 'deny'],
    ['high', { case: 'pss-restricted' }, 'other', 'production', 'warn'],
    ['high', {}, undefined, 'production', 'deny'],
    ['critical', { level: 'warn' }, 'mcp', 'production', 'warn'],
    ['low', { level: 'warn' }, 'mcp', 'production', 'audit'],
    ['medium', { severity: 'critical' }, 'other', 'production', 'deny'],
    ['critical', {}, 'mcp', 'staging', 'warn'],
    ['critical', {}, 'mcp', 'development', 'audit'],
    ['low', { case: 'pss-baseline' }, 'other', 'pss-baseline', 'deny'],
    ['medium', { case: 'pss-restricted' }, 'other', 'pss-restricted', 'deny'],
  ])('%s %j of %s in %s: %s', (severity, finding, subject, profile, expected) => {
    expect(lintEnforcement(control(severity), finding, subject, profile, '0.1.0')).toBe(expected)
  })
})

test.each<[string, string, boolean]>([
  ['0.1.0', '0.1.0', false],
  ['0.1.1', '0.1.3', false],
  ['0.1.0', '0.2.0', false],
  ['0.2.0', '0.2.0', true],
  ['0.2.0', '0.2.7', true],
  ['0.2.4', '0.2.4', true],
  ['0.2.0', '0.3.0', false],
  ['0.2.0', '0.10.0', false],
  ['0.10.0', '0.10.1', true],
  ['0.9.0', '1.0.0', false],
  ['1.0.0', '1.0.0', true],
  ['1.0.0', '1.1.0', false],
  ['1.0.0', '2.0.0', false],
  ['0.2.0', '0.2.0-rc.1', true],
  ['0.3.0', '0.2.0', true],
  ['1.1.0', '1.0.0', true],
])('a control since %s is new in %s: %s', (since, version, expected) => {
  expect(isNew({ since }, version)).toBe(expected)
})

test.each<[Severity, Profile, string]>([
  ['critical', 'production', 'warn'],
  ['medium', 'production', 'warn'],
  ['low', 'production', 'audit'],
  ['critical', 'development', 'audit'],
  ['high', 'pss-restricted', 'deny'],
])('a new control of severity %s in %s: %s', (severity, profile, expected) => {
  expect(lintEnforcement(control(severity, { since: '0.2.0' }), { case: 'pss-baseline' }, 'mcp', profile, '0.2.1')).toBe(expected)
})

test.each<[Profile, string | undefined, Partial<Control>, boolean]>([
  ['production', undefined, {}, true],
  ['production', 'pss-restricted', {}, true],
  ['pss-baseline', 'pss-baseline', {}, true],
  ['pss-baseline', 'pss-restricted', {}, false],
  ['pss-baseline', undefined, {}, false],
  ['pss-restricted', 'pss-baseline', {}, true],
  ['pss-restricted', 'pss-restricted', {}, true],
  ['pss-restricted', 'effective-user', {}, false],
  ['development', undefined, { profiles: ['production', 'staging'] }, false],
  ['staging', undefined, { profiles: ['production', 'staging'] }, true],
  ['pss-baseline', undefined, { id: 'input-not-evaluated' }, true],
])('profile %s judges case %s of %j: %s', (profile, part, rest, expected) => {
  expect(judgedIn(control('high', rest), { case: part }, profile)).toBe(expected)
})

test.each<[Profile, Profile | undefined, Profile]>([
  ['production', undefined, 'production'],
  ['production', 'staging', 'staging'],
  ['production', 'development', 'development'],
  ['staging', 'production', 'staging'],
  ['development', 'staging', 'development'],
  ['pss-baseline', 'development', 'pss-baseline'],
])('in a run with profile %s an artefact that names %s is judged by %s', (run, own, expected) => {
  expect(profileFor(run, own)).toBe(expected)
})
