import { harmless } from '../report/inert.ts'
import { writeTo } from '../report/output.ts'
import { visible } from '../report/visible.ts'

/** Says on standard error what could not be done; the exit code says so as well, should nobody be there to read it. */
export function complain(message: string): void {
  try {
    writeTo(2, 'standard error', out => out(`mcp-policy: ${harmless(message.split('\n').map(visible).join('\n'))}\n`))
  } catch {
    // A full disk behind standard error leaves nobody to tell.
  }
}
