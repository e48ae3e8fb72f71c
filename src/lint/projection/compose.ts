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
    envFile: of => artefactAt(of, 'env-file')?.artefact.value,
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

/** Tells the env files that a Compose project of the run may read: those beside it, and those that its services name. */
export function ofComposeProjects(files: FileReading[]): (path: string) => boolean {
  const folders = new Set<string>()
  const named = new Set<string>()
  for (const { path, artefacts } of files) {
    for (const { kind, value } of artefacts) {
      if (kind !== 'compose' || !isMap(value)) continue
      const folder = posix.dirname(path.replaceAll('\\', '/'))
      folders.add(folder)
      for (const service of isMap(value.services) ? Object.values(value.services) : []) {
        for (const file of isMap(service) ? [service.env_file].flat() : []) {
          const written = isMap(file) ? file.path : file
          if (typeof written === 'string') named.add(posix.join(folder, written))
        }
      }
    }
  }
  return path => {
    const normal = posix.normalize(path.replaceAll('\\', '/'))
    return folders.has(posix.dirname(normal)) || named.has(normal)
  }
}
