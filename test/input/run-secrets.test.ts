import { expect, test } from 'vitest'
import { runSecrets } from '../../src/input/run-secrets.ts'
import { rules } from './compose-made.ts'

test.each<[string, string[]]>([
  ['git clone https://reader:Zk83hf0w@git.example/x', ['url']],
  ['git clone https://git.example/x', []],
  ['git clone https://${TOKEN}@git.example/x', ['clone']],
  ['git clone https://oauth2:$TOKEN@git.example/x', ['clone']],
  ['git config --global url."https://${TOKEN}@git.example/".insteadOf https://git.example/', ['clone']],
  ['pip install git+https://${TOKEN}@git.example/x', []],
  ['curl -u reader:Zk83hf0w https://index.example', ['curl']],
  ['curl -fsSL --user "reader:Zk83hf0w" https://index.example', ['curl']],
  ['curl -u "reader:${PASSWORD}" https://index.example', []],
  ['curl -u reader:$(cat /run/secrets/index) https://index.example', []],
  ['chown -R 1000:1000 /app && curl -o x https://index.example', []],
  ['wget --user=reader --password=Zk83hf0w https://index.example', ['wget']],
  ['wget --http-password "Zk83hf0w" https://index.example', ['wget']],
  ['wget --password="$PASSWORD" --no-verbose https://index.example', []],
  ['wget --ask-password https://index.example', []],
  ['curl -H "Authorization: Bearer Zk83hf0w9" https://index.example', ['header']],
  ['curl -H "Authorization: Bearer $TOKEN" https://index.example', []],
  ['export API_TOKEN=Zk83hf0w && make', ['export API_TOKEN']],
  ['export API_TOKEN="$(cat /run/secrets/token)" && make', []],
  ['export API_TOKEN=`cat /run/secrets/token`; make', []],
  ['export SECRET_KEY=dummy && python manage.py collectstatic', []],
  ['export TOKENIZERS_PARALLELISM=false PATH=/opt/bin:$PATH', []],
  ['SECRET_KEY=build python manage.py collectstatic', []],
  [`echo ghp_${'a1'.repeat(18)} > token`, ['token']],
  ['cat <<KEY\n-----BEGIN PRIVATE KEY-----\nKEY', ['token']],
])('%s', (script, expected) => {
  expect(runSecrets(script, rules).map(({ what, name }) => (name === undefined ? what : `${what} ${name}`))).toEqual(expected)
})

test('hostile scripts are read in passing', () => {
  for (const part of ['curl -u ', 'wget --password ', 'git clone ://', 'export A=', '$(', 'authorization: bearer ']) runSecrets(part.repeat(60_000 / part.length), rules)
})
