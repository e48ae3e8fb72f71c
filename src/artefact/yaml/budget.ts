/** What share of the decoding may come from aliases: go-yaml's formula (v2 and v3, decode.go; Apache-2.0). */
export function allowedAliasRatio(decodes: number): number {
  const low = 400_000
  const high = 4_000_000
  if (decodes <= low) return 0.99
  if (decodes >= high) return 0.1
  return 0.99 - 0.89 * ((decodes - low) / (high - low))
}
