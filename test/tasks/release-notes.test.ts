import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { changelogObstacles, documentationObstacles, isVersion, sectionOf } from '../../src/tasks/release-notes.ts'

const changelog = '# Changelog\n\n## 0.2.0 - unreleased\n\n- two\n\n## 0.1.0 - 2027-01-31\n\n- one\n  and more\n\n## 0.0.1 - 2026-12-01\n'

test.each([['0.1.0', true], ['1.20.3-rc.1', true], ['v0.1.0', false], ['0.1', false], ['01.0.0', false], ['0.1.0-', false], ['0.1.0\n', false], ['--force', false]])('%j is a version: %j', (text, is) => {
  expect(isVersion(text)).toBe(is)
})

test('the section of a version ends where the next begins', () => {
  expect(sectionOf(changelog, '0.1.0')).toEqual({ line: 7, date: '2027-01-31', text: '- one\n  and more' })
  expect(sectionOf(changelog, '0.2.0')).toEqual({ line: 3, text: '- two' })
  expect(sectionOf(changelog, '0.1')).toBeUndefined()
})

test.each([
  ['0.1.0', []],
  ['0.2.0', ['CHANGELOG.md:3: 0.2.0 has no date; write `## 0.2.0 - 2027-02-01`']],
  ['0.0.1', ['CHANGELOG.md:12: the section of 0.0.1 is empty']],
  ['0.3.0', ['CHANGELOG.md:1: no section is about 0.3.0; write `## 0.3.0 - 2027-02-01` and what is in it']],
])('what the changelog lacks for %s', (version, obstacles) => {
  expect(changelogObstacles(changelog, version, '2027-02-01')).toEqual(obstacles)
})

test('what users copy names the version', () => {
  const root = mkdtempSync(join(tmpdir(), 'mcp-policy-'))
  mkdirSync(join(root, 'docs'))
  writeFileSync(join(root, 'README.md'), 'npx mcp-policy@0.1.0 lint\n')
  writeFileSync(join(root, 'docs', 'ci.md'), '- uses: mcp-policy/mcp-policy@v0.2.0 # it\n    rev: v0.1.0\n')
  writeFileSync(join(root, 'docs', 'NOTICE'), 'mcp-policy@9.9.9')
  expect(documentationObstacles(root, '0.2.0')).toEqual(['README.md:1: names 0.1.0; write 0.2.0', 'docs/ci.md:2: names 0.1.0; write 0.2.0'])
  expect(documentationObstacles(root, '0.1.0')).toEqual(['docs/ci.md:1: names 0.2.0; write 0.1.0'])
  rmSync(root, { recursive: true })
})
