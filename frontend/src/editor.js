import { Editor, Extension } from '@tiptap/core'
import { gapCursor } from '@tiptap/pm/gapcursor'
import { history } from '@tiptap/pm/history'
import { tableEditing } from '@tiptap/pm/tables'
import { answeredMarks, exchangeIds } from './exchanges.js'
import { digitKeys, freshSelection, keys, tabKeys } from './keys.js'
import { listDepthLimit, typedMarkers } from './lists.js'
import { nodeViews } from './node-views.js'
import { paste } from './paste.js'
import { schemaExtensions } from './schema.js'
import { searchMarks } from './search-plugin.js'
import { sectionIds, sectionMarks } from './sections.js'
import { suggest } from './suggest.js'
import { frenchTyping } from './typing.js'

const ATTRIBUTES = {
  class: 'mm-text', role: 'textbox', 'aria-multiline': 'true', 'aria-label': 'Texte du compte-rendu', 'aria-describedby': 'mm-hint',
  lang: 'fr', spellcheck: 'true', id: 'mm-text',
}

/** The Tiptap editor on the schema of the minutes. `read` gives the first document once the schema is built. */
export function createEditor({ element, facts, retired, acts, read, editable, sight, plugins = [], on }) {
  const behaviour = Extension.create({
    name: 'minutes',
    addProseMirrorPlugins() {
      const { schema } = this.editor
      return [
        freshSelection(), suggest({ load: acts.suggestions, facts, tell: acts.tell }), tabKeys(acts.tell), digitKeys(), keys(schema, acts), typedMarkers(schema),
        frenchTyping(acts.typography), paste(schema, acts.pasted), sectionIds(retired), exchangeIds(), listDepthLimit(), sectionMarks(), answeredMarks(),
        searchMarks(), history(), gapCursor(), tableEditing(), ...plugins,
      ]
    },
  })
  const editor = new Editor({
    element,
    editable,
    injectCSS: false,
    coreExtensionOptions: { tabindex: { value: '0' } },
    enableCoreExtensions: { keymap: false, clipboardTextSerializer: false, delete: false, drop: false, paste: false },
    extensions: [...schemaExtensions(nodeViews(facts)), behaviour],
    editorProps: { attributes: ATTRIBUTES, scrollThreshold: sight, scrollMargin: sight },
    onBeforeCreate: ({ editor: before }) => (before.options.content = read(before.schema)),
    onUpdate: on.change,
    onTransaction: on.transaction,
  })
  delete editor.view.dom.editor
  keepAbsentClasses(editor.view.dom)
  return editor
}

/**
 * At each key ProseMirror takes off the text a class that it seldom bears. For the browser that is a change, and the DSFR,
 * which watches every attribute of the page, looks again for its hundred components in the whole text (bench/editor.py).
 */
function keepAbsentClasses({ classList }) {
  const remove = classList.remove.bind(classList)
  classList.remove = (...names) => names.some(name => classList.contains(name)) && remove(...names)
}
