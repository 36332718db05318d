import { toggleMark } from '@tiptap/pm/commands'
import { citesUnknownAction, editAction, insertAction } from './actions.js'
import { remarksOf } from './answered.js'
import { Autosave } from './autosave.js'
import { Baseline } from './baseline.js'
import { ConflictPanel } from './conflict-panel.js'
import { Conflicts } from './conflicts.js'
import { askLink, askSeveral, confirm, showHelp, showText } from './dialogs.js'
import { findSection, readDocument, sectionsOf } from './document.js'
import { el } from './dom.js'
import { Drafts } from './drafts.js'
import { createEditor } from './editor.js'
import { turnAt } from './exchanges.js'
import { FactChanges } from './fact-changes.js'
import { enterChosenField } from './fact-views.js'
import { openShortcutsOnKey, Preferences } from './preferences.js'
import { Preview } from './preview.js'
import { Recovery } from './recovery.js'
import { SearchBar } from './search-bar.js'
import { currentSection, deleteSection, markRefused, saysNothing } from './sections.js'
import { loadSuggestions, Server } from './server.js'
import { Session } from './session.js'
import { Side } from './side.js'
import { guardSignOut } from './sign-out.js'
import { Status } from './status.js'
import { showPlace, Sight } from './places.js'
import { plainText, sectionName, shortened } from './text.js'
import { Together, frozenWords } from './together.js'
import { Toolbar } from './toolbar.js'

const HINT = 'Tab sort du texte ; dans une liste ou un tableau, Échap puis Tab. Alt + F10 va à la barre d’outils, Échap en revient. « ? » donne tous les raccourcis.'

/** Builds the editor in its place on the page and joins its parts. */
class MinutesEditor {
  constructor(host, data, drafts) {
    const { url, signInUrl, account, presenceUrl } = host.dataset
    this.host = host
    this.drafts = drafts
    this.facts = { ...data.facts }
    this.retired = new Set()
    this.preferences = new Preferences(account)
    this.frame = el('div', { class: 'mm-frame' })
    this.sight = new Sight()
    this.together = new Together({ baseline: () => this.baseline, tell: text => this.status.tell(text) })
    this.editor = this.createEditor(data)
    this.server = new Server(url, data.csrf, presenceUrl)
    this.conflicts = new Conflicts({
      editor: this.editor, baseline: this.baseline, retired: this.retired, tell: text => this.status.tell(text), changed: () => this.changed(),
    })
    this.autosave = new Autosave({
      editor: this.editor, server: this.server, baseline: this.baseline, drafts, conflicts: this.conflicts, retired: this.retired, on: this.reports(),
    })
    this.session = new Session({
      host, server: this.server, signInUrl, account, back: () => this.autosave.back(), loaded: fresh => this.takeFacts(fresh),
      write: () => this.editor.view.focus(),
    })
    this.panel = new ConflictPanel(this.conflicts, this.editor)
    this.status = new Status({ autosave: this.autosave, doc: () => this.editor.state.doc, acts: this.statusActs() })
    this.factChanges = new FactChanges({
      server: this.server, editor: this.editor, tell: text => this.status.tell(text), loaded: fresh => this.takeFacts(fresh),
      session: () => this.session.end(this.drafts.enabled), changes: data.changes,
    })
    this.recovery = new Recovery({ ...this, say: text => this.together.notify(text) })
    this.toolbar = new Toolbar(this.editor, this.acts(), 'mm-text')
    this.together.start({
      editor: this.editor, server: this.server, baseline: this.baseline, autosave: this.autosave, conflicts: this.conflicts,
      client: drafts.client, thaw: () => this.thaw(),
    })
    this.preview = new Preview({
      url: host.dataset.previewUrl, autosave: this.autosave, section: () => currentSection(this.editor.state)?.node.attrs.id, tell: text => this.status.tell(text),
    })
    this.search = new SearchBar(this.editor, text => this.status.tell(text), this.together.hands)
    this.side = new Side({ editor: this.editor, facts: this.facts, goTo: pos => this.goToPlace(pos), back: () => this.editor.view.focus() })
    this.side.add(this.factChanges.points)
    this.assemble()
    if (data.state !== 'drafting') this.autosave.frozen({ data: {} })
    else if (data.frozen) this.autosave.frozen({ data: { message: frozenWords(data.frozen) } })
    this.refresh()
  }

  createEditor(data) {
    return createEditor({
      element: this.frame,
      facts: this.facts,
      retired: this.retired,
      editable: data.state === 'drafting',
      sight: this.sight,
      acts: this.acts(),
      plugins: [this.together.plugin()],
      read: schema => {
        const { doc, sections, order } = readDocument(schema, data)
        this.baseline = new Baseline({ sections, order })
        return doc
      },
      on: { change: () => this.changed(), transaction: () => this.refreshSoon() },
    })
  }

