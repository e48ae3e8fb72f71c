import { expect, test } from 'vitest'
import { summarise } from '../../src/report/summary.ts'
import { summaryLines } from '../../src/report/words.ts'
import { covered, finding } from './example.ts'

const left = { evaluated: false, reason: 'template' }

test('counts are by what a finding came to', () => {
  const findings = [
    finding('a', 1, 1, 1), finding('a', 1, 1, 1, { enforcement: 'deny', severity: 'critical' }), finding('a', 1, 1, 1, { enforcement: 'audit', severity: 'low' }),
    finding('a', 1, 1, 1, { outcome: 'undecidable', enforcement: 'deny' }), finding('a', 1, 1, 1, { outcome: 'exempt', enforcement: 'deny' }),
  ]
  const summary = summarise(findings, [covered('a', {}, {}, left, { evaluated: false, reason: 'syntax' }), covered('b', left), covered('c')], {
    skippedFiles: new Map([['.py', 3], ['', 1]]), ignoredFiles: [{ rule: '.gitignore', kind: '.yaml', count: 2 }],
  })
  expect(summary).toEqual({
    files: 3,
    documents: 5,
    evaluated: 2,
    notEvaluated: [{ reason: 'syntax', count: 1 }, { reason: 'template', count: 2 }],
    skippedFiles: [{ extension: '', count: 1 }, { extension: '.py', count: 3 }],
    ignoredFiles: [{ rule: '.gitignore', kind: '.yaml', count: 2 }],
    violated: { total: 3, enforcement: { audit: 1, warn: 1, deny: 1 }, severity: { low: 1, medium: 1, high: 0, critical: 1 } },
    undecidable: 1,
    exempt: 1,
  })
  expect(summaryLines(summary)).toEqual([
    '3 files, 5 documents, 3 not evaluated: 1 syntax error, 2 templates (helm template)',
    '4 files of other kinds: 3 .py, 1 no ending',
    'left out by .gitignore: 2 .yaml',
    '1 denied, 1 warned, 1 noted, 1 undecidable, 1 exempt',
  ])
})
