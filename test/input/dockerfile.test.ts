import { describe, expect, test } from 'vitest'
import { defaultLimits } from '../../src/artefact/artefact.ts'
import { readDockerfile } from '../../src/artefact/dockerfile.ts'
import { dockerfileImages, imageFacts, projectDockerfile, secondsOf } from '../../src/input/dockerfile.ts'
import { rules } from './compose-made.ts'

const artefactOf = (text: string) => readDockerfile({ path: 'Dockerfile', text, limits: defaultLimits }).artefacts[0]
const facts = (text: string, target?: string) => imageFacts(artefactOf(text).value, target)

describe('the user of the image', () => {
  test.each([
    ['the last one counts', 'FROM a:1.2\nUSER app\nUSER root\nUSER 10001', { instruction: 3, name: '10001', root: false }],
    ['root comes back', 'FROM a:1.2\nUSER app\nUSER root', { instruction: 2, name: 'root', root: true }],
    ['the administrator of Windows, in any case', 'FROM a:1.2\nUSER containeradministrator', { instruction: 1, name: 'containeradministrator', root: true }],
    ['0 with a group', 'FROM a:1.2\nUSER 0:1000', { instruction: 1, name: '0', root: true }],
    ['a group does not make root', 'FROM a:1.2\nUSER app:0', { instruction: 1, name: 'app', root: false }],
    ['none', 'FROM a:1.2\nRUN true', undefined],
    ['an earlier stage does not count', 'FROM a:1.2 AS build\nUSER app\nFROM b:1.2', undefined],
    ['the stage that it builds on does', 'FROM a:1.2 AS base\nUSER app\nFROM c:1.2\nFROM base', { instruction: 1, name: 'app', root: false }],
    ['through two stages', 'FROM a:1.2 AS one\nUSER app\nFROM one AS two\nFROM two AS three', { instruction: 1, name: 'app', root: false }],
    ['a default of an argument', 'FROM a:1.2\nARG UID=10001\nUSER ${UID}', { instruction: 2, name: '10001', root: false }],
    ['an argument that says root', 'FROM a:1.2\nARG UID=0\nUSER $UID:$UID', { instruction: 2, name: '0', root: true }],
    ['an argument without a default', 'FROM a:1.2\nARG UID\nUSER ${UID}', { instruction: 2, unresolved: 'the variable UID' }],
    ['an argument that the stage does not declare', 'ARG UID=5\nFROM a:1.2\nUSER ${UID}', { instruction: 2, unresolved: 'the variable UID' }],
    ['what the base sets', 'FROM mcr.microsoft.com/dotnet/aspnet:8.0\nUSER $APP_UID', { instruction: 1, name: '1654', root: false }],
    ['what another base may set', 'FROM a:1.2\nUSER $APP_UID', { instruction: 1, unresolved: 'the variable APP_UID' }],
    ['ENV', 'FROM a:1.2\nENV RUNAS=app\nUSER $RUNAS', { instruction: 2, name: 'app', root: false }],
    ['ONBUILD is for other images', 'FROM a:1.2\nONBUILD USER app', undefined],
    ['a heredoc is no instruction', 'FROM a:1.2\nRUN <<EOF\nUSER app\nEOF', undefined],
    ['a continued line is', 'FROM a:1.2\nUSER \\\n  app', { instruction: 1, name: 'app', root: false }],
    ['lower case', 'from a:1.2\nuser app', { instruction: 1, name: 'app', root: false }],
  ])('%s', (_, text, expected) => {
    expect(facts(text)?.user).toEqual(expected)
  })

  test('of a stage that is built', () => {
    const text = 'FROM a:1.2 AS dev\nUSER root\nFROM a:1.2 AS prod\nUSER app'
    expect(facts(text, 'dev')?.user?.name).toBe('root')
    expect(facts(text, '1')?.user?.name).toBe('app')
    expect(facts(text, 'other')).toBeUndefined()
  })
})

