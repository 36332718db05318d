import { toggleMark } from '@tiptap/pm/commands'
import { redo, undo } from '@tiptap/pm/history'
import { actionChosen } from './actions.js'
import { blockIs, insertBlock, newSignature, paragraphAfter, toHeading, toParagraph } from './blocks.js'
import { el, setAttribute, setHidden } from './dom.js'
import { hasChoice } from './fact-views.js'
import { addTurn, deleteExchange, deleteTurn, hasMentions, newExchange, toggleMentions, turnAt } from './exchanges.js'
import { insertNote } from './footnotes.js'
import { cycleMarker, itemAt, liftItem, sinkItem, toggleList } from './lists.js'
import { addSection, moveSection } from './sections.js'
import * as tables from './tables.js'
import { hasValues, inQuotation, insertAside, isRunIn, newSeparator, toggleQuotation, toggleRunIn, toggleValues } from './text-nodes.js'

/** The tools by group: visible text, accessible name, shortcut, command, and the state that presses the button. */
function groups(schema, acts) {
  const { bold, italic, superscript } = schema.marks
  const heading = level => ({
    text: `T${level}`, name: `Titre de niveau ${level}`, keys: `Control+Shift+${level}`, command: toHeading(level), pressed: state => blockIs(state, 'heading', { level }),
  })
  const mark = (text, name, keys, type) => ({ text, name, keys, command: toggleMark(type), pressed: state => hasMark(state, type), mark: type.name })
  return [
    ['Historique', [
      { text: '↶', name: 'Annuler', keys: 'Control+Z', command: undo },
      { text: '↷', name: 'Rétablir', keys: 'Control+Y', command: redo },
    ]],
    ['Bloc', [
      { text: '¶', name: 'Paragraphe', keys: 'Control+Shift+0', command: toParagraph, pressed: state => blockIs(state, 'paragraph') },
      ...[1, 2, 3, 4].map(heading),
      { text: 'T –', name: 'Titre en tête de paragraphe', keys: 'Control+Shift+5', command: toggleRunIn, pressed: isRunIn },
      { text: 'Citation', name: 'Citation', keys: 'Control+Shift+6', command: toggleQuotation, pressed: inQuotation },
    ]],
    ['Caractères', [
      mark('G', 'Gras', 'Control+B', bold),
      mark('I', 'Italique', 'Control+I', italic),
      mark('xᵉ', 'Exposant', 'Control+.', superscript),
      { text: 'Lien', name: 'Lien', keys: 'Control+K', act: acts.link, pressed: state => hasMark(state, schema.marks.link) },
    ]],
    ['Liste', [
      { text: 'Liste', name: 'Liste', keys: 'Control+Shift+8', command: toggleList, pressed: state => Boolean(itemAt(state.selection.$from)) },
      { text: 'Puce', name: 'Autre puce', keys: 'Control+Shift+9', command: cycleMarker },
      { text: '⇥', name: 'Un niveau de plus', keys: 'Tab', command: sinkItem },
      { text: '⇤', name: 'Un niveau de moins', keys: 'Shift+Tab', command: liftItem },
    ]],
    ['Insérer', [
      { text: 'Note', name: 'Insérer une note de bas de page', keys: 'Control+Shift+7', command: insertNote, keepsFocus: true },
      { text: 'Tableau', name: 'Insérer un tableau', command: insertBlock(tables.newTable) },
      { text: 'Ordre du jour', name: 'Insérer l’ordre du jour', command: insertBlock(({ nodes }) => nodes.agenda.create()) },
      { text: 'Présences', name: 'Insérer les présences', command: insertBlock(({ nodes }) => nodes.attendance.create()) },
      { text: 'Échange', name: 'Insérer un échange', command: insertBlock(newExchange) },
      { text: 'Décision', name: 'Insérer une décision', command: insertBlock(({ nodes }) => nodes.decision.create()) },
      { text: 'Action', name: 'Insérer une action', act: acts.insertAction },
      { text: 'Dossier', name: 'Insérer le dossier de la réunion', command: insertBlock(({ nodes }) => nodes.dossier.create()) },
      { text: 'Annexes', name: 'Insérer les annexes', command: insertBlock(({ nodes }) => nodes.annexes.create()) },
      { text: 'Quorum', name: 'Insérer le quorum', command: insertBlock(({ nodes }) => nodes.quorum.create()) },
      { text: 'Votes', name: 'Insérer les votes', command: insertBlock(({ nodes }) => nodes.votes.create()) },
      { text: 'Actions', name: 'Insérer la liste des actions de la réunion', command: insertBlock(({ nodes }) => nodes.meeting_actions.create()) },
      { text: 'Suites', name: 'Insérer les suites données aux actions précédentes', command: insertBlock(({ nodes }) => nodes.previous_actions.create()) },
      { text: 'Signature', name: 'Insérer le bloc de signature', command: insertBlock(all => newSignature(all, acts.signature)) },
      { text: 'Séparateur', name: 'Insérer un séparateur centré', command: insertAside(newSeparator) },
      { text: 'Saut de page', name: 'Insérer un saut de page', command: insertAside(({ nodes }) => nodes.page_break.create()), told: 'Saut de page inséré.' },
      { text: 'Sommaire', name: 'Insérer le sommaire', command: insertAside(({ nodes }) => nodes.table_of_contents.create()), told: 'Sommaire inséré.' },
      { text: '¶ après', name: 'Paragraphe après ce bloc', command: paragraphAfter },
    ]],
    ['Section', [
      { text: '+ Section', name: 'Ajouter une section après', keys: 'Control+Enter', command: addSection },
      { text: '↑', name: 'Monter la section', keys: 'Alt+Shift+ArrowUp', command: moveSection(-1), told: 'Section montée.' },
      { text: '↓', name: 'Descendre la section', keys: 'Alt+Shift+ArrowDown', command: moveSection(1), told: 'Section descendue.' },
      { text: 'Supprimer', name: 'Supprimer la section', act: acts.deleteSection, enabled: state => state.doc.childCount > 1 },
    ]],
    ['Échange', [
      { text: '+ Observation', name: 'Ajouter une observation', command: addTurn('remark') },
      { text: '+ Réponse', name: 'Ajouter une réponse', command: addTurn('answer') },
      { text: 'Répond à…', name: 'Répond à… : choisir les observations', act: acts.answered, enabled: state => turnAt(state)?.turn.type.name === 'answer' },
      { text: 'Dire à quoi', name: 'Dire à quoi chaque réponse répond', command: toggleMentions, pressed: hasMentions },
      { text: '− Intervention', name: 'Supprimer l’intervention', command: deleteTurn },
      { text: '− Échange', name: 'Supprimer l’échange', command: deleteExchange },
    ], deleteExchange],
    ['Action', [{ text: 'Texte de l’action', name: 'Texte de l’action', keys: 'Enter', act: acts.editAction }], state => Boolean(actionChosen(state))],
    ['Fait', [{ text: 'Présentation', name: 'Présentation du fait choisi', keys: 'Enter', act: acts.chooseLayout }], hasChoice],
    ['Tableau', [
      { text: '+ Ligne', name: 'Ajouter une ligne', command: tables.addRowAfter },
      { text: '− Ligne', name: 'Supprimer la ligne', command: tables.deleteRow },
      { text: '+ Colonne', name: 'Ajouter une colonne', command: tables.addColumnAfter },
      { text: '− Colonne', name: 'Supprimer la colonne', command: tables.deleteColumn },
      { text: 'Ligne d’en-tête', name: 'Ligne d’en-tête', command: tables.toggleHeaderRow },
      { text: 'Colonne d’en-tête', name: 'Colonne d’en-tête', command: tables.toggleHeaderColumn },
      { text: 'Valeurs', name: 'Colonnes de valeurs, étroites', command: toggleValues, pressed: hasValues },
      { text: 'En-tête', name: 'Cellule d’en-tête', command: tables.toggleHeaderCell, pressed: inHeader },
      { text: 'Fusionner', name: 'Fusionner les cellules', command: tables.mergeCells },
      { text: 'Scinder', name: 'Scinder la cellule', command: tables.splitCell },
      { text: '− Tableau', name: 'Supprimer le tableau', command: tables.deleteTable },
    ], tables.isInTable],
    ['Recherche', [
      { text: 'Chercher', name: 'Chercher dans le texte', keys: 'Control+F', act: acts.search, always: true },
      { text: 'Remplacer', name: 'Chercher et remplacer', keys: 'Control+H', act: acts.replace },
    ]],
    ['Aide', [
      { text: 'Préférences', name: 'Préférences de frappe', act: acts.preferences, always: true },
      { text: '?', name: 'Aide : raccourcis du clavier', keys: '?', act: acts.help, always: true },
    ]],
  ]
}

