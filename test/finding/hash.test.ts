import { expect, test } from 'vitest'
import { hash128, hashList } from '../../src/finding/hash.ts'

test.each([
  // MurmurHash3_x86_128 with seed 0 over the text in UTF-16LE, by the mmh3 package of Python.
  ['', '00000000000000000000000000000000'],
  ['a', '033bb196ccef4fe1ccef4fe1ccef4fe1'],
  ['ab', '260fb953af22b6fdaf22b6fdaf22b6fd'],
  ['abcdefgh', '6c3576558df898a1a76d230d42147114'],
  ['workload-no-privileged', '27ff53b3c465e0fc59d78d6cd9f6decb'],
  ['["image-pinned-tag","","object"]', '84b9cb0db8621d7c31d49708a019cbb5'],
  ['é–😀 x', 'c254a4c2b06ddf399904081419df4085'],
])('%j', (text, expected) => {
  expect(hash128(text)).toBe(expected)
})

test('texts that differ in one place, in order or in length differ', () => {
  const texts = ['', 'a', 'b', 'ab', 'ba', 'aa', 'aaa', 'a\u0000', 'workload-no-privileged', 'workload-no-privileges', 'é', 'e\u0301', '\ud83d\ude00']
  expect(new Set(texts.map(hash128)).size).toBe(texts.length)
})

test('a list is hashed as its texts with their lengths, however long', () => {
  const long = 'é'.repeat(70_000)
  expect(hashList(['kind', '', long, '😀'])).toBe(hash128(`4:kind0:70000:${long}2:😀`))
  expect(hashList([])).toBe(hash128(''))
  expect(hashList(['kind'])).toBe(hash128('4:kind'))
})
