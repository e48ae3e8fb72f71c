import type { Json, Path } from '../artefact/document.ts'
import { isMap } from '../artefact/json.ts'
import type { SecretRules } from './secret-name.ts'

/**
 * How a text says that somebody should put another one in its place: `marked` for what nobody means (`your-name-here`, `CHANGE_ME`),
 * `word` for what is a placeholder in one place and a name in another (`example`, `dummy`, `todo`), `host` for a host name that is
 * nobody's own, like `mcp.example.com`, alone or in a URL.
 */
export type Placeholder = 'marked' | 'word' | 'host'

/** A scalar that is no secret and holds a placeholder; never the text itself. */
export type PlaceholderAt = { path: Path; name: string; what: Placeholder }

export function placeholderIn(text: string, rules: SecretRules): Placeholder | undefined {
  if (text.length > longest || text.length < 3) return undefined
  const plain = text.trim().replace(/^(["'])(.*)\1$/s, '$2')
  if (plain.includes('{{') || /^\$\{[^}]*\}$/.test(plain)) return undefined
  if (host.test(plain)) return 'host'
  if (!rules.placeholder.test(plain)) return undefined
  return word.test(plain) ? 'word' : 'marked'
}

/** Whoever writes a paragraph with `example` in it means no placeholder. */
const longest = 512

const host = /(?<![\w-])(?:[\w-]+\.)*(?:(?:your|my)[-_]?(?:domain|company|org|organization|site|host)\.[a-z]{2,}|example\.(?:com|org|net)|your\.(?:registry|domain)(?:\.[a-z]+)*)(?![\w-])/i
const word = /^((my[-_])?example.*|dummy.*|todo|tbd|auto-generated)$/i

/** The same of a value as controls see it: of an address whose password was taken out, its host. */
export function placeholderOf(value: Json, rules: SecretRules): Placeholder | undefined {
  if (typeof value === 'string') return placeholderIn(value, rules)
  const masked = isMap(value) && typeof value.masked === 'string' ? placeholderIn(value.masked, rules) : undefined
  return masked === 'host' ? masked : undefined
}
