/**
 * What a Kubernetes quantity comes to in whole units, or in whole thousandths of one: `512Mi`, `1.5`, `100m`, `1e3`, a plain number.
 * Rounded away from zero, and at most what an int64 holds, as the API server does. Undefined for what is no quantity.
 */
export function quantityOf(written: unknown, unit: 'one' | 'thousandth'): number | undefined {
  const text = textOf(written)
  if (text === undefined || text === '' || text.length > longest) return undefined
  const [, sign, whole, fraction = '', suffix] = grammar.exec(text)!
  const scale = scaleOf(suffix)
  if (scale === undefined) return undefined
  const digits = BigInt(`0${whole}${fraction}`) * 2n ** BigInt(scale.binary) * (unit === 'thousandth' ? 1000n : 1n)
  const exponent = scale.decimal - fraction.length
  const amount = exponent >= 0 ? digits * 10n ** BigInt(exponent) : roundedUp(digits, 10n ** BigInt(-exponent))
  return Number(amount > most ? most : amount) * (sign === '-' && amount > 0n ? -1 : 1)
}

const longest = 100
const most = 2n ** 63n - 1n

/** The four parts are there in every text, however wrong; what is wrong ends up in the suffix. */
const grammar = /^([+-]?)(\d*)(?:\.(\d*))?([\s\S]*)$/

/** YAML gives numbers as numbers; blanks around a text are left out, as the API server does. */
function textOf(written: unknown): string | undefined {
  if (typeof written === 'string') return written.replace(/^ +| +$/g, '')
  return typeof written === 'bigint' || (typeof written === 'number' && Number.isFinite(written)) ? String(written) : undefined
}

function scaleOf(suffix: string): { decimal: number; binary: number } | undefined {
  const decimal = decimals.get(suffix)
  if (decimal !== undefined) return { decimal, binary: 0 }
  const binary = binaries.get(suffix)
  if (binary !== undefined) return { decimal: 0, binary }
  // What is beyond these bounds is beyond an int64 too, or nothing.
  return /^[eE][+-]?\d{1,18}$/.test(suffix) ? { decimal: Math.max(-200, Math.min(200, Number(suffix.slice(1)))), binary: 0 } : undefined
}

const decimals = new Map([['n', -9], ['u', -6], ['m', -3], ['', 0], ['k', 3], ['M', 6], ['G', 9], ['T', 12], ['P', 15], ['E', 18]])
const binaries = new Map([['Ki', 10], ['Mi', 20], ['Gi', 30], ['Ti', 40], ['Pi', 50], ['Ei', 60]])

function roundedUp(digits: bigint, by: bigint): bigint {
  return (digits + by - 1n) / by
}
