import { didYouMean } from '../input/suggest.ts'
import type { Control } from '../policy/catalogue.ts'

/** What an exemption says, as it is written somewhere; anything may be missing. */
export type Terms = { control?: unknown; reason?: unknown; owner?: unknown; last_day?: unknown }

/** What is wrong with an exemption; one with a fault exempts nothing. */
export type TermsFault = { kind: 'exemption-incomplete' | 'exemption-too-long'; detail: string }

/** How far ahead a last day may be. */
export const longestDays = 180

/** The first fault of the terms; undefined where they can be used on the day `today` (`2026-11-21`, UTC). */
export function faultIn(terms: Terms, controls: ReadonlyMap<string, Control>, today: string): TermsFault | undefined {
  const incomplete = (detail: string): TermsFault => ({ kind: 'exemption-incomplete', detail })
  const { control: name, reason, owner, last_day: day } = terms
  if (typeof name !== 'string' || name === '') return incomplete('an exemption without a control')
  const [id, part, ...more] = name.split('/')
  const control = controls.get(id)
  if (control === undefined) return incomplete(`there is no control ${id}${didYouMean(id, [...controls.keys()])}`)
  if (id === 'input-exemption') return incomplete('findings about exemptions cannot be exempted')
  if (more.length > 0 || (part !== undefined && !Object.hasOwn(control.cases, part))) return incomplete(`${id} has no case ${[part, ...more].join('/')}${didYouMean(part, Object.keys(control.cases))}`)
  if (!isText(reason)) return incomplete(`the exemption of ${name} gives no reason`)
  if (!isText(owner)) return incomplete(`the exemption of ${name} names no owner`)
  if (!isText(day)) return incomplete(`the exemption of ${name} has no last_day`)
  if (!isDay(day)) return incomplete(`the last day of the exemption of ${name} is no day such as ${today}`)
  if (daysFrom(today, day) > longestDays) return { kind: 'exemption-too-long', detail: `the exemption of ${name} ends on ${day}, more than ${longestDays} days ahead` }
  return undefined
}

/** Days from one day to another; negative when that one is past. */
export const daysFrom = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== ''

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const at = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
}
