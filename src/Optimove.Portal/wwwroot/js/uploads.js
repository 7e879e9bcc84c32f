// Files on their way to the portal. They go on while the person moves about in the portal; only closing the tab stops them.
const running = new Map();
let watcher = null;
let told = 0;
let next = 1;

/** Tells the page about every upload, now and whenever something changes. */
export function watch(page) {
  watcher = page;
  tell(true);
}

export function unwatch() {
  watcher = null;
}

/** Sends the file that was chosen in an input as the body of a post. */
export function send(inputId, address) {
  const file = document.getElementById(inputId).files[0];
  const upload = { id: next++, name: file.name, size: file.size, sent: 0, began: performance.now(), seconds: 0, problem: null, runId: null };
  const request = new XMLHttpRequest();
  running.set(upload.id, { upload, request });
  request.upload.onprogress = e => {
    upload.sent = e.loaded;
    tell(false);
  };
  request.onload = () => end(upload, request.status === 202 ? JSON.parse(request.responseText).id : null, request.status === 202 ? null : said(request));
  request.onerror = () => end(upload, null, "The connection broke while the file was sent. Nothing was imported; send it again.");
  request.onabort = () => end(upload, null, "You stopped it. Nothing was imported.");
  request.open("POST", address);
  request.setRequestHeader("RequestVerificationToken", document.querySelector("input[name=__RequestVerificationToken]").value);
  request.setRequestHeader("Content-Type", "application/octet-stream");
  request.send(file);
  tell(true);
}

export function stop(id) {
  running.get(id)?.request.abort();
}

export function forget(id) {
  running.delete(id);
  tell(true);
}

function said(request) {
  return request.status >= 400 && request.status < 500 && request.getResponseHeader("Content-Type")?.startsWith("text/plain")
    ? request.responseText
    : "The portal did not take the file. Nothing was imported; send it again.";
}

function end(upload, runId, problem) {
  upload.runId = runId;
  upload.problem = problem;
  tell(true);
}

function tell(now) {
  if (!watcher || (!now && performance.now() - told < 250)) return;
  told = performance.now();
  const uploads = [...running.values()].map(({ upload }) => ({ ...upload, seconds: (performance.now() - upload.began) / 1000 }));
  watcher.invokeMethodAsync("Told", uploads).catch(() => { watcher = null; });
}

addEventListener("beforeunload", e => {
  if ([...running.values()].some(({ upload }) => upload.runId === null && upload.problem === null)) e.preventDefault();
});
