import { uuid } from './dom.js'
import { eraseDrafts, keyOf, listDrafts, purge, putDraft, removeDraft } from './draft-store.js'

const LOCK = 'minutes-editor-'

/**
 * The unsent text of one minutes, kept on this computer under the account that wrote it, enciphered by a key the
 * browser does not let out. One record per open page, so that two tabs never overwrite each other's.
 */
export class Drafts {
  static async open({ account, minutes, enabled }) {
    const drafts = new Drafts(account, minutes)
    if (!enabled || !globalThis.indexedDB || !globalThis.crypto?.subtle) return drafts
    try {
      await purge(Date.now())
      drafts.key = await keyOf(account)
      drafts.holdLock()
    } catch {
      drafts.key = null
    }
    return drafts
  }

  constructor(account, minutes) {
    this.client = uuid()
    this.account = account
    this.minutes = minutes
    this.id = `${account}/${minutes}/${this.client}`
    this.key = null
    this.queue = Promise.resolve()
    this.stored = false
  }

  get enabled() {
    return this.key !== null
  }

  /** A lock held as long as this page lives tells its draft from one left by a page that died. */
  holdLock() {
    navigator.locks?.request(LOCK + this.client, () => new Promise(() => {}))
  }

  /** True once the text is written on this computer. */
  save(content) {
    return this.enabled ? this.inTurn(() => this.write(content)) : Promise.resolve(false)
  }

  async write(content) {
    const iv = crypto.getRandomValues(new Uint8Array(12))
    const plain = new TextEncoder().encode(JSON.stringify(content))
    const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: this.name(this.id) }, this.key, plain)
    await putDraft({ id: this.id, account: this.account, minutes: this.minutes, client: this.client, at: Date.now(), iv, data })
    this.stored = true
    return true
  }

  clear() {
    return this.enabled ? this.inTurn(() => this.stored && this.forget(this.id)) : Promise.resolve(false)
  }

  async forget(id) {
    await removeDraft(id)
    if (id === this.id) this.stored = false
    return true
  }

  remove(id) {
    return this.inTurn(() => this.forget(id))
  }

  /**
   * Shows the drafts of this minutes ({id, client, at, content}) left by pages that are gone, the newest first; the one of a
   * page still open is shown when that page dies, if it then remains.
   */
  async offer(show) {
    if (!this.enabled) return
    const living = await livingClients()
    const records = await this.others()
    for (const { id, client } of records) if (living.has(client)) this.afterDeath(client, id, show)
    for (const record of records) if (!living.has(record.client)) await this.show(record, show)
  }

  async others() {
    const records = (await listDrafts(this.account)).filter(({ minutes, client }) => minutes === this.minutes && client !== this.client)
    return records.sort((left, right) => right.at - left.at)
  }

  afterDeath(client, id, show) {
    navigator.locks.request(LOCK + client, { mode: 'shared' }, async () => {
      const left = (await this.others()).find(record => record.id === id)
      if (left) await this.show(left, show)
    })
  }

  async show(record, show) {
    const draft = await this.read(record)
    if (draft) await show(draft)
  }

  async read({ id, client, at, iv, data }) {
    try {
      const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: this.name(id) }, this.key, data)
      return { id, client, at, content: JSON.parse(new TextDecoder().decode(plain)) }
    } catch {
      return null
    }
  }

  erase() {
    return this.inTurn(() => eraseDrafts(this.account))
  }

  name(id) {
    return new TextEncoder().encode(id)
  }

  /** One write at a time; a write that fails (quota, private window) keeps nothing and says so. */
  inTurn(work) {
    this.queue = this.queue.then(work).catch(() => false)
    return this.queue
  }
}

async function livingClients() {
  const { held = [] } = (await navigator.locks?.query()) ?? {}
  return new Set(held.filter(({ name }) => name.startsWith(LOCK)).map(({ name }) => name.slice(LOCK.length)))
}
