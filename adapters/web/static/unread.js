// What has not been read: numbers beside conversations, the number in the window's title, and telling the server what was.

import { newestOf, mainList, threadList } from "./messages.js";
import { send } from "./request.js";
import { here, state } from "./state.js";

let told = "";
let waiting = 0;

export function countOf(conversation) {
  return document.querySelector(`#conversations a[data-conversation="${conversation}"] .count`);
}

export function setCount(conversation, number) {
  const count = countOf(conversation);
  if (!count) return false;
  count.dataset.unread = String(number);
  count.hidden = number === 0;
  count.closest("a").classList.toggle("fresh", number > 0);
  count.firstElementChild.textContent = number < 100 ? String(number) : "99+";
  count.lastElementChild.textContent = `${number} ${state.words.unread}`;
  showTotal();
  return true;
}

export function oneMore(conversation) {
  const count = countOf(conversation);
  return count ? setCount(conversation, Number(count.dataset.unread) + 1) : false;
}

export function showTotal() {
  const counts = [...document.querySelectorAll("#conversations .count")];
  counts.forEach((count) => count.closest("a").classList.toggle("fresh", Number(count.dataset.unread) > 0));
  const total = counts.reduce((sum, count) => sum + Number(count.dataset.unread), 0);
  document.title = total ? `(${total}) ${state.title}` : state.title;
  const dot = document.querySelector("[data-drawer='open'] .dot");
  if (dot) dot.hidden = total === 0;
}

// A window that can be seen has been read to its newest message.
export function markRead() {
  if (document.visibilityState !== "visible" || waiting) return;
  waiting = setTimeout(async () => {
    waiting = 0;
    const shown = newestOf(mainList(), threadList());
    const newest = [state.newest, shown && { id: shown.dataset.id, order: shown.dataset.order }]
      .filter(Boolean)
      .reduce((best, one) => (!best || one.order > best.order ? one : best), null);
    if (!newest || newest.id === told || document.visibilityState !== "visible") return;
    told = newest.id;
    const answer = await send(`${here()}/read`, { message: newest.id });
    if (answer.outcome !== "done") told = "";
  }, 250);
}
