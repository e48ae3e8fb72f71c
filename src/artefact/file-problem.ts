/** A path that could not be looked at or read, and why. */
export type FileProblem = { path: string; errno: string; message: string }

export function fileProblem(path: string, error: unknown): FileProblem {
  const errno = String((error as NodeJS.ErrnoException).code ?? 'EIO')
  return { path, errno, message: messages.get(errno) ?? `cannot be read (${errno})` }
}

const messages = new Map([
  ['EACCES', 'permission denied'],
  ['EPERM', 'not permitted'],
  ['EISDIR', 'a folder where a file was expected'],
  ['ELOOP', 'a link that leads back to itself'],
  ['EMFILE', 'too many open files'],
  ['ENAMETOOLONG', 'the name is too long'],
  ['ENOENT', 'does not exist, or is a link to what does not exist'],
  ['ENOTDIR', 'a file where a folder was expected'],
  ['ENXIO', 'neither a file nor a folder'],
])
