import type { Identity } from './input.ts'

/** Bounds on what one artefact may hand to the engine, whose hashing is quadratic in crafted keys and whose stack is finite. */
export type InputLimits = {
  /** About the length of the JSON text. */
  size: number
  /** Keys in one object. */
  keys: number
  depth: number
}

export const defaultInputLimits: InputLimits = { size: 4 * 1024 * 1024, keys: 2000, depth: 200 }

/** An artefact that no control judged because it is over a bound. */
export type OverLimit = { overLimit: keyof InputLimits; detail: string; identity: Identity }

/** Thrown inside a projection and caught where it began. */
export class OverLimitError extends Error {
  readonly limit: keyof InputLimits
  constructor(limit: keyof InputLimits, message: string) {
    super(message)
    this.name = 'OverLimitError'
    this.limit = limit
  }
}
