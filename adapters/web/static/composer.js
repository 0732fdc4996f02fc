// Where one writes: grows with the text, sends with Enter, completes commands, keeps drafts, brings back what was typed.

import { suggest } from "./completion.js";
import { openForm } from "./dialogs.js";
import { avatar, make } from "./dom.js";
import { findPeople } from "./fields.js";
import { thinking } from "./messages.js";
import { get, send } from "./request.js";
import { freshId, here, home, state, word } from "./state.js";

const TYPED = "brobygger.typed";
const THINKS_AFTER = 350;
let menu = null;

export const forgetMenu = () => { menu = null; };

const readMenu = async () => {
  menu ??= get(`${home()}/commands`).catch(() => { menu = null; return []; });
  return menu;
};

export class Composer {
  constructor(form) {
    this.form = form;
    this.input = form.querySelector("textarea");
    this.list = form.querySelector(".completion");
    this.hint = form.querySelector(".hint-line");
    this.answer = form.querySelector(".answer");
    Object.assign(this, { items: [], start: 0, at: -1, asked: 0, recalled: -1, sending: Promise.resolve() });
    const events = { input: () => this.changed(), keydown: (event) => this.key(event), blur: () => this.close(), click: () => this.complete() };
    for (const [name, act] of Object.entries(events)) this.input.addEventListener(name, act);
    form.addEventListener("submit", (event) => { event.preventDefault(); this.send(); });
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const option = event.target.closest("[role=option]");
      if (option) this.take([...this.list.children].indexOf(option));
    });
    this.draft = `brobygger.draft.${state.member}.${state.conversation}.${this.thread}`;
    this.begin(sessionStorage.getItem(this.draft) ?? "");
  }

  // Somebody quick may have typed before this script was there; that stays, behind what was kept from before.
  begin(kept) {
    const early = document.activeElement === this.input ? this.input.value : "";
    if (!early || early === kept) {
      this.input.value = kept;
      this.shape();
    } else this.type([kept, early].filter(Boolean).join(" "));
  }

  get thread() { return this.form.dataset.thread; }

  changed() {
    this.recalled = -1;
    this.answer.textContent = "";
    this.keep();
    this.shape();
    this.complete();
  }

  keep() {
    const text = this.input.value;
    try {
      if (text) sessionStorage.setItem(this.draft, text.slice(0, 100_000));
      else sessionStorage.removeItem(this.draft);
    } catch { /* A browser without room for a draft still sends. */ }
  }

  shape() {
    this.form.classList.toggle("filled", this.input.value.trim() !== "");
    if (CSS.supports("field-sizing", "content")) return;
    this.input.rows = Math.min(8, this.input.value.split("\n").length);
  }

  type(text) {
    this.input.value = text;
    this.input.focus();
    this.input.setSelectionRange(text.length, text.length);
    this.changed();
  }

  async complete() {
    const asked = ++this.asked;
    const typed = this.input.value.slice(0, this.input.selectionStart);
    const found = typed.startsWith("/") && typed.length < 2000 ? await suggest(typed, await readMenu(), findPeople) : null;
    if (asked !== this.asked || document.activeElement !== this.input) return;
    this.items = found?.items ?? [];
    this.start = found?.start ?? 0;
    const said = found?.hint;
    this.hint.hidden = !said;
    this.hint.replaceChildren(...(said ? [make("b", {}, said[0]), said[1] ? ` – ${said[1]}` : ""] : []));
    this.list.replaceChildren(...this.items.map((item, place) => this.option(item, place)));
    this.list.hidden = this.items.length === 0;
    this.input.setAttribute("aria-expanded", String(this.items.length > 0));
    const partly = typed.length > this.start && !this.items.some((item) => item.exact);
    this.move(partly && this.items.length ? 0 : -1);
  }

  option(item, place) {
    const option = make("div", { role: "option", id: `${this.list.id}-${place}`, "aria-selected": "false" });
    if (item.person) option.append(avatar(item.person));
    option.append(make("span", { class: "what" }, item.what), make("span", { class: "why" }, item.why));
    return option;
  }

  move(to) {
    this.at = to;
    [...this.list.children].forEach((option, place) => option.setAttribute("aria-selected", String(place === to)));
    if (to < 0) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", `${this.list.id}-${to}`);
    this.list.children[to].scrollIntoView({ block: "nearest" });
  }

  close() {
    this.asked += 1;
    this.list.hidden = true;
    this.hint.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.at = -1;
  }

  take(place) {
    const item = this.items[place];
    const caret = this.input.selectionStart;
    const before = this.input.value.slice(0, this.start) + item.insert;
    const after = this.input.value.slice(caret).replace(/^\s+/, "");
    this.input.value = before + after;
    this.input.setSelectionRange(before.length, before.length);
    this.changed();
  }

  key(event) {
    if (event.isComposing) return;
    const shown = !this.list.hidden;
    const arrow = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (shown && arrow && (this.at >= 0 || arrow > 0 || this.recalled < 0)) {
      event.preventDefault();
      const count = this.items.length;
      this.move(this.at < 0 ? (arrow > 0 ? 0 : count - 1) : (this.at + arrow + count) % count);
    } else if (shown && (event.key === "Enter" && this.at >= 0 && !event.shiftKey || event.key === "Tab" && !event.shiftKey)) {
      event.preventDefault();
      this.take(Math.max(0, this.at));
    } else if (event.key === "Escape" && (shown || !this.hint.hidden)) {
      event.preventDefault();
      this.close();
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.send();
    } else if (event.key === "ArrowUp" && (!this.input.value || this.recalled >= 0)) {
      this.recall(event);
    }
  }

  recall(event) {
    const typed = JSON.parse(sessionStorage.getItem(TYPED) ?? "[]");
    const next = this.recalled + 1;
    if (next >= typed.length) return;
    event.preventDefault();
    this.input.value = typed[next];
    this.shape();
    this.recalled = next;
  }

  // Several in a row go one after the other; the field is free at once.
  send() {
    const text = this.input.value.trim();
    if (!text) return;
    const command = text.startsWith("/");
    if (text.length > (command ? state.limits.command : state.limits.message)) {
      this.answer.textContent = word("too_long");
      return;
    }
    const [url, thread] = [`${here()}/say`, this.thread];
    this.input.value = "";
    this.answer.textContent = "";
    this.shape();
    this.close();
    if (command) remember(text);
    this.sending = this.sending.then(() => this.deliver(url, text, thread, command));
  }

  async deliver(url, text, thread, command) {
    const wait = setTimeout(() => command && thinking(true), THINKS_AFTER);
    const answer = await send(url, { id: freshId(), text, thread });
    clearTimeout(wait);
    thinking(false);
    if (answer.outcome === "sorry") {
      this.input.value = [text, this.input.value].filter(Boolean).join("\n");
      this.changed();
      this.close();
      this.answer.textContent = answer.kept ? "" : answer.said;
      return;
    }
    this.keep();
    if (answer.outcome === "form") openForm(answer.html, thread);
    document.dispatchEvent(new Event("acted"));
  }
}

function remember(text) {
  const typed = JSON.parse(sessionStorage.getItem(TYPED) ?? "[]").filter((one) => one !== text);
  sessionStorage.setItem(TYPED, JSON.stringify([text, ...typed].slice(0, 30)));
}
