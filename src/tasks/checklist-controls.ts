/**
 * Writes `policies/checklists/controls.json` from the catalogue of controls: which controls decide an item and by what means, those that are
 * not built yet included. `node src/tasks/checklist-controls.ts <controls.yaml>`
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { PlannedControl } from '../checklist/table.ts'
import { policies } from './opa.ts'

type Entry = { id: string; items?: string[]; modes: string[]; instances?: Record<string, string | string[]>; applies_to: string[]; beyond?: string[] }

const [path] = process.argv.slice(2)
if (path === undefined) throw new Error('the path of the catalogue (controls.yaml) is missing')
const { controls } = parse(readFileSync(path, 'utf8'), { maxAliasCount: -1 }) as { controls: Entry[] }
const planned = controls
  .map(({ id, items = [], modes, instances, applies_to: kinds }): PlannedControl => ({ id, items, modes, kinds, ...(instances && { instances }) }))
  .sort((a, b) => (a.id < b.id ? -1 : 1))
writeFileSync(join(policies, 'checklists', 'controls.json'), `[\n${planned.map(one => JSON.stringify(one)).join(',\n')}\n]\n`)
