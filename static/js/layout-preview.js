// The preview follows what is typed, at each pause: the form is sent to the server, whose drawing takes the place of the former.

const PAUSE = 400;
const form = document.getElementById("mise-en-page");
const button = form.querySelector("[formtarget]");
let asked;
let drawings = 0;

/** A new frame each time: sent into the former one, each preview would be a step of « back ». */
function show() {
  const shown = document.getElementById("apercu");
  shown.parentElement.querySelectorAll("iframe[hidden]").forEach((frame) => frame.remove());
  const coming = shown.cloneNode();
  coming.removeAttribute("src");
  coming.removeAttribute("id");
  coming.hidden = true;
  button.formTarget = coming.name = `apercu-${(drawings += 1)}`; // a frame keeps the name it was made with
  shown.after(coming);
  coming.addEventListener("load", () => takePlace(shown, coming));
  form.requestSubmit(button);
}

function takePlace(shown, coming) {
  if (!coming.isConnected || coming.contentDocument?.URL === "about:blank") return;
  const read = shown.contentWindow.scrollY;
  coming.id = shown.id;
  coming.hidden = false;
  shown.remove();
  coming.contentWindow.scrollTo(0, read);
}

form.addEventListener("input", () => {
  clearTimeout(asked);
  asked = setTimeout(show, PAUSE);
});
