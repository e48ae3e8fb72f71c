import type { Json } from '../artefact/document.ts'
import { isMap } from '../artefact/json.ts'
import type { Built } from './built.ts'
import { hasMcpToken, imageHasMcpToken, knownProgram, startsMcp, supportProgram } from './program.ts'

type Fields = { [key: string]: Built | undefined }

/**
 * What a Compose service is, as a workload of Kubernetes would be told: by its image or command, its labels, the word mcp in image, name
 * or environment, or the image of a store or a proxy. `program` is what runs, by the last part of its image. Undefined for anything else.
 */
export function serviceComponent(name: string, fields: Fields, program: string): string | undefined {
  const image = typeof fields.image?.value === 'string' ? fields.image.value : program
  const container = { image, command: wordsOf(fields.entrypoint), args: wordsOf(fields.command) }
  const known = knownProgram(container) ?? knownProgram({ image: program })
  if (known !== undefined) return known.component
  const support = supportProgram({ image }) ?? supportProgram({ image: program })
  if (support !== undefined) return support
  const isMcp = imageHasMcpToken(image) || startsMcp(container) || hasMcpToken(name) || namesOf(fields.environment).some(isMcpVariable) || namesOf(fields.labels).some(isMcpLabel)
  return isMcp ? 'mcp-server' : undefined
}

const isMcpVariable = (name: string): boolean => name.startsWith('FASTMCP_') || (name.startsWith('MCP_') && !name.startsWith('MCP_POLICY_'))
const isMcpLabel = (name: string): boolean => name.startsWith('mcp.hangar.')

function wordsOf(command: Built | undefined): Json[] {
  const value = command?.value
  return isMap(value) && Array.isArray(value.argv) ? value.argv : []
}

function namesOf(list: Built | undefined): string[] {
  const value = list?.value
  return Array.isArray(value) ? value.flatMap(item => (isMap(item) && typeof item.name === 'string' ? [item.name] : [])) : []
}
