import { expect, test } from 'vitest'
import { selects } from '../../src/config/selection.ts'

test.each([
  ['image-pinned-tag', true], ['image', true], ['image-', false], ['image-pinned', false], ['imag', false], ['image-pinned-tag-x', false],
  ['image-*', true], ['*', true], ['*-tag', true], ['im*pinned*tag', true], ['*-tags', false], ['image-pinned-tag*', true], ['*tag*tag', false], ['secrets', false],
])('%s selects image-pinned-tag: %s', (pattern, expected) => {
  expect(selects(pattern, 'image-pinned-tag')).toBe(expected)
})
