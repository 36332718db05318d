const LONG = new Intl.DateTimeFormat('fr-FR', { day: 'numeric', month: 'long' })
const HOUR = new Intl.DateTimeFormat('fr-FR', { hour: '2-digit', minute: '2-digit' })

/** « 12 mars à 14:31 », on the clock of this computer. */
export function longDate(value) {
  const date = new Date(value)
  return `${LONG.format(date)} à ${HOUR.format(date)}`
}

/** « 14:32 », on the clock of the server, from its ISO date with offset. */
export function serverHour(iso) {
  return /T(\d\d:\d\d)/.exec(iso ?? '')?.[1] ?? ''
}

/** Now, as an ISO date of this computer: what `serverHour` reads, until the server tells its own. */
export function localNow() {
  const now = new Date()
  return new Date(now - now.getTimezoneOffset() * 60_000).toISOString()
}
