import type { Named } from './patch.ts'
import { selects, type Labels, type Selector } from './selectors.ts'
import { textAt, valueAt, type View } from './view.ts'

/** What a patch is for; the texts are anchored regular expressions, empty for any. */
export type Target = { kind: string; name: string; matches(met: Met): boolean }

/** An object as a kustomization meets it: with all names and namespaces that it has had so far, its own first. */
export type Met = { group: string; version: string; kind: string; names: string[]; namespaces: string[]; own: Labels; labels: Labels; labelsUnknown: boolean }

/** The target of an entry of `patches`; annotations are not compared. */
export function targetOf(entry: View): Target | undefined {
  if (valueAt(entry, 'target') === undefined) return undefined
  const at = (key: string) => textAt(entry, 'target', key)
  const [group, version, kind, name, namespace] = ['group', 'version', 'kind', 'name', 'namespace'].map(key => pattern(at(key)))
  const labels = at('labelSelector')
  return {
    kind: at('kind'), name: at('name'),
    matches: met => kind(met.kind) && group(met.group) && version(met.version) && met.names.some(name) && met.namespaces.some(namespace)
      && (labels === '' || isSelected(labels, met)),
  }
}

export function isNamed({ group, kind, name, namespace }: Named, met: Met): boolean {
  return kind === met.kind && group === met.group && met.names.includes(name) && (namespace === '' || met.namespaces.includes(namespace))
}

/** What is here of the syntax of regular expressions; the rest is taken to match. */
const unreadSyntax = ['\\', '^', '$', '*', '+', '?', '(', ')', '[', ']', '{', '}']
/** Longer ones are no names. */
const longest = 1000

/** An anchored regular expression: exact for letters, `.`, `.*` and `|`, and one that matches all for every other. Linear. */
function pattern(written: string): (text: string) => boolean {
  if (written === '' || written.length > longest) return () => true
  const open = written.startsWith('^') ? written.slice(1) : written
  const choices = (open.endsWith('$') ? open.slice(0, -1) : open).split('|').map(choice => choice.split('.*'))
  if (choices.flat().some(part => unreadSyntax.some(sign => part.includes(sign)))) return () => true
  return text => text.length > longest || choices.some(parts => hasParts(parts, text))
}

function hasParts(parts: string[], text: string): boolean {
  const [first] = parts
  if (parts.length === 1) return first.length === text.length && isPartAt(first, text, 0)
  const last = parts[parts.length - 1]
  const end = text.length - last.length
  if (end < first.length || !isPartAt(first, text, 0) || !isPartAt(last, text, end)) return false
  let from = first.length
  for (const part of parts.slice(1, -1)) {
    while (from + part.length <= end && !isPartAt(part, text, from)) from++
    if (from + part.length > end) return false
    from += part.length
  }
  return true
}

function isPartAt(part: string, text: string, offset: number): boolean {
  for (let index = 0; index < part.length; index++) if (part[index] !== '.' && part[index] !== text[offset + index]) return false
  return offset + part.length <= text.length
}

function isSelected(written: string, { own, labels, labelsUnknown }: Met): boolean {
  if (labelsUnknown || written.length > longest) return true
  const selector = selectorOf(written)
  // Some kinds of patches come before labels are put on, and some after.
  return selector === undefined || selects(selector, own) || selects(selector, labels)
}

/** Reads a selector as kubectl writes one: `app=x,tier in (a, b),!old`. Undefined for what is none. */
function selectorOf(written: string): Selector | undefined {
  const selector: Selector = { pairs: [], expressions: [] }
  for (const demand of written.split(/,(?![^(]*\))/)) {
    const expression = expressionOf(demand.trim())
    if (expression === undefined) return undefined
    selector.expressions.push(expression)
  }
  return selector
}

function expressionOf(demand: string): Selector['expressions'][number] | undefined {
  const [, not, alone] = /^(!?)\s*([\w./-]+)$/.exec(demand) ?? []
  if (alone !== undefined) return { key: alone, operator: not === '' ? 'Exists' : 'DoesNotExist', values: [] }
  const [, key, sign, value] = /^([\w./-]+)\s*(==?|!=)\s*([\w.-]*)$/.exec(demand) ?? []
  if (key !== undefined) return { key, operator: sign === '!=' ? 'NotIn' : 'In', values: [value] }
  const [, among, word, values] = /^([\w./-]+)\s+(in|notin)\s*\(([^()]*)\)$/.exec(demand) ?? []
  if (among === undefined) return undefined
  return { key: among, operator: word === 'in' ? 'In' : 'NotIn', values: values.split(',').map(each => each.trim()) }
}
