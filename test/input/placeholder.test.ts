import { expect, test } from 'vitest'
import { placeholderIn, placeholderOf } from '../../src/input/placeholder.ts'
import { rules } from './compose-made.ts'

test.each([
  ['your-name-here', 'marked'], ['YOUR_TENANT', 'marked'], ['"CHANGE_ME"', 'marked'], ['change-me-now', 'marked'], ['<region>', 'marked'], ['sk-xxxxxxxxxx', 'marked'],
  ['https://hooks.example/services/YOUR/HOOK', 'marked'],
  ['example', 'word'], ['my-example-app', 'word'], ['todo', 'word'],
  ['mcp.example.com', 'host'], ['https://mcp.yourdomain.com/x', 'host'], ['admin@example.org', 'host'], ['your.registry.com/mcp', 'host'], ['https://your-domain.io', 'host'],
  ['gateway', undefined], ['example-co.net', 'word'], ['notexample.com', undefined], ['${TENANT:?}', undefined], ['{{ .Values.your_name }}', undefined], ['', undefined],
  ['yourself', undefined], ['changes', undefined], [`your-${'x'.repeat(600)}`, undefined],
])('%s is %s', (text, expected) => {
  expect(placeholderIn(text, rules)).toBe(expected)
})

test('of an address with a password only the host is told', () => {
  expect(placeholderOf({ secret: { class: 'literal', length: 3 }, masked: 'https://u:***@mcp.example.com' }, rules)).toBe('host')
  expect(placeholderOf({ secret: { class: 'literal', length: 3 } }, rules)).toBeUndefined()
})
