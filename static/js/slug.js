/* The address of a préfecture is proposed from its name, until somebody types it (clu_portal/lib/text.py: proposed_slug). */
const PREFECTURE_OF = /^prefecture (de la |de l'|du |des |de |d')?/

function proposed(name) {
  const plain = name.replaceAll('’', "'").replaceAll('œ', 'oe').replaceAll('Œ', 'oe').toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '').trim()
  return plain.replace(PREFECTURE_OF, '').replace(/[^a-z0-9]+/g, '-').slice(0, 50).replace(/^-+|-+$/g, '')
}

for (const slug of document.querySelectorAll('[data-slug-of]')) {
  const name = document.getElementById(slug.dataset.slugOf)
  let follows = !slug.value || slug.value === proposed(name.value)
  name.addEventListener('input', () => {
    if (follows) slug.value = proposed(name.value)
  })
  slug.addEventListener('input', () => {
    follows = !slug.value
  })
}
