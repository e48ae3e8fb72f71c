/** What of the usual secrets the ignore file of a build context keeps out of the context, by the name of a file that would stand for them. */
export type Excluded = { env: boolean; env_variants: boolean; git: boolean; secrets: boolean }

/** `patterns` are the lines of a .dockerignore, read as Docker reads them: from the root of the context, the last match decides. */
export function excludedBy(patterns: string[]): Excluded {
  const rules = patterns.slice(0, mostPatterns).flatMap(ruleOf)
  const isExcluded = (path: string): boolean => rules.reduce((excluded, { negated, pattern }) => (matchesAnyPart(pattern, path) ? !negated : excluded), false)
  return {
    env: isExcluded('.env'),
    env_variants: isExcluded('.env.production') && isExcluded('.env.local'),
    git: isExcluded('.git/config'),
    secrets: isExcluded('secrets/db_password.txt'),
  }
}

const mostPatterns = 2000
const longest = 512

type Rule = { negated: boolean; pattern: string }

function ruleOf(line: string): Rule[] {
  const text = line.trim()
  if (text === '' || text.startsWith('#') || text.length > longest) return []
  const negated = text.startsWith('!')
  const pattern = (negated ? text.slice(1).trim() : text).split('/').filter(part => part !== '' && part !== '.').join('/')
  return pattern === '' ? [] : [{ negated, pattern }]
}

/** A pattern that matches a folder matches all that is in it. */
function matchesAnyPart(pattern: string, path: string): boolean {
  const parts = path.split('/')
  return parts.some((_, index) => matches(pattern, parts.slice(0, index + 1).join('/')))
}

/** `*` and `?` stay within a name, `**` does not. The time is that of pattern times path. */
function matches(pattern: string, path: string): boolean {
  let reached = new Set([0])
  for (let at = 0; at < pattern.length && reached.size > 0;) {
    const rest = pattern.slice(at)
    if (rest.startsWith('**/')) {
      reached = new Set([...reached].flatMap(from => [from, ...after(path, from)]))
      at += 3
    } else if (rest.startsWith('**')) {
      reached = new Set([...reached].flatMap(from => range(from, path.length)))
      at += 2
    } else if (rest.startsWith('*')) {
      reached = new Set([...reached].flatMap(from => range(from, nameEnd(path, from))))
      at += 1
    } else {
      const { length, test } = characterAt(rest)
      reached = new Set([...reached].filter(from => from < path.length && test(path[from])).map(from => from + 1))
      at += length
    }
  }
  return reached.has(path.length)
}

/** Where the names below start. */
const after = (path: string, from: number): number[] => range(from, path.length - 1).filter(at => path[at] === '/').map(at => at + 1)

const range = (from: number, to: number): number[] => Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index)

function nameEnd(path: string, from: number): number {
  const slash = path.indexOf('/', from)
  return slash === -1 ? path.length : slash
}

function characterAt(rest: string): { length: number; test(letter: string): boolean } {
  if (rest[0] === '?') return { length: 1, test: letter => letter !== '/' }
  if (rest[0] === '\\' && rest.length > 1) return { length: 2, test: letter => letter === rest[1] }
  const [whole, negated, letters] = /^\[(\^?)([^\]]+)\]/.exec(rest) ?? []
  if (whole === undefined) return { length: 1, test: letter => letter === rest[0] }
  return { length: whole.length, test: letter => letter !== '/' && isIn(letter, letters) !== (negated === '^') }
}

function isIn(letter: string, letters: string): boolean {
  for (let at = 0; at < letters.length; at++) {
    if (letters[at + 1] === '-' && at + 2 < letters.length) {
      if (letters[at] <= letter && letter <= letters[at + 2]) return true
      at += 2
    } else if (letters[at] === letter) return true
  }
  return false
}
