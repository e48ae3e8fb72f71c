import { editDistance } from './edit-distance.ts'

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
