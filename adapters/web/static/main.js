// Sets the page up and moves between conversations without losing the live line.

import { Composer, forgetMenu } from "./composer.js";
import { setUpDialogs } from "./dialogs.js";
import { parse } from "./dom.js";
import { setUpGuide, refreshGuide } from "./guide.js";
import { countedTo, listen, whileHeld } from "./live.js";
import { arrange, atEnd, mainList, settle, showBelow, threadList, toEnd } from "./messages.js";
import { openPeople } from "./people.js";
import { choose, press } from "./presses.js";
import { here, readState, state } from "./state.js";
import { markRead, showTotal } from "./unread.js";
import { setUpWindow, closeDrawer } from "./window.js";

const composers = new Map();

function setUp() {
  for (const form of document.querySelectorAll(".composer")) composers.set(form.dataset.composer, new Composer(form));
  arrange(mainList());
  arrange(threadList());
  for (const scroller of document.querySelectorAll(".scroller")) settle(scroller);
  const scroller = document.getElementById("scroller");
  scroller.addEventListener("scroll", () => { if (atEnd(scroller)) showBelow(mainList(), false); }, { passive: true });
  showTotal();
  markRead();
}

async function fetchPage(url) {
  const response = await fetch(url, { headers: { Accept: "text/html" } });
  if (!response.ok || !response.url.startsWith(location.origin)) {
    location.href = url;
    return null;
  }
  return parse(await response.text());
}

const swap = (page, selector) => {
  const fresh = page.querySelector(selector);
  document.querySelector(selector).replaceWith(document.adoptNode(fresh));
};

const stateOf = (page) => JSON.parse(page.querySelector('meta[name="brobygger"]').content);

let visits = 0;
const visit = (url, { push = true } = {}) => whileHeld(async () => {
  const asked = ++visits;
  const typing = push ? undefined : document.activeElement?.closest?.(".composer")?.dataset.composer;
  const page = await fetchPage(url);
  if (asked !== visits || !page?.querySelector("#main")) return;
  if (push) history.pushState({}, "", url);
  const place = state.place;
  swap(page, 'meta[name="brobygger"]');
  readState();
  countedTo(state.place);
  state.place = place;
  for (const part of ["#conversations", "#main", "#thread"]) swap(page, part);
  setUp();
  closeDrawer();
  if (typing) composers.get(typing).input.focus();
  else document.querySelector("#main h1").focus({ preventScroll: true });
});

const openThread = (root) => whileHeld(async () => {
  const page = await fetchPage(root ? `${here()}?thread=${root}` : here());
  if (!page || stateOf(page).conversation !== state.conversation) return;
  history.replaceState({}, "", root ? `?thread=${root}` : location.pathname);
  swap(page, "#thread");
  composers.set("thread", new Composer(document.querySelector("#thread .composer")));
  arrange(threadList());
  if (root) {
    toEnd(document.querySelector("#thread .scroller"));
    document.querySelector("#thread textarea").focus();
    markRead();
  } else composers.get("main").input.focus();
});

async function showEarlier(link) {
  const page = await fetchPage(link.href);
  if (!page || stateOf(page).conversation !== state.conversation) return;
  const scroller = document.getElementById("scroller");
  const fromEnd = scroller.scrollHeight - scroller.scrollTop;
  mainList().prepend(...[...page.querySelectorAll("#list > .message")].map((one) => document.adoptNode(one)));
  const more = page.querySelector(".earlier");
  if (more) link.replaceWith(document.adoptNode(more));
  else link.remove();
  arrange(mainList());
  scroller.scrollTop = scroller.scrollHeight - fromEnd;
}

const refreshSidebar = () => whileHeld(async () => {
  const page = await fetchPage(here());
  if (!page || stateOf(page).conversation !== state.conversation) return;
  countedTo(stateOf(page).place);
  swap(page, "#conversations");
  showTotal();
});

const queued = new Map();
function refresh(what) {
  clearTimeout(queued.get(what));
  const act = { guide: refreshGuide, sidebar: refreshSidebar, all: () => visit(location.href, { push: false }) }[what];
  queued.set(what, setTimeout(act, what === "all" ? 0 : 200));
}

const plain = (event) => event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);

const clicks = [
  [".card [data-wire].button, .card [data-choose]", (found, event) => press(found, event)],
  [".on-message", (found) => choose(found)],
  ["#conversations a", (found) => visit(found.href), true],
  ["a[data-thread]", (found) => openThread(found.dataset.thread), true],
  ["[data-close-thread]", () => openThread(""), true],
  [".earlier", (found) => showEarlier(found), true],
  [".new-below", () => { toEnd(document.getElementById("scroller")); showBelow(mainList(), false); }],
  ["[data-type]", (found) => { composers.get("main").type(found.dataset.type); composers.get("main").send(); }],
  ["#switcher", () => openPeople()],
];

document.addEventListener("click", (event) => {
  for (const [selector, act, link] of clicks) {
    const found = event.target.closest?.(selector);
    if (!found || (link && !plain(event))) continue;
    if (link) event.preventDefault();
    act(found, event);
    return;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.defaultPrevented && event.target.closest?.("#thread")) openThread("");
});
document.addEventListener("acted", () => { forgetMenu(); refresh("guide"); });
window.addEventListener("popstate", () => visit(location.href, { push: false }));

readState();
setUpWindow();
setUpDialogs();
setUp();
setUpGuide((command) => { composers.get("main").type(command); composers.get("main").send(); });
listen(refresh);
