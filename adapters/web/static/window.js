// The window around the conversation: light or dark, the language's link, and the sidebar as a drawer.

const YEAR = 31_536_000;

export function setUpWindow() {
  if (new URLSearchParams(location.search).has("language")) history.replaceState({}, "", location.pathname);
  document.getElementById("theme").addEventListener("click", () => {
    const root = document.documentElement;
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    document.cookie = `theme=${root.dataset.theme}; path=/; max-age=${YEAR}; samesite=lax`;
  });
  document.addEventListener("click", (event) => {
    const drawer = event.target.closest?.("[data-drawer]");
    if (drawer) setDrawer(drawer.dataset.drawer === "open");
    else if (event.target.closest?.(".veil")) setDrawer(false);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && document.getElementById("sidebar").classList.contains("open") && !document.querySelector("dialog[open]")) setDrawer(false);
  });
}

export const closeDrawer = () => {
  if (document.getElementById("sidebar").classList.contains("open")) setDrawer(false);
};

function setDrawer(open) {
  const sidebar = document.getElementById("sidebar");
  sidebar.classList.toggle("open", open);
  document.querySelector(".veil").hidden = !open;
  const button = document.querySelector("[data-drawer='open']");
  button.setAttribute("aria-expanded", String(open));
  if (open) (sidebar.querySelector("a[aria-current=page]") ?? sidebar.querySelector("button")).focus();
  else button.focus();
}
