import type { Out } from './report.ts'

/**
 * Lines that no CI system obeys. GitHub's runner takes `::name::` at the start of what a program prints for a command, and it and Azure's
 * take `##[name]` and `##vso[name]` anywhere, so a name or a quoted line of a file could set a variable of the build. One of the signs
 * becomes another that looks like it and is as wide.
 */
export const inert = (out: Out): Out => chunk => out(chunk.includes('##') || /^\s*::/.test(chunk) ? harmless(chunk) : chunk)

export const harmless = (text: string): string => text.replace(/##(?=\[|vso\[)/g, '#♯').replace(/^(\s*):(?=:)/gm, '$1∶')
