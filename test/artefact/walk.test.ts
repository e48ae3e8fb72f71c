import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Walked, walk } from '../../src/artefact/walk.ts'

let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'walk-'))
})

afterEach(() => {
  execFileSync('chmod', ['-R', 'u+rwx', root])
  rmSync(root, { recursive: true })
})

function write(...paths: string[]): void {
  for (const path of paths) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), 'a: 1\n')
  }
}

function git(...args: string[]): void {
  execFileSync('git', ['-C', root, '-c', 'init.defaultBranch=main', ...args])
}

/** The files found, relative to the root. */
function found(options: { paths?: string[]; exclude?: string[]; noIgnore?: boolean } = {}): Walked & { names: string[] } {
  const walked = walk((options.paths ?? ['']).map(path => join(root, path)), { exclude: options.exclude ?? [], noIgnore: options.noIgnore ?? false })
  return { ...walked, names: walked.files.map(file => file.slice(root.length + 1)) }
}

describe('what is found in a folder', () => {
  test('files of known names, in order, and the rest counted by extension', () => {
    write('b.yml', 'a/z.yaml', 'a/a.json', 'Dockerfile', '.env', 'prod.env', 'readme.md', 'x/other.MD', 'LICENSE', 'main.tf')
    const walked = found()
    expect(walked.names).toEqual(['.env', 'Dockerfile', 'a/a.json', 'a/z.yaml', 'b.yml', 'prod.env'])
    expect([...walked.ignored].sort()).toEqual([['.md', 2], ['.tf', 1], ['LICENSE', 1]])
    expect(walked.problems).toEqual([])
  })

  test.each(['.vscode/mcp.json', '.cursor/mcp.json', '.github/workflows/ci.yml', 'node_modules/x/pod.yaml', 'vendor/x/pod.yaml'])('%s is no exception', path => {
    write(path)
    expect(found().names).toEqual([path])
  })

  test('a Chart.yaml and broken files hide nothing beside them', () => {
    write('a/Chart.yaml', 'a/pod.yaml', 'a/templates/pod.yaml', 'a/values.yaml')
    writeFileSync(join(root, 'a/broken.yaml'), 'a: [')
    expect(found().names).toEqual(['a/Chart.yaml', 'a/broken.yaml', 'a/pod.yaml', 'a/templates/pod.yaml', 'a/values.yaml'])
  })

  test('.git is not entered, and a folder that is named like a file is', () => {
    write('.git/config.yaml', 'odd.yaml/pod.yaml')
    expect(found().names).toEqual(['odd.yaml/pod.yaml'])
  })

  test('a path is relative where the one that was given is', () => {
    write('a/b.yaml')
    const working = process.cwd()
    process.chdir(root)
    try {
      expect(walk(['.'], { exclude: [], noIgnore: false }).files).toEqual(['a/b.yaml'])
      expect(walk(['a'], { exclude: ['a/b.yaml'], noIgnore: false })).toMatchObject({ files: [], excluded: new Map([['.yaml', 1]]) })
    } finally {
      process.chdir(working)
    }
  })
})

describe('a path that is named', () => {
  test('is read whatever its name and whatever is left out', () => {
    write('notes.txt', 'b.yaml')
    expect(found({ paths: ['notes.txt', 'b.yaml'], exclude: ['*'] }).names).toEqual(['b.yaml', 'notes.txt'])
  })

  test('is read once, also when its folder is named too', () => {
    write('a/b.yaml')
    expect(found({ paths: ['a/b.yaml', 'a', '', 'a/../a/b.yaml'] }).names).toEqual(['a/b.yaml'])
  })

  test('that does not exist is a problem', () => {
    expect(found({ paths: ['nothing.yaml'] }).problems).toEqual([{ path: join(root, 'nothing.yaml'), errno: 'ENOENT', message: 'does not exist, or is a link to what does not exist' }])
  })

  test('may be a pipe', () => {
    execFileSync('mkfifo', [join(root, 'pipe')])
    const walked = found({ paths: ['pipe'] })
    expect(walked.names).toEqual(['pipe'])
    expect([...walked.pipes]).toEqual([join(root, 'pipe')])
  })
})

describe('links', () => {
  test('are followed to files and folders, in the tree and outside', () => {
    write('outside/pod.yaml', 'tree/real.yaml')
    symlinkSync(join(root, 'outside'), join(root, 'tree/folder'))
    symlinkSync(join(root, 'outside/pod.yaml'), join(root, 'tree/another.yaml'))
    // The folder's file is the same one.
    expect(found({ paths: ['tree'] }).names).toEqual(['tree/another.yaml', 'tree/real.yaml'])
  })

  test('leave a file its own name', () => {
    write('z/pod.yaml')
    symlinkSync('z', join(root, 'a'))
    symlinkSync('z/pod.yaml', join(root, 'first.yaml'))
    expect(found().names).toEqual(['z/pod.yaml'])
  })

  test('in a circle do no harm', () => {
    write('a/pod.yaml')
    symlinkSync('..', join(root, 'a/up'))
    symlinkSync('.', join(root, 'a/self'))
    symlinkSync('/', join(root, 'a/everything'))
    expect(found()).toMatchObject({ names: ['a/pod.yaml'], problems: [] })
  })

  test.each([['gone.yaml', 'nowhere', 'ENOENT'], ['loop.yaml', 'loop.yaml', 'ELOOP'], ['kernel', '/proc/self', 'ELOOP']])('%s to %s is a problem', (name, target, errno) => {
    symlinkSync(target, join(root, name))
    expect(found().problems).toEqual([{ path: join(root, name), errno, message: expect.any(String) }])
  })
})

