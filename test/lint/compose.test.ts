import { expect, test } from 'vitest'
import { defaultLimits } from '../../src/artefact/artefact.ts'
import { readFile } from '../../src/artefact/read.ts'
import { lintReadings } from '../lint-files.ts'

const base = `services:
  tools:
    image: acme/tools:1.4.0
    ports: ["8000:8000"]
    environment: {DATABASE_PASSWORD: kept-in-the-base-file}
    healthcheck: {test: [CMD, wget, -qO-, "http://localhost:8000/health"], interval: 30s, timeout: 5s}
    deploy: {resources: {limits: {cpus: "0.5", memory: 256M}}}
    user: "10001"
    security_opt: ["no-new-privileges:true"]
    cap_drop: [ALL]
    read_only: true
`

/** What is found in the base and its override together, by control and line. */
function found(override: string): string[] {
  const files = { 'compose.yaml': base, 'compose.override.yaml': `services:\n  tools:\n    ${override}\n` }
  const readings = Object.entries(files).map(([path, text]) => readFile(path, new TextEncoder().encode(text), { limits: defaultLimits }))
  return lintReadings(readings, ['.']).findings.map(({ control, file, line }) => `${control} ${file}:${line}`)
}

const port = 'net-compose-published-ports compose.yaml:4'
const secret = 'secrets-no-plaintext-in-config compose.yaml:5'

test.each([
  ['lists add up', 'ports: ["127.0.0.1:8001:8000"]', [port, secret]],
  ['!override takes the place of a list', 'ports: !override ["127.0.0.1:8001:8000"]', [secret]],
  ['what !override puts there is judged', 'ports: !override ["9000:8000"]', ['net-compose-published-ports compose.override.yaml:3', secret]],
  ['!reset takes a list away', 'ports: !reset []', [secret]],
  ['and one variable', 'environment: {DATABASE_PASSWORD: !reset null}', [port]],
  ['null says nothing', 'ports: null', [port, secret]],
  ['another tag changes nothing', 'ports: !keep []', [port, secret]],
])('%s', (_, override, expected) => {
  expect(found(override)).toEqual(expected)
})

test('a privileged service is critical, whatever the severity of the control', () => {
  const files = { 'compose.yaml': base, 'compose.override.yaml': 'services: {tools: {privileged: true, cap_add: [SYS_ADMIN]}}\n' }
  const readings = Object.entries(files).map(([path, text]) => readFile(path, new TextEncoder().encode(text), { limits: defaultLimits }))
  const said = lintReadings(readings, ['.']).findings.filter(finding => finding.case === 'no-privileged').map(({ message, severity }) => [message, severity])
  expect(said.sort()).toEqual([['service tools adds the capability SYS_ADMIN', 'high'], ['service tools is privileged', 'critical']])
})
