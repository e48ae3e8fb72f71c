import type { Artefact, FileReading } from '../artefact/artefact.ts'
import { projectKubernetes, type KubernetesParams } from '../input/kubernetes.ts'
import type { OverLimit } from '../input/limit.ts'
import { inputText } from '../input/text.ts'
import type { Unjudged } from './coverage.ts'
import { candidate, type Item, type LintOptions } from './lint.ts'

/** One set of artefacts that belong together, ready to be judged; findings speak of `items` by index. */
export type JudgedSet = { name: string; text: string; items: Item[] }

/** Turns artefacts into what controls may see of them; what is over a limit is said to `leave`. */
export function projectAll(
  files: FileReading[], params: Record<string, unknown>, options: LintOptions, leave: (file: FileReading, what: Unjudged) => void,
): { items: Item[]; sets: JudgedSet[] } {
  const kubernetes = { ...params, literal: false, limits: options.limits.input } as unknown as KubernetesParams
  const items: Item[] = []
  for (const file of files) {
    for (const artefact of file.artefacts) {
      const projected = artefact.kind === 'kubernetes' ? projectKubernetes(file, artefact, kubernetes) : undefined
      if (projected === undefined) continue
      if ('overLimit' in projected) {
        leave(file, overLimit(artefact, projected))
        continue
      }
      items.push({ ...candidate(projected.kind, inputText(projected.fields)), file, artefact, projected })
    }
  }
  return { items, sets: [] }
}

function overLimit({ span, document }: Artefact, { detail }: OverLimit): Unjudged {
  return { span, document, reason: 'limit', detail }
}
