// What the page does without asking the server: theme, the search key, menus, copying.
(() => {
  const root = document.documentElement;

  function toggleTheme() {
    root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
    try { localStorage.setItem("theme", root.dataset.theme); } catch { /* private window: the choice lasts for this page */ }
  }

  async function copy(button) {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.dataset.done = "";
    setTimeout(() => delete button.dataset.done, 2000);
  }

  document.addEventListener("click", e => {
    const target = e.target instanceof Element ? e.target : null;
    if (target?.closest("[data-theme-toggle]")) toggleTheme();
    const copied = target?.closest("[data-copy]");
    if (copied) copy(copied);
    if (target?.closest("[popover] a")) target.closest("[popover]").hidePopover();
  });

  document.addEventListener("keydown", e => {
    const typing = e.target instanceof Element && e.target.closest("input, textarea, select, [contenteditable=true]");
    if (e.key !== "/" || typing || e.ctrlKey || e.metaKey || e.altKey) return;
    const search = document.getElementById("search");
    if (!search || search.offsetParent === null) return;
    e.preventDefault();
    search.focus();
    search.select();
  });

  // Up and down walk through an open menu, as its role promises.
  document.addEventListener("keydown", e => {
    const menu = e.target instanceof Element && e.target.closest(".menu");
    if (!menu || (e.key !== "ArrowDown" && e.key !== "ArrowUp")) return;
    e.preventDefault();
    const entries = [...menu.querySelectorAll(".entry")];
    const step = e.key === "ArrowDown" ? 1 : -1;
    entries[(entries.indexOf(document.activeElement) + step + entries.length) % entries.length]?.focus();
  });

  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", e => {
    try { if (localStorage.getItem("theme")) return; } catch { /* no stored choice */ }
    root.dataset.theme = e.matches ? "dark" : "light";
  });
})();
