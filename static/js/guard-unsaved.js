// Boxes ticked and not saved are not lost without a question: the browser asks before it leaves the page.

for (const form of document.querySelectorAll("form[data-guard]")) {
  let changed = false;
  document.addEventListener("change", (event) => { changed ||= event.target.form === form; });
  form.addEventListener("submit", (event) => { changed &&= Boolean(event.submitter?.formTarget); });
  window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
}
