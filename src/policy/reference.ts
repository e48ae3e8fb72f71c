/** A file that a user might have. What a finding should point to is marked with a comment `# finds <id>` at the end of its line. */
export type Example = {
  file: string
  text: string
  /** Where the format has no comments: `line 3: auth-no-anonymous`. */
  finds: string[]
}

/** What `explain` and the reference print of a control beside the catalogue. */
export type Reference = {
  description: string
  related: string[]
  /** Published controls that say the same. */
  also: string[]
  fix: string
  /** Cases that no checklist item asks for. */
  beyond: string[]
  /** Kinds of artefacts that the control is specified for and that no reader knows yet. */
  unread: string[]
  /** What of the configuration it goes by: the setting, or the name of a parameter below `params`, and what that is. */
  settings: Record<string, string>
  examples: Example[]
}
