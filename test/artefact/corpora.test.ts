import { describe, expect, test } from 'vitest'
import { defaultLimits } from '../../src/artefact/artefact.ts'
import { readCandidate } from '../../src/artefact/candidate.ts'
import { readFile } from '../../src/artefact/read.ts'
import { walk } from '../../src/artefact/walk.ts'
import { unaccounted } from '../../src/tasks/accounted.ts'
import { corpora, haveCorpora } from '../../src/tasks/corpora.ts'

describe.skipIf(!haveCorpora)('every file of the corpora', () => {
  const walked = walk([corpora], { exclude: [], noIgnore: false })

  test('is found', () => {
    expect(walked.problems).toEqual([])
    expect(walked.files.length).toBeGreaterThan(500)
  })

  test('is read to its last character', () => {
    for (const path of walked.files) {
      const bytes = readCandidate(path, defaultLimits)
      if (!(bytes instanceof Uint8Array)) throw new Error(`${path}: ${bytes.message}`)
      const file = readFile(path, bytes, { limits: defaultLimits })
      expect({ path, ...unaccounted(file) }).toEqual({ path, lost: '', silent: [] })
      expect({ path, syntax: file.uncovered.filter(part => part.reason === 'syntax') }).toEqual({ path, syntax: [] })
    }
  })
})
