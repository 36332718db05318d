/* Notes when each key was received and when its letter was on the screen, the long tasks, the saves. */
(() => {
  const noted = { keys: [], tasks: [], saves: [] }
  Object.defineProperty(window, 'typing', { value: noted })
  addEventListener('keydown', event => {
    if (event.key.length !== 1 || event.ctrlKey) return
    const key = { at: event.timeStamp }
    noted.keys.push(key)
    requestAnimationFrame(() => {
      const drawn = new MessageChannel()
      drawn.port1.onmessage = () => { key.shown = performance.now() }
      drawn.port2.postMessage(null)
    })
  }, { capture: true })
  new PerformanceObserver(list => {
    for (const { startTime, duration } of list.getEntries()) noted.tasks.push({ at: startTime, end: startTime + duration })
  }).observe({ type: 'longtask', buffered: true })
  const send = window.fetch
  window.fetch = async (address, options = {}) => {
    if (options.method !== 'PATCH') return send(address, options)
    const save = { at: performance.now(), sent: new Blob([options.body]).size }
    noted.saves.push(save)
    try {
      const answer = await send(address, options)
      const body = await answer.clone().text()
      save.received = body.length
      return answer
    } finally {
      setTimeout(() => { save.end = performance.now() }, 200)
    }
  }
})()
