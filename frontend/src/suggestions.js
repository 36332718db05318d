import { words } from './folding.js'

export const SHOWN = 20
const BEFORE = /(^|[\s\u00a0\u202f\ufffc(«–—])$/
const LONGEST = 60

/** Whether « / » or « @ » typed after `before` asks for suggestions: at the start of a word, so that et/ou and addresses do not. */
export function asks(before, typed) {
  return (typed === '/' || typed === '@') && BEFORE.test(before)
}

/** What is looked for once `text` was typed from the sign on; null when it is no search any more. */
export function queryOf(text, sign) {
  if (!text.startsWith(sign)) return null
  const query = text.slice(1)
  return /^[\s\u00a0]|[\s\u00a0]{2}|\n|\ufffc/.test(query) || query.length > LONGEST ? null : query
}

/** The items where each word looked for begins a word: by their name first, then by the rest of them. */
export function proposed(items, query) {
  const wanted = words(query).split(' ').filter(Boolean)
  const begins = text => wanted.every(word => ` ${words(text)}`.includes(` ${word}`))
  const named = items.filter(({ name }) => begins(name))
  const others = items.filter(item => !named.includes(item) && begins(`${item.name} ${item.about}`))
  return [...named, ...others].slice(0, SHOWN)
}

/** What the server proposes, by sign: [{name, about, text}]. Names printed in the attendance come too, once each. */
export function itemsBySign({ sentences = [], names = [] }, { attendance = [] } = {}) {
  const printed = attendance.flatMap(({ lines }) => lines).map(text => ({ text, about: 'liste de présence' }))
  const once = new Map([...printed, ...names].map(({ text, about }) => [text, { name: text, about, text }]))
  return { '/': sentences.map(({ title, text }) => ({ name: title, about: text, text })), '@': [...once.values()] }
}
