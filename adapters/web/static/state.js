// What the page was told by the server: who this window is, where it is, and every word in its language.

export const state = {};

export function readState(page = document) {
  Object.assign(state, JSON.parse(page.querySelector('meta[name="brobygger"]').content));
}

export const word = (name) => state.words[name];

export const home = () => `/as/${state.member}`;

export const here = () => `${home()}/c/${state.conversation}`;

export function freshId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (one) => one.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
