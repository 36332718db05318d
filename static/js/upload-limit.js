// A file too large is said so before it is sent; the server says the same to whoever sends it anyway.

for (const input of document.querySelectorAll("input[type=file][data-max-bytes]")) {
  const limit = Number(input.dataset.maxBytes);
  input.addEventListener("change", () => {
    const size = input.files[0]?.size ?? 0;
    const said = `Ce fichier dépasse ${limit / (1024 * 1024)} Mo : allégez-le, par exemple en l'exportant en PDF.`;
    input.setCustomValidity(size > limit ? said : "");
    if (size > limit) input.reportValidity();
  });
  input.form.addEventListener("submit", (event) => {
    if (!input.validity.customError) return;
    event.preventDefault();
    input.reportValidity();
  });
}
