import { expect, test } from 'vitest'
import { defaultLimits } from '../../src/artefact/artefact.ts'
import { readFile } from '../../src/artefact/read.ts'
import { lintReadings } from '../lint-files.ts'

const workload = `apiVersion: apps/v1
kind: Deployment
metadata: {name: mcp-search}
spec:
  selector: {matchLabels: {app: mcp-search}}
  template:
    metadata: {labels: {app: mcp-search}}
    spec:
      containers:
      - name: search
        image: registry.example:5000/acme/search
`
const base = { 'base/kustomization.yaml': 'resources: [search.yaml]\n', 'base/search.yaml': workload }
const overlay = (images: string) => `resources: [../base]\nimages: [${images}]\n`

/** What is said of images, each with its line. */
function said(files: Record<string, string>): string[] {
  const readings = Object.entries(files).map(([path, text]) => readFile(path, new TextEncoder().encode(text), { limits: defaultLimits }))
  return lintReadings(readings, ['.']).findings
    .filter(({ control }) => control === 'image-pinned-tag')
    .map(({ file, line, message }) => `${file}:${line} ${message.slice('container search uses '.length)}`)
}

const untagged = 'base/search.yaml:11 registry.example:5000/acme/search, which has no tag and so means latest'

test.each<[string, Record<string, string>, string[]]>([
  ['written, with no overlay', {}, [untagged]],
  ['pinned by the overlay', { 'prod/kustomization.yaml': overlay('{name: "registry.example:5000/acme/search", newTag: 2.1.0}') }, []],
  ['pinned by a digest', { 'prod/kustomization.yaml': overlay(`{name: "registry.example:5000/acme/search", digest: "sha256:${'a'.repeat(64)}"}`) }, []],
  ['renamed, still without a tag', { 'prod/kustomization.yaml': overlay('{name: "registry.example:5000/acme/search", newName: mirror.example/search}') }, [
    'base/search.yaml:11 mirror.example/search by prod/kustomization.yaml, which has no tag and so means latest',
  ]],
  ['another image is meant', { 'prod/kustomization.yaml': overlay('{name: acme/search, newTag: 2.1.0}') }, [untagged]],
  ['one of two overlays leaves it open', {
    'prod/kustomization.yaml': overlay('{name: "registry.example:5000/acme/search", newTag: 2.1.0}'), 'dev/kustomization.yaml': 'resources: [../base]\n',
  }, [untagged]],
  ['one of two overlays takes latest', {
    'prod/kustomization.yaml': overlay('{name: "registry.example:5000/acme/search", newTag: 2.1.0}'),
    'dev/kustomization.yaml': overlay('{name: "registry.example:5000/acme/search", newTag: latest}'),
  }, ['base/search.yaml:11 registry.example:5000/acme/search:latest by dev/kustomization.yaml, which is another image with every release']],
  ['the outer kustomization has the last word', {
    'prod/kustomization.yaml': overlay('{name: "registry.example:5000/acme/search", newTag: latest}'),
    'eu/kustomization.yaml': 'resources: [../prod]\nimages: [{name: "registry.example:5000/acme/search", newTag: 2.1.0}]\n',
  }, []],
])('an image %s', (_, overlays, expected) => {
  expect(said({ ...base, ...overlays })).toEqual(expected)
})

const server = `${workload.replace('acme/search', 'acme/search:2.1.0')}        ports: [{containerPort: 8000}]\n`
const scaler = `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: mcp-search}
spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: mcp-search}, minReplicas: 2, maxReplicas: 5}
`

test.each<[string, string[]]>([
  ['dev', []],
  ['staging', []],
  ['eu', ['base/search.yaml:3']],
])('an overlay in the folder %s without a scaler', (folder, expected) => {
  const files = {
    'base/kustomization.yaml': 'resources: [search.yaml]\n', 'base/search.yaml': server,
    'overlays/prod/kustomization.yaml': 'resources: [../../base, hpa.yaml]\n', 'overlays/prod/hpa.yaml': scaler,
    [`overlays/${folder}/kustomization.yaml`]: 'resources: [../../base]\n',
  }
  const readings = Object.entries(files).map(([path, text]) => readFile(path, new TextEncoder().encode(text), { limits: defaultLimits }))
  expect(lintReadings(readings, ['.']).findings.filter(({ control, message }) => control === 'scale-hpa' && message.startsWith('no ')).map(({ file, line }) => `${file}:${line}`)).toEqual(expected)
})
