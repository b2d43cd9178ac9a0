// Comfort only: every page works without it.
(() => {
  "use strict";
  const RETRY_AFTER_MS = 10000;

  // A cut network: the page keeps what was typed and sends it again, with the same key, so that it counts once.
  const waiting = new Set();
  const resend = (form) => {
    if (waiting.delete(form) && form.isConnected) form.requestSubmit();
  };
  document.addEventListener("htmx:sendError", (event) => {
    const form = event.target.closest("form[data-entry]");
    if (!form) return;
    const template = document.getElementById("offline-banner");
    if (template && !document.querySelector(".banner.is-offline")) {
      form.before(template.content.cloneNode(true));
      form.previousElementSibling.classList.add("is-offline");
    }
    waiting.add(form);
    setTimeout(() => resend(form), RETRY_AFTER_MS);
  });
  addEventListener("online", () => [...waiting].forEach(resend));

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
})();
