import { expect, test } from 'vitest'
import { lintText } from '../lint-files.ts'

const containers = Array.from({ length: 150 }, (_, index) => `{name: c${index}, image: a}`).join(', ')
const pod = (index: number) => `apiVersion: v1\nkind: Pod\nmetadata: {name: mcp-${index}, namespace: mcp}\nspec: {containers: [${containers}]}\n`

// As arguments of one call they would not fit on the stack.
test('a run may have more than 130,000 findings', () => {
  const { findings } = lintText('pods.yaml', Array.from({ length: 100 }, (_, index) => pod(index)).join('---\n'))
  expect(findings.length).toBeGreaterThan(130_000)
})
