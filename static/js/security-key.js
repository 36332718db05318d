// allauth only writes to the console when a key does not answer: say it on the page.

const REASONS = {
  NotAllowedError: "La clé n'a pas répondu, ou la demande a été annulée. Recommencez quand elle est prête.",
  InvalidStateError: "Cette clé est déjà enregistrée.",
  NotSupportedError: "Ce navigateur ne connaît pas ce type de clé.",
  SecurityError: "Une clé de sécurité demande que le portail ait un nom, en https ; une adresse faite de nombres ne suffit pas.",
};

document.addEventListener("allauth.error", ({ detail }) => {
  const box = document.querySelector("[data-key-error]");
  box.querySelector("p").textContent = REASONS[detail.exception.name] ?? "La clé n'a pas pu servir. Recommencez, ou utilisez un autre moyen.";
  box.hidden = false;
});
