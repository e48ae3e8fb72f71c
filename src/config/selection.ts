/** True when a pattern of the command line or the configuration means the control: its id, its area, or a pattern with `*`. */
export function selects(pattern: string, id: string): boolean {
  if (!pattern.includes('*')) return pattern === id || id.startsWith(`${pattern}-`) && !pattern.includes('-')
  const parts = pattern.split('*')
  if (!id.startsWith(parts[0]) || !id.endsWith(parts.at(-1)!)) return false
  let at = parts[0].length
  for (const part of parts.slice(1, -1)) {
    const found = id.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return at <= id.length - parts.at(-1)!.length
}
