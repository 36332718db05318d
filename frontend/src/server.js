const TIMEOUT_MS = 20_000
const KINDS = { 200: 'saved', 401: 'session', 403: 'forbidden', 404: 'gone', 409: 'frozen', 412: 'conflict', 422: 'refused' }
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504])

/**
 * The save API. Each call gives {kind, data}: saved, loaded, session (sign in again), forbidden, frozen, conflict,
 * refused, gone, rejected (an answer the API does not foresee), or lost (no answer, to be tried again).
 */
export class Server {
  constructor(url, token) {
    this.url = url
    this.token = token
  }

  async load() {
    const answer = await this.call({ method: 'GET' })
    if (answer.kind !== 'saved') return answer
    this.token = answer.data.csrf ?? this.token
    return { kind: 'loaded', data: answer.data }
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
    const common = { credentials: 'same-origin', cache: 'no-store', redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) }
    try {
      const response = await fetch(address, { ...common, ...options, headers })
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
