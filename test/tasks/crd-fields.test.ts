import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { corpora, filesBelow, haveCorpora } from '../../src/tasks/corpora.ts'
import { crdTables } from '../../src/tasks/crd-fields.ts'

test.skipIf(!haveCorpora)('the committed tables are those of the CRDs', () => {
  const { crds } = JSON.parse(readFileSync(new URL('../../policies/data/crds.json', import.meta.url), 'utf8'))
  const folder = (name: string) => filesBelow(join(corpora, 'hangar-crds', name))
  expect(crdTables({ '0.14': folder('config'), '0.17': folder('chart') })).toEqual(crds['mcp-hangar.io'])
})
