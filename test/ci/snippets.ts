import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

export const root = join(import.meta.dirname, '..', '..')

/** The YAML that `docs/ci.md` hands out, by the heading that it stands under. */
export function snippets(): { heading: string; text: string; value: unknown }[] {
  const sections = readFileSync(join(root, 'docs', 'ci.md'), 'utf8').split(/^## /m).slice(1)
  return sections.flatMap(section => [...section.matchAll(/^```yaml\n([^]*?)^```$/gm)].map(([, text]) => ({ heading: section.split('\n')[0], text, value: parse(text) as unknown })))
}
