import { setAttribute } from './dom.js'

/** One stop for Tab in a list of buttons; the arrows go from one to the next, Home and End to both ends. */
export class Roving {
  constructor(list) {
    this.list = list
    list.addEventListener('keydown', event => this.move(event))
    list.addEventListener('focusin', event => this.stopAt(event.target))
  }

  get buttons() {
    return Array.from(this.list.querySelectorAll('button'))
  }

  /** Puts new lines in the list; the focus stays at the place it had. */
  fill(lines) {
    const held = this.buttons.indexOf(document.activeElement)
    this.list.replaceChildren(...lines)
    const { buttons } = this
    this.stopAt(buttons[Math.max(held, 0)] ?? buttons.at(-1))
    if (held >= 0) (buttons[held] ?? buttons.at(-1))?.focus()
  }

  stopAt(button) {
    for (const one of this.buttons) setAttribute(one, 'tabindex', one === button ? '0' : '-1')
  }

  focus() {
    this.buttons.find(({ tabIndex }) => tabIndex === 0)?.focus()
  }

  move(event) {
    const { buttons } = this
    const at = buttons.indexOf(document.activeElement)
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key]
    if (at < 0 || to === undefined) return
    buttons[Math.min(Math.max(to, 0), buttons.length - 1)].focus()
    event.preventDefault()
  }
}
