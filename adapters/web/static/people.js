// "Be somebody else": everybody of the academy, found by name, organisation or sector.

import { avatar, make } from "./dom.js";
import { findPeople } from "./fields.js";
import { state, word } from "./state.js";

export function openPeople() {
  const dialog = document.getElementById("people");
  const input = dialog.querySelector("input");
  input.value = "";
  input.oninput = () => show(dialog, input.value);
  input.onkeydown = (event) => {
    const first = dialog.querySelector(".people a");
    if (event.key === "Enter" && first) first.click();
    if (event.key === "ArrowDown" && first) { event.preventDefault(); first.focus(); }
  };
  dialog.querySelector(".people").onkeydown = walk;
  show(dialog, "");
  dialog.showModal();
  input.focus();
}

async function show(dialog, wanted) {
  const people = await findPeople(wanted);
  if (wanted !== dialog.querySelector("input").value) return;
  const lines = people.map((person) => {
    const mine = person.id === state.member;
    const about = make("span", {}, make("b", { dir: "auto" }, person.name), make("small", { dir: "auto" }, person.about));
    if (person.organiser) about.firstChild.after(" ", make("span", { class: "badge" }, word("organiser")));
    const other = make("a", { class: "icon", href: `/as/${person.id}`, target: "_blank", title: word("new_window"), "aria-label": `${word("new_window")}: ${person.name}` });
    other.append(document.getElementById("icon-window").content.cloneNode(true));
    return make("li", {}, make("a", { href: `/as/${person.id}`, "aria-current": mine ? "true" : null }, avatar(person), about), other);
  });
  dialog.querySelector(".people").replaceChildren(...(lines.length ? lines : [make("li", { class: "soft" }, word("nobody_found"))]));
}

function walk(event) {
  const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
  if (!step) return;
  event.preventDefault();
  const next = event.target.closest("li")?.[step]?.querySelector("a");
  (next ?? (event.key === "ArrowUp" ? document.getElementById("people-find") : null))?.focus();
}
