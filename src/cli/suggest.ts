/**
 * The word that was probably meant: a few slips of the finger away, or the only one that begins or ends so
 * (`readonly-rootfs` for `workload-readonly-rootfs`). Of equally near words the first.
 */
export function suggest(word: string, words: readonly string[]): string | undefined {
  if (word.length === 0 || word.length > 100) return undefined
  const partly = words.filter(known => known.endsWith(`-${word}`) || known.startsWith(`${word}-`))
  if (partly.length === 1) return partly[0]
  const allowed = Math.max(1, Math.floor(word.length / 4))
  let best: string | undefined
  let least = allowed + 1
  for (const known of words) {
    if (Math.abs(known.length - word.length) >= least) continue
    const distance = editDistance(word.toLowerCase(), known.toLowerCase())
    if (distance < least) [best, least] = [known, distance]
  }
  return best
}

/** `; did you mean X?`, or nothing: the end of a message. */
export function didYouMean(word: string, words: readonly string[]): string {
  const meant = suggest(word, words)
  return meant === undefined ? '' : `; did you mean ${meant}?`
}

/** Insertions, deletions, replacements and swaps of neighbours that make one word of the other. */
function editDistance(a: string, b: string): number {
  let [before, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, index) => index)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1)
    }
    ;[before, last] = [last, row]
  }
  return last[b.length]
}
