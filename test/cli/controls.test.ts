import { expect, test } from 'vitest'
import { controls, writeControls, writeControlsJson } from '../../src/cli/controls.ts'
import { UsageError } from '../../src/cli/usage.ts'
import { known } from './known.ts'
import { written } from '../report/example.ts'

test('one line a control', () => {
  expect(written(out => writeControls(known.catalogue, out))).toBe(`\
health-probes  high      deny  Probe *every* server
net-policy     low       note  Cover each Pod
`)
})

test('as data', () => {
  expect(JSON.parse(written(out => writeControlsJson(known.catalogue, out)))).toEqual(known.catalogue.controls)
})

test.each([[[]], [['--format', 'json']]])('the controls of the bundle, %j', args => {
  expect(written(out => expect(controls(args, out)).toBe(0))).toContain('workload-no-privileged')
})

test.each([
  [['--format', 'jsn'], '--format: there is no jsn; did you mean json? (one of text, json)'],
  [['--format', '__proto__'], '--format: there is no __proto__ (one of text, json)'],
  [['--formt', 'json'], 'controls: there is no option --formt; did you mean --format? (mcp-policy controls --help)'],
  [['workload'], 'controls: there is nothing to do with workload (mcp-policy controls --help)'],
])('%j is a mistake', (args, message) => {
  expect(() => controls(args, () => {})).toThrow(new UsageError(message))
})
