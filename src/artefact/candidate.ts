import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import type { Limits } from './artefact.ts'
import { type FileProblem, fileProblem } from './file-problem.ts'

/**
 * The bytes of a file, or why there are none. Never throws and never waits, but for a pipe that was named.
 *
 * The file may have grown, vanished or become something else since it was found: what is opened is what is looked at.
 */
export function readCandidate(path: string, limits: Limits, kind: 'file' | 'pipe' = 'file'): Uint8Array | FileProblem {
  let descriptor: number | undefined
  try {
    descriptor = openSync(path, kind === 'file' ? constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) : constants.O_RDONLY)
    const stats = fstatSync(descriptor)
    if (stats.isDirectory()) return fileProblem(path, { code: 'EISDIR' })
    if (kind === 'file' && !stats.isFile()) return fileProblem(path, { code: 'ENXIO' })
    return stats.size > limits.bytes ? tooLarge(path, limits) : (readAll(descriptor, stats.size, limits.bytes) ?? tooLarge(path, limits))
  } catch (error) {
    return fileProblem(path, error)
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}

/** The bytes of standard input, or why there are none: it may be a folder. Waits for all of it. */
export function readDescriptor(descriptor: number, path: string, limits: Limits): Uint8Array | FileProblem {
  try {
    return readAll(descriptor, 65_536, limits.bytes) ?? tooLarge(path, limits)
  } catch (error) {
    return fileProblem(path, error)
  }
}

function tooLarge(path: string, limits: Limits): FileProblem {
  return { path, errno: 'EFBIG', message: `larger than ${limits.bytes} bytes` }
}

/** Undefined for more than `limit` bytes. The size is a guess: a pipe has none, a file may grow. */
function readAll(descriptor: number, size: number, limit: number): Uint8Array | undefined {
  let bytes = Buffer.allocUnsafe(size + 1)
  let length = 0
  for (;;) {
    const read = readSome(descriptor, bytes, length)
    if (read === 0) return bytes.subarray(0, length)
    length += read
    if (length > limit) return undefined
    if (length === bytes.length) bytes = Buffer.concat([bytes], Math.min(limit + 1, bytes.length * 2 + 4096))
  }
}

/** A descriptor that another program has set to return at once says EAGAIN where others wait; one of Windows ends with EOF. */
function readSome(descriptor: number, bytes: Uint8Array, at: number): number {
  for (;;) {
    try {
      return readSync(descriptor, bytes, at, bytes.length - at, null)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EOF') return 0
      if (code !== 'EAGAIN') throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2)
    }
  }
}
