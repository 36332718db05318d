import { readDocument } from './document.js'
import { uuid } from './dom.js'

const IDLE_MS = 2_000
const LONGEST_MS = 15_000
const RETRY_MS = [2_000, 4_000, 8_000, 15_000, 30_000, 60_000]
const DRAFT_MS = 400

/**
 * Sends what changed, one operation at a time. An operation without an answer is sent again with the same id and the
 * same body until the server says what became of it (security.md §5.2). `report` is called at each change of state.
 */
export class Autosave {
  constructor({ editor, server, baseline, drafts, conflicts, retired, on }) {
    Object.assign(this, { editor, server, baseline, drafts, conflicts, retired, on })
    this.client = drafts.client
    this.count = 0
    this.pending = null
    this.sending = false
    this.problem = null
    this.refused = new Map()
    this.lostCount = 0
    this.savedAt = null
    this.keptDoc = null
    this.timers = {}
    this.stopped = false
    this.answers = {
      saved: answer => this.saved(answer),
      lost: () => this.lost(),
      session: () => this.session(),
      forbidden: answer => this.rejected(answer),
      conflict: answer => this.conflict(answer),
      refused: answer => this.refusal(answer),
      frozen: answer => this.frozen(answer),
      gone: () => this.gone(),
      rejected: answer => this.rejected(answer),
    }
  }

  get doc() {
    return this.editor.state.doc
  }

  unsentChanges() {
    return this.baseline.difference(this.doc)
  }

  get unsent() {
    const { sections, order } = this.unsentChanges()
    return Boolean(this.pending || sections.length || order)
  }

  /** Saved, only when the server acknowledged all that the document holds. */
  get state() {
    if (this.problem === 'frozen') return 'frozen'
    if (this.conflicts.waiting) return 'conflict'
    if (this.problem === 'conflict' && !this.lostCount) return 'saving' // the other text is being read
    if (this.problem === 'session' && !this.unsent) return 'saved'
    if (['lost', 'session', 'conflict'].includes(this.problem)) return this.keptDoc === this.doc ? 'local' : 'dirty'
    if (this.problem === 'rejected' || this.refusals().length) return 'refused'
    if (this.sending) return 'saving'
    return this.unsent ? 'dirty' : 'saved'
  }

  /** The refusals that still hold: the section has not changed since. */
  refusals() {
    return [...this.refused].map(([id, refusal]) => ({ id, ...refusal })).filter(({ id, node }) => this.holds(id, node))
  }

  holds(id, node) {
    let held = false
    this.doc.forEach(section => (held ||= section.attrs.id === id && section.eq(node)))
    return held
  }

  changed() {
    this.timers.draft ??= setTimeout(() => this.keepDraft(), DRAFT_MS)
    if (this.problem === 'rejected') this.problem = null
    this.arm()
    this.on.state()
  }

  arm() {
    clearTimeout(this.timers.idle)
    this.timers.idle = setTimeout(() => this.flush(), IDLE_MS)
    this.timers.longest ??= setTimeout(() => this.flush(), LONGEST_MS)
  }

  /** The person signs out and gives up the rest: nothing more is sent, nothing more is kept. */
  stop() {
    this.stopped = true
    this.disarm()
  }

  disarm() {
    for (const name of ['idle', 'longest', 'retry']) {
      clearTimeout(this.timers[name])
      delete this.timers[name]
    }
  }

  async flush() {
    if (this.sending || this.stopped) return
    this.disarm()
    if (this.problem === 'frozen' || this.problem === 'session') return
    if (this.problem === 'conflict') return this.look()
    this.pending ??= this.operation()
    if (!this.pending) return this.settled()
    this.sending = true
    this.on.state()
    const answer = await this.send()
    this.sending = false
    await this.answers[answer.kind](answer)
    this.on.state()
  }

  /** A refused token may only be old (signed in again in another tab): one more try with the one of now. */
  async send() {
    const answer = await this.server.save(this.pending)
    if (answer.kind !== 'forbidden') return answer
    const renewal = await this.server.load()
    if (renewal.kind === 'loaded') return this.server.save(this.pending)
    return ['session', 'lost'].includes(renewal.kind) ? renewal : answer
  }

  /** The next operation: the changed sections, their versions, the body as it will be sent each time; null when nothing is to be sent. */
  operation() {
    const { sections, order } = this.sendable()
    if (!sections.length && !order) return null
    for (const { id, node } of sections) if (!node) this.retired.add(id)
    const { version } = this.baseline.order
    const tags = [...sections.map(({ id, base }) => `"${id}-${base}"`), ...(order ? [`"order-${version}"`] : [])]
    const body = JSON.stringify({
      sections: sections.map(({ id, base, node }) => ({ id, base, content: node ? node.toJSON() : null })),
      ...(order && { order: { base: version, ids: order } }),
    })
    return { key: `${this.client}-${++this.count}`, tags: tags.join(', '), body, sections, order }
  }

