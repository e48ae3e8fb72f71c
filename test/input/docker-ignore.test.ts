import { expect, test } from 'vitest'
import { excludedBy } from '../../src/input/docker-ignore.ts'

const names = (patterns: string[]) => Object.entries(excludedBy(patterns)).filter(([, excluded]) => excluded).map(([name]) => name)

test.each([
  [[], []],
  [['# .env', '', '  '], []],
  [['.env'], ['env']],
  [['/.env', './.git/'], ['env', 'git']],
  [['.env*', '.git', 'secrets'], ['env', 'env_variants', 'git', 'secrets']],
  [['.env.*'], ['env_variants']],
  [['**/.env', '**/.git', '**/secrets/**'], ['env', 'git', 'secrets']],
  [['**/.env*'], ['env', 'env_variants']],
  [['**'], ['env', 'env_variants', 'git', 'secrets']],
  [['*', '!src'], ['env', 'env_variants', 'git', 'secrets']],
  [['*', '!.env'], ['env_variants', 'git', 'secrets']],
  [['.*'], ['env', 'env_variants', 'git']],
  [['.git/*'], ['git']],
  [['.gi[s-u]'], ['git']],
  [['.gi[^s]'], ['git']],
  [['.gi?'], ['git']],
  [['secrets/*.txt'], ['secrets']],
  [['secrets/*.key'], []],
  [['*/.env'], []],
  [['\\.env'], ['env']],
  [['.env', '!.env', '.env'], ['env']],
])('%j keeps out %j', (patterns, expected) => {
  expect(names(patterns)).toEqual(expected)
})

test('patterns that take long elsewhere are decided all the same', () => {
  expect(names([`${'*'.repeat(500)}x`, `${'*a'.repeat(250)}`, `${'**/'.repeat(160)}.git`])).toEqual(['git'])
})
