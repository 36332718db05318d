import { askSeveral } from './dialogs.js'

const CHOICES = [
  ['typography', 'Aider la typographie française pendant la frappe : espaces insécables, guillemets « », 1er et 2e en exposant, œ, points de suspension'],
  ['question', 'La touche « ? » hors du texte montre les raccourcis'],
]

/** What a person chose for this editor, kept on this computer under their account; everything is on until they say otherwise. */
export class Preferences {
  constructor(account) {
    this.name = `clu-editor-${account}`
    this.off = new Set(this.stored())
  }

  stored() {
    try {
      const kept = JSON.parse(localStorage.getItem(this.name) ?? '[]')
      return Array.isArray(kept) ? kept : []
    } catch {
      return []
    }
  }

  isOn(choice) {
    return !this.off.has(choice)
  }

  async ask(host, tell) {
    const options = CHOICES.map(([name, label]) => [name, label, this.isOn(name)])
    const chosen = await askSeveral(host, 'Préférences de frappe', 'Sur ce poste, pour votre compte', options)
    if (!chosen) return
    this.off = new Set(CHOICES.map(([name]) => name).filter(name => !chosen.includes(name)))
    try {
      localStorage.setItem(this.name, JSON.stringify([...this.off]))
      tell('Préférences gardées.')
    } catch {
      tell('Préférences prises pour cette page seulement : ce navigateur n’en garde pas.')
    }
  }
}

const TYPED_IN = 'input, textarea, select, dialog, [contenteditable="true"]'

/** « ? » shows the shortcuts wherever nothing is typed, unless this person wants no shortcut of one letter. */
export function openShortcutsOnKey(preferences, show) {
  window.addEventListener('keydown', event => {
    const { key, ctrlKey, metaKey, altKey, target } = event
    if (key !== '?' || ctrlKey || metaKey || altKey || !preferences.isOn('question') || target.closest?.(TYPED_IN)) return
    event.preventDefault()
    show()
  })
}
