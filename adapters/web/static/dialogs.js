// Forms and questions as the browser's own dialogs: focus is kept inside, Escape closes, and focus goes back afterwards.

import { piece } from "./dom.js";
import { setUpFields, valuesOf } from "./fields.js";
import { send } from "./request.js";
import { freshId, here, word } from "./state.js";

let url = "";
let thread = "";

export function openForm(html, inThread = "") {
  const dialog = document.getElementById("form");
  const form = piece(html);
  thread = inThread;
  url = `${here()}/submit`;
  dialog.replaceChildren(form);
  dialog.setAttribute("aria-labelledby", form.getAttribute("aria-labelledby"));
  setUpFields(form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(dialog, form);
  });
  if (!dialog.open) dialog.showModal();
  const first = form.querySelector(".form-body input:not([type=hidden]), .form-body select, .form-body textarea");
  (first ?? form.querySelector("h2")).focus();
}

async function submit(dialog, form) {
  const button = form.querySelector("button[type=submit]");
  if (button.getAttribute("aria-busy")) return;
  const big = [...form.querySelectorAll("input[type=file]")].find((one) => one.files[0]?.size > Number(one.dataset.most));
  if (big) return void showProblems(form, { [big.name]: word("too_long") });
  busy(button, true);
  const body = { id: freshId(), wire: form.dataset.wire, origin: form.dataset.origin, thread, seen: JSON.parse(form.dataset.seen), values: await valuesOf(form) };
  const answer = await send(url, body);
  busy(button, false);
  if (answer.seen) form.dataset.seen = JSON.stringify(answer.seen);
  if (answer.outcome === "correct") showProblems(form, answer.problems);
  else if (answer.outcome === "sorry") {
    form.querySelector(".answer").textContent = answer.said;
    form.querySelector(".form-body").scrollTop = 0;
  } else if (answer.outcome === "form") openForm(answer.html, thread);
  else dialog.close();
}

function showProblems(form, problems) {
  form.querySelectorAll(".wrong").forEach((field) => field.classList.remove("wrong"));
  form.querySelectorAll(".problem").forEach((place) => { place.textContent = ""; });
  form.querySelectorAll("[aria-invalid]").forEach((control) => control.removeAttribute("aria-invalid"));
  form.querySelector(".answer").textContent = word("check_fields");
  let first = null;
  for (const field of form.querySelectorAll("[data-field]")) {
    const problem = problems[field.dataset.field];
    if (!problem) continue;
    field.classList.add("wrong");
    field.querySelector(".problem").textContent = problem;
    const control = field.querySelector("input:not([type=hidden]), select, textarea");
    control?.setAttribute("aria-invalid", "true");
    first ??= control;
  }
  first?.focus();
}

export function busy(button, on) {
  if (on) {
    button.setAttribute("aria-busy", "true");
    button.setAttribute("aria-disabled", "true");
  } else {
    button.removeAttribute("aria-busy");
    button.removeAttribute("aria-disabled");
  }
}

export function ask(button) {
  const { confirmTitle, confirmText, confirmYes, confirmNo } = button.dataset;
  if (confirmTitle === undefined) return Promise.resolve(true);
  const dialog = document.getElementById("confirm");
  dialog.querySelector("h2").textContent = confirmTitle;
  dialog.querySelector("p").textContent = confirmText;
  const [yes, no] = [dialog.querySelector("[data-yes]"), dialog.querySelector("[data-no]")];
  [yes.textContent, no.textContent] = [confirmYes, confirmNo];
  yes.classList.toggle("danger", button.classList.contains("danger"));
  yes.classList.toggle("main", !button.classList.contains("danger"));
  return new Promise((done) => {
    yes.onclick = () => dialog.close("yes");
    no.onclick = () => dialog.close("no");
    dialog.onclose = () => { done(dialog.returnValue === "yes"); dialog.returnValue = ""; };
    dialog.returnValue = "";
    dialog.showModal();
    no.focus();
  });
}

export function setUpDialogs() {
  for (const dialog of document.querySelectorAll("dialog")) {
    dialog.addEventListener("click", (event) => {
      if (event.target.closest("[data-close]")) dialog.close();
    });
  }
}
