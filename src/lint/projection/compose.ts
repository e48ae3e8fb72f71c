import { posix } from 'node:path'
import type { Artefact, ArtefactKind, FileReading } from '../../artefact/artefact.ts'
import { isMap } from '../../artefact/json.ts'
import type { ComposeContext } from '../../input/compose.ts'
import type { SecretRules } from '../../input/secret-name.ts'

/** What a Compose file needs of the files beside it: the variables of `.env`, the Dockerfiles that it builds, the files that it extends. */
export function composeContext(files: FileReading[], rulesOf: (file: FileReading) => SecretRules, profiles?: string[]): (file: FileReading) => ComposeContext {
  const byPath = new Map(files.map(file => [posix.normalize(file.path.replaceAll('\\', '/')), file]))
  const artefactAt = (path: string, kind: ArtefactKind) => {
    const file = byPath.get(posix.normalize(path))
    const artefact = file?.artefacts.find(one => one.kind === kind)
    return file !== undefined && artefact !== undefined ? { file, artefact } : undefined
  }
  return file => ({
    rules: rulesOf(file),
    profiles,
    environment: environmentOf(artefactAt(posix.join(posix.dirname(file.path.replaceAll('\\', '/')), '.env'), 'env-file')?.artefact),
    dockerfile: of => artefactAt(of, 'dockerfile')?.artefact.value,
    composeFile: of => artefactAt(of, 'compose'),
  })
}

/** The variables of an env file whose values stand there: one that is made of other variables is as good as not set. */
function environmentOf(artefact: Artefact | undefined): Map<string, string> {
  if (!isMap(artefact?.value)) return new Map()
  const literal = new Set(Array.isArray(artefact.about?.literal) ? artefact.about.literal : [])
  return new Map(Object.entries(artefact.value).filter((entry): entry is [string, string] =>
    typeof entry[1] === 'string' && (literal.has(entry[0]) || !entry[1].includes('$'))))
}
