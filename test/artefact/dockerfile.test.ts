import { describe, expect, test } from 'vitest'
import { defaultLimits } from '../../src/artefact/artefact.ts'
import { readDockerfile } from '../../src/artefact/dockerfile.ts'

function read(...lines: string[]) {
  const text = lines.join('\n')
  const contents = readDockerfile({ path: 'Dockerfile', text, limits: defaultLimits })
  const [artefact] = contents.artefacts
  return {
    ...contents,
    value: artefact?.value as any,
    at: (...path: (string | number)[]) => {
      const { value } = artefact.locate(path)
      return text.slice(value.start, value.end)
    },
  }
}

/** The last instruction of a stage that holds nothing else. */
function instruction(...lines: string[]) {
  const { value } = read('FROM scratch', ...lines)
  return value.instructions.at(-1)
}

describe('instructions', () => {
  test('go over lines, with comments and blank lines between them', () => {
    const file = read('FROM a', 'RUN apt-get update && \\', '  # why', '', '    apt-get install x \\', '  && true', 'USER app')
    expect(file.value.instructions.map((one: any) => [one.keyword, one.arguments])).toEqual([
      ['FROM', ['a']],
      ['RUN', ['apt-get update &&     apt-get install x   && true']],
      ['USER', ['app']],
    ])
    expect(file.at('instructions', 2)).toBe('USER app')
    expect(file.at('instructions', 1)).toMatch(/^RUN apt[^]*true$/)
  })

  test.each([
    ['with carriage returns', 'FROM a\r\nRUN one \\\r\n two\r\n', 'one  two'],
    ['with another escape character', '# escape=`\nFROM a\nRUN one `\n two \\\nUSER x', 'one  two \\'],
    ['with an escaped escape', 'FROM a\nRUN one \\\\\nUSER x', 'one \\\\'],
    ['in small letters', 'from a\nrun one', 'one'],
    ['after a byte order mark', '\ufeffFROM a\nRUN one', 'one'],
  ])('%s', (_, text, expected) => {
    const { value } = read(text)
    expect(value.instructions.find((one: any) => one.keyword === 'RUN').arguments).toEqual([expected])
  })

  test('have bodies', () => {
    const { value } = read('FROM a', 'RUN <<EOF bash', 'USER root', 'EOF', 'COPY <<-"ONE" <<TWO /x/', '\tfirst', '\tONE', 'second', 'TWO', 'USER app')
    expect(value.instructions.map((one: any) => one.keyword)).toEqual(['FROM', 'RUN', 'COPY', 'USER'])
    expect(value.instructions[1].heredocs).toEqual([{ name: 'EOF', text: 'USER root\n' }])
    expect(value.instructions[2].heredocs).toEqual([{ name: 'ONE', text: '\tfirst\n' }, { name: 'TWO', text: 'second\n' }])
  })

  test('that Docker does not know are reported, and the others are read', () => {
    const file = read('FROM a', 'RUNN x', 'USER app')
    expect(file.uncovered).toEqual([{ span: { start: 7, end: 13 }, at: 7, document: 0, reason: 'syntax', detail: 'not an instruction of a Dockerfile' }])
    expect(file.value.instructions).toHaveLength(2)
  })

  test('of a template are reported as one', () => {
    expect(read('FROM a', '{{ if x }}', 'USER app').uncovered).toMatchObject([{ reason: 'template', span: { start: 7, end: 17 } }])
  })
})

test('a file without FROM is none', () => {
  expect(read('RUN x')).toMatchObject({ artefacts: [], uncovered: [{ reason: 'syntax', span: { start: 0, end: 5 } }] })
})

describe('forms', () => {
  test.each([
    ['CMD ["python", "-m", "a b"]', { form: 'exec', arguments: ['python', '-m', 'a b'] }],
    ['CMD []', { form: 'exec', arguments: [] }],
    ["CMD ['python']", { form: 'shell', arguments: ["['python']"] }],
    ['CMD ["a", 1]', { form: 'shell', arguments: ['["a", 1]'] }],
    ['ENTRYPOINT exec app "$X"', { form: 'shell', arguments: ['exec app "$X"'] }],
    ['EXPOSE 80 443/tcp $PORT', { form: 'words', arguments: ['80', '443/tcp', '$PORT'], resolved: ['80', '443/tcp', null] }],
    ['USER app user', { form: 'words', arguments: ['app user'], resolved: ['app user'] }],
    ['COPY --from=build --chown=1:1 a "b c" /d', { arguments: ['a', '"b c"', '/d'], resolved: ['a', 'b c', '/d'], flags: [{ name: 'from', value: 'build' }, { name: 'chown', value: '1:1' }] }],
    ['COPY --link ["a b", "/c"]', { form: 'exec', arguments: ['a b', '/c'], flags: [{ name: 'link', value: null }] }],
    ['HEALTHCHECK NONE', { check: 'NONE', arguments: [] }],
    ['HEALTHCHECK --interval=5s CMD ["curl", "-f"]', { check: 'CMD', form: 'exec', arguments: ['curl', '-f'], flags: [{ name: 'interval', value: '5s' }] }],
    ['HEALTHCHECK --interval=5s \\\n  CMD curl -f x || exit 1', { check: 'CMD', form: 'shell', arguments: ['curl -f x || exit 1'] }],
    ['ONBUILD USER root', { trigger: { keyword: 'USER', arguments: ['root'] } }],
    ['LABEL a="b c" d=e', { pairs: [{ name: 'a', value: 'b c', resolved: 'b c' }, { name: 'd', value: 'e', resolved: 'e' }] }],
    ['ENV NAME the  rest', { pairs: [{ name: 'NAME', value: 'the  rest', resolved: 'the  rest' }] }],
    ['ENV A= B="$A$C"', { pairs: [{ name: 'A', value: '', resolved: '' }, { name: 'B', value: '$A$C', resolved: null }] }],
  ])('%s', (line, expected) => {
    expect(instruction(line)).toMatchObject({ keyword: /^[A-Z]+/.exec(line)![0], stage: 0, ...expected })
  })

  test('stand where they are written', () => {
    const file = read('FROM a', 'CMD ["x", \\', '  "y z"]', 'ENV A=1 \\', '  B="2 3"', 'COPY --from=b c d', 'HEALTHCHECK CMD true')
    expect(file.at('instructions', 1, 'arguments', 1)).toBe('"y z"')
    expect(file.at('instructions', 2, 'pairs', 1)).toBe('B="2 3"')
    expect(file.at('instructions', 2, 'pairs', 1, 'value')).toBe('"2 3"')
    expect(file.at('instructions', 3, 'flags', 0)).toBe('--from=b')
    expect(file.at('instructions', 3, 'arguments', 0)).toBe('c')
    expect(file.at('instructions', 4, 'check', 'nothing')).toBe('CMD true')
  })
})

