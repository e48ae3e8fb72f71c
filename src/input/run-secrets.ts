import { classifySecret, holdsProviderToken, urlSecret } from './secret.ts'
import { isSecretName, type SecretRules } from './secret-name.ts'
import { referencesOf } from './variables.ts'

/**
 * How a script of a RUN uses a secret so that it stands in the image: `url` (a password in an address), `clone` (git keeps the address
 * that it cloned, with the variable's value in it), `curl` (`-u name:password`), `wget` (`--password`), `header`, `export` (with the variable's name), `token`
 * (a text with the form of a provider's token).
 */
export type RunSecret = { what: 'url' | 'clone' | 'curl' | 'wget' | 'header' | 'export' | 'token'; name?: string }

export function runSecrets(script: string, rules: SecretRules): RunSecret[] {
  if (script.length > longest) return []
  const text = withoutCommands(script)
  const found: RunSecret[] = []
  const inUrl = urlSecret(text, 'compose', rules)?.class
  if (inUrl === 'literal' || inUrl === 'mixed' || inUrl === 'default-literal') found.push({ what: 'url' })
  if (clonesWithVariable(text)) found.push({ what: 'clone' })
  if (passwordsOf(text, /\bcurl\b[^\n|;&]{0,400}?\s(?:-u|--user|--proxy-user)[ \t=]{0,4}["']?[^\s"':]{0,100}:([^\s"']+)/g).some(isWritten)) found.push({ what: 'curl' })
  if (passwordsOf(text, /\bwget\b[^\n|;&]{0,400}?\s--(?:http-|ftp-|proxy-)?password[ \t=]["']?([^\s"']+)/g).some(isWritten)) found.push({ what: 'wget' })
  if (passwordsOf(text, /\b(?:proxy-)?authorization:[ \t]*(?:bearer|basic|token)[ \t]+([^\s"']+)/gi).some(isWritten)) found.push({ what: 'header' })
  for (const [, name, value] of text.matchAll(/(?:^|[\s;&|(])export[ \t]+([A-Za-z_]\w{0,200})=("[^"]*"|'[^']*'|[^\s;&|]*)/g)) {
    if (!isSecretName(name, value, rules)) continue
    const fact = classifySecret(value, 'compose', rules)
    if ((fact.class === 'literal' || fact.class === 'default-literal') && fact.placeholder !== true) found.push({ what: 'export', name })
  }
  if (holdsProviderToken(text)) found.push({ what: 'token' })
  return found
}

const longest = 65_536

/** What the shell puts in the place of a command is known when it runs. */
function withoutCommands(script: string): string {
  let text = script.replaceAll(/\\?\$\([^()]*\)/g, '${COMMAND}')
  if (text !== script) text = text.replaceAll(/\$\([^()]*\)/g, '${COMMAND}')
  return text.replaceAll(/`[^`]*`/g, '${COMMAND}')
}

const clonesWithVariable = (text: string): boolean =>
  /\bgit\b[^\n|;&]{0,400}?\s(?:clone|fetch|pull|remote|submodule|config)\s[^\n|;&]{0,400}?:\/\/(?:[^\s@/"']{0,100}:)?\$(?:\w+|\{[^}\s]{1,200}\})@/.test(text)

const passwordsOf = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(match => match[1])

const isWritten = (password: string): boolean => referencesOf(password, 'compose').length === 0 && !/^[<$%]/.test(password)
