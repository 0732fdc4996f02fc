// The fields that a browser has not got: lists as chips, and a person found by name.

import { Combobox } from "./combobox.js";
import { avatar, make } from "./dom.js";
import { get } from "./request.js";
import { home, word } from "./state.js";

export const findPeople = (wanted) => get(`${home()}/people?find=${encodeURIComponent(wanted)}`).catch(() => []);

export function personNodes(person) {
  return [avatar(person), make("span", {}, make("b", { dir: "auto" }, person.name), make("small", { class: "soft", dir: "auto" }, ` ${person.about}`))];
}

export function setUpFields(form) {
  form.querySelectorAll("[data-list]").forEach(setUpList);
  form.querySelectorAll("[data-person]").forEach(setUpPerson);
}

// As long as this, what stands before a comma may be part of a sentence; the form's reader decides which of the two it is.
const LONG = 6;
const isLong = (text) => text.split(/[,;]/).some((part) => part.trim().split(/\s+/).length >= LONG);

// A word of the suggestion begins so: Enter takes the first one, and must not take something else than what is meant.
const beginsIn = (text, wanted) => ` ${text.toLowerCase()}`.includes(` ${wanted.toLowerCase()}`);

function setUpList(box) {
  const sentences = "sentences" in box.dataset;
  const partsOf = (text) => text.split(/[|\n]/).flatMap((line) => (sentences && isLong(line) ? [line] : line.split(/[,;]/)));
  const input = box.querySelector(":scope > input[type=text]");
  const suggested = [...box.parentElement.querySelectorAll(".suggested li")].map((one) => one.textContent);
  const taken = () => [...box.querySelectorAll("input[type=hidden]")].map((one) => one.value.toLowerCase());
  const add = (text) => {
    for (const item of partsOf(text).map((one) => one.trim()).filter(Boolean)) {
      if (!taken().includes(item.toLowerCase())) input.before(chip(box.dataset.list, item));
    }
    input.value = "";
  };
  if (suggested.length) {
    new Combobox(
      input,
      async (wanted) => suggested
        .filter((one) => beginsIn(one, wanted) && !taken().includes(one.toLowerCase()))
        .slice(0, 8)
        .map((text) => ({ text, nodes: [make("span", {}, text)] })),
      (item) => { add(item.text); input.focus(); },
    );
  }
  input.addEventListener("keydown", (event) => {
    const ends = event.key === "Enter" || (event.key === "," && !(sentences && isLong(input.value)));
    if (ends && input.value.trim()) {
      event.preventDefault();
      add(input.value);
    } else if (event.key === "Backspace" && !input.value) {
      input.previousElementSibling?.remove();
    }
  });
  input.addEventListener("paste", () => setTimeout(() => { if (partsOf(input.value).length > 1) add(input.value); }));
  input.addEventListener("blur", () => { if (input.value.trim()) add(input.value); });
  box.addEventListener("click", (event) => {
    const button = event.target.closest(".chip button");
    if (button) {
      button.closest(".chip").remove();
      input.focus();
    } else if (event.target === box) input.focus();
  });
}

function chip(key, item) {
  const remove = make("button", { type: "button", "aria-label": word("remove").replace("{item}", item) }, make("span", { "aria-hidden": "true" }, "×"));
  return make("span", { class: "chip" }, make("span", { dir: "auto" }, item), remove, make("input", { type: "hidden", name: key, value: item }));
}

function setUpPerson(input) {
  const held = input.parentElement.querySelector("input[type=hidden]");
  input.addEventListener("input", () => { held.value = input.value.trim(); });
  new Combobox(
    input,
    async (wanted) => (await findPeople(wanted)).slice(0, 12).map((person) => ({ person, nodes: personNodes(person) })),
    ({ person }) => { input.value = person.name; held.value = person.id; },
  );
}

export async function valuesOf(form) {
  const values = {};
  for (const [key, value] of new FormData(form)) {
    const held = value instanceof File ? await fileOf(value) : value;
    if (held === null) continue;
    if (held instanceof Object) values[key] = held;
    else (values[key] ??= []).push(held);
  }
  return values;
}

function fileOf(file) {
  if (!file.name) return null;
  return new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => done({ name: file.name, type: file.type, content: reader.result.slice(reader.result.indexOf(",") + 1) });
    reader.onerror = () => done(null);
    reader.readAsDataURL(file);
  });
}
