import type { Catalogue } from '../policy/catalogue.ts'
import type { Engine } from '../policy/engine.ts'
import { batchText } from '../input/text.ts'
import { judge, type Answer } from '../policy/judge.ts'
import { groupBy } from './group.ts'

/** One artefact's text for the input, and what became of it; `answers` are filled in by `judgeAll`. */
export type Candidate = {
  kind: string
  /** The text of one JSON object, an element of `input.artefacts`. */
  text: string
  answers: Map<string, Answer>
  /** Controls that the engine could not evaluate on it. */
  failed: { control: string; reason: string }[]
}

const none: Candidate['answers'] = new Map()

/** One that has not been judged. */
export const candidate = (kind: string, text: string): Candidate => ({ kind, text, answers: none, failed: [] })

const batchSize = 20
const batchCharacters = 512 * 1024

/**
 * Judges each candidate by the controls of its kind, in batches of one kind. `answered` gets each when it has been judged; its answers
 * then speak of `artefact` 0, and are dropped afterwards.
 */
export function judgeAll<One extends Candidate>(
  engine: Engine, catalogue: Catalogue, candidates: One[], ask: 'lint' | 'outcomes', answered: (candidate: One) => void,
): void {
  for (const [kind, ofKind] of groupBy(candidates, candidate => candidate.kind)) {
    for (const batch of batches(ofKind)) {
      judgeBatch(engine, catalogue, kind, batch, ask)
      for (const candidate of batch) {
        answered(candidate)
        candidate.answers = none
      }
    }
  }
}


function* batches<One extends Candidate>(candidates: One[]): Generator<One[]> {
  let batch: One[] = []
  let characters = 0
  for (const candidate of candidates) {
    if (batch.length === batchSize || (batch.length > 0 && characters + candidate.text.length > batchCharacters)) {
      yield batch
      batch = []
      characters = 0
    }
    batch.push(candidate)
    characters += candidate.text.length
  }
  if (batch.length > 0) yield batch
}

function judgeBatch(engine: Engine, catalogue: Catalogue, kind: string, batch: Candidate[], ask: 'lint' | 'outcomes'): void {
  const input = batchText(batch.map(({ text }) => text))
  const judgement = judge(engine, catalogue, kind, input, ask)
  if (judgement.failed.length > 0 && batch.length > 1) {
    // One artefact that a control fails on must not cost its neighbours that control.
    for (const candidate of batch) judgeBatch(engine, catalogue, kind, [candidate], ask)
    return
  }
  for (const candidate of batch) candidate.answers = new Map()
  if (batch.length === 1) {
    batch[0].failed.push(...judgement.failed)
    batch[0].answers = judgement.answers
    return
  }
  for (const [control, answer] of judgement.answers) {
    for (const part of ['findings', 'excused', 'undecided', 'judged', 'inapplicable'] as const) {
      for (const said of answer[part] ?? []) {
        const { answers } = batch[said.artefact]
        const own = answers.get(control) ?? { findings: [], excused: [], undecided: [] }
        answers.set(control, own)
        const list = (own[part] ??= []) as typeof said[]
        list.push(said)
        said.artefact = 0
      }
    }
  }
}
