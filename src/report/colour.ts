import { styleText } from 'node:util'

export type Style = 'red' | 'yellow' | 'blue' | 'green' | 'dim' | 'bold'
export type Paint = (style: Style, text: string) => string

export const paintOf = (colour: boolean): Paint => (colour ? (style, text) => styleText(style, text, { validateStream: false }) : (_, text) => text)

/** Colour is for terminals; `NO_COLOR` takes it away and `FORCE_COLOR` (unless `0` or `false`) gives it, in this order. */
export function wantsColour(environment: Record<string, string | undefined>, isTerminal: boolean): boolean {
  if (environment.NO_COLOR) return false
  const forced = environment.FORCE_COLOR
  if (forced !== undefined) return forced !== '0' && forced !== 'false'
  return isTerminal && environment.TERM !== 'dumb'
}
