import { expect, test } from 'vitest'
import { controls, writeControls, writeControlsJson } from '../../src/cli/controls.ts'
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

test('another format is a mistake', () => {
  expect(() => controls(['--format', 'jsn'], () => {})).toThrow('--format jsn: text or json; did you mean json?')
  expect(() => controls(['--format', '__proto__'], () => {})).toThrow('--format __proto__: text or json')
})