describe('stages', () => {
  test('know their image, their name and the stage that they are built on', () => {
    const { value, at } = read('ARG TAG=3.12', 'FROM --platform=$BUILDPLATFORM python:${TAG}-slim AS Build', 'RUN x', 'FROM build', 'FROM ${REGISTRY}/app:1', 'USER app')
    const stage = { name: null, parent: null, platform: null, unresolved: [] }
    expect(value.stages).toEqual([
      { ...stage, name: 'build', image: 'python:${TAG}-slim', resolved: 'python:3.12-slim', platform: '$BUILDPLATFORM', first: 1, last: 2 },
      { ...stage, image: 'build', resolved: 'build', parent: 0, first: 3, last: 3 },
      { ...stage, image: '${REGISTRY}/app:1', resolved: null, unresolved: ['REGISTRY'], first: 4, last: 5 },
    ])
    expect(value.instructions.map((one: any) => one.stage)).toEqual([null, 0, 0, 1, 2, 2])
    expect(at('stages', 2, 'image')).toBe('${REGISTRY}/app:1')
    expect(at('stages', 2)).toBe('FROM ${REGISTRY}/app:1')
  })

  test.each([
    ['a default', ['ARG T=1', 'FROM a:$T'], 'a:1'],
    ['a default of another', ['ARG V=1', 'ARG T=$V-slim', 'FROM a:$T'], 'a:1-slim'],
    ['one in the reference', ['FROM a:${T:-2}'], 'a:2'],
    ['one that is not needed', ['ARG T=1', 'FROM a:${T:-2}'], 'a:1'],
    ['an alternative', ['ARG T=1', 'FROM a${T:+:3}'], 'a:3'],
    ['none', ['ARG T', 'FROM a:$T'], null],
    ['an argument of a stage, which FROM does not see', ['FROM x', 'ARG T=1', 'FROM a:$T'], null],
  ])('an image with %s', (_, lines, expected) => {
    expect(read(...lines).value.stages.at(-1).resolved).toBe(expected)
  })
})

describe('variables of a stage', () => {
  test.each([
    ['ENV', ['FROM x', 'ENV U=app', 'USER $U'], 'app'],
    ['ARG with a default', ['FROM x', 'ARG U=app', 'USER ${U}'], 'app'],
    ['ARG with the default above the first FROM', ['ARG U=app', 'FROM x', 'ARG U', 'USER $U'], 'app'],
    ['an ARG above the first FROM alone', ['ARG U=app', 'FROM x', 'USER $U'], null],
    ['ENV over ARG', ['FROM x', 'ENV U=env', 'ARG U=arg', 'USER $U'], 'env'],
    ['ENV of the stage before', ['FROM x AS b', 'ENV U=app', 'FROM b', 'USER $U'], 'app'],
    ['ARG of the stage before', ['FROM x AS b', 'ARG U=app', 'FROM b', 'USER $U'], null],
    ['another of the same ENV', ['FROM x', 'ENV A=one', 'ENV A=two B=$A', 'USER $B'], 'one'],
    ['an escaped dollar', ['FROM x', 'USER \\$U'], '$U'],
    ['a default', ['FROM x', 'USER ${U:-1000}:${G:-1000}'], '1000:1000'],
  ])('%s', (_, lines, expected) => {
    expect(read(...lines).value.instructions.at(-1).resolved).toEqual([expected])
  })
})

test.each([
  ['characters', `FROM a\n${'#'.repeat(600_000)}`],
  ['stages', 'FROM a\n'.repeat(501)],
])('a file with too many %s is a limit', (_, text) => {
  expect(read(text)).toMatchObject({ artefacts: [], uncovered: [{ reason: 'limit', span: { start: 0, end: text.length } }] })
})
