// Follows a document being drawn or sealed: asks where it stands each second, says it politely, draws the page again when done.

const SECOND = 1000;
const WAITING = new Set(["pending", "claimed"]);

function follow(box) {
  const parts = ["progress", "[data-step]", "[data-notice]", "[data-failure]"];
  const [bar, step, notice, failure] = parts.map((name) => box.querySelector(name));

  function say(text) {
    if (step.textContent !== text) step.textContent = text;
  }

  function show(answer) {
    bar.value = answer.progress;
    say(answer.step);
    if (WAITING.has(answer.state)) return true;
    if (answer.state === "done") {
      location.reload();
      return false;
    }
    say("La préparation a échoué.");
    bar.hidden = notice.hidden = true;
    failure.querySelector("[data-cause]").textContent = answer.error;
    failure.hidden = false;
    return false;
  }

  async function ask() {
    try {
      const answer = await fetch(box.dataset.address, { headers: { Accept: "application/json" } });
      if (answer.ok) return show(await answer.json());
      say("Cette page ne peut plus suivre la préparation : rechargez-la.");
      return false;
    } catch {
      say("Connexion interrompue, nouvel essai…");
      return true;
    }
  }

  async function turn() {
    if (await ask()) setTimeout(turn, SECOND);
  }

  if (WAITING.has(box.dataset.state)) setTimeout(turn, SECOND);
}

document.querySelectorAll("[data-progress]").forEach(follow);