test.each([
  ['FROM --platform=$BUILDPLATFORM golang:1.23-alpine AS build\nFROM scratch\nCOPY --from=build /x /x', ['stages.0.image stage build version golang:1.23-alpine']],
  ['ARG TAG=latest\nFROM python:${TAG}', ['stages.0.image stage 1 latest python:latest']],
  ['ARG BASE\nFROM ${BASE}', ['stages.0.image stage 1 unresolved undefined']],
  ['FROM ${BASE:-debian:12.5} AS a\nFROM a', ['stages.0.image stage a version debian:12.5']],
  ['FROM node AS Build\nFROM build', ['stages.0.image stage build none node']],
  ['FROM localhost:5000/base:dev', ['stages.0.image stage 1 moving localhost:5000/base:dev']],
])('bases of %j', (text, expected) => {
  expect(dockerfileImages(artefactOf(text).value).map(({ path, what, reference }) => `${path.join('.')} ${what} ${reference.pin} ${reference.text}`)).toEqual(expected)
})

describe('the health check of the image', () => {
  test.each([
    ['FROM a:1.2\nHEALTHCHECK --interval=30s --timeout=5s --retries=3 CMD wget -qO- http://localhost:9091/healthz || exit 1', {
      instruction: 1, none: false, command: { programs: ['wget'], subcommands: [], asks: [{ host: 'localhost', port: 9091, path: '/healthz' }] },
      interval_seconds: 30, timeout_seconds: 5, retries: 3,
    }],
    ['FROM a:1.2\nHEALTHCHECK CMD ["true"]', { instruction: 1, none: false, command: { constant: 'true', programs: ['true'], subcommands: [], asks: [] } }],
    ['FROM a:1.2\nHEALTHCHECK NONE', { instruction: 1, none: true }],
    ['FROM a:1.2\nHEALTHCHECK CMD exit 0\nHEALTHCHECK CMD /check', { instruction: 2, none: false, command: { programs: ['check'], subcommands: [], asks: [] } }],
    ['FROM a:1.2 AS b\nHEALTHCHECK CMD /check\nFROM b', { instruction: 1, none: false, command: { programs: ['check'], subcommands: [], asks: [] } }],
    ['FROM a:1.2 AS b\nHEALTHCHECK CMD /check\nFROM c:1.2', undefined],
    ['FROM a:1.2\nHEALTHCHECK \\\n  --interval=1m \\\n  CMD curl -f http://localhost/ \\\n  || exit 1', {
      instruction: 1, none: false, command: { programs: ['curl'], subcommands: [], asks: [{ host: 'localhost', port: 80, path: '/' }] }, interval_seconds: 60,
    }],
  ])('%j', (text, expected) => {
    expect(facts(text)?.healthcheck).toEqual(expected)
  })
})

test('ports and programs of the stages that count', () => {
  const text = 'FROM a:1.2 AS build\nRUN apt-get install -y curl\nEXPOSE 1\nFROM b:1.2\nRUN <<EOF\napk add wget\nEOF\nEXPOSE 8080 9090-9092/tcp $PORT\nRUN echo libcurl-dev'
  expect(facts(text)).toMatchObject({ exposes: [8080, 9090, 9092], mentions: ['wget'] })
})

test('neither the commands of RUN nor secrets of ENV and ARG get into the input', () => {
  const artefact = artefactOf('FROM a:1.2\nARG API_TOKEN=planted-1\nENV DB_PASSWORD=planted-2 MODE=fast\nRUN curl -H planted-3 x\nHEALTHCHECK CMD mysqladmin -pplanted-4 ping')
  const file = { path: 'Dockerfile', text: '', artefacts: [artefact], uncovered: [], empty: [], byteOffset: (offset: number) => offset }
  const text = JSON.stringify(projectDockerfile(file, artefact, rules).fields)
  expect(text).not.toContain('planted')
  expect(text).toContain('fast')
})

test.each([['30s', 30], ['1m30s', 90], ['500ms', 0.5], ['1.5h', 5400], ['0s', 0], ['30', undefined], ['soon', undefined], ['', undefined], [undefined, undefined], ['-5s', undefined]])('%s is %s seconds', (text, expected) => {
  expect(secondsOf(text)).toBe(expected)
})

