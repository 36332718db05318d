/** The plain text of a node, labels and markers included, one line per block: for copying and for the clipboard. */
export function plainText(node) {
  const lines = []
  write(node, '', lines)
  return lines.join('\n')
}

function write(node, indent, lines) {
  if (node.isTextblock) {
    const label = node.attrs.label ? `${node.attrs.label} ` : ''
    lines.push(indent + label + inlineText(node))
  } else if (node.type.name === 'list_item') {
    node.forEach((child, _, index) => write(child, index === 0 ? `${indent}${node.attrs.marker} ` : `${indent}  `, lines))
  } else if (node.type.name === 'table_row') {
    const cells = []
    node.forEach(cell => cells.push(plainText(cell).replaceAll('\n', ' ')))
    lines.push(cells.join('\t'))
  } else if (node.type.name === 'agenda' || node.type.name === 'attendance') {
    lines.push(node.type.name === 'agenda' ? '[Ordre du jour]' : '[Présences]')
  } else {
    if (node.attrs.caption) lines.push(node.attrs.caption)
    const inner = node.type.name === 'list' && indent ? indent.replace(/\S/g, ' ') : indent
    node.forEach(child => write(child, inner, lines))
  }
}

function inlineText(block) {
  return block.textBetween(0, block.content.size, '\n', leaf => (leaf.type.name === 'hard_break' ? '\n' : ''))
}

/** How a section is called in a message: its label and heading, or the beginning of its text. */
export function sectionName(node) {
  if (!node) return 'section sans titre'
  const first = node.firstChild
  const text = first ? plainText(first).trim() : ''
  return text ? `« ${text.length > 60 ? `${text.slice(0, 60)}…` : text} »` : 'section sans titre'
}
