import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

export type Ran = { status: number | null; text: string; seconds: number }

/** A repository of a user of the hook, in which `git commit` runs pre-commit. */
export type Project = {
  run(command: string, ...args: string[]): Ran
  write(files: Record<string, string | undefined>): void
  /** Writes files (undefined takes one away), adds them and commits. */
  commit(files: Record<string, string | undefined>): Ran
  /** Takes back what a refused commit has left. */
  reset(): void
}

/** Makes one, with `.pre-commit-config.yaml` as its first commit. */
export function project(folder: string, preCommit: string, environment: NodeJS.ProcessEnv, config: string): Project {
  const run = (command: string, ...args: string[]): Ran => {
    const started = performance.now()
    const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: folder, encoding: 'utf8', env: environment })
    if (error !== undefined) throw error
    return { status, text: stdout + stderr, seconds: (performance.now() - started) / 1000 }
  }
  const write = (files: Record<string, string | undefined>): void => {
    for (const [name, text] of Object.entries(files)) {
      const path = join(folder, name)
      mkdirSync(dirname(path), { recursive: true })
      if (text === undefined) rmSync(path)
      else writeFileSync(path, text)
    }
  }
  mkdirSync(folder)
  write({ '.pre-commit-config.yaml': config })
  must(run('git', 'init', '--quiet', '.'))
  must(run('git', 'add', '--all'))
  must(run('git', 'commit', '--quiet', '--message', 'configuration'))
  must(run(preCommit, 'install'))
  return {
    run,
    write,
    commit(files) {
      write(files)
      must(run('git', 'add', '--all'))
      return run('git', 'commit', '--quiet', '--message', Object.keys(files).join(' '))
    },
    reset() {
      must(run('git', 'reset', '--quiet', '--hard'))
    },
  }
}

function must({ status, text }: Ran): void {
  if (status !== 0) throw new Error(text)
}

/** The configuration of pre-commit with one hook of a repository; `settings` are more lines of the hook. */
export function configOf(repository: string, rev: string, id: string, ...settings: string[]): string {
  return `repos:\n- repo: ${repository}\n  rev: ${rev}\n  hooks:\n  - id: ${id}\n${settings.map(line => `    ${line}\n`).join('')}`
}

/** Two controls are enough to ask whether the hook sees what it should; those that come later do not change what is expected. */
export const fewControls = 'args: [--control, "workload-no-privileged,net-service-selects-pods"]'

export const deployment = (label: string, more = ''): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: search-mcp, namespace: mcp-prod}
spec:
  selector:
    matchLabels: {app: ${label}}
  template:
    metadata:
      labels: {app: ${label}}
    spec:
      containers:
        - name: search
          image: registry.example/search-mcp:1.4.2
          ports: [{containerPort: 9000}]
${more}`

export const privileged = '          securityContext: {privileged: true}\n'

export const service = `apiVersion: v1
kind: Service
metadata: {name: search-mcp, namespace: mcp-prod}
spec:
  selector: {app: search-mcp}
  ports: [{port: 9000}]
`
