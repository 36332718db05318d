const TIMEOUT_MS = 20_000
const FOLLOW_MS = 8_000
const COMMON = { credentials: 'same-origin', cache: 'no-store', redirect: 'manual' }
const KINDS = { 200: 'saved', 401: 'session', 403: 'forbidden', 404: 'gone', 409: 'frozen', 412: 'conflict', 422: 'refused' }
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504])

/**
 * The save API. Each call gives {kind, data}: saved, loaded, session (sign in again), forbidden, frozen, conflict,
 * refused, gone, rejected (an answer the API does not foresee), or lost (no answer, to be tried again).
 */
export class Server {
  constructor(url, token, presenceUrl) {
    this.url = url
    this.token = token
    this.presenceUrl = presenceUrl
  }

  async load() {
    const answer = await this.call({ method: 'GET' })
    if (answer.kind !== 'saved') return answer
    this.token = answer.data.csrf ?? this.token
    return { kind: 'loaded', data: answer.data }
  }

  /** These sections only, with the order: what others saved. */
  async loadSections(ids) {
    const answer = await this.call({ method: 'GET' }, `${this.url}?sections=${ids.join()}`)
    return answer.kind === 'saved' ? { kind: 'loaded', data: answer.data } : answer
  }

  /** Says where this page is (« <client> <section> <doing> ») and asks what the others do; {kind: 'same'} when nothing changed. */
  async follow(says, etag) {
    const headers = { Accept: 'application/json', 'X-Presence': says, ...(etag && { 'If-None-Match': etag }) }
    try {
      const response = await fetch(this.presenceUrl, { headers, ...COMMON, signal: AbortSignal.timeout(FOLLOW_MS) })
      if (response.status === 304) return { kind: 'same' }
      if (response.type === 'opaqueredirect') return { kind: 'session' }
      if (response.status !== 200) return { kind: PASSING.has(response.status) ? 'lost' : KINDS[response.status] ?? 'rejected' }
      return { kind: 'told', data: await response.json(), etag: response.headers.get('ETag') }
    } catch {
      return { kind: 'lost' }
    }
  }

  /** The page is going: the others need not wait to know it. */
  leave(client) {
    if (this.presenceUrl) fetch(this.presenceUrl, { ...COMMON, headers: { 'X-Presence': `${client} - gone` }, keepalive: true }).catch(() => {})
  }

  save(operation) {
    const headers = {
      'Content-Type': 'application/json', 'X-CSRFToken': this.token, 'If-Match': operation.tags, 'Idempotency-Key': operation.key,
    }
    return this.call({ method: 'PATCH', headers, body: operation.body })
  }

  /** The facts and their changes since they were taken; `choice` takes or keeps those named by `keys`. */
  async facts({ choice, keys } = {}) {
    const address = new URL('../faits/', new URL(this.url, location.href)).href
    const body = choice && new URLSearchParams([['choix', choice], ...keys.map(key => ['cle', key])])
    const options = choice ? { method: 'POST', body, headers: { 'X-CSRFToken': this.token } } : { method: 'GET' }
    const answer = await this.call(options, address)
    const hasFacts = answer.status === 200 && Array.isArray(answer.data.changes)
    return hasFacts ? { kind: 'answered', data: answer.data } : answer
  }

  async call(options, address = this.url) {
    const headers = { Accept: 'application/json', ...options.headers }
    try {
      const response = await fetch(address, { ...COMMON, signal: AbortSignal.timeout(TIMEOUT_MS), ...options, headers })
      if (response.type === 'opaqueredirect') return { kind: 'session' }
      if (PASSING.has(response.status)) return { kind: 'lost' }
      return await understood(response)
    } catch {
      return { kind: 'lost' }
    }
  }
}

/** An acknowledgement that cannot be read acknowledges nothing: it counts as lost, and the same operation is sent again. */
async function understood(response) {
  const data = await response.json().catch(() => null)
  if (response.status === 200 && !Array.isArray(data?.sections ?? data?.changes)) return { kind: 'lost' }
  return { kind: KINDS[response.status] ?? 'rejected', data: data ?? {}, status: response.status }
}

/** What may be inserted by « / » and « @ », or null when the server does not say. */
export async function loadSuggestions(url) {
  try {
    const answer = await fetch(url, { headers: { Accept: 'application/json' }, redirect: 'error' })
    return answer.ok ? await answer.json() : null
  } catch {
    return null
  }
}
