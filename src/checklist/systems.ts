import type { Decision } from '../lint/outcomes.ts'
import type { Coverage } from '../report/report.ts'
import { systems } from './table.ts'

/**
 * The systems that a tree is about, as far as its files tell: those of the artefacts that were judged; `stack` where something is deployed
 * (Compose, or Kubernetes objects of an MCP system); `python-server` where a Python project stands. All of them where nothing tells.
 */
export function systemsFound(decisions: Decision[], coverage: Coverage[], others: string[]): string[] {
  const found = new Set<string>()
  for (const { system, kind } of decisions) {
    if (system !== undefined && systems.includes(system)) found.add(system)
    if (kind === 'compose' || (kind === 'kubernetes' && system !== undefined)) found.add('stack')
  }
  const kinds = new Set(coverage.flatMap(({ documents }) => documents.map(({ kind }) => kind)))
  for (const [kind, system] of [['openmcp-config', 'openmcp'], ['openmcp-catalog', 'openmcp'], ['pyproject', 'python-server'], ['fastmcp-json', 'python-server']]) if (kinds.has(kind)) found.add(system)
  if (others.some(path => path.endsWith('.py'))) found.add('python-server')
  return found.size === 0 ? systems : systems.filter(system => found.has(system))
}
