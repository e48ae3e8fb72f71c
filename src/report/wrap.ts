/**
 * Text of paragraphs, broken anew into lines of at most `width` characters; what no blank breaks stays whole. Lines that are indented or
 * begin a list stay lines of their own.
 */
export function wrapped(text: string, width: number): string {
  const lines: string[] = []
  let open = false
  for (const line of text.trimEnd().split('\n')) {
    const whole = line.trim() === '' || /^\s/.test(line)
    if (whole || !open || /^([-*]|\d+\.) /.test(line)) lines.push(line.trimEnd())
    else lines[lines.length - 1] += ` ${line.trimEnd()}`
    open = !whole
  }
  return lines.map(line => (/^\s/.test(line) ? line : folded(line, width))).join('\n')
}

function folded(line: string, width: number): string {
  const folded: string[] = []
  let last = ''
  for (const word of line.split(' ')) {
    if (last !== '' && last.length + 1 + word.length > width) {
      folded.push(last)
      last = word
    } else last = last === '' ? word : `${last} ${word}`
  }
  return [...folded, last].join('\n')
}
