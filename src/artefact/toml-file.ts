import type { ArtefactKind, Contents, Source } from './artefact.ts'
import { ReadError } from './document.ts'
import { recogniseMcpClient } from './mcp-client.ts'
import { type FileName, fileName } from './recognised.ts'
import { readToml } from './toml.ts'
import { contentsOf } from './yaml-file.ts'

/** The artefacts of a TOML file. Only one that speaks of MCP servers is parsed: no control reads another. */
export function readTomlFile(source: Source): Contents {
  const span = { start: 0, end: source.text.length }
  const name = fileName(source.path)
  const unknown: Contents = { artefacts: [], uncovered: [{ span, reason: 'unknown-kind', document: 0, ...describe(name) }], documents: [span], empty: [] }
  if (!/mcp_servers|mcpServers|context_servers|\\u/i.test(source.text)) return unknown
  try {
    const parsed = readToml(source.text)
    const recognised = recogniseMcpClient(parsed.value as { [key: string]: never }, name)
    return recognised === undefined ? unknown : contentsOf([{ span, parsed, recognised }], source)
  } catch (error) {
    if (error instanceof ReadError) return contentsOf([{ span, error }], source)
    throw error
  }
}

function describe(name: FileName): { detail: string; kind?: ArtefactKind } {
  if (name.base === 'pyproject.toml') return { detail: 'pyproject.toml: no control reads it yet', kind: 'pyproject' }
  return { detail: 'nothing that a control reads' }
}