/** The toolbar of the editor, after the toolbar pattern of the WAI-ARIA practices: one stop for Tab, arrows inside. */
export class Toolbar {
  constructor(editor, acts, controls) {
    this.editor = editor
    this.tell = acts.tell
    this.tools = []
    this.sets = groups(editor.schema, acts).map(set => this.drawSet(...set))
    this.dom = el('div', { class: 'mm-toolbar', role: 'toolbar', 'aria-label': 'Outils du texte', 'aria-controls': controls, onkeydown: event => this.move(event) }, this.sets.map(({ dom }) => dom))
    this.current = this.tools[0]
    this.refresh()
  }

  drawSet(name, tools, shown) {
    const dom = el('div', { class: 'mm-toolbar__set', role: 'group', 'aria-label': name })
    for (const tool of tools) {
      tool.button = el('button', {
        type: 'button', class: 'mm-tool', tabindex: '-1', 'aria-label': tool.name, title: title(tool), 'aria-keyshortcuts': tool.keys, 'data-mark': tool.mark,
        onmousedown: event => event.preventDefault(), onclick: () => this.use(tool), onfocus: () => this.rove(tool),
      }, WORD.test(tool.text) ? tool.text : el('span', { class: 'mm-sign', 'data-sign': tool.text }))
      dom.append(tool.button)
      this.tools.push(tool)
    }
    return { dom, shown }
  }

