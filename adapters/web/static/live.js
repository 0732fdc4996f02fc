// The live line: what the server tells this window while it is open, and again what it missed while it was away.
// A browser opens only a few lines to one address. So a window that nobody looks at lets go of its line after a while and
// asks now and then; it misses nothing, because it continues from its place.

import { announce } from "./dom.js";
import { countReplies, mainList, put, threadList } from "./messages.js";
import { home, state, word } from "./state.js";
import { markRead, oneMore, setCount } from "./unread.js";

const HIDDEN_LETS_GO = 20_000;
const HIDDEN_ASKS = 30_000;
const HIDDEN_LISTENS = 3_000;

let line = null;
let holding = 0;
let held = [];
let timer = 0;
let lost = 0;

export function listen(refresh) {
  const open = () => {
    line?.close();
    line = new EventSource(`${home()}/events?after=${state.place}`);
    line.addEventListener("hello", () => connected(true));
    line.addEventListener("error", () => connected(false));
    for (const [kind, act] of Object.entries({ said, opened: () => refresh("sidebar"), seen, left: () => location.reload(), missed: () => refresh("all") })) {
      line.addEventListener(kind, (event) => {
        if (event.lastEventId) state.place = event.lastEventId;
        const told = { ...JSON.parse(event.data), number: numberOf(event.lastEventId) };
        if (holding) held.push(() => act(told, refresh));
        else act(told, refresh);
      });
    }
  };
  const rest = () => {
    line?.close();
    timer = setTimeout(() => { open(); timer = setTimeout(rest, HIDDEN_LISTENS); }, HIDDEN_ASKS);
  };
  document.addEventListener("visibilitychange", () => {
    clearTimeout(timer);
    if (document.visibilityState === "hidden") timer = setTimeout(rest, HIDDEN_LETS_GO);
    else {
      if (!line || line.readyState === EventSource.CLOSED) open();
      markRead();
    }
  });
  window.addEventListener("pagehide", () => line?.close());
  window.addEventListener("pageshow", (event) => { if (event.persisted) open(); });
  open();
}

const numberOf = (place) => Number(place.split("-")[1] ?? 0);

// While a part of the page is being fetched, what is told waits: it is put into the part that comes, never lost with the
// one that goes.
export async function whileHeld(work) {
  holding += 1;
  try {
    return await work();
  } finally {
    holding -= 1;
    if (!holding) for (const act of held.splice(0)) act();
  }
}

// The numbers in the sidebar know everything up to this place already.
export function countedTo(place) {
  state.counted = numberOf(place);
}

function connected(well) {
  clearTimeout(lost);
  const place = document.querySelector(".line-state");
  if (well) {
    place.hidden = true;
    place.textContent = "";
    return;
  }
  // A short break is not worth a word; a closed line is opened again by us, a broken one by the browser.
  lost = setTimeout(() => {
    place.hidden = false;
    place.textContent = word("offline");
    if (line.readyState === EventSource.CLOSED) document.dispatchEvent(new Event("visibilitychange"));
    lost = setTimeout(() => connected(false), 3000);
  }, 2500);
}

function said(told, refresh) {
  const mine = told.author === state.member;
  const current = told.conversation === state.conversation;
  let fresh = !told.edited;
  if (told.thread) {
    countReplies(told.thread, told.replyCount);
    if (!told.replies) document.querySelectorAll(`#list [data-id="${told.thread}"] .replies`).forEach((link) => { link.hidden = true; });
    const list = threadList();
    if (list.dataset.root === told.thread) {
      fresh = put(list, told.html) && fresh;
      document.querySelector("#thread .none-yet").hidden = true;
    }
  } else if (current && (!told.edited || mainList().querySelector(`[data-id="${told.id}"]`))) {
    fresh = put(mainList(), told.html) && fresh;
    document.querySelector("#main .empty").hidden = true;
  }
  const root = threadList();
  if (!told.thread && told.edited && root.dataset.root === told.id) put(root, told.html);
  if (!told.edited && fresh && !mine && told.number > (state.counted ?? 0) && !oneMore(told.conversation)) refresh("sidebar");
  if (current && fresh) {
    if (!mine) announce(told.notice);
    const order = document.querySelector(`[data-id="${told.id}"]`)?.dataset.order;
    if (!order) state.newest = { id: told.id, order: "~" };
    markRead();
  }
  refresh("guide");
}

function seen(told) {
  setCount(told.conversation, told.unread);
}
