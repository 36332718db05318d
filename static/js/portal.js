// What every page does: lead to the errors of a form, never lose a date half typed, let the keyboard scroll wide tables.

(document.querySelector("[data-error-summary]") ?? document.querySelector("main [aria-invalid=true]"))?.focus();

for (const form of document.querySelectorAll("form[novalidate]")) {
  form.addEventListener("submit", (event) => {
    const unreadable = [...form.elements].find((input) => input.validity?.badInput);
    if (unreadable) {
      event.preventDefault();
      unreadable.reportValidity();
    }
  });
}

function reachByKeyboard(box) {
  const overflows = box.scrollWidth > box.clientWidth;
  box.toggleAttribute("tabindex", overflows);
  if (overflows) box.tabIndex = 0;
}

const boxes = document.querySelectorAll(".fr-table__content, .fr-table:not(:has(.fr-table__wrapper))");
const observer = new ResizeObserver((entries) => entries.forEach((entry) => reachByKeyboard(entry.target)));
boxes.forEach((box) => observer.observe(box));
