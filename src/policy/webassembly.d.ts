/** The part of the WebAssembly JavaScript interface that the engine uses; `@types/node` has only the namespace's start. */
declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array)
  }
  interface Memory {
    readonly buffer: ArrayBuffer
    grow(pages: number): number
  }
  interface Instance {
    readonly exports: Record<string, unknown>
  }
}
