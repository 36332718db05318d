// What every page does: lead to the errors of a form, never lose a date half typed.

document.querySelector("[data-error-summary]")?.focus();

for (const form of document.querySelectorAll("form[novalidate]")) {
  form.addEventListener("submit", (event) => {
    const unreadable = [...form.elements].find((input) => input.validity?.badInput);
    if (unreadable) {
      event.preventDefault();
      unreadable.reportValidity();
    }
  });
}
