// Keeps the lists of messages in order: days, people who write several in a row, what is new, and where one has scrolled.

import { announce, make, piece } from "./dom.js";
import { state, word } from "./state.js";

const ROW = 5 * 60 * 1000;

export const mainList = () => document.getElementById("list");
export const threadList = () => document.querySelector("#thread .messages");

export function arrange(list) {
  list.querySelectorAll(".day").forEach((day) => day.remove());
  let before = null;
  for (const message of list.querySelectorAll(".message")) {
    const same = before && before.dataset.day === message.dataset.day;
    if (!same) message.before(make("li", { class: "day" }, make("span", {}, dayName(message))));
    const soon = same && Date.parse(message.dataset.at) - Date.parse(before.dataset.at) < ROW;
    message.classList.toggle("joined", Boolean(soon && before.dataset.author === message.dataset.author));
    before = message;
  }
}

function dayName(message) {
  const days = (Date.parse(state.today) - Date.parse(message.dataset.day)) / 86_400_000;
  return days === 0 ? word("today") : days === 1 ? word("yesterday") : message.dataset.dayName;
}

export function put(list, html) {
  const message = piece(html);
  const old = list.querySelector(`[data-id="${message.dataset.id}"]`);
  if (old) return replace(list, old, message);
  const scroller = list.closest(".scroller");
  const stay = !atEnd(scroller);
  message.classList.add("fresh");
  const later = [...list.querySelectorAll(".message")].reverse().filter((one) => one.dataset.order > message.dataset.order);
  if (later.length) later.at(-1).before(message);
  else list.append(message);
  arrange(list);
  const mine = message.dataset.author === state.member || message.classList.contains("private");
  if (mine || !stay) settle(scroller);
  else showBelow(list, true);
  return true;
}

function replace(list, old, message) {
  const focused = old.contains(document.activeElement);
  const kept = old.querySelector(".replies:not([hidden])");
  old.replaceWith(message);
  if (kept) message.querySelector(".replies")?.replaceWith(kept);
  arrange(list);
  if (focused) {
    message.focus({ preventScroll: true });
    message.scrollIntoView({ block: "nearest" });
  }
  return false;
}

export function countReplies(root, label) {
  for (const link of document.querySelectorAll(`#list [data-id="${root}"] .replies`)) {
    link.textContent = label;
    link.hidden = false;
  }
}

export const atEnd = (scroller) => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 90;

export function toEnd(scroller) {
  scroller.scrollTop = scroller.scrollHeight;
}

// At the end; a message that is longer than the window is shown from its beginning.
export function settle(scroller) {
  const last = scroller.querySelector(".messages > .message:last-child");
  toEnd(scroller);
  if (last && last.offsetHeight > scroller.clientHeight - 40) scroller.scrollTop += last.getBoundingClientRect().top - scroller.getBoundingClientRect().top - 8;
}

export function showBelow(list, shown) {
  const button = list.closest(".stage")?.querySelector(".new-below");
  if (button) button.hidden = !shown;
}

export function thinking(shown) {
  const sign = document.querySelector("#main .thinking");
  if (!sign || sign.hidden === !shown) return;
  sign.hidden = !shown;
  if (shown) {
    toEnd(sign.closest(".scroller"));
    announce(word("working"));
  }
}

export function newestOf(...lists) {
  const orders = lists.flatMap((list) => [...(list?.querySelectorAll(".message") ?? [])]);
  return orders.reduce((newest, one) => (!newest || one.dataset.order > newest.dataset.order ? one : newest), null);
}
