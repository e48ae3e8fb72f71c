import type { Out } from '../report/report.ts'
import { visible } from '../report/visible.ts'
import { itemStates, type ItemState, type JudgedItem } from './evaluate.ts'

const words: Record<ItemState, string> = {
  met: 'met', offline: 'met offline', violated: 'violated', exempt: 'exempt', undecidable: 'undecidable', 'not-applicable': 'not applicable', 'not-selected': 'not selected',
}

/** How many items of each state, by source and altogether. */
export function totals(items: JudgedItem[]): Record<string, Record<ItemState, number>> {
  const counts: Record<string, Record<ItemState, number>> = {}
  for (const { source, state } of items) for (const key of [source, 'total']) (counts[key] ??= none())[state]++
  const { total, ...sources } = counts
  return { ...sources, total }
}

const none = () => Object.fromEntries(itemStates.map(state => [state, 0])) as Record<ItemState, number>

/** The items by source and section, then the totals; items of systems that are not in use are only counted, unless \`all\` are asked for. */
export function writeChecklist(items: JudgedItem[], systems: readonly string[], all: boolean, out: Out): void {
  let last = ''
  for (const item of items) {
    if (item.state === 'not-selected' && item.by.length === 0 && !all) continue
    const heading = `${item.source}: ${item.section}`
    if (heading !== last) out(`${last === '' ? '' : '\n'}${visible(heading)}\n`)
    last = heading
    out(`  ${mark[item.state]} ${item.id}  ${words[item.state].padEnd(14)}  ${visible(item.text)}\n`)
    if (item.state === 'met') continue
    for (const reason of item.reasons.slice(0, shown)) out(`      ${visible(reason)}\n`)
    if (item.reasons.length > shown) out(`      and ${item.reasons.length - shown} more\n`)
    const findings = item.by.filter(({ state }) => state === item.state).flatMap(each => each.findings)
    if (item.state !== 'violated' && item.state !== 'exempt') continue
    for (const { file, line } of findings.slice(0, shown)) out(`      ${visible(file)}:${line}\n`)
    if (findings.length > shown) out(`      and ${findings.length - shown} more places\n`)
  }
  out(`\nsystems in use: ${systems.join(', ')}\n\n`)
  writeTotals(items, out)
}

const shown = 3

const mark: Record<ItemState, string> = { met: '[x]', offline: '[/]', violated: '[ ]', exempt: '[e]', undecidable: '[?]', 'not-applicable': '[-]', 'not-selected': '[.]' }

function writeTotals(items: JudgedItem[], out: Out): void {
  const rows = Object.entries(totals(items))
  const columns = itemStates.map(state => words[state])
  out(`${'source'.padEnd(8)}  ${columns.join('  ')}  items\n`)
  for (const [source, counts] of rows) {
    const cells = itemStates.map((state, index) => String(counts[state]).padStart(columns[index].length))
    out(`${source.padEnd(8)}  ${cells.join('  ')}  ${String(itemStates.reduce((sum, state) => sum + counts[state], 0)).padStart(5)}\n`)
  }
}
