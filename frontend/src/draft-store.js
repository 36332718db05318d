const NAME = 'clu-portal-drafts'
const LIFE_MS = 7 * 24 * 3600 * 1000

/** The IndexedDB of the drafts: enciphered records, and one AES-GCM key per account that cannot be exported. */
function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1)
    request.onupgradeneeded = () => {
      request.result.createObjectStore('keys')
      request.result.createObjectStore('drafts', { keyPath: 'id' })
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

/** Runs `work` in one transaction, flushed to the disk before the promise is kept. */
async function inStore(name, mode, work) {
  const database = await open()
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(name, mode, { durability: 'strict' })
      let result
      work(transaction.objectStore(name), value => (result = value))
      transaction.oncomplete = () => resolve(result)
      transaction.onerror = transaction.onabort = () => reject(transaction.error)
    })
  } finally {
    database.close()
  }
}

export async function keyOf(account) {
  const fresh = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  return inStore('keys', 'readwrite', (store, give) => {
    const request = store.get(account)
    request.onsuccess = () => {
      if (!request.result) store.put(fresh, account)
      give(request.result ?? fresh)
    }
  })
}

export function putDraft(record) {
  return inStore('drafts', 'readwrite', store => store.put(record))
}

export function removeDraft(id) {
  return inStore('drafts', 'readwrite', store => store.delete(id))
}

/** The records of an account, or of everyone when no account is named. */
export async function listDrafts(account) {
  const records = await inStore('drafts', 'readonly', (store, give) => {
    const request = store.getAll()
    request.onsuccess = () => give(request.result)
  })
  return records.filter(record => !account || record.account === account)
}

export async function eraseDrafts(account) {
  for (const { id } of await listDrafts(account)) await removeDraft(id)
  await inStore('keys', 'readwrite', store => (account ? store.delete(account) : store.clear()))
}

/** Erases what is older than seven days, whoever wrote it. */
export async function purge(now) {
  for (const { id, at } of await listDrafts()) if (at < now - LIFE_MS) await removeDraft(id)
}
