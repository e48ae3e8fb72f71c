/** A simple command: its words without quotes, assignments and redirections. A word that the shell makes at run time is null. */
export type SimpleCommand = (string | null)[]

/** A pipeline, and what joins it to the one before. `negated`: it begins with `!`. */
export type Pipeline = { join: '' | '&&' | '||' | ';'; negated: boolean; commands: SimpleCommand[] }

/**
 * The commands of a short shell script, in order. Undefined for what is more than lists of pipelines (`if`, loops, groups,
 * here-documents) or is not finished.
 */
export function shellCommands(script: string): Pipeline[] | undefined {
  const tokens = tokenise(script)
  if (tokens === undefined) return undefined
  const pipelines: Pipeline[] = []
  let pipeline: Pipeline = { join: '', negated: false, commands: [] }
  let command: SimpleCommand = []
  let assigning = true
  const endCommand = () => {
    if (command.length > 0) pipeline.commands.push(command)
    command = []
    assigning = true
  }
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index]
    if ('word' in token) {
      if (assigning && token.bare && reserved.has(token.word ?? '')) {
        if (token.word !== '!') return undefined
        pipeline.negated = true
      } else if (!assigning || !token.assignment) {
        command.push(token.word)
        assigning = false
      }
    } else if (token.operator === '|') endCommand()
    else if (token.operator === '<>') index++
    else if (token.operator === '&' || token.operator === '(') return undefined
    else {
      endCommand()
      if (pipeline.commands.length > 0) pipelines.push(pipeline)
      pipeline = { join: token.operator as Pipeline['join'], negated: false, commands: [] }
    }
  }
  endCommand()
  if (pipeline.commands.length > 0) pipelines.push(pipeline)
  return pipelines
}

const reserved = new Set('! if then else elif fi for while until do done case esac { } function [['.split(' '))

type Token = { word: string | null; bare: boolean; assignment: boolean } | { operator: string }

/** `<>` stands for any redirection, whose target is the next word. */
function tokenise(script: string): Token[] | undefined {
  const tokens: Token[] = []
  const pattern = /[ \t\r]+|\\\n|#[^\n]*|(&&|\|\||;;|\||;|\n|\(|\)|&(?!>))|(\d*<<-?|&?\d*(?:>>|[<>])(?:&|\|)?)|((?:\\[\s\S]|'[^']*'|"(?:\\[\s\S]|[^"\\])*"|[^\s\\'"&|;()<>])+)|([\s\S])/y
  for (let match = pattern.exec(script); match !== null; match = pattern.exec(script)) {
    const [whole, operator, redirection, word, other] = match
    if (other !== undefined || operator === ';;') return undefined
    if (operator !== undefined) tokens.push({ operator: operator === '\n' ? ';' : operator === ')' ? '(' : operator })
    else if (redirection?.includes('<<')) return undefined
    else if (redirection !== undefined) tokens.push({ operator: '<>' })
    else if (word !== undefined) {
      const dynamic = /[$`]/.test(word.replaceAll(/\\[\s\S]|'[^']*'/g, ''))
      const bare = !/['"\\]/.test(word)
      tokens.push({ word: dynamic ? null : unquoted(word), bare, assignment: /^[A-Za-z_]\w*\+?=/.test(word) })
    } else if (whole === '') return undefined
  }
  return tokens
}

function unquoted(word: string): string {
  return word.replaceAll(/\\([\s\S])|'([^']*)'|"((?:\\[\s\S]|[^"\\])*)"/g, (_, escaped?: string, single?: string, double?: string) =>
    escaped ?? single ?? double!.replaceAll(/\\(["\\$`])/g, '$1'))
}

/** The words of a command line without quotes, as a program gets them where no shell is between. */
export function commandWords(text: string): string[] {
  const words: string[] = []
  for (const [word] of text.matchAll(/(?:\\[\s\S]|'[^']*'|"(?:\\[\s\S]|[^"\\])*"|[^\s\\'"]|['"\\])+/g)) words.push(unquoted(word))
  return words
}
