// Lists in an order the person chooses: buttons, or a line dragged. Without this script the buttons are plain forms.
// Each change sends the whole order once, with its own operation id; a refusal shows the list again as it is.

const announcer = document.createElement("p");
announcer.className = "fr-sr-only";
announcer.setAttribute("role", "status");
document.querySelector("main")?.append(announcer);

function operationId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}

const depthOf = (row) => Number(row.dataset.depth);
const rowsOf = (list) => [...list.querySelectorAll(":scope > [data-row]")];

// A line with the sub-items that go with it.
function blockOf(list, row) {
  const rows = rowsOf(list), start = rows.indexOf(row);
  let end = start + 1;
  while (!depthOf(row) && end < rows.length && depthOf(rows[end])) end += 1;
  return rows.slice(start, end);
}

function previousOf(list, row) {
  const rows = rowsOf(list);
  let place = rows.indexOf(row) - 1;
  while (place >= 0 && depthOf(rows[place]) > depthOf(row)) place -= 1;
  return place >= 0 && depthOf(rows[place]) === depthOf(row) ? rows[place] : null;
}

function nextOf(list, row) {
  const after = blockOf(list, row).at(-1).nextElementSibling;
  return after && depthOf(after) === depthOf(row) ? after : null;
}

const MOVES = {
  up(list, row) {
    const before = previousOf(list, row);
    if (before) before.before(...blockOf(list, row));
    return Boolean(before);
  },
  down(list, row) {
    const after = nextOf(list, row);
    if (after) blockOf(list, after).at(-1).after(...blockOf(list, row));
    return Boolean(after);
  },
  in(list, row) {
    if (!row.previousElementSibling) return false;
    for (const one of blockOf(list, row)) one.dataset.depth = "1";
    return true;
  },
  out(list, row) {
    let last = row;
    while (last.nextElementSibling && depthOf(last.nextElementSibling)) last = last.nextElementSibling;
    if (last !== row) last.after(row);
    row.dataset.depth = "0";
    return true;
  },
};

function showMoves(list) {
  for (const row of rowsOf(list)) {
    row.querySelector("form[data-move=in]")?.toggleAttribute("hidden", depthOf(row) === 1);
    row.querySelector("form[data-move=out]")?.toggleAttribute("hidden", depthOf(row) === 0);
  }
}

const snapshot = (list) => rowsOf(list).map((row) => [row, row.dataset.depth]);

function restore(list, former) {
  for (const [row, depth] of former) {
    row.dataset.depth = depth;
    list.append(row);
  }
  showMoves(list);
}

function placeInWords(list, row) {
  const peers = rowsOf(list).filter((one) => depthOf(one) === depthOf(row));
  const level = depthOf(row) ? "sous-point" : list.dataset.levels === "2" ? "point" : "ligne";
  const under = depthOf(row) ? rowsOf(list).slice(0, rowsOf(list).indexOf(row)).findLast((one) => !depthOf(one)) : null;
  if (under) return `« ${row.dataset.name} » est un ${level} de « ${under.dataset.name} ».`;
  return `« ${row.dataset.name} » : ${level} ${peers.indexOf(row) + 1} sur ${peers.length}.`;
}

function say(words) {
  announcer.textContent = "";
  setTimeout(() => { announcer.textContent = words; }, 50);
}

// One list sends one order at a time: the next waits for the answer to the one before.
const sending = new WeakMap();

function save(list, row, former) {
  showMoves(list);
  const body = new URLSearchParams({operation: operationId(), moved: row.dataset.row});
  for (const one of rowsOf(list)) body.append("row", `${one.dataset.row}.${one.dataset.depth}`);
  const turn = (sending.get(list) ?? Promise.resolve()).then(() => send(list, row, former, body));
  sending.set(list, turn);
}

async function send(list, row, former, body) {
  const token = list.querySelector("[name=csrfmiddlewaretoken]").value;
  list.dataset.state = "saving";
  try {
    const answer = await fetch(list.dataset.order, {
      method: "POST", body, headers: {"X-CSRFToken": token, Accept: "application/json"},
    });
    if (answer.ok) {
      list.dataset.state = "saved";
      say(placeInWords(list, row));
    } else if (answer.status === 409) {
      location.reload();
    } else {
      refuse(list, former);
    }
  } catch {
    refuse(list, former);
  }
}

function refuse(list, former) {
  restore(list, former);
  list.dataset.state = "refused";
  say("Le déplacement n'est pas enregistré : la liste est revenue comme avant. Vérifiez la connexion et recommencez.");
}

function handleButtons(list) {
  list.addEventListener("submit", (event) => {
    const move = event.target.dataset.move;
    if (!move) return;
    event.preventDefault();
    const row = event.target.closest("[data-row]"), former = snapshot(list);
    if (MOVES[move](list, row)) {
      save(list, row, former);
    } else {
      say(move === "up" ? "C'est déjà la première place." : "C'est déjà la dernière place.");
    }
    const shown = event.target.hidden ? row.querySelector(`form[data-move=${move === "in" ? "out" : "in"}]`) : event.target;
    shown.querySelector("button").focus();
  });
}

function handleDragging(list) {
  let dragged = null, former = null, dropped = false;
  for (const row of rowsOf(list)) {
    const handle = document.createElement("span");
    handle.className = "portal-order__handle";
    handle.setAttribute("aria-hidden", "true");
    handle.textContent = "⠿";
    handle.draggable = true;
    row.prepend(handle);
    handle.addEventListener("dragstart", (event) => {
      [dragged, former, dropped] = [row, snapshot(list), false];
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", row.dataset.name);
      event.dataTransfer.setDragImage(row, 0, 0);
      row.classList.add("portal-order__dragged");
    });
  }
  list.addEventListener("dragover", (event) => {
    const target = event.target.closest?.("[data-row]");
    if (!dragged || !target || target.parentElement !== list) return;
    event.preventDefault();
    placeBeside(list, dragged, target, event.clientY);
  });
  list.addEventListener("drop", (event) => {
    if (!dragged) return;
    event.preventDefault();
    dropped = true;
  });
  list.addEventListener("dragend", () => {
    dragged?.classList.remove("portal-order__dragged");
    const changed = dragged && former.some(([row], place) => rowsOf(list)[place] !== row);
    if (changed && dropped) save(list, dragged, former);
    else if (changed) restore(list, former);
    dragged = null;
  });
}

// An item lands between items, with its sub-items; a sub-item anywhere under an item.
function placeBeside(list, dragged, target, y) {
  const block = blockOf(list, dragged);
  if (block.includes(target)) return;
  const box = target.getBoundingClientRect(), isBelow = y > box.top + box.height / 2;
  if (depthOf(dragged)) {
    if (isBelow) target.after(dragged);
    else if (target.previousElementSibling) target.before(dragged);
    return;
  }
  let head = target;
  while (depthOf(head) && head.previousElementSibling) head = head.previousElementSibling;
  if (block.includes(head)) return;
  if (isBelow) blockOf(list, head).at(-1).after(...block);
  else head.before(...block);
}

for (const list of document.querySelectorAll("[data-order]")) {
  handleButtons(list);
  handleDragging(list);
}
