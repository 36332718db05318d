import { DOMParser, Fragment, Slice } from '@tiptap/pm/model'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { safeHref } from './links.js'
import { gatherNotes } from './paste-notes.js'
import { countLost, lostText } from './paste-report.js'
import { plainText } from './text.js'

const NOISE = 'style, script, meta, link, title, xml, template, noscript, object, iframe, svg, math'
const COMMENTS = '[data-style*="mso-element:comment"], .MsoCommentReference, a.msocomanchor'
const WORD_GLYPHS = { '·': '–', o: '–', '§': '–', '-': '–', '•': '–', 'Ø': '➔', 'ü': '✓', à: '➔' }

/** Reads what is pasted from Word or a page of the web: only the nodes of the schema stay, lists keep their markers. */
class PasteParser extends DOMParser {
  parseSlice(dom, options) {
    const ours = dom.querySelector('[data-pm-slice]')
    this.report(ours ? '' : lostText(countLost(dom, { styleOf: ({ dataset }) => dataset.style ?? '', keepsLink: safeHref })))
    clean(dom)
    return super.parseSlice(dom, options)
  }
}

const TAG = /<[a-z][^>]*>/gi
const REPORTED = /\s(style|on[a-z]+)\s*=/gi
const EMPTY_OF_TEXT = /<(style|script)\b[\s\S]*?<\/\1\s*>|<(base|meta|link)\b[^>]*>/gi

/**
 * Even in the inert document where ProseMirror reads it, the content security policy would report each style and each
 * handler of a pasted page. Their attributes are renamed first. (What may stay is decided by the schema, not here.)
 */
export function quiet(html) {
  return html.replace(EMPTY_OF_TEXT, '').replace(TAG, tag => tag.replace(REPORTED, ' data-$1='))
}

/** `report` is told of each paste what could not be kept, '' when everything was. */
export const paste = (schema, report) =>
  new Plugin({
    key: new PluginKey('paste'),
    props: {
      clipboardParser: Object.assign(new PasteParser(schema, DOMParser.fromSchema(schema).rules), { report }),
      clipboardTextSerializer: slice => slice.content.content.map(plainText).join('\n'),
      transformPastedHTML: quiet,
      transformPasted: slice => new Slice(withoutIds(slice.content), slice.openStart, slice.openEnd),
    },
  })

/** A pasted section is a new one: its id is given afterwards (sections.js). */
function withoutIds(fragment) {
  const nodes = []
  fragment.forEach(node => nodes.push(node.type.name === 'section' ? node.type.create({ id: null }, node.content) : node))
  return Fragment.from(nodes)
}

export function clean(dom) {
  dom.querySelectorAll(NOISE).forEach(element => element.remove())
  for (const element of dom.querySelectorAll('[data-style]')) element.style.cssText = element.dataset.style
  for (const caption of dom.querySelectorAll('table > caption')) {
    caption.parentElement.dataset.caption ??= caption.textContent.trim()
    caption.remove()
  }
  gatherNotes(dom)
  markBreaks(dom)
  dom.querySelectorAll(COMMENTS).forEach(element => element.remove())
  for (const title of dom.querySelectorAll('p.MsoTitle')) renamed(title, 'h1')
  for (const cell of dom.querySelectorAll('thead td')) renamed(cell, 'th')
  for (const list of dom.querySelectorAll(':is(ul, ol) > :is(ul, ol)')) list.previousElementSibling?.append(list)
  wordItems(dom).forEach(group => group[0].replaceWith(nestedLists(group)))
  dom.querySelectorAll('b[id^="docs-internal-guid"]').forEach(element => element.replaceWith(...element.childNodes))
}

/** The page breaks of a word processor, and a line of stars alone, which parts two passages. */
function markBreaks(dom) {
  for (const broken of dom.querySelectorAll('br[data-style*="page-break-before:always"]')) {
    const mark = dom.ownerDocument.createElement('div')
    mark.dataset.pageBreak = ''
    const line = broken.closest('p')
    if (line && !line.textContent.trim()) line.replaceWith(mark)
    else {
      ;(line ?? broken).before(mark)
      broken.remove()
    }
  }
  for (const line of dom.querySelectorAll('p')) {
    if (/^(\*|\*{3}|\* \* \*|⁂)$/.test(line.textContent.trim()) && !line.closest('li, td, th')) line.dataset.separator = ''
  }
}

function renamed(element, tag) {
  const other = element.ownerDocument.createElement(tag)
  for (const { name, value } of element.attributes) if (name !== 'style') other.setAttribute(name, value)
  other.style.cssText = element.style.cssText
  other.append(...element.childNodes)
  element.replaceWith(other)
}

/** Word writes a list as paragraphs: the groups of neighbours, each with its level and its marker as shown. */
function wordItems(dom) {
  const groups = []
  let last = null
  for (const paragraph of dom.querySelectorAll('p[data-style*="mso-list"]')) {
    if (!/mso-list:\s*\S+\s+level\d/.test(paragraph.dataset.style)) continue
    if (last && paragraph.previousElementSibling === last) groups.at(-1).push(paragraph)
    else groups.push([paragraph])
    last = paragraph
  }
  return groups
}

function nestedLists(paragraphs) {
  const dom = paragraphs[0].ownerDocument
  const root = dom.createElement('ul')
  const open = [root]
  for (const paragraph of paragraphs) {
    const level = Number(/level(\d)/.exec(paragraph.dataset.style)[1])
    while (open.length > level) open.pop()
    while (open.length < level && open.at(-1).lastElementChild) {
      const inner = dom.createElement('ul')
      open.at(-1).lastElementChild.append(inner)
      open.push(inner)
    }
    open.at(-1).append(wordItem(paragraph))
    if (paragraph !== paragraphs[0]) paragraph.remove()
  }
  return root
}

function wordItem(paragraph) {
  const ignored = paragraph.querySelector('[data-style*="mso-list:Ignore"], [data-style*="mso-list: Ignore"]')
  const marker = (ignored?.textContent ?? '–').replaceAll('\u00a0', ' ').trim()
  ignored?.remove()
  const item = paragraph.ownerDocument.createElement('li')
  item.dataset.marker = WORD_GLYPHS[marker] ?? marker
  const text = paragraph.ownerDocument.createElement('p')
  text.append(...paragraph.childNodes)
  item.append(text)
  return item
}
