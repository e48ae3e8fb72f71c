import * as opaWasm from '@open-policy-agent/opa-wasm'

// The package's types describe its CommonJS form; what Node imports has everything under `default`.
const { loadPolicySync } = (opaWasm as unknown as { default: typeof opaWasm }).default

/**
 * The exports of a module that `opa build -t wasm` makes (ABI 1.2 and later), as far as we drive them ourselves.
 * Addresses are byte offsets into the memory. https://www.openpolicyagent.org/docs/wasm
 */
type Abi = {
  opa_value_parse(address: number, length: number): number
  opa_eval_ctx_new(): number
  opa_eval_ctx_set_input(context: number, value: number): void
  opa_eval_ctx_set_data(context: number, value: number): void
  opa_eval_ctx_set_entrypoint(context: number, entrypoint: number): void
  opa_eval_ctx_get_result(context: number): number
  eval(context: number): void
  opa_json_dump(value: number): number
  opa_heap_ptr_get(): number
  opa_heap_ptr_set(address: number): void
  builtins(): number
}

type Instance = { abi: Abi; memory: WebAssembly.Memory; data: number; heap: number; entrypoints: Record<string, number> }

/** The engine could not answer; which control was at fault is found by asking each for itself. */
export class EngineError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'EngineError'
  }
}

export type Engine = {
  /**
   * Evaluates entrypoints over one input, which is parsed once.
   *
   * `input` is the text of one JSON object. The answers stand in the order of `entrypoints`; an undefined one is an error,
   * because it would otherwise pass for "nothing found". After any error the instance is thrown away: an exception inside
   * WebAssembly leaves its stack pointer where it was, and some hundreds of them would break every later call.
   */
  evaluate(input: string, entrypoints: string[]): unknown[]
}

const pageBytes = 65_536
/** 64 pages to start with: what a module declares can be too few. At most 1 GiB. */
const memory = { initial: 64, maximum: 16_384 }
/** Memory never shrinks; an instance that grew past this is replaced. */
const recycleBytes = 256 * 1024 * 1024

/** Instances share the module's compiled code, so making one costs a tenth of a millisecond. */
export function createEngine(module: WebAssembly.Module, data: object): Engine {
  const dataText = JSON.stringify(data)
  let instance: Instance | undefined
  return {
    evaluate(input, entrypoints) {
      if (!input.startsWith('{')) throw new EngineError('the input of an evaluation must be a JSON object')
      instance ??= instantiate(module, dataText)
      try {
        const answers = run(instance, input, entrypoints)
        if (instance.memory.buffer.byteLength > recycleBytes) instance = undefined
        return answers
      } catch (cause) {
        instance = undefined
        throw cause instanceof EngineError ? cause : new EngineError(describe(cause), { cause })
      }
    },
  }
}

function instantiate(module: WebAssembly.Module, dataText: string): Instance {
  const policy = loadPolicySync(module as never, { ...memory } as never) as unknown as {
    wasmInstance: WebAssembly.Instance
    mem: WebAssembly.Memory
    dataAddr: number
    dataHeapPtr: number
    entrypoints: Record<string, number>
    setData(data: ArrayBuffer): void
  }
  policy.setData(new TextEncoder().encode(dataText).buffer)
  const abi = policy.wasmInstance.exports as unknown as Abi
  const instance: Instance = {
    abi, memory: policy.mem, data: policy.dataAddr, heap: policy.dataHeapPtr, entrypoints: policy.entrypoints,
  }
  const missing = Object.keys(readJson(instance, abi.opa_json_dump(abi.builtins())) as object)
  if (missing.length > 0) throw new EngineError(`the bundle needs built-ins that this host does not have: ${missing.join(', ')}`)
  return instance
}

const encoder = new TextEncoder()
const decoder = new TextDecoder()

function run(instance: Instance, input: string, entrypoints: string[]): unknown[] {
  const { abi } = instance
  const room = input.length * 3
  const lacking = instance.heap + room - instance.memory.buffer.byteLength
  if (lacking > 0) instance.memory.grow(Math.ceil(lacking / pageBytes))
  const { read, written } = encoder.encodeInto(input, new Uint8Array(instance.memory.buffer, instance.heap, room))
  if (read < input.length) throw new EngineError('the input did not fit')
  abi.opa_heap_ptr_set(instance.heap + written)
  const value = abi.opa_value_parse(instance.heap, written)
  if (value === 0) throw new EngineError('the engine could not parse the input')
  const start = abi.opa_heap_ptr_get()
  return entrypoints.map(name => {
    const entrypoint = instance.entrypoints[name]
    if (entrypoint === undefined) throw new EngineError(`the bundle has no entrypoint ${name}`)
    abi.opa_heap_ptr_set(start)
    const context = abi.opa_eval_ctx_new()
    abi.opa_eval_ctx_set_input(context, value)
    abi.opa_eval_ctx_set_data(context, instance.data)
    abi.opa_eval_ctx_set_entrypoint(context, entrypoint)
    abi.eval(context)
    const results = readJson(instance, abi.opa_json_dump(abi.opa_eval_ctx_get_result(context))) as { result: unknown }[]
    if (results.length !== 1) throw new EngineError(`entrypoint ${name} is undefined`)
    return results[0].result
  })
}

function readJson(instance: Instance, address: number): unknown {
  const bytes = new Uint8Array(instance.memory.buffer)
  return JSON.parse(decoder.decode(bytes.subarray(address, bytes.indexOf(0, address))))
}

/** Aborts are thrown as strings, missing built-ins as `{message}`, an overflow of the stack as a RangeError. */
function describe(cause: unknown): string {
  if (typeof cause === 'string') return cause
  if (typeof cause === 'object' && cause !== null && 'message' in cause) return String(cause.message)
  return 'the engine failed'
}
