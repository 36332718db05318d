import { ask } from './dialogs.js'
import { eraseDrafts, listDrafts } from './draft-store.js'
import { el } from './dom.js'

/**
 * Asks before a sign-out (form with data-sign-out) that would erase text the server does not have. `account`: whose
 * drafts; `unsent`, `save`: on the page of the editor; `leave`: called once the person has decided to go.
 */
export function guardSignOut({ account, unsent = () => false, save = null, leave = () => {} }) {
  document.addEventListener('submit', async event => {
    const form = event.target
    if (!form.matches('form[data-sign-out]') || form.dataset.decided) return
    event.preventDefault()
    const whose = account ?? form.dataset.account
    if ((unsent() || (await hasDrafts(whose))) && !(await mayLeave({ unsent, save }))) return
    form.dataset.decided = 'yes'
    await leave()
    await eraseDrafts(whose).catch(() => {})
    form.requestSubmit(event.submitter?.form === form ? event.submitter : undefined)
  })
}

async function hasDrafts(account) {
  return (await listDrafts(account).catch(() => [])).length > 0
}

async function mayLeave({ unsent, save }) {
  const choice = await ask(document.body, {
    title: 'Du texte n’est pas enregistré',
    body: [el('p', {}, 'Un texte gardé sur ce poste n’a pas été enregistré sur le serveur. Se déconnecter l’efface.')],
    choices: [
      { label: 'Rester connecté', value: 'stay', main: true },
      ...(save ? [{ label: 'Enregistrer puis se déconnecter', value: 'save' }] : []),
      { label: 'Se déconnecter et effacer ce texte', value: 'leave' },
    ],
  })
  if (choice === 'save') {
    await save()
    return !unsent() || mayLeave({ unsent, save })
  }
  return choice === 'leave'
}
