// A text field with a list under it that the keyboard can walk: for people in forms and suggestions in lists.

import { make } from "./dom.js";

let count = 0;

export class Combobox {
  constructor(input, find, choose) {
    Object.assign(this, { input, find, choose, items: [], at: -1, asked: 0 });
    this.list = make("div", { class: "options", role: "listbox", id: `options-${++count}`, hidden: true });
    this.list.setAttribute("aria-label", input.labels?.[0]?.textContent.trim() || "");
    input.parentElement.append(this.list);
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id })) input.setAttribute(name, value);
    input.addEventListener("input", () => this.open());
    // What is wrong with a field stands under it, where the list would hide it until something is typed.
    input.addEventListener("focus", () => { if (!input.hasAttribute("aria-invalid")) this.open(); });
    input.addEventListener("blur", () => this.close());
    input.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const option = event.target.closest("[role=option]");
      if (option) this.take([...this.list.children].indexOf(option));
    });
  }

  async open() {
    const asked = ++this.asked;
    const items = await this.find(this.input.value.trim());
    if (asked !== this.asked || document.activeElement !== this.input) return;
    this.items = items;
    this.list.replaceChildren(...items.map((item, place) => {
      const option = make("div", { role: "option", id: `${this.list.id}-${place}`, "aria-selected": "false" });
      option.append(...item.nodes);
      return option;
    }));
    this.list.hidden = items.length === 0;
    this.input.setAttribute("aria-expanded", String(items.length > 0));
    this.move(this.input.value.trim() && items.length ? 0 : -1);
  }

  close() {
    this.asked += 1;
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.at = -1;
  }

  move(to) {
    this.at = to;
    [...this.list.children].forEach((option, place) => option.setAttribute("aria-selected", String(place === to)));
    if (to < 0) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", `${this.list.id}-${to}`);
    this.list.children[to].scrollIntoView({ block: "nearest" });
  }

  take(place) {
    const item = this.items[place];
    this.close();
    this.choose(item);
  }

  key(event) {
    const shown = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!shown) return void this.open();
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.move((this.at + step + this.items.length) % this.items.length);
    } else if (event.key === "Enter" && shown && this.at >= 0) {
      event.preventDefault();
      event.stopImmediatePropagation();
      this.take(this.at);
    } else if (event.key === "Escape" && shown) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    }
  }
}