  assemble() {
    const head = el('div', { class: 'mm-head' }, this.status.dom, this.toolbar.dom, this.search.dom, this.together.bar.dom)
    const hint = el('p', { class: 'mm-hint', id: 'mm-hint' }, HINT)
    this.host.classList.add('mm-editor')
    const desk = el('div', { class: 'mm-desk' }, this.frame, this.preview.dom)
    const before = [head, hint, this.status.live, this.recovery.dom, this.status.alert, this.panel.dom, this.factChanges.dom]
    this.host.replaceChildren(this.side.dom, el('div', { class: 'mm-main' }, ...before, desk))
    this.status.dom.insertBefore(this.preview.toggle, this.status.notes)
    this.sight.under(head)
    window.addEventListener('beforeunload', event => !this.leaving && this.autosave.unsent && event.preventDefault())
    window.addEventListener('online', () => this.autosave.flush())
    window.addEventListener('keydown', event => this.saveOnKey(event))
    this.host.addEventListener('keydown', event => this.search.openOnKey(event))
    openShortcutsOnKey(this.preferences, () => this.acts().help())
    for (const name of ['pagehide', 'blur']) window.addEventListener(name, () => this.autosave.keepDraft())
    guardSignOut({
      account: this.host.dataset.account, unsent: () => this.autosave.unsent, save: () => this.autosave.flush(), leave: () => this.leave(),
    })
  }

  /** Ctrl+S saves wherever the focus is, in a label, the toolbar or a dialog, where the browser would offer to save the page. */
  saveOnKey(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== 's') return
    event.preventDefault()
    this.autosave.flush()
  }

  /** Signing out for good: this page keeps nothing, and asks nothing more. */
  leave() {
    this.leaving = true
    this.autosave.stop()
    this.together.stop()
    return this.drafts.erase()
  }

  acts() {
    return {
      tell: text => this.status.tell(text),
      toolbar: () => this.toolbar.focus(),
      outline: () => this.side.focus(),
      link: () => this.editLink(),
      deleteSection: () => this.deleteSection(),
      answered: () => this.editAnswered(),
      insertAction: () => insertAction(this.host, this.editor.view),
      editAction: () => editAction(this.host, this.editor.view),
      chooseLayout: () => enterChosenField(this.editor.state, null, this.editor.view),
      search: () => this.search.open(),
      replace: () => this.search.open(true),
      typography: () => this.preferences.isOn('typography'),
      pasted: lost => this.status.note(lost && `Collé. ${lost}`),
      suggestions: () => loadSuggestions(this.host.dataset.suggestionsUrl),
      preferences: () => this.preferences.ask(this.host, text => this.status.tell(text)),
      help: () => showHelp(this.host, this.toolbar.shortcuts()),
      signature: JSON.parse(this.host.dataset.signature || '[]'),
    }
  }

  statusActs() {
    return {
      save: () => this.autosave.flush(),
      session: () => this.session.open(),
      conflict: () => this.panel.focus(),
      copy: () => this.copyUnsent(),
      refused: ids => markRefused(this.editor.view, ids),
      goTo: id => this.goTo(id),
    }
  }

  /** What the autosave tells the other parts. */
  reports() {
    return {
      state: () => this.refresh(),
      saved: () => {
        this.recovery.settle()
        this.learnActions()
        this.preview.saved()
      },
      session: async () => {
        await this.autosave.keepDraft()
        this.session.end(this.drafts.enabled)
      },
      loaded: data => this.takeFacts(data),
      refused: () => this.status.tell('Le serveur a refusé une section.'),
      rejected: message => this.status.tell(`Refusé : ${message}`),
      frozen: message => this.freeze(message),
    }
  }

  changed() {
    this.autosave?.changed()
    this.together.typed()
    this.preview?.changed()
    this.side?.changed()
    this.recovery?.settle()
  }

  refresh() {
    this.panel.refresh()
    this.status.refresh()
    this.preview?.refresh()
    this.refreshSoon()
  }

  /** The tools follow the cursor, at most once per image: a keystroke waits for nothing. */
  refreshSoon() {
    this.frameAsked ??= requestAnimationFrame(() => {
      delete this.frameAsked
      this.toolbar?.refresh()
      this.together.refresh()
      this.preview?.followCursor()
      this.side?.refresh()
    })
  }

  /** An action just created has a state, which the server alone knows. */
  async learnActions() {
    if (!citesUnknownAction(this.editor.state.doc, this.facts)) return
    const answer = await this.server.load()
    if (answer.kind === 'loaded') this.takeFacts(answer.data)
  }

  takeFacts({ facts, changes }) {
    if (!facts) return
    this.factChanges.take(changes)
    Object.assign(this.facts, facts)
    document.dispatchEvent(new CustomEvent('minutes:facts'))
  }

  freeze(message) {
    this.setReadOnly(true)
    this.banner?.remove()
    this.banner = el('div', { class: 'mm-banner', role: 'region', 'aria-label': 'Texte en lecture seule', 'data-frozen': true }, el('p', {}, message))
    this.status.alert.before(this.banner)
    this.autosave.keepDraft()
  }

  /** The frozen draft is opened again, in the pages left open too. */
  thaw() {
    this.setReadOnly(false)
    this.banner?.remove()
    this.recovery.dom.replaceChildren()
    this.recovery.start()
    this.autosave.thawed()
    this.refresh()
    this.status.tell('Le texte est rouvert : vous pouvez écrire.')
  }

  setReadOnly(isReadOnly) {
    this.editor.setEditable(!isReadOnly)
    this.editor.view.dom[isReadOnly ? 'setAttribute' : 'removeAttribute']('aria-readonly', 'true')
    for (const field of this.frame.querySelectorAll('.mm-field')) field[field.tagName === 'SELECT' ? 'disabled' : 'readOnly'] = isReadOnly
    this.factChanges?.draw()
  }

  async editLink() {
    const { view, schema } = this.editor
    const type = schema.marks.link
    const { from, to, current } = linkRange(view.state, type)
    if (from === to) return this.status.tell('Choisissez d’abord le texte du lien.')
    const href = await askLink(this.host, current)
    if (href !== null) {
      const tr = view.state.tr.removeMark(from, to, type)
      view.dispatch(href ? tr.addMark(from, to, type.create({ href })) : tr)
    }
    view.focus()
  }

  /** Asks which remarks the answer that holds the cursor answers; all of them is said by none. */
  async editAnswered() {
    const { view } = this.editor
    const { exchange, turn, turnPos } = turnAt(view.state)
    const remarks = remarksOf(exchange)
    const isChosen = id => !turn.attrs.answers.length || turn.attrs.answers.includes(id)
    const options = remarks.map(({ attrs: { id }, textContent }, index) => [id, `${index + 1}. ${shortened(textContent) || 'observation vide'}`, isChosen(id)])
    const chosen = await askSeveral(this.host, 'À quoi cette réponse répond-elle ?', 'Observations', options)
    if (chosen && view.state.doc.nodeAt(turnPos)?.type === turn.type) {
      view.dispatch(view.state.tr.setNodeAttribute(turnPos, 'answers', chosen.length === remarks.length ? [] : chosen))
    }
    view.focus()
  }

  async deleteSection() {
    const { node } = currentSection(this.editor.state)
    const sure = saysNothing(node) || await confirm(this.host, 'Supprimer cette section ?', `La section ${sectionName(node)} sera supprimée. Ctrl + Z la fait revenir.`, 'Supprimer la section')
    const { view } = this.editor
    if (sure && deleteSection(view.state, view.dispatch)) this.status.tell('Section supprimée. Ctrl + Z pour annuler.')
    view.focus()
  }

  goTo(id) {
    const found = findSection(this.editor.state.doc, id)
    if (found) this.goToPlace(found.pos + 1)
    else this.editor.view.focus()
  }

  goToPlace(pos) {
    const { view } = this.editor
    showPlace(view, pos)
    view.focus()
  }

  copyUnsent() {
    const mine = sectionsOf(this.editor.state.doc)
    const texts = this.autosave.unsentChanges().sections.map(({ id }) => mine.get(id)).filter(Boolean).map(plainText)
    return showText(this.host, 'Texte non enregistré', texts.join('\n\n'))
  }
}

