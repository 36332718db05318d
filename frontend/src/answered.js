/** Which answer answers which remark, in the words of committees/minutes/tree/exchanges.py. */

const NOUNS = { question: 'question', suggestion: 'suggestion' }

export function remarksOf(exchange) {
  return exchange.content.content.filter(({ type }) => type.name === 'remark')
}

export function answersOf(exchange) {
  return exchange.content.content.filter(({ type }) => type.name === 'answer')
}

export function answersTitle(exchange) {
  return answersOf(exchange).length > 1 ? 'Réponses apportées' : 'Réponse apportée'
}

/** Who speaks, and a colon unless the text goes on from it: `lead` of exchanges.py. */
export function named(speaker, about, text) {
  if (about) return `${[speaker.replace(/[\s,;:–—-]+$/u, ''), about].filter(Boolean).join(', ')} :`
  return !speaker || /[,;:.!?…–—-]$/u.test(speaker) || /^\s*\p{Ll}/u.test(text) ? speaker : `${speaker} :`
}

export function showsMentions({ attrs: { mentions } }) {
  return mentions !== 'hidden'
}

/** « sur la 2e observation »; always said, here, for who writes must see it, even where it is not printed. */
export function answered(exchange, { attrs: { answers } }) {
  const remarks = remarksOf(exchange)
  const ranks = remarks.flatMap(({ attrs: { id } }, index) => (!answers.length || answers.includes(id) ? [index + 1] : []))
  const noun = nounOf(remarks)
  if (remarks.length === 1) return `sur cette ${noun}`
  if (ranks.length === remarks.length) return `sur l’ensemble des ${noun}s`
  const words = ranks.map(rank => (rank === 1 ? '1re' : `${rank}e`))
  return words.length === 1 ? `sur la ${words[0]} ${noun}` : `sur les ${words.slice(0, -1).join(', ')} et ${words.at(-1)} ${noun}s`
}

export function nounOf(remarks) {
  const kinds = new Set(remarks.map(({ attrs: { kind } }) => kind))
  return (kinds.size === 1 && NOUNS[[...kinds][0]]) || 'observation'
}
