// Buttons and selects in cards. A pressed one is busy until there is an answer; what went wrong is said under it.

import { ask, busy, openForm } from "./dialogs.js";
import { announce } from "./dom.js";
import { send } from "./request.js";
import { freshId, home, word } from "./state.js";

// Milliseconds between the two clicks of one who clicks twice.
const DOUBLE = 400;
let last = { what: "", at: -DOUBLE };

export async function press(button, click) {
  if (button.getAttribute("aria-busy")) return;
  const select = button.closest("[data-choose]") ? button.closest(".select") : null;
  const chosen = select ? choices(select) : [];
  const message = button.closest(".message");
  const what = `${message.dataset.id} ${button.textContent}`;
  // A double click is one press, also where the answer came in between and a new button stands in the old one's place.
  if (what === last.what && (click.detail > 1 || click.timeStamp - last.at < DOUBLE)) return;
  const place = button.closest(".card").querySelector(":scope > .answer");
  place.textContent = "";
  if (select && !chosen.length) {
    place.textContent = word("choose_here");
    return;
  }
  if (!(await ask(button))) return;
  last = { what, at: click.timeStamp };
  busy(button, true);
  const body = { id: freshId(), wire: (select ?? button).dataset.wire, chosen };
  const answer = await send(`${home()}/messages/${message.dataset.id}/press`, body);
  busy(button, false);
  if (answer.outcome === "sorry") place.textContent = answer.said;
  if (answer.outcome === "form") openForm(answer.html, button.closest("#thread .messages")?.dataset.root ?? "");
  document.dispatchEvent(new Event("acted"));
}

function choices(select) {
  const one = select.querySelector("select");
  if (one) return one.value ? [one.value] : [];
  return [...select.querySelectorAll("input:checked")].map((box) => box.value);
}

// What can be done with any message. The answer stands below it, for this person alone.
export async function choose(button) {
  if (button.getAttribute("aria-busy")) return;
  busy(button, true);
  const body = { id: freshId(), command: button.dataset.command, verb: button.dataset.verb };
  const answer = await send(`${home()}/messages/${button.closest(".message").dataset.id}/menu`, body);
  busy(button, false);
  if (answer.outcome === "sorry" && !answer.kept) announce(answer.said);
  if (answer.outcome === "form") openForm(answer.html, button.closest("#thread .messages")?.dataset.root ?? "");
  document.dispatchEvent(new Event("acted"));
}
