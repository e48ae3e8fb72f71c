import { expect, test } from 'vitest'
import { execCheck, shellCheck } from '../../src/input/check-command.ts'

test.each([
  ['true'], [':'], ['exit 0'], ['/bin/true'], ['echo ok'], ['curl -f http://localhost || true'], ['curl -f http://localhost || exit 0'],
  ['curl -f http://localhost; exit 0'], ['curl -f http://localhost; echo done'], ['wget -qO- http://localhost | cat'], ['false || :'],
  ['! false'], ['python -c "import sys; sys.exit(0)"'], ['python3 -c "import src; print(\'Health check passed\')" || exit 1'],
  ['python -c "print(1)"'], ["python -c 'from mcp import server'"], ['node -e "process.exit(0)"'], ['sh -c "exit 0"'], ['/bin/sh -c "curl http://x || true"'],
  ['true && true'], ['my-server --version'], ['timeout 5 true'], ['A=1 true'], ['true >/dev/null 2>&1'], ['sleep 1'], ['echo "$(date)"'], ['python -c "raise SystemExit(0)"'],
])('%s succeeds whatever happens', script => {
  expect(shellCheck(script).constant).toBeTypeOf('string')
})

test.each([
  ['curl -f http://localhost:8080/health'], ['curl -f http://localhost || exit 1'], ['true && curl -f http://localhost'], ['false'], ['exit 1'],
  ['pg_isready -U user'], ['redis-cli ping | grep PONG'], ['wget -qO- http://localhost 2>/dev/null || exit 1'], ['echo ok && test -f /ready'],
  ['python -c "import urllib.request; urllib.request.urlopen(\'http://localhost:8000/health\')"'], ['python -c "import sys; sys.exit(1)"'],
  ['python -c "print(open(\'/ready\').read())"'], ['sh -c "curl -f http://x || exit 1"'], ['if curl http://x; then exit 0; fi'], ['(true)'],
  ['test "$(cat /state)" = ok'], ['node healthcheck.js'], ['python healthcheck.py'], ['$CHECK'], ['curl http://x &'], ['"unfinished'], [''], ['cat <<EOF\nx\nEOF'],
  ['kill -0 1'], ['false && true'], ['nc -z localhost 6379'], ['node -e "require(\'http\').get(\'http://localhost\')"'], ['exit $?'], ['! true'],
])('%s can fail', script => {
  expect(shellCheck(script).constant).toBeUndefined()
})

test.each([
  [['true'], { constant: 'true', programs: ['true'], subcommands: [], asks: [] }],
  [['curl', '-f', 'http://localhost:8080/health', '||', 'exit', '1'], {
    operator: '||', programs: ['curl'], subcommands: [], asks: [{ host: 'localhost', port: 8080, path: '/health' }],
  }],
  [['curl -f http://localhost || exit 1'], { unsplit: true, programs: [], subcommands: [], asks: [{ host: 'localhost', port: 80, path: '/' }] }],
  [['sh', '-c', 'curl -f http://[::1]:9000/x || exit 1'], { programs: ['curl'], subcommands: [], asks: [{ host: '[::1]', port: 9000, path: '/x' }] }],
  [['sh', '-c', 'true'], { constant: 'true', programs: ['true'], subcommands: [], asks: [] }],
  [['nginx', '-t'], { syntax: 'nginx -t', programs: ['nginx'], subcommands: [], asks: [] }],
  [['/usr/local/bin/mcp-gateway', 'health'], { programs: ['mcp-gateway'], subcommands: ['mcp-gateway health'], asks: [] }],
  [['redis-cli', '-u', 'redis://cache:6379', 'ping'], { programs: ['redis-cli'], subcommands: [], asks: [{ host: 'cache', port: 6379 }] }],
  [['C:\\Program Files\\app.exe', 'check'], { programs: ['app.exe'], subcommands: ['app.exe check'], asks: [] }],
  [[], { programs: [], subcommands: [], asks: [] }],
])('exec form %j', (argv, expected) => {
  expect(execCheck(argv)).toEqual(expected)
})

test.each([
  ['wget -qO- https://localhost/health/live?token=x', [{ host: 'localhost', port: 443, path: '/health/live', tls: true }]],
  ['curl -f localhost:8080/ready', [{ host: 'localhost', port: 8080, path: '/ready' }]],
  ['nc -z 127.0.0.1:6379', [{ host: '127.0.0.1', port: 6379 }]],
  ['curl http://user:1234@localhost:8080/', [{ host: 'localhost', port: 8080, path: '/' }]],
  ['curl http://example.org/localhost:80', [{ host: 'example.org', port: 80, path: '/localhost' }]],
  ['curl notlocalhost:80', []],
])('%s asks', (script, asks) => {
  expect(shellCheck(script).asks).toEqual(asks)
})

test('the reason holds nothing of the command but program names and literal exits', () => {
  expect(shellCheck('python -c "print(\'hunter2\')"').constant).not.toContain('hunter2')
  expect(shellCheck('echo hunter2').constant).toBe('echo')
})

test('programs of a pipe and of both sides of an operator', () => {
  expect(shellCheck('timeout 5 wget -q -O- http://localhost:80/ | grep ok || curl localhost').programs).toEqual(['wget', 'grep', 'curl'])
})

test.each([
  '"'.repeat(100_000), '\\'.repeat(100_000), '(('.repeat(50_000), "'a".repeat(50_000), 'a=b '.repeat(50_000), '!'.repeat(100_000),
  `python -c "print(${'a,'.repeat(5000)}"`, `python -c "print(${'a '.repeat(5000)}!)"`, `python -c "print(${'a'.repeat(10_000)}!)"`, `python -c "import ${' ,'.repeat(5000)}!"`,
  'sh -c '.repeat(3000), '|'.repeat(20_000),
])('a hostile script is read to its end: %#', script => {
  expect(shellCheck(script).constant).toBeUndefined()
})
