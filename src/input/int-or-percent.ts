import { valueAt } from './view.ts'

/** A number of pods as Kubernetes takes it, for rules that count. */
export type IntOrPercent = { count: number } | { percent: number } | { unresolved: string }

/** Reads an int-or-string: a whole number or a text like `50%`. Undefined where nothing is written. */
export function readIntOrPercent(written: unknown): IntOrPercent | undefined {
  if (written === undefined || written === null) return undefined
  const reason = valueAt(written, 'unresolved')
  if (typeof reason === 'string') return { unresolved: reason }
  if (typeof written === 'number' && Number.isSafeInteger(written) && written >= 0) return { count: written }
  if (typeof written === 'string' && /^\d{1,9}%$/.test(written)) return { percent: Number.parseInt(written, 10) }
  return { unresolved: 'neither a number of pods nor a percentage' }
}

/** Reads a number of replicas, `absent` where nothing is written. */
export function readReplicas(written: unknown, absent: number): number | { unresolved: string } {
  if (written === undefined || written === null) return absent
  const reason = valueAt(written, 'unresolved')
  if (typeof reason === 'string') return { unresolved: reason }
  return typeof written === 'number' && Number.isSafeInteger(written) && written >= 0 ? written : { unresolved: 'no number of replicas' }
}
