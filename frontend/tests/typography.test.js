import assert from 'node:assert/strict'
import { test } from 'node:test'
import { correction, inAddress } from '../src/typography.js'

/** The paragraph once typed, raised letters between ^ and ^; as typed when nothing is corrected. A no-break space is ~. */
function typed(text) {
  const shown = text.replaceAll('~', '\u00a0')
  const [before, key] = [shown.slice(0, -1), shown.at(-1)]
  const found = correction(before, key)
  if (!found) return text
  const { back, cut, put, typed: added, raise } = found
  const end = before.length - back
  let out = before.slice(0, end - cut) + put + before.slice(end)
  if (raise) out = `${out.slice(0, -raise)}^${out.slice(-raise)}^`
  return (out + added).replaceAll('\u00a0', '~')
}

const CASES = [
  ['Objet :', 'Objet~:'], ['Objet:', 'Objet~:'], ['Vrai ?', 'Vrai~?'], ['Vrai?', 'Vrai~?'], ['Bravo !', 'Bravo~!'], ['Oui ;', 'Oui~;'], ['(oui) :', '(oui)~:'],
  ['Objet~:', 'Objet~:'], [' :', ' :'], [':', ':'], ['Quoi~?!', 'Quoi~?!'], ['Quoi  ?', 'Quoi  ?'],
  ['14:', '14:'], ['14 :', '14~:'], ['En 2026 ?', 'En 2026~?'], ['En 2026?', 'En 2026~?'],
  ['http:', 'http:'], ['voir https:', 'voir https:'], ['mailto:', 'mailto:'], ['https://exemple.fr/?', 'https://exemple.fr/?'], ['www.exemple.fr?', 'www.exemple.fr?'],
  ['exemple.fr/page?', 'exemple.fr/page?'], ['accueil@exemple.fr;', 'accueil@exemple.fr;'], ['https://exemple.fr ?', 'https://exemple.fr~?'],
  ['Fin.Suite ?', 'Fin.Suite~?'],
  ['"', '«~'], ['Dit "', 'Dit «~'], ['l’"', 'l’«~'], ['("', '(«~'], ['«~mot"', '«~mot~»'], ['«~mot "', '«~mot~»'], ['«~mot~"', '«~mot~"'], ['«~"', '«~"'],
  ['mot"', 'mot"'], ['5"', '5"'], ['«~un~» "', '«~un~» «~'], ['Dit «', 'Dit «~'], ['mot«', 'mot«'], ['«~ ', '«~'], ['«~mot »', '«~mot~»'], ['«~mot»', '«~mot~»'],
  ['Suite...', 'Suite…'], ['..', '..'], ['Suite....', 'Suite....'], ['exemple.fr/...', 'exemple.fr/...'],
  ['Dit-il ...', 'Dit-il …'], ['...', '...'], ['.../...', '.../...'],
  ['Le 1er ', 'Le 1^er^ '], ['La 1re,', 'La 1^re^,'], ['1er ', '1^er^ '], ['Les 1ers.', 'Les 1^ers^.'], ['2e ', '2^e^ '], ['Le 2nd ', 'Le 2^nd^ '], ['12e)', '12^e^)'],
  ['Le 1er:', 'Le 1^er^~:'], ['Le 1er', 'Le 1er'], ['1e ', '1e '], ['A2e ', 'A2e '], ['3,2e ', '3,2e '], ['20261e ', '20261e '], ['2ex ', '2ex '], ['l’«~1re ', 'l’«~1^re^ '],
  ['oeuvre ', 'œuvre '], ['l’oeuvre ', 'l’œuvre '], ['Oeuvre ', 'Œuvre '], ['OEUVRE ', 'ŒUVRE '], ['le coeur.', 'le cœur.'], ['sa soeur,', 'sa sœur,'], ['noeuds ', 'nœuds '],
  ['voeux ', 'vœux '], ['l’oeil ', 'l’œil '], ['manoeuvre ', 'manœuvre '], ['boeufs ', 'bœufs '], ['chœur ', 'chœur '], ['moeurs ', 'mœurs '], ['mise en oeuvre:', 'mise en œuvre~:'],
  ['coefficient ', 'coefficient '], ['poele ', 'poele '], ['moelle ', 'moelle '], ['goeland ', 'goeland '], ['Noel ', 'Noel '], ['coexister ', 'coexister '], ['oeuvre', 'oeuvre'],
  ['a@oeuvre ', 'a@oeuvre '], ['https://coeur ', 'https://coeur '],
  ['Bonjour ', 'Bonjour '], ['a', 'a'],
]

for (const [before, after] of CASES) {
  test(`typing ${before}`, () => assert.equal(typed(before), after))
}

test('several characters at once, as pasted or dictated, stay as they are', () => assert.equal(correction('Objet', ' : oui'), null))

test('an address is known by its beginning', () => {
  const known = [['https://a', true], ['voir www.a', true], ['nom@', true], ['a.fr/', true], ['fin.Suite', false], ['oui/non', false], ['https://a.fr puis', false]]
  assert.deepEqual(known.map(([text]) => [text, inAddress(text)]), known)
})
