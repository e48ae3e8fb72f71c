import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** What stands in the way of a release, each as `file:line: what, and what next`. */
export type Obstacle = string

/** A version as tags and npm have it: `1.2.3`, `1.2.3-rc.1`. */
export const isVersion = (text: string): boolean => /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$/.test(text)

/**
 * The section of a changelog that is about a version: what stands between its heading, `## 0.1.0 - 2027-01-31`, and the next one.
 *
 * `date` is undefined for a section that says `unreleased`; the section is undefined where there is none.
 */
export function sectionOf(changelog: string, version: string): { line: number; date?: string; text: string } | undefined {
  const lines = changelog.split('\n')
  const start = lines.findIndex(line => line.startsWith(`## ${version} - `))
  if (start === -1) return undefined
  const end = lines.findIndex((line, index) => index > start && line.startsWith('## '))
  const date = /- (\d{4}-\d\d-\d\d)$/.exec(lines[start])?.[1]
  return { line: start + 1, ...(date !== undefined && { date }), text: lines.slice(start + 1, end === -1 ? undefined : end).join('\n').trim() }
}

/** Whether the changelog tells what is in a version, and since when it is there. */
export function changelogObstacles(changelog: string, version: string, today: string): Obstacle[] {
  const section = sectionOf(changelog, version)
  if (section === undefined) return [`CHANGELOG.md:1: no section is about ${version}; write \`## ${version} - ${today}\` and what is in it`]
  const at = `CHANGELOG.md:${section.line}`
  return [
    ...(section.date === undefined ? [`${at}: ${version} has no date; write \`## ${version} - ${today}\``] : []),
    ...(section.text === '' ? [`${at}: the section of ${version} is empty`] : []),
  ]
}

/** Whether what users copy from the documentation (`mcp-policy@0.1.0`, `rev: v0.1.0`) names the version. */
export function documentationObstacles(root: string, version: string): Obstacle[] {
  const files = ['README.md', ...readdirSync(join(root, 'docs')).filter(name => name.endsWith('.md')).sort().map(name => `docs/${name}`)]
  return files.flatMap(file => readFileSync(join(root, file), 'utf8').split('\n').flatMap((line, index) =>
    [...line.matchAll(/(?:mcp-policy@v?|\brev: v)(\d+\.\d+\.\d+[0-9A-Za-z.-]*)/g)]
      .filter(([, named]) => named !== version)
      .map(([, named]) => `${file}:${index + 1}: names ${named}; write ${version}`)))
}
