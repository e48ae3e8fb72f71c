import { expect, test } from 'vitest'
import { defaultLimits } from '../../src/artefact/artefact.ts'
import { readDockerfile } from '../../src/artefact/dockerfile.ts'
import type { JsonMap } from '../../src/artefact/json.ts'
import { bakedInstructions } from '../../src/input/dockerfile-baked.ts'

/** The instructions of a Dockerfile that get into its image. */
function baked(text: string): string[] {
  const lines = text.split('\n')
  const { stages, instructions } = readDockerfile({ path: 'Dockerfile', text, limits: defaultLimits }).artefacts[0].value as { stages: JsonMap[]; instructions: JsonMap[] }
  return lines.filter((_, index) => bakedInstructions(stages, instructions)[index])
}

const build = 'FROM a AS build\nWORKDIR /src\nCOPY . .\nENV TOKEN=x\nFROM b\n'

test.each([
  ['what stays in a stage that builds is not', `${build}COPY --from=build /packages /packages`, ['FROM b', 'COPY --from=build /packages /packages']],
  ['a folder that is copied takes what was copied into it', `${build}COPY --from=build /src /app`, ['COPY . .', 'FROM b', 'COPY --from=build /src /app']],
  ['so does one above it', `${build}COPY --from=0 / /`, ['COPY . .', 'FROM b', 'COPY --from=0 / /']],
  ['a folder in it does not', `${build}COPY --from=build /src/dist /app`, ['FROM b', 'COPY --from=build /src/dist /app']],
  ['the file itself does', 'FROM a AS build\nCOPY .env /src/\nFROM b\nCOPY --from=build /src/.env /app/', ['COPY .env /src/', 'FROM b', 'COPY --from=build /src/.env /app/']],
  ['a stage that the last one builds on is a part of it', 'FROM a AS base\nENV TOKEN=x\nFROM base', ['FROM a AS base', 'ENV TOKEN=x', 'FROM base']],
  ['through a stage between', 'FROM a AS one\nCOPY . /x\nFROM a AS two\nCOPY --from=one /x /y\nFROM b\nCOPY --from=two /y /z', [
    'COPY . /x', 'COPY --from=one /x /y', 'FROM b', 'COPY --from=two /y /z',
  ]],
  ['a path that is not known may be any', 'ARG WHERE\nFROM a AS build\nCOPY . ${WHERE}\nFROM b\nCOPY --from=build /x /x', ['COPY . ${WHERE}', 'FROM b', 'COPY --from=build /x /x']],
  ['another image is no stage', `${build}COPY --from=nginx:1.27 /etc /etc`, ['FROM b', 'COPY --from=nginx:1.27 /etc /etc']],
])('%s', (_, text, expected) => {
  expect(baked(text)).toEqual(expected)
})
