// Comfort only: every page works without it.
(() => {
  "use strict";
  const FIRST_PAUSE_MS = 5000;
  const LONGEST_PAUSE_MS = 60000;
  const SENT_AGAIN = "form[data-entry], form[data-resend]";

  // A cut network, a server at a loss: the page keeps what was typed and sends it again, with the same key, so that it counts once.
  const waiting = new Map();
  let pause = FIRST_PAUSE_MS;
  const resend = (form) => {
    const wait = waiting.get(form);
    if (!wait) return;
    clearTimeout(wait.timer);
    waiting.delete(form);
    if (form.isConnected) form.requestSubmit(wait.button?.isConnected ? wait.button : null);
  };
  const say = (form, name) => {
    const template = document.getElementById(name);
    const said = document.querySelector(".banner.is-cut");
    if (!template || said?.dataset.said === name) return;
    said?.remove();
    const banner = template.content.firstElementChild.cloneNode(true);
    banner.classList.add("is-cut");
    banner.dataset.said = name;
    (form.matches("[data-entry]") ? form : document.querySelector(".page-header") ?? form).before(banner);
  };
  const keep = (form, event, banner) => {
    if (!form) return;
    say(form, banner);
    clearTimeout(waiting.get(form)?.timer);
    const button = event.detail.requestConfig?.triggeringEvent?.submitter;
    waiting.set(form, { button, timer: setTimeout(() => resend(form), pause) });
    pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS);
  };
  const sentBy = (event) => (event.detail.requestConfig?.elt ?? event.target).closest(SENT_AGAIN);
  document.addEventListener("htmx:sendError", (event) => keep(sentBy(event), event, "cut-banner"));
  document.addEventListener("htmx:timeout", (event) => keep(sentBy(event), event, "down-banner"));
  document.addEventListener("htmx:beforeSwap", (event) => {
    const form = sentBy(event);
    if (event.detail.xhr.status < 500) pause = FIRST_PAUSE_MS;
    else if (form) {
      event.detail.shouldSwap = false;
      keep(form, event, "down-banner");
    }
  });
  document.addEventListener("htmx:beforeRequest", (event) => waiting.delete(sentBy(event)));
  addEventListener("online", () => [...waiting.keys()].forEach(resend));

  // A page that comes in place of another brings its own style sheets.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target !== document.body) return;
    const page = new DOMParser().parseFromString(event.detail.serverResponse, "text/html");
    const known = new Set([...document.querySelectorAll("link[rel=stylesheet]")].map((link) => link.getAttribute("href")));
    for (const link of page.querySelectorAll("link[rel=stylesheet]")) {
      if (!known.has(link.getAttribute("href"))) document.head.append(link.cloneNode());
    }
  });

  // After a refusal, the keyboard and the reader stand on what must change.
  const showProblem = () => document.getElementById("error-summary")?.focus();
  document.addEventListener("htmx:afterSettle", showProblem);
  document.addEventListener("DOMContentLoaded", showProblem);

  // A day is repeated in words, since its picker writes it as the browser was installed.
  const inWords = (input) => {
    const lang = document.documentElement.lang;
    const words = new Intl.DateTimeFormat(lang, { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
    const day = input.valueAsDate;
    return !day || day.getUTCFullYear() < 1900 ? "" : words.format(day).replace(/ 1 (?=\p{L})/u, lang.startsWith("fr") ? " 1er " : " 1 ");
  };
  document.addEventListener("input", ({ target }) => {
    const output = target.type === "date" && target.parentElement.querySelector(".day-words");
    if (output) output.value = inWords(target);
  });
  // Nobody there for as long as the server waits: ask again for the page, which is then the sign-in page.
  let last = Date.now();
  const stir = () => { last = Date.now(); };
  for (const name of ["pointerdown", "keydown", "input", "wheel"]) addEventListener(name, stir, { capture: true, passive: true });
  const lock = () => {
    const seconds = Number(document.querySelector("[data-idle-lock]")?.dataset.idleLock ?? 0);
    if (seconds && navigator.onLine && Date.now() - last > (seconds + 5) * 1000) location.replace(location.href);
  };
  setInterval(lock, 10000);
  document.addEventListener("visibilitychange", lock);

  // On the way out, this device forgets what it kept through a cut.
  document.addEventListener("submit", (event) => {
    if (event.target.action?.endsWith("/logout/")) sessionStorage.clear();
  });

  // The page that stands in for one that can't be had asks for it again by itself.
  const again = () => fetch("/sante/", { cache: "no-store" }).then((answer) => answer.ok && location.reload(), () => {});
  if (document.querySelector("[data-again]")) {
    addEventListener("online", again);
    setInterval(again, 5000);
  }

  navigator.serviceWorker?.register("/sw.js").catch(() => {});
})();
