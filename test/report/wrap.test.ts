import { expect, test } from 'vitest'
import { wrapped } from '../../src/report/wrap.ts'

test.each([
  ['a line that fits', 'one two', 'one two'],
  ['one that does not', 'one two three four', 'one two\nthree four'],
  ['lines of one paragraph', 'one\ntwo three\nfour', 'one two\nthree four'],
  ['paragraphs', 'one\n\ntwo', 'one\n\ntwo'],
  ['a list', 'one:\n- two\n- three four\n1. five', 'one:\n- two\n- three\nfour\n1. five'],
  ['what is indented', 'one:\n  two three four\nfive', 'one:\n  two three four\nfive'],
  ['a word that is too long', 'one abcdefghijklmnop two', 'one\nabcdefghijklmnop\ntwo'],
  ['nothing', '', ''],
])('%s', (_, text, expected) => {
  expect(wrapped(text, 10)).toBe(expected)
})