  async saved({ data }) {
    this.baseline.acknowledge(this.pending, data)
    for (const { id } of this.pending.sections) this.refused.delete(id)
    this.pending = null
    this.problem = null
    this.lostCount = 0
    this.savedAt = data.saved_at
    this.keptDoc = null
    this.on.saved()
    await this.settled()
    if (this.waitingToGo()) this.arm()
  }

  /** What may be sent now: not what is in conflict, nor what was refused as it stands. */
  sendable() {
    const wait = (id, node) => this.conflicts.has(id) || Boolean(node && this.refused.get(id)?.node.eq(node))
    return this.baseline.difference(this.doc, { wait, waitOrder: this.conflicts.orderWaits })
  }

  waitingToGo() {
    const { sections, order } = this.sendable()
    return Boolean(sections.length || order)
  }

  /** Nothing more to send: the draft of this page has no more use. */
  async settled() {
    if (!this.unsent) await this.drafts.clear()
    else this.timers.draft ??= setTimeout(() => this.keepDraft(), DRAFT_MS)
    this.on.state()
  }

  lost() {
    this.problem = 'lost'
    const wait = RETRY_MS[Math.min(this.lostCount++, RETRY_MS.length - 1)]
    this.timers.retry = setTimeout(() => this.flush(), wait)
  }

  session() {
    this.problem = 'session'
    this.on.session()
  }

  /** Signed in again, the token is new: the operation that waited goes as it was. */
  back() {
    if (this.problem !== 'session') return undefined
    this.problem = null
    return this.flush()
  }

  rejected({ data }) {
    this.pending = null
    this.problem = 'rejected'
    this.message = data?.message ?? 'vous ne pouvez plus modifier ce compte-rendu.'
    this.on.rejected(this.message)
  }

  gone() {
    this.rejected({ data: { message: 'ce compte-rendu n’existe plus, ou ne vous est plus ouvert.' } })
  }

  /** Nothing was written. The sections refused wait for a change; the others go again without them. */
  refusal({ data }) {
    const errors = data.errors ?? []
    const sent = new Map(this.pending.sections.map(({ id, node }) => [id, node]))
    const placed = errors.filter(({ section }) => sent.get(section))
    for (const { section, message } of placed) this.refused.set(section, { message, node: sent.get(section) })
    if (!placed.length) return this.rejected({ data: { message: errors[0]?.message ?? 'le serveur n’accepte pas ce texte.' } })
    this.pending = null
    this.problem = null
    this.on.refused()
    if (this.waitingToGo()) this.arm()
    return undefined
  }

  frozen({ data }) {
    this.pending = null
    this.problem = 'frozen'
    this.on.frozen(data?.message ?? 'Ce texte ne se modifie plus.')
  }

  /** The text is opened again: what was typed meanwhile goes. */
  thawed() {
    this.problem = null
    return this.flush()
  }

  async conflict({ data }) {
    this.pending = null
    this.problem = 'conflict'
    this.conflicts.told(data.conflicts ?? [])
    return this.look()
  }

  /** After a 412, reads all that the server holds and hands over what both sides changed. */
  async look() {
    this.sending = true
    this.on.state()
    const answer = await this.server.load()
    this.sending = false
    if (answer.kind === 'session') return this.session()
    if (answer.kind !== 'loaded') {
      this.timers.retry = setTimeout(() => this.flush(), RETRY_MS[Math.min(this.lostCount++, RETRY_MS.length - 1)])
      return undefined
    }
    this.lostCount = 0
    this.problem = null
    this.on.loaded(answer.data)
    this.conflicts.meet(readDocument(this.editor.schema, answer.data))
    if (this.waitingToGo()) this.arm()
    this.on.state()
    return undefined
  }

  /** Keeps what was not acknowledged on this computer; says so only once it is written. */
  async keepDraft() {
    delete this.timers.draft
    const { doc } = this
    const { sections, order } = this.unsentChanges()
    if (this.stopped || this.keptDoc === doc || (!sections.length && !order)) return
    const content = {
      sections: sections.map(({ id, base, node }) => ({
        id, base: this.conflicts.baseOf(id) ?? base, content: node ? node.toJSON() : null,
      })),
      order: doc.content.content.map(section => section.attrs.id),
    }
    if (await this.drafts.save(content)) this.keptDoc = doc
    if (!this.unsent) await this.drafts.clear()
    this.on.state()
  }
}
