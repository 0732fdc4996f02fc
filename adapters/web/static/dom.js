// Makes nodes. Text is always text: nothing here reads what a person wrote as markup.

export function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null) node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

// Markup that the server rendered, with everything in it escaped there. A parsed document runs no scripts.
export function parse(html) {
  return new DOMParser().parseFromString(html, "text/html");
}

export function piece(html) {
  return document.adoptNode(parse(html).body.firstElementChild);
}

export function avatar(person) {
  return make("span", { class: `avatar tone-${person.tone}`, "aria-hidden": "true" }, person.initials);
}

export function announce(text) {
  const place = document.getElementById("announcer");
  place.textContent = "";
  requestAnimationFrame(() => { place.textContent = text; });
}
