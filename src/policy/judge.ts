import type { Path } from '../artefact/document.ts'
import type { Catalogue, Severity } from './catalogue.ts'
import { EngineError, type Engine } from './engine.ts'

/** What a control says of one place, as its policy answers; `artefact` is the index in the input. */
export type Violation = {
  artefact: number
  path: Path
  message: string
  case?: string
  level?: 'warn'
  /** Where this is worse than the control. */
  severity?: Severity
  labels?: string[]
}
export type Excused = Violation & { reason: string }
/** The control cannot tell, or (for `inapplicable`) has nothing to say. */
export type Undecided = { artefact: number; case?: string; path?: Path; reason: string }
export type Judged = { artefact: number; case?: string }

export type Answer = {
  findings: Violation[]
  excused: Excused[]
  undecided: Undecided[]
  /** Present when outcomes were asked for. */
  judged?: Judged[]
  inapplicable?: Undecided[]
}

/** The answers of one family's controls over one input, by control; and the controls that failed, with the reason. */
export type Judgement = { answers: Map<string, Answer>; failed: { control: string; reason: string }[] }

type Lint = { findings: Violation[][]; excused: Excused[][]; undecided: Undecided[][] }
type Outcomes = { judged: Judged[][]; inapplicable: Undecided[][] }

/**
 * Asks all controls of a family about one input. Only controls that have something to say are in `answers` when outcomes are not asked for.
 *
 * When the family's entrypoint fails, each control is asked alone, so that one broken control is named and costs only its own answers.
 */
export function judge(engine: Engine, catalogue: Catalogue, kind: string, input: string, ask: 'lint' | 'outcomes'): Judgement {
  const family = catalogue.families[kind]
  if (family === undefined) return { answers: new Map(), failed: [] }
  const { lint, outcomes } = family
  try {
    const entrypoints = ask === 'lint' ? [lint.entrypoint] : [lint.entrypoint, outcomes.entrypoint]
    const [said, decided] = engine.evaluate(input, entrypoints) as [Lint, Outcomes?]
    const answers = new Map<string, Answer>()
    const of = (id: string): Answer => {
      const known = answers.get(id) ?? { findings: [], excused: [], undecided: [] }
      answers.set(id, known)
      return known
    }
    said.findings.forEach((list, index) => { if (list.length > 0) of(lint.findings[index]).findings = list })
    said.excused.forEach((list, index) => { if (list.length > 0) of(lint.excused[index]).excused = list })
    said.undecided.forEach((list, index) => { if (list.length > 0) of(lint.undecided[index]).undecided = list })
    decided?.judged.forEach((list, index) => { of(outcomes.judged[index]).judged = list })
    decided?.inapplicable.forEach((list, index) => { of(outcomes.inapplicable[index]).inapplicable = list })
    return { answers, failed: [] }
  } catch (error) {
    if (!(error instanceof EngineError)) throw error
    return judgeEach(engine, catalogue, kind, input)
  }
}

function judgeEach(engine: Engine, catalogue: Catalogue, kind: string, input: string): Judgement {
  const { lint, outcomes } = catalogue.families[kind]
  const ids = new Set([...lint.findings, ...lint.excused, ...lint.undecided, ...outcomes.judged, ...outcomes.inapplicable])
  const judgement: Judgement = { answers: new Map(), failed: [] }
  for (const id of [...ids].sort()) {
    try {
      const [answer] = engine.evaluate(input, [catalogue.entrypoints[id]]) as [Partial<Answer>]
      judgement.answers.set(id, { findings: [], excused: [], undecided: [], ...answer })
    } catch (error) {
      if (!(error instanceof EngineError)) throw error
      judgement.failed.push({ control: id, reason: error.message })
    }
  }
  return judgement
}
