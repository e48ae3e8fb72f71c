import type { FileReading } from '../artefact/artefact.ts'
import type { Path, Span } from '../artefact/document.ts'
import type { Profile } from '../finding/enforcement.ts'
import type { Enforcement } from '../policy/catalogue.ts'
import type { Facts } from './settings.ts'

/** What holds for a part of the tree. */
export type Settings = {
  profile?: Profile
  /** By control or control/case; the case wins. */
  enforcement: Record<string, Enforcement>
  /** Parameters of controls that are set otherwise than in the bundle. */
  params: Record<string, unknown>
}

/** An exemption as it is written; what is missing or wrong of it is a finding. */
export type WrittenExemption = {
  control: string
  artefact: { kind?: string; namespace?: string; name?: string; container?: string; file?: string }
  reason?: string
  owner?: string
  last_day?: string
}

/** The content of `.mcp-policy.yaml`, as `schemas/config.schema.json` has it. */
export type Content = Partial<Settings> & Facts & {
  systems?: string[]
  paths?: string[]
  exclude?: string[]
  skip?: string[]
  fail_on?: FailOn
  baseline?: string
  secrets?: { not_secret?: { name: string }[] }
  compose?: { files?: Record<string, 'production' | 'development'>; profiles?: string[] }
  folders?: Record<string, Partial<Settings> & Facts>
  exemptions?: WrittenExemption[]
}

export type FailOn = 'deny' | 'warn' | 'never'

/** A configuration that was read and found right. Its paths are relative to `folder`. */
export type Configuration = {
  content: Content
  /** The file as findings about it need it. */
  file: FileReading
  /** Absolute. */
  folder: string
  spanOf(path: Path): Span
  /** Settings that no control of this version reads, with the place of each, in their order. */
  unread: { name: string; line: number; column: number }[]
}
