import { button, el } from './dom.js'
import { Server } from './server.js'
import { styleRule } from './rules.js'

const SHOWN = 'clu-preview'
const WIDE = '(min-width: 90em)'
const PAUSE_MS = 800
const [FOLLOW_MS, FOLLOW_LONG_MS, LONG_AFTER] = [250, 1_000, 20]
const STALE_AFTER = 60
const STEPS = {
  saving: 'Enregistrement du texte…', conflict: 'Les pages attendent le choix dans le conflit', waiting: 'Pages demandées…', drawing: 'Mise en pages…', done: 'Pages à jour', failed: 'Pages non refaites',
  lost: 'Serveur injoignable : pages non refaites', session: 'Session expirée : pages non refaites', frozen: 'Lecture seule',
}

/** The pages as they would be printed, beside the text: asked after a pause, of the text once saved, the last asked alone. */
export class Preview {
  constructor({ url, autosave, section, tell }) {
    Object.assign(this, { autosave, section, tell })
    this.server = new Server(url, '')
    this.turn = 0
    this.toggle = button('Aperçu des pages', () => this.show(!this.shown), { 'aria-expanded': 'false', 'aria-controls': 'mm-pages', 'data-act': 'preview' })
    this.step = el('p', { class: 'mm-pages__step' })
    this.message = el('p', { class: 'mm-pages__message', hidden: true })
    this.retry = button('Réessayer', () => this.ask(), { hidden: true, 'data-act': 'preview-retry' })
    this.list = el('ol', { class: 'mm-pages__list' })
    const head = el('div', { class: 'mm-pages__head' }, this.step, this.message, this.retry)
    this.dom = el('section', { id: 'mm-pages', class: 'mm-pages', 'aria-label': 'Aperçu des pages', tabindex: '0', hidden: true }, head, this.list)
  }

  get shown() {
    return !this.dom.hidden
  }

  /** As the person left it in this browser; at first, shown where the screen is wide. It stays under the toolbar. */
  start(above) {
    const rule = styleRule('.mm-pages')
    new ResizeObserver(() => rule(`--mm-above: ${above.offsetHeight}px`)).observe(above)
    const kept = remembered()
    if (kept === 'on' || (kept === null && window.matchMedia(WIDE).matches)) this.show(true, { keep: false })
  }

  show(shown, { keep = true } = {}) {
    this.dom.hidden = !shown
    this.toggle.setAttribute('aria-expanded', String(shown))
    this.dom.closest('.mm-editor')?.classList.toggle('mm-editor--pages', shown)
    if (keep) remember(shown)
    this.turn++
    if (shown) this.ask()
    else clearTimeout(this.pause)
  }

  /** The text changed: after a pause it is saved, then its pages are asked for. */
  changed() {
    if (!this.shown) return
    clearTimeout(this.pause)
    this.pause = setTimeout(() => this.ask(), PAUSE_MS)
  }

  /** Where the save stands, while the pages wait for it. */
  refresh() {
    const stage = this.autosave.state === 'conflict' ? 'conflict' : 'saving'
    if (this.waits && this.dom.dataset.stage !== stage) this.say(stage)
  }

  /** What waited for the save of another change. */
  saved() {
    if (this.shown && this.waits) this.ask()
  }

  async ask() {
    clearTimeout(this.pause)
    const turn = ++this.turn
    if (this.autosave.unsent) {
      this.waits = true
      this.refresh()
      await this.autosave.flush()
      if (turn !== this.turn || this.autosave.unsent) return
    }
    this.waits = false
    this.say('waiting')
    await this.take(turn, await this.post(), 0)
  }

  post() {
    return this.server.call({ method: 'POST', headers: { 'X-CSRFToken': this.autosave.server.token } })
  }

  async take(turn, { kind, data }, asked) {
    if (turn !== this.turn) return
    if (kind !== 'saved') return this.fail(kind, data?.message)
    if (data.drawn !== this.drawn) this.draw(data)
    if (data.stage === 'failed') return this.fail('failed', data.message)
    this.say(data.stage)
    if (data.stage === 'done') return
    if (asked === STALE_AFTER) return this.ask()
    setTimeout(() => this.follow(turn, asked + 1), asked < LONG_AFTER ? FOLLOW_MS : FOLLOW_LONG_MS)
  }

  async follow(turn, asked) {
    if (turn === this.turn) await this.take(turn, await this.server.call({ method: 'GET' }), asked)
  }

  fail(kind, message = '') {
    this.say(STEPS[kind] ? kind : 'lost', message)
    this.retry.hidden = kind === 'frozen'
    this.tell(`${this.step.textContent}. ${message}`)
  }

  say(stage, message = '') {
    this.dom.dataset.stage = stage
    this.step.textContent = STEPS[stage]
    this.message.textContent = message
    this.message.hidden = !message
    this.retry.hidden = true
  }

  /** The pages change in place: a page stays in sight until the new one is there. */
  draw({ drawn, pages, sections }) {
    this.drawn = drawn
    this.pageOf = new Map(sections.map(({ id, page }) => [id, page]))
    while (this.list.children.length > pages.length) this.list.lastChild.remove()
    pages.forEach((address, index) => {
      const image = this.list.children[index]?.firstChild ?? this.addPage()
      image.src = address
      image.alt = `Page ${index + 1} sur ${pages.length}`
    })
    this.followCursor(true)
  }

  addPage() {
    const image = el('img', { loading: 'lazy', width: '728', height: '1029', onerror: () => this.renew() })
    this.list.append(el('li', { class: 'mm-pages__page' }, image))
    return image
  }

  /** Pages that somebody else had drawn since take the place of these, whose images are gone. */
  async renew() {
    const { kind, data } = await (this.renewal ??= this.server.call({ method: 'GET' }))
    delete this.renewal
    if (kind === 'saved' && data.drawn !== this.drawn) this.draw(data)
  }

  /** Brings the page of the section of the cursor into sight, within the panel alone, when the section changes. */
  followCursor(redrawn = false) {
    const id = this.shown && this.section()
    if (!id || (id === this.followed && !redrawn)) return
    const page = this.list.children[(this.pageOf?.get(id) ?? 0) - 1]
    const moved = id !== this.followed
    this.followed = id
    if (page && (moved || !this.sees(page))) this.dom.scrollTop = page.offsetTop - this.list.offsetTop
  }

  sees(page) {
    return page.offsetTop < this.dom.scrollTop + this.dom.clientHeight && page.offsetTop + page.offsetHeight > this.dom.scrollTop
  }
}

function remembered() {
  try {
    return localStorage.getItem(SHOWN)
  } catch {
    return null
  }
}

function remember(shown) {
  try {
    localStorage.setItem(SHOWN, shown ? 'on' : 'off')
  } catch {
    // A browser that keeps nothing shows the default next time.
  }
}
