// A server that was started anew does not know this page's circuit: reload as soon as it answers again.
(() => {
  const notice = document.getElementById("components-reconnect-modal");
  document.getElementById("reconnect-reload").addEventListener("click", () => location.reload());
  const lost = () => ["components-reconnect-failed", "components-reconnect-rejected"].some(c => notice.classList.contains(c));
  const answers = () => fetch("/health/live", { cache: "no-store" }).then(r => r.ok, () => false);
  let waiting = false;
  new MutationObserver(async () => {
    if (waiting || !lost()) return;
    waiting = true;
    while (!await answers()) await new Promise(r => setTimeout(r, 1000));
    location.reload();
  }).observe(notice, { attributes: true, attributeFilter: ["class"] });
})();
