/** What the entries of an environment or a Secret name as users: no password should be one of them. */
export function userNamesIn(entries: Iterable<readonly [name: string, value: unknown]>): string[] {
  const names: string[] = []
  for (const [name, value] of entries) {
    if (typeof value === 'string' && value !== '' && !value.includes('$') && /(^|[._-])USER([._-]?NAME)?$/i.test(name)) names.push(value)
  }
  return names
}
