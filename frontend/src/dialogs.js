import { button, el } from './dom.js'
import { typedHref } from './links.js'

let count = 0

/** A modal dialog; the promise gives the value of the button chosen, null for Escape. Focus comes back to where it was. */
export function ask(host, { title, body = [], choices, onOpen }) {
  const id = `mm-dialog-${++count}`
  const before = document.activeElement
  return new Promise(resolve => {
    const actions = choices.map(({ label, value, main }) =>
      button(label, () => finish(value), { class: `fr-btn fr-btn--sm${main ? '' : ' fr-btn--secondary'}`, 'data-choice': value }),
    )
    const dialog = el(
      'dialog', { class: 'mm-dialog', 'aria-labelledby': id, onclose: () => finish(dialog.returnValue), onkeydown: giveUp },
      el('h2', { id, class: 'mm-dialog__title', tabindex: '-1' }, title), el('div', { class: 'mm-dialog__body' }, body),
      el('div', { class: 'mm-dialog__choices' }, actions),
    )
    // Chromium leaves Escape without effect on a dialog opened while another one closes, as after an error.
    function giveUp(event) {
      if (event.key === 'Escape' && !event.isComposing) finish('')
    }
    // At once: the `close` event comes later, and the keys pressed in between would act before the choice.
    function finish(value) {
      if (!dialog.isConnected) return
      dialog.close()
      dialog.remove()
      before?.focus?.()
      resolve(value || null)
    }
    host.append(dialog)
    dialog.showModal()
    onOpen?.(dialog, finish)
  })
}

/** Asks for the address of a link. Gives the address, '' to remove the link, null when given up. */
export async function askLink(host, current) {
  const error = el('p', { class: 'mm-error', id: 'mm-link-error', role: 'alert' })
  const input = el('input', {
    id: 'mm-link', class: 'fr-input', type: 'text', inputmode: 'url', autocomplete: 'off', value: current ?? '', 'aria-describedby': 'mm-link-hint mm-link-error',
  })
  const label = el('label', { class: 'fr-label', for: 'mm-link' }, 'Adresse du lien')
  const hint = el('p', { class: 'fr-hint-text', id: 'mm-link-hint' }, 'Une adresse qui commence par https://, ou une adresse électronique.')
  for (;;) {
    const choice = await ask(host, {
      title: current ? 'Modifier le lien' : 'Ajouter un lien',
      body: [label, hint, input, error],
      choices: [
        { label: 'Valider', value: 'ok', main: true },
        ...(current ? [{ label: 'Retirer le lien', value: 'remove' }] : []),
        { label: 'Annuler', value: 'cancel' },
      ],
      onOpen: (dialog, finish) => {
        input.focus()
        input.onkeydown = event => event.key === 'Enter' && (event.preventDefault(), finish('ok'))
      },
    })
    if (choice === 'remove') return ''
    if (choice !== 'ok') return null
    const href = typedHref(input.value)
    if (href) return href
    input.setAttribute('aria-invalid', 'true')
    error.textContent = 'Cette adresse ne convient pas : écrivez par exemple https://www.exemple.fr ou nom@exemple.fr.'
  }
}

/** Asks several lines of text. Gives {name: text}, null when given up; a field with `missing` must be filled. */
export async function askTexts(host, title, explanation, fields) {
  const error = el('p', { class: 'mm-error', id: 'mm-texts-error', role: 'alert' })
  const inputs = fields.map(({ name, value, hint, maxlength }) =>
    el('input', {
      id: `mm-text-${name}`, name, class: 'fr-input', type: 'text', autocomplete: 'off', maxlength, value,
      'aria-describedby': hint ? `mm-text-${name}-hint` : 'mm-texts-error',
    }),
  )
  const rows = fields.map(({ name, label, hint }, index) => [
    el('label', { class: 'fr-label', for: `mm-text-${name}` }, label),
    hint ? el('p', { class: 'fr-hint-text', id: `mm-text-${name}-hint` }, hint) : null,
    inputs[index],
  ])
  for (;;) {
    const choice = await ask(host, {
      title,
      body: [el('p', {}, explanation), ...rows.flat().filter(Boolean), error],
      choices: [{ label: 'Valider', value: 'ok', main: true }, { label: 'Annuler', value: 'cancel' }],
      onOpen: (dialog, finish) => {
        inputs[0].focus()
        for (const input of inputs) input.onkeydown = event => event.key === 'Enter' && (event.preventDefault(), finish('ok'))
      },
    })
    if (choice !== 'ok') return null
    if (!fields[0].missing || inputs[0].value.trim()) return Object.fromEntries(inputs.map(({ name, value }) => [name, value.trim()]))
    inputs[0].setAttribute('aria-invalid', 'true')
    error.textContent = fields[0].missing
  }
}