/** The link to change: the whole of the one that holds the cursor, or the chosen text. */
function linkRange({ selection, doc }, type) {
  const { from, to, empty, $from } = selection
  const current = type.isInSet($from.marksAcross(selection.$to) ?? [])?.attrs.href ?? type.isInSet($from.marks())?.attrs.href
  if (!empty) return { from, to, current }
  const range = { from, to: from, current }
  doc.nodesBetween($from.start(), $from.end(), (node, pos) => {
    if (node.isText && pos <= from && pos + node.nodeSize >= from && type.isInSet(node.marks)) Object.assign(range, { from: pos, to: pos + node.nodeSize })
  })
  return range
}

async function mount() {
  const host = document.getElementById('minutes-editor')
  if (!host) return
  const data = JSON.parse(document.getElementById('minutes-initial').textContent)
  const { account, localDrafts } = host.dataset
  const drafts = await Drafts.open({ account, minutes: String(data.minutes), enabled: localDrafts === 'on' })
  try {
    const editor = new MinutesEditor(host, data, drafts)
    Object.defineProperty(window, 'minutesEditor', { value: Object.freeze({ get savedState() { return editor.status.dom.dataset.state } }) })
    await editor.recovery.start()
    if (location.hash.startsWith('#s-')) editor.goTo(location.hash.slice(3))
    host.dataset.ready = 'yes'
    editor.preview.start(editor.toolbar.dom.parentElement)
  } catch (error) {
    host.replaceChildren(el('p', { role: 'alert', class: 'mm-banner mm-banner--error' }, 'Ce compte-rendu ne peut pas être ouvert dans l’éditeur. Rien n’a été modifié : prévenez l’administrateur du portail.'))
    throw error
  }
}

mount()
