import type { Finding } from './report.ts'
import type { Lines } from './lines.ts'

const envFile = /(^|\/)(\.env(\.[^/]*)?|[^/]*\.env)$/i
const secretKind = /["']?\bkind["']?\s*:\s*["']?(Sealed)?Secret(List)?\b/

/** Tells of findings of one file whether their lines may be quoted: never from an env file, nor from a document with a Secret in it. */
export function withheldIn(file: string, text: string, lines: Lines): (finding: Finding) => boolean {
  const secrets = secretKind.test(text) ? documentsWithSecrets(lines) : []
  return ({ artefact, line }) =>
    artefact.kind === 'env-file' || envFile.test(file) || /^(Sealed)?Secret$/.test(artefact.objectKind ?? '')
    || secrets.some(({ first, last }) => line >= first && line <= last)
}

function documentsWithSecrets(lines: Lines): { first: number; last: number }[] {
  const found: { first: number; last: number }[] = []
  let first = 1
  let secret = false
  for (let line = 1; line <= lines.count; line++) {
    const text = lines.at(line)
    if (text.startsWith('---')) {
      if (secret) found.push({ first, last: line - 1 })
      first = line
      secret = false
    }
    secret ||= secretKind.test(text)
  }
  if (secret) found.push({ first, last: lines.count })
  return found
}