test('what is no regular file is a problem, where its name says that it should be read', () => {
  execFileSync('mkfifo', [join(root, 'pipe.yaml'), join(root, 'pipe')])
  expect(found()).toMatchObject({ names: [], problems: [{ path: join(root, 'pipe.yaml'), errno: 'ENOTSUP' }] })
})

test('a folder that may not be read is a problem, and the others are read', () => {
  write('closed/pod.yaml', 'open/pod.yaml')
  chmodSync(root, 0o755)
  chmodSync(join(root, 'closed'), 0)
  const walked = asNobody(() => found())
  expect(walked).toMatchObject({ names: ['open/pod.yaml'], problems: [{ path: join(root, 'closed'), errno: 'EACCES', message: 'permission denied' }] })
})

/** Nothing is closed to root, who runs the tests in some places. */
function asNobody<T>(look: () => T): T {
  if (process.getuid?.() !== 0) return look()
  process.seteuid!(65534)
  try {
    return look()
  } finally {
    process.seteuid!(0)
  }
}

describe('ignore files', () => {
  test('say nothing outside of a repository', () => {
    write('a.yaml')
    writeFileSync(join(root, '.gitignore'), '*.yaml\n')
    expect(found().names).toEqual(['a.yaml'])
  })

  test('leave out what is not tracked, the nearest one last', () => {
    write('a.yaml', 'build/b.yaml', 'sub/c.yaml', 'sub/keep.yaml', 'sub/only.json')
    writeFileSync(join(root, '.gitignore'), 'build/\n*.yaml\r\n!a.yaml\n')
    writeFileSync(join(root, 'sub/.gitignore'), '!keep.yaml\n/only.json\n')
    git('init', '-q')
    expect(found()).toMatchObject({ names: ['a.yaml', 'sub/keep.yaml'], excluded: new Map([['folder', 1], ['.yaml', 1], ['.json', 1]]) })
    expect(found({ noIgnore: true }).names).toHaveLength(5)
  })

  test.each([2, 3, 4])('do not hide what is tracked (index version %i)', version => {
    write('Dockerfile.production', 'secrets/prod.env', 'secrets/more/é.yaml', 'other.yaml', 'zz.yaml', 'intended.yaml')
    writeFileSync(join(root, '.gitignore'), 'Dockerfile.*\nsecrets/\n*.yaml\n')
    git('init', '-q')
    git('add', '-f', 'Dockerfile.production', 'secrets', 'zz.yaml')
    if (version === 3) git('add', '-f', '--intent-to-add', 'intended.yaml')
    git('update-index', '--index-version', String(version))
    const intended = version === 3 ? ['intended.yaml'] : []
    expect(found().names).toEqual(['Dockerfile.production', ...intended, 'secrets/more/é.yaml', 'secrets/prod.env', 'zz.yaml'])
  })

  test('above the folder count, unless they leave out the folder itself', () => {
    write('deploy/a.yaml', 'deploy/b.json', 'build/a.yaml')
    writeFileSync(join(root, '.gitignore'), 'build/\n*.yaml\n')
    git('init', '-q')
    expect(found({ paths: ['deploy'] }).names).toEqual(['deploy/b.json'])
    expect(found({ paths: ['build'] }).names).toEqual(['build/a.yaml'])
  })

  test('of one repository do not reach into another inside it', () => {
    write('inner/a.yaml', 'b.yaml')
    writeFileSync(join(root, '.gitignore'), '*.yaml\n!b.yaml\n')
    git('init', '-q')
    expect(found().names).toEqual(['b.yaml'])
    mkdirSync(join(root, 'inner/.git'))
    expect(found().names).toEqual(['b.yaml', 'inner/a.yaml'])
    expect(found({ paths: ['inner'] }).names).toEqual(['inner/a.yaml'])
  })

  test('with a pattern that is costly to match are followed without it, and that is said', () => {
    write('aaaa.yaml', 'b.yaml')
    writeFileSync(join(root, '.gitignore'), '*a*a*a*a*a*\nb.yaml\n')
    git('init', '-q')
    expect(found()).toMatchObject({ names: ['aaaa.yaml'], problems: [{ path: join(root, '.gitignore'), errno: 'ENOTSUP' }] })
  })
})

test('exclude patterns beat the ignore files', () => {
  write('a.yaml', 'b.yaml')
  writeFileSync(join(root, '.gitignore'), '!a.yaml\n')
  git('init', '-q')
  expect(found({ exclude: ['a.yaml'] })).toMatchObject({ names: ['b.yaml'], excluded: new Map([['.yaml', 1]]) })
  expect(found({ exclude: ['a.yaml'], noIgnore: true }).names).toEqual(['b.yaml'])
})
