import type { Catalogue } from '../policy/catalogue.ts'
import type { Engine } from '../policy/engine.ts'
import type { Projected } from '../input/input.ts'
import { batchText, inputText } from '../input/text.ts'
import { judge, type Answer } from '../policy/judge.ts'
import { groupBy } from './group.ts'

/** One artefact on its way to the engine, and what became of it; `answers` are filled in by `judgeAll`. */
export type Candidate = {
  /** What is known of it; `fields` become an element of `input.artefacts`. */
  projected: Projected
  answers: Map<string, Answer>
  /** Controls that the engine could not evaluate on it. */
  failed: { control: string; reason: string }[]
}

const none: Candidate['answers'] = new Map()

/** One that has not been judged. */
export const candidate = (projected: Projected): Candidate => ({ projected, answers: none, failed: [] })

const batchSize = 20
const batchCharacters = 512 * 1024

/**
 * Judges each candidate by the controls of its kind, in batches of one kind. `answered` gets each when it has been judged; its answers
 * then speak of `artefact` 0, and are dropped afterwards.
 */
export function judgeAll<One extends Candidate>(
  engine: Engine, catalogue: Catalogue, candidates: One[], ask: 'lint' | 'outcomes', answered: (candidate: One) => void,
): void {
  for (const [kind, ofKind] of groupBy(candidates, candidate => candidate.projected.kind)) {
    for (const { batch, texts } of batches(ofKind)) {
      judgeBatch(engine, catalogue, kind, batch, texts, ask)
      for (const candidate of batch) {
        answered(candidate)
        candidate.answers = none
      }
    }
  }
}

/** The texts are made a batch at a time: those of ten thousand artefacts together would be much of what a run holds. */
function* batches<One extends Candidate>(candidates: One[]): Generator<{ batch: One[]; texts: string[] }> {
  let batch: One[] = []
  let texts: string[] = []
  let characters = 0
  for (const candidate of candidates) {
    const text = inputText(candidate.projected.fields)
    if (batch.length === batchSize || (batch.length > 0 && characters + text.length > batchCharacters)) {
      yield { batch, texts }
      batch = []
      texts = []
      characters = 0
    }
    batch.push(candidate)
    texts.push(text)
    characters += text.length
  }
  if (batch.length > 0) yield { batch, texts }
}

function judgeBatch(engine: Engine, catalogue: Catalogue, kind: string, batch: Candidate[], texts: string[], ask: 'lint' | 'outcomes'): void {
  const input = batchText(texts)
  const judgement = judge(engine, catalogue, kind, input, ask)
  if (judgement.failed.length > 0 && batch.length > 1) {
    // One artefact that a control fails on must not cost its neighbours that control.
    batch.forEach((candidate, index) => judgeBatch(engine, catalogue, kind, [candidate], [texts[index]], ask))
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
