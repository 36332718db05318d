import { el } from './dom.js'

const WORDS = /\s+|[^\s]+/g
const MOST_PAIRS = 4_000_000

/**
 * Marks in `body` the words that `other` has not (ins), and, if asked, says where those it lost were (del). The style
 * sheet tells both in words too, to who hears the page. What is bold or in a list stays so.
 */
export function markWords(body, other, withRemoved) {
  const mine = wordsOf(body)
  const theirs = wordsOf(other)
  const { added, removed } = compareWords(theirs.map(({ text }) => text), mine.map(({ text }) => text))
  const before = new Map(withRemoved ? removed.map(({ at, words }) => [at, words]) : [])
  const runs = new Map()
  mine.forEach(({ node, text }, index) => runs.set(node, [...(runs.get(node) ?? []), { text, isNew: added.has(index), lost: before.get(index) }]))
  for (const [node, words] of runs) node.replaceWith(...drawn(words))
  const last = before.get(mine.length)
  if (last) body.append(el('p', {}, removedWords(last)))
}

function drawn(words) {
  const nodes = []
  let run = null
  for (const { text, isNew, lost } of words) {
    if (lost) nodes.push(removedWords(lost))
    if (!run || run.isNew !== isNew || lost) nodes.push((run = { isNew, text: '' }))
    run.text += text
  }
  return nodes.map(one => (one instanceof Node ? one : one.isNew && one.text.trim() ? el('ins', {}, one.text) : document.createTextNode(one.text)))
}

function removedWords(text) {
  return el('del', {}, `${text} `)
}

/** The words of an element, in their order, each with its text node; the fields of a label hold none. */
function wordsOf(body) {
  const words = []
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) for (const [text] of walker.currentNode.data.matchAll(WORDS)) words.push({ node: walker.currentNode, text })
  return words
}

/** The longest common sequence of words: which of `after` are new, what of `before` was lost before which word. Too long to compare: all of it. */
export function compareWords(before, after) {
  let start = 0
  while (start < before.length && start < after.length && before[start] === after[start]) start++
  let end = 0
  while (end < before.length - start && end < after.length - start && before.at(-1 - end) === after.at(-1 - end)) end++
  const left = before.slice(start, before.length - end)
  const right = after.slice(start, after.length - end)
  const isShort = left.length * right.length <= MOST_PAIRS
  const table = isShort && lengths(left, right)
  const added = new Set()
  const lost = new Map()
  let i = 0
  let j = 0
  while (i < left.length || j < right.length) {
    if (isShort && i < left.length && j < right.length && left[i] === right[j]) {
      i++
      j++
    } else if (j < right.length && (i === left.length || (isShort && table[i][j + 1] >= table[i + 1][j]))) {
      added.add(start + j++)
    } else {
      lost.set(start + j, (lost.get(start + j) ?? '') + left[i++])
    }
  }
  const removed = [...lost].map(([at, text]) => ({ at, words: text.trim() })).filter(({ words }) => words)
  return { added, removed }
}

function lengths(left, right) {
  const table = Array.from({ length: left.length + 1 }, () => new Uint16Array(right.length + 1))
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) table[i][j] = left[i] === right[j] ? table[i + 1][j + 1] + 1 : Math.max(table[i + 1][j], table[i][j + 1])
  }
  return table
}
