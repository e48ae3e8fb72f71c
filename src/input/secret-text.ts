import type { SecretRules } from './secret-name.ts'
import { classifySecret, holdsProviderToken, type SecretFact } from './secret.ts'

/**
 * The first credential in a text of any format that cannot be anything else: a token or key of a known form, the private half of a JSON web key,
 * a password in a URL or in a connection string. Words are not looked at, and neither are URLs in comments or with a placeholder for a
 * password, since dashboards, scripts and templates are full of them.
 */
export function secretInText(text: string, rules: SecretRules): (SecretFact & { inside: string }) | undefined {
  for (const piece of pieces(text)) {
    if (holdsProviderToken(piece)) return { class: 'literal', length: 0, provider: true, inside: "the form of a provider's token or a private key" }
  }
  if (privateWebKey.test(text) && text.includes('"kty"')) return { class: 'literal', length: 0, provider: true, inside: 'the private half of a JSON web key' }
  for (const line of linesWithSigns(text)) {
    const password = passwordIn(line)
    if (password === undefined || standIn.test(password.text)) continue
    const { class: given, length, placeholder } = classifySecret(password.text, 'kubernetes', rules)
    if (given === 'literal' && placeholder !== true) return { class: 'literal', length, within: password.within, inside: `a password in a ${password.within === 'url' ? 'URL' : 'connection string'}` }
  }
  return undefined
}

const longestPiece = 60_000

/** The lines of a text, as many together as are searched at once. */
function* pieces(text: string): Generator<string> {
  for (let start = 0; start < text.length;) {
    const end = start + longestPiece >= text.length ? text.length : Math.max(text.lastIndexOf('\n', start + longestPiece), start) + 1
    const next = end > start + 1 || end === text.length ? end : start + longestPiece
    yield text.slice(start, next)
    start = next
  }
}

const privateWebKey = /"[dk]"\s{0,9}:\s{0,9}"[\w-]{20,}"/

const longestLine = 4096

function linesWithSigns(text: string): string[] {
  if (!text.includes('@') && !/password|pwd/i.test(text)) return []
  return text.split('\n').filter(line => line.length <= longestLine && !/^\s*(#|\/\/|;|--|\*|<!--|rem\s)/i.test(line))
}

const inUrl = /[a-z][a-z0-9+.-]{0,30}:\/\/[^\s:@/"'<>]{0,200}:([^\s@/"'<>]{1,200})@[\w[]/i
const inConnectionString = /\b(?:server|data source|host|addr|address)\s?=[^;\n]{1,200};(?:[^;\n]{0,200};){0,20}\s?(?:password|pwd)\s?=\s?([^;\s"'<>]{1,200})/i
const inKeywords = /\b(?:host|dbname|user)=\S{1,200} (?:\w{1,30}=\S{0,200} ){0,20}password=([^\s"'<>]{1,200})/i

function passwordIn(line: string): { text: string; within: 'url' | 'connection-string' } | undefined {
  const url = line.includes('@') ? inUrl.exec(line)?.[1] : undefined
  if (url !== undefined) return { text: url, within: 'url' }
  if (!line.includes('=')) return undefined
  const text = inConnectionString.exec(line)?.[1] ?? inKeywords.exec(line)?.[1]
  return text === undefined ? undefined : { text, within: 'connection-string' }
}

/** What stands for a password that comes from elsewhere, or shows where one goes. */
const standIn = /^[$%{<*[(&\\]|[${]\{|\$\(|%\(|%s|^(pass(word|wd|phrase)?|pwd|pw|secret|token|x+|y+|\.+|user(name)?|redacted|hidden|masked|foo|bar|baz)$/i
