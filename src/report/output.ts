import { closeSync, openSync, realpathSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Out } from './report.ts'

/** A report that could not be written; the message names the place. */
export class OutputError extends Error {
  constructor(place: string, cause: unknown) {
    super(`${place}: the report could not be written: ${reasonOf(cause)}`, { cause })
    this.name = 'OutputError'
  }
}

/** Writes a part of a buffer and tells how many bytes it took, as `fs.writeSync` does. */
export type WriteSome = (fd: number, bytes: Uint8Array, offset: number, length: number) => number

const full = 64 * 1024

/**
 * Hands what `write` writes to an open descriptor, about 64 KiB at a time and before it returns.
 *
 * When nobody reads any longer (EPIPE) the rest is dropped without a word: `head` has seen enough, and the exit code stays
 * what the findings make it. Any other failure is an OutputError.
 */
export function writeTo(fd: number, place: string, write: (out: Out) => void, writeSome: WriteSome = writeSync): void {
  let pending: string[] = []
  let size = 0
  let closed = false
  const flush = () => {
    const bytes = Buffer.from(pending.join(''))
    pending = []
    size = 0
    if (!closed) closed = !writeAll(fd, bytes, place, writeSome)
  }
  write(chunk => {
    if (closed) return
    pending.push(chunk)
    size += chunk.length
    if (size >= full) flush()
  })
  flush()
}

/**
 * Writes a report to a file: under a temporary name beside it, so that nobody ever reads half of it and a full disk leaves the
 * last report as it was. What is no file (`/dev/stdout`, a pipe) is written as it is.
 */
export function writeFile(path: string, write: (out: Out) => void): void {
  try {
    const known = statSync(path, { throwIfNoEntry: false })
    if (known !== undefined && !known.isFile()) return withOpen(path, 'w', undefined, fd => writeTo(fd, path, write))
    const target = known === undefined ? path : realpathSync(path)
    const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`)
    let made = false
    try {
      withOpen(temporary, 'wx', known?.mode, fd => {
        made = true
        writeTo(fd, path, write)
      })
      renameSync(temporary, target)
    } catch (error) {
      if (made) rmSync(temporary, { force: true })
      throw error
    }
  } catch (error) {
    throw isSystemError(error) ? new OutputError(path, error) : error
  }
}

function withOpen(path: string, flags: string, mode: number | undefined, use: (fd: number) => void): void {
  const fd = openSync(path, flags, mode)
  try {
    use(fd)
  } finally {
    closeSync(fd)
  }
}

/** False when the reader has gone. */
function writeAll(fd: number, bytes: Uint8Array, place: string, writeSome: WriteSome): boolean {
  for (let written = 0; written < bytes.length;) {
    try {
      written += writeSome(fd, bytes, written, bytes.length - written)
    } catch (error) {
      if (isCode(error, 'EPIPE') || isCode(error, 'EOF')) return false
      if (!isCode(error, 'EAGAIN')) throw new OutputError(place, error)
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2)
    }
  }
  return true
}

const isSystemError = (error: unknown): error is NodeJS.ErrnoException => error instanceof Error && 'syscall' in error

const isCode = (error: unknown, code: string): boolean => error instanceof Error && 'code' in error && error.code === code

const reasons: Record<string, string> = {
  ENOSPC: 'no space is left on the device',
  EDQUOT: 'the quota is used up',
  EACCES: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOENT: 'there is no such folder',
  EISDIR: 'it is a folder',
  EEXIST: 'another run is writing it',
}

function reasonOf(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  return reasons[code] ?? (cause instanceof Error ? cause.message : String(cause))
}
