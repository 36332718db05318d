import { closeHistory } from '@tiptap/pm/history'
import { longDate } from './dates.js'
import { confirm, showText } from './dialogs.js'
import { readSection, sectionsOf } from './document.js'
import { button, el } from './dom.js'
import { LET_IN } from './hands.js'
import { arrange, withMissing } from './merge.js'
import { plainText, sectionName } from './text.js'

/** Offers the drafts left by pages that died. A draft is erased once what it holds is saved, or given up on purpose. */
export class Recovery {
  constructor({ host, editor, server, baseline, drafts, conflicts, autosave, panel, retired, say }) {
    Object.assign(this, { host, editor, server, baseline, drafts, conflicts, autosave, panel, retired, say })
    this.dom = el('div', { class: 'mm-banners' })
    this.deciding = new Set()
  }

  start() {
    return this.drafts.offer(draft => this.offer(draft))
  }

  /** The page that left it is dead: it no longer has the hand where it wrote. */
  async offer(draft) {
    this.server.leave(draft.client)
    const changes = this.changes(draft.content)
    if (changes?.length) this.dom.append(this.banner(draft, changes))
    else if (changes) await this.drafts.remove(draft.id)
  }

  /** The sections of a draft that differ from the text of the server; null when it cannot be read. */
  changes({ sections }) {
    try {
      return sections
        .map(({ id, base, content }) => ({ id, base, node: content ? readSection(this.editor.schema, content) : null }))
        .filter(({ id, node }) => this.differs(id, node))
    } catch {
      return null
    }
  }

  differs(id, node) {
    const known = this.baseline.sections.get(id)?.node
    return node ? !known?.eq(node) : Boolean(known)
  }

  banner(draft, changes) {
    const act = work => async () => {
      if (await work()) banner.remove()
    }
    const banner = el(
      'div', { class: 'mm-banner', role: 'region', 'aria-label': 'Brouillon non enregistré', 'data-draft': draft.id },
      el('p', {}, `Un brouillon du ${longDate(draft.at)} n’a pas été enregistré.`),
      el('div', { class: 'mm-banner__acts' },
        ...(this.editor.isEditable
          ? [
              button('Comparer', act(() => this.compare(draft, changes)), { 'data-act': 'compare' }),
              button('Reprendre ce texte', act(() => this.take(draft, changes)), { 'data-act': 'take' }),
            ]
          : [button('Copier ce texte', () => this.copy(changes), { 'data-act': 'copy' })]),
        button('Abandonner', act(() => this.giveUp(draft)), { 'data-act': 'drop' })),
    )
    return banner
  }

  compare(draft, changes) {
    for (const { id, node } of changes) this.conflicts.openDraft(id, node, draft.at)
    this.deciding.add(draft.id)
    this.panel.focus()
    return true
  }

  /** Takes at once what nobody touched since; what was changed on the server meanwhile is compared first. */
  take(draft, changes) {
    const untouched = ({ id, base }) => (this.baseline.sections.get(id)?.version ?? 0) === base
    const safe = new Map(changes.filter(untouched).map(({ id, node }) => [id, node]))
    const mine = sectionsOf(this.editor.state.doc)
    const wanted = draft.content.order.filter(id => mine.has(id) || safe.get(id))
    const nodeOf = id => (safe.has(id) ? safe.get(id) : mine.get(id))
    const { view } = this.editor
    for (const id of safe.keys()) this.retired.delete(id)
    view.dispatch(closeHistory(arrange(view.state.tr, withMissing(wanted, [...mine.keys()]), nodeOf).setMeta(LET_IN, true)))
    const rest = changes.filter(change => !untouched(change))
    this.deciding.add(draft.id)
    this.say(putBack([...safe].map(([id, node]) => node ?? mine.get(id)), rest.map(({ id, node }) => node ?? mine.get(id))))
    if (rest.length) return this.compare(draft, rest)
    view.focus()
    this.settle()
    return true
  }

  /** The text is frozen: what the draft holds can only be taken elsewhere. */
  copy(changes) {
    const texts = changes.map(({ node }) => node && plainText(node)).filter(Boolean)
    return showText(this.host, 'Texte du brouillon', texts.join('\n\n'))
  }

  async giveUp(draft) {
    const sure = await confirm(this.host, 'Abandonner ce brouillon ?', 'Le texte de ce brouillon sera effacé de ce poste.', 'Abandonner le brouillon')
    if (sure) await this.drafts.remove(draft.id)
    return sure
  }

  /** Once every choice is made: the draft of this page takes over, then the old ones go. */
  async settle() {
    if (!this.deciding.size || this.conflicts.drafts) return
    const done = [...this.deciding]
    this.deciding.clear()
    await this.autosave.keepDraft()
    for (const id of done) await this.drafts.remove(id)
  }
}

/** What was put back at once, and what waits for a choice, section by section. */
export function putBack(back, rest) {
  const names = nodes => nodes.map(sectionName).join(', ')
  const done = back.length ? `Remis dans le texte : ${names(back)}.` : ''
  const left = rest.length ? `À comparer, car modifié entre-temps : ${names(rest)}.` : ''
  return [done, left].filter(Boolean).join(' ')
}
