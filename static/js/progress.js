// Follows what changes without the reader: a document being drawn or sealed, minutes in review. Asks where it stands, says
// it politely, and draws its region of the page again when that passes to another stage: what is typed elsewhere stays.

const [SECOND, MINUTE] = [1000, 60_000];
const [UNDER_WAY, WAITING_FOR_SOMEBODY, UNATTENDED] = [SECOND, 5 * SECOND, 30 * MINUTE];
const LOST = "Cette page ne peut plus suivre la préparation : rechargez-la.";

const announcement = document.createElement("p");
announcement.className = "fr-sr-only";
announcement.setAttribute("role", "status");
document.body.append(announcement);

// A page left alone stops asking: it must not keep the session of somebody who went away.
let attendedAt = Date.now();
for (const sign of ["pointermove", "keydown", "focus"]) addEventListener(sign, () => (attendedAt = Date.now()));

function currentPage() {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest(); // reads HTML into a document of its own, whose scripts never run
    request.open("GET", location.href);
    request.responseType = "document";
    request.onload = () => resolve(request.status === 200 ? request.response : null);
    request.onerror = reject;
    request.send();
  });
}

async function drawAgain(region, words) {
  const drawn = (await currentPage())?.getElementById(region.id);
  if (!drawn) return false;
  const held = region.contains(document.activeElement);
  region.replaceChildren(...drawn.childNodes);
  if (held) region.focus();
  announcement.textContent = words;
  region.querySelectorAll("[data-progress]").forEach(follow);
  return true;
}

function follow(box) {
  const [bar, step] = ["progress", "[data-step]"].map((name) => box.querySelector(name));
  const region = box.closest("[data-region], main");

  function say(text) {
    if (step.textContent !== text) step.textContent = text;
  }

  /** Return whether this box is still to be followed. */
  async function show(answer) {
    if (answer.stage !== box.dataset.stage) {
      if (!(await drawAgain(region, answer.step))) say(LOST);
      return false;
    }
    if (bar) bar.value = answer.progress;
    say(answer.step);
    return true;
  }

  async function ask() {
    if (Date.now() - attendedAt > UNATTENDED) return true;
    try {
      const answer = await fetch(box.dataset.address, { headers: { Accept: "application/json" } });
      if (answer.ok) return await show(await answer.json());
      if (answer.status >= 500) throw new Error(answer.status);
      say(LOST);
      return false;
    } catch {
      say("Connexion interrompue, nouvel essai…");
      return true;
    }
  }

  async function turn() {
    if (await ask()) setTimeout(turn, bar ? UNDER_WAY : WAITING_FOR_SOMEBODY);
  }

  setTimeout(turn, SECOND);
}

document.querySelectorAll("[data-progress]").forEach(follow);
