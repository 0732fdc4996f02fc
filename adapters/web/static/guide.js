// The guided first steps: buttons that become somebody or type a command, and a panel that follows what happens.

import { parse } from "./dom.js";
import { home, state } from "./state.js";

const PENDING = "brobygger.pending";

export function setUpGuide(perform) {
  document.addEventListener("click", (event) => {
    const step = event.target.closest?.("[data-as]");
    if (step) act(step.dataset, perform);
    if (event.target.closest?.("[data-guide-away]")) show(false);
    if (event.target.closest?.("[data-guide-back]")) show(true);
  });
  const pending = sessionStorage.getItem(PENDING);
  sessionStorage.removeItem(PENDING);
  if (!pending) return;
  const { member, command } = JSON.parse(pending);
  if (member === state.member) perform(command);
}

function act({ as, command }, perform) {
  if (as === state.member && state.kind === "direct" && command) return perform(command);
  if (command) sessionStorage.setItem(PENDING, JSON.stringify({ member: as, command }));
  location.href = `/as/${as}`;
}

function show(shown) {
  document.cookie = `guide=${shown ? "here" : "away"}; path=/; max-age=31536000; samesite=lax`;
  const panel = document.getElementById("guide");
  const back = document.querySelector("[data-guide-back]");
  panel.hidden = !shown;
  back.hidden = shown;
  (shown ? panel.querySelector("button") : back).focus();
}

export async function refreshGuide() {
  const panel = document.getElementById("guide");
  if (!panel) return;
  const response = await fetch(`${home()}/guide`);
  if (!response.ok) return;
  const fresh = parse(await response.text()).body;
  if (fresh.textContent.trim() === panel.textContent.trim()) return;
  const focused = panel.contains(document.activeElement);
  panel.replaceChildren(...[...fresh.childNodes].map((one) => document.adoptNode(one)));
  if (focused) panel.querySelector("button")?.focus();
}