/** Asks which of `options` ([value, label, checked]) are meant. Gives the values, null when given up. */
export async function askSeveral(host, title, legend, options) {
  const boxes = options.map(([value, label, checked], index) => {
    const box = el('input', { type: 'checkbox', id: `mm-option-${index}`, value, checked })
    return { box, dom: el('div', { class: 'mm-option' }, box, el('label', { for: box.id }, label)) }
  })
  const choice = await ask(host, {
    title,
    body: [el('fieldset', { class: 'mm-options' }, el('legend', {}, legend), boxes.map(({ dom }) => dom))],
    choices: [{ label: 'Valider', value: 'ok', main: true }, { label: 'Annuler', value: 'cancel' }],
    onOpen: () => boxes[0]?.box.focus(),
  })
  return choice === 'ok' ? boxes.filter(({ box }) => box.checked).map(({ box }) => box.value) : null
}

export function confirm(host, title, explanation, yes, no = 'Annuler') {
  const choices = [{ label: yes, value: 'yes', main: true }, { label: no, value: 'no' }]
  return ask(host, { title, body: [el('p', {}, explanation)], choices }).then(choice => choice === 'yes')
}

/** Shows a text to be copied, chosen whole. */
export function showText(host, title, text) {
  const area = el('textarea', { class: 'fr-input mm-copy', rows: '12', readonly: true, 'aria-label': title })
  area.value = text
  const told = el('p', { role: 'status' })
  const copy = button('Copier', async () => {
    area.select()
    await navigator.clipboard?.writeText(text).catch(() => {})
    told.textContent = 'Si rien ne se colle, le texte est sélectionné : Ctrl+C le copie.'
  })
  return ask(host, { title, body: [area, copy, told], choices: [{ label: 'Fermer', value: 'close', main: true }], onOpen: () => area.select() })
}

/** The keys that no tool bears; those of the tools come from the toolbar itself. */
const OTHER_KEYS = [
  ['Alt + F10', 'aller à la barre d’outils ; Échap revient au texte'],
  ['Alt + F9', 'aller au plan et aux points à regarder ; Échap revient au texte'],
  ['Tab', 'sortir du texte ; dans une liste ou un tableau : niveau suivant, cellule suivante'],
  ['Échap puis Tab', 'sortir du texte depuis une liste ou un tableau'],
  ['Ctrl + S', 'enregistrer maintenant'],
  ['* puis Entrée', 'seule sur sa ligne, l’étoile devient un séparateur centré (aussi * * *)'],
  ['Entrée ou F2 sur une note choisie', 'modifier son texte ; Entrée en sort'],
  ['Ctrl + A', 'choisir tout le texte'],
  ['F2, ou Flèche gauche en début de ligne', 'modifier le libellé, la puce, l’intervenant ou le titre du tableau ; F2 encore : le champ du bloc qui l’entoure'],
  ['Entrée dans un échange', 'autre observation, autre réponse ; dans une observation vide : les réponses ; dans une réponse vide : sortir'],
  ['/', 'insérer une phrase type de la préfecture ; Échap garde la barre'],
  ['@', 'insérer un nom : membres, organismes, personnes présentes'],
  ['Maj + Entrée', 'retour à la ligne dans le même paragraphe'],
  ['Entrée, Maj + Entrée dans la recherche', 'résultat suivant, précédent ; Échap revient au texte'],
  ['Retour arrière juste après une correction', 'reprendre ce qui a été tapé'],
]

export function showHelp(host, shortcuts) {
  const rows = [...OTHER_KEYS, ...shortcuts].flatMap(([keys, what]) => [el('dt', {}, keys), el('dd', {}, what)])
  const choices = [{ label: 'Fermer', value: 'close', main: true }]
  return ask(host, { title: 'Raccourcis du clavier', body: [el('dl', { class: 'mm-help' }, rows)], choices, onOpen: dialog => dialog.querySelector('h2').focus() })
}