describe('how the last stage comes about', () => {
  const building = (text: string) => {
    const artefact = artefactOf(text)
    const file = { path: 'Dockerfile', text, artefacts: [artefact], uncovered: [], empty: [], byteOffset: (offset: number) => offset }
    return (projectDockerfile(file, artefact, rules).fields.image as any).building
  }
  const installs = (text: string) => building(text).installs.map(({ instruction, name }: any) => `${instruction} ${name}`)

  test.each([
    ['FROM a:1 AS b\nRUN make\nFROM c:1\nCOPY --from=b /x /x', true],
    ['FROM a:1 AS Build\nRUN make\nFROM c:1\nCOPY --chown=1:1 --from=BUILD /x /x', true],
    ['FROM a:1\nRUN make\nFROM c:1\nCOPY --from=0 /x /x', true],
    ['FROM a:1 AS b\nRUN make\nFROM c:1\nRUN --mount=type=bind,from=b,target=/w pip install /w/*.whl', true],
    ['FROM a:1 AS b\nRUN make\nFROM c:1 AS runtime\nCOPY --from=b /x /x\nFROM runtime', true],
    ['FROM a:1 AS base\nFROM base AS b\nRUN make\nFROM base\nCOPY --from=b /x /x', true],
    ['FROM c:1\nCOPY --from=ghcr.io/astral-sh/uv:0.8 /uv /bin/', false],
    ['FROM ghcr.io/astral-sh/uv:0.8 AS uv\nFROM c:1\nCOPY --from=uv /uv /bin/', false],
    ['FROM acme/assets:1 AS assets\nFROM c:1\nCOPY --from=assets /a /a', true],
    ['FROM c:1\nCOPY --from=acme/assets:1 /a /a', true],
    ['FROM a:1 AS b\nRUN make\nFROM b', false],
    ['FROM a:1 AS b\nRUN make\nFROM c:1\nRUN make', false],
    ['ARG S\nFROM a:1 AS b\nRUN make\nFROM c:1\nCOPY --from=${S} /x /x', true],
    ['FROM c:1\nCOPY . .', false],
  ])('%j takes from another: %s', (text, expected) => {
    expect(building(text).copies).toBe(expected)
  })

  test.each([
    ['RUN apt-get update && apt-get install -y --no-install-recommends gcc libpq-dev curl=7.88', ['1 gcc', '1 libpq-dev']],
    ['RUN apt-get install -y \\\n    build-essential \\\n    # for wheels\n    git \\\n && rm -rf /var/lib/apt/lists/*', ['1 build-essential', '1 git']],
    ['RUN apk add --no-cache --virtual .build gcc musl-dev && pip install x && apk del .build', ['1 pip install']],
    ['RUN apt-get install -y gcc && apt-get purge -y --auto-remove gcc', []],
    ['RUN apt-get install -y gcc\nRUN apt-get purge -y gcc', ['1 gcc']],
    ['RUN for i in 1 2 3; do apk add --no-cache ca-certificates tzdata curl && break || (echo "again" && sleep 10); done', []],
    ['RUN dnf install -y gcc-c++ python3-devel && dnf clean all', ['1 gcc-c++', '1 python3-devel']],
    ['RUN --mount=type=cache,target=/root/.cache pip3 install --no-cache-dir -r requirements.txt', ['1 pip install']],
    ['RUN python3 -m pip install x', ['1 pip install']],
    ['RUN ["pip", "install", "x"]', ['1 pip install']],
    ['RUN uv sync --frozen\nRUN uv pip install --system .', ['1 uv sync', '2 uv pip install']],
    ['RUN uv python install 3.12', []],
    ['RUN NODE_ENV=production npm --loglevel=warn ci', ['1 npm ci']],
    ['RUN yarn --frozen-lockfile', ['1 yarn install']],
    ['RUN yarn --version && npm --version && pip --version', []],
    ['RUN CGO_ENABLED=0 go build -o /x .', ['1 go build']],
    ['RUN <<EOF\nset -e\napt-get install -y make\nmake all\nEOF', ['1 make', '1 make']],
    ['RUN cat <<EOF > /etc/motd\npip install x\nEOF', []],
    ['COPY <<EOF /run.sh\npip install x\nEOF', []],
    ['RUN useradd -m app && chown app /app && echo "pip install is not run"', []],
    ['RUN $INSTALL gcc', []],
  ])('%j installs %j', (lines, expected) => {
    expect(installs(`FROM a:1\n${lines}`)).toEqual(expected)
  })

  test('only what is in the last stage counts', () => {
    expect(installs('FROM a:1 AS b\nRUN pip install x\nFROM c:1\nCOPY --from=b /x /x')).toEqual([])
    expect(installs('FROM a:1 AS b\nRUN pip install x\nFROM b')).toEqual(['1 pip install'])
  })
})
