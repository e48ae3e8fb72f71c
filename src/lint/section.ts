import type { Profile } from '../finding/enforcement.ts'
import type { KubernetesParams } from '../input/kubernetes.ts'
import { secretRules, type SecretRules } from '../input/secret-name.ts'
import { engineOf, type Bundle } from '../policy/bundle.ts'
import type { Enforcement } from '../policy/catalogue.ts'
import type { Engine } from '../policy/engine.ts'
import type { LintOptions } from './lint.ts'

/** What a repository sets for a part of its tree. */
export type Settings = {
  profile: Profile
  /** Parameters of controls that are set otherwise than in the bundle. */
  params: Record<string, unknown>
  /** By control or control/case; the case wins. */
  enforcement: Readonly<Record<string, Enforcement>>
}

/** A part of the tree with what judging it needs. */
export type Section = Settings & {
  /** With those of the bundle. */
  params: Record<string, unknown>
  secrets: SecretRules
  kubernetes: KubernetesParams
  engine(): Engine
}

/** The section of a file, by its path; files with the same settings have the same section. */
export function sectionsOf(bundle: Bundle, options: LintOptions): (path: string) => Section {
  const sections = new Map<Settings, Section>()
  const own: Settings = { profile: options.profile, params: options.params, enforcement: options.enforcement ?? {} }
  return path => {
    const settings = options.settingsFor?.(path) ?? own
    let section = sections.get(settings)
    if (section === undefined) {
      section = sectionOf(settings, bundle, options)
      sections.set(settings, section)
    }
    return section
  }
}

function sectionOf(settings: Settings, bundle: Bundle, options: LintOptions): Section {
  const params: Record<string, unknown> = { ...bundle.data.params, ...settings.params, profile: settings.profile }
  const secrets = secretRules(params, options.notSecret)
  let engine = options.engine
  return {
    ...settings,
    params,
    secrets,
    kubernetes: {
      literal: false,
      injected_sidecars: params.injected_sidecars as string[],
      pod_template_paths: params.pod_template_paths as string[],
      secrets,
      limits: options.limits.input,
    },
    engine: () => (engine ??= engineOf(bundle, params)),
  }
}