  /** [keys, what they do] of each tool that has some, for the help. */
  shortcuts() {
    return this.tools.filter(({ keys }) => keys).map(({ keys, name }) => [keyNames(keys), name])
  }

  use(tool) {
    if (tool.button.getAttribute('aria-disabled') === 'true') return
    if (tool.act) return void tool.act()
    const { view } = this.editor
    tool.command(view.state, view.dispatch, view)
    if (tool.told) this.tell(tool.told)
    if (!tool.keepsFocus) view.focus()
  }

  refresh() {
    const { state, isEditable } = this.editor
    for (const { dom, shown } of this.sets) setHidden(dom, Boolean(shown && !shown(state)))
    for (const tool of this.tools) {
      const enabled = tool.always || (isEditable && (tool.enabled?.(state) ?? tool.command?.(state) ?? true))
      setAttribute(tool.button, 'aria-disabled', String(!enabled))
      if (tool.pressed) setAttribute(tool.button, 'aria-pressed', String(Boolean(tool.pressed(state))))
    }
    if (this.current.button.parentElement.hidden) this.current = this.tools[0]
    this.rove(this.current)
  }

  rove(tool) {
    this.current = tool
    for (const { button } of this.tools) setAttribute(button, 'tabindex', button === tool.button ? '0' : '-1')
  }

  /** The tools shown are those of this very place of the text. */
  focus() {
    this.refresh()
    this.current.button.focus()
  }

  move(event) {
    const shown = this.tools.filter(({ button }) => !button.parentElement.hidden)
    const at = shown.indexOf(this.current)
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: shown.length - 1 }[event.key]
    if (to !== undefined) shown[(to + shown.length) % shown.length].button.focus()
    else if (event.key === 'Escape') this.editor.view.focus()
    else return
    event.preventDefault()
  }
}

/** A tool shown by a word is called by it; a sign (G, T1, ↑) is only a picture of its name. */
const WORD = /\p{L}{3}/u

const KEY_NAMES = { Control: 'Ctrl', Shift: 'Maj', Enter: 'Entrée', ArrowUp: 'Flèche haut', ArrowDown: 'Flèche bas' }

function title({ name, keys }) {
  if (!keys) return name
  return `${name} (${keyNames(keys)})`
}

function keyNames(keys) {
  return keys.split('+').map(key => KEY_NAMES[key] ?? key).join(' + ')
}

function hasMark({ doc, selection, storedMarks }, type) {
  const { from, to, empty, $from } = selection
  return empty ? Boolean(type.isInSet(storedMarks ?? $from.marks())) : doc.rangeHasMark(from, to, type)
}

function inHeader({ selection: { $from } }) {
  for (let depth = $from.depth; depth > 0; depth--) if ($from.node(depth).type.name === 'table_header') return true
  return false
}
