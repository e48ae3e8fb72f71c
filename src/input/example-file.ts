/** True for a file that only shows what to write, by a word of its name: `.env.example`, `secret.template.yaml`. */
export const isExampleFile = (path: string): boolean =>
  /(^|[._-])(example|sample|template|tmpl|dist)([._-]|$)/i.test(path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1))
