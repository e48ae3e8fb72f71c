import { expect, test } from 'vitest'
import { didYouMean, suggest } from '../../src/input/suggest.ts'

const words = ['workload-readonly-rootfs', 'workload-no-privileged', 'tls-version', 'text', 'json']

test.each([
  ['a letter too many', 'workload-no-priviledged', 'workload-no-privileged'],
  ['a letter too few', 'workload-readonly-root', 'workload-readonly-rootfs'],
  ['two letters swapped', 'jsno', 'json'],
  ['another case', 'JSON', 'json'],
  ['the area left out', 'readonly-rootfs', 'workload-readonly-rootfs'],
  ['the end left out', 'tls', 'tls-version'],
  ['an end left out that several have', 'workload', undefined],
  ['nothing like it', 'yaml', undefined],
  ['nothing', '', undefined],
  ['a very long word', 'x'.repeat(1_000_000), undefined],
])('%s', (_, word, meant) => {
  expect(suggest(word, words)).toBe(meant)
})

test('the end of a message', () => {
  expect([didYouMean('tesxt', words), didYouMean('zzz', words)]).toEqual(['; did you mean text?', ''])
})
