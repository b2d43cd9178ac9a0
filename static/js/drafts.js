// What is typed in an entry form goes to the server as one pauses; while the network is cut, this tab keeps a copy,
// encrypted under a key that only the pages of the same person hold.
(() => {
  "use strict";
  const PAUSE_MS = 1200;
  const RETRY_MS = 10000;
  const OWN = ["opened_by", "csrfmiddlewaretoken"];
  const current = () => document.querySelector("form[data-drafts]");
  const typed = (form) => new URLSearchParams(new FormData(form));
  const say = (form, words) => {
    const status = form.querySelector(".draft-status");
    if (status && status.textContent !== words) status.textContent = words;
  };

  const slot = () => `saisie:${location.pathname}${location.search}`;
  const bytes = (text, step, base) => Uint8Array.from({ length: text.length / step }, (_, n) => parseInt(text.substr(n * step, step), base));
  const key = (form) => crypto.subtle.importKey("raw", bytes(form.dataset.copyKey, 2, 16), "AES-GCM", false, ["encrypt", "decrypt"]);
  const copy = async (form) => {
    if (!window.crypto?.subtle) return;
    const at = slot();
    const words = new TextEncoder().encode(typed(form).toString());
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key(form), words));
    sessionStorage.setItem(at, [...iv, ...sealed].map((byte) => byte.toString(16).padStart(2, "0")).join(""));
  };
  const open = async (form) => {
    const stored = sessionStorage.getItem(slot());
    if (!stored || !window.crypto?.subtle) return null;
    const all = bytes(stored, 2, 16);
    try {
      const words = await crypto.subtle.decrypt({ name: "AES-GCM", iv: all.slice(0, 12) }, await key(form), all.slice(12));
      return new URLSearchParams(new TextDecoder().decode(words));
    } catch {
      return null; // someone else's
    }
  };
  const fill = (form, values) => {
    const left = {};
    for (const field of form.elements) {
      if (!field.name || OWN.includes(field.name)) continue;
      const wanted = (left[field.name] ??= values.getAll(field.name));
      if (field.type === "checkbox" || field.type === "radio") field.checked = wanted.includes(field.value);
      else if (wanted.length) field.value = wanted.shift();
      if (field.value && field.tagName === "TEXTAREA") field.closest("details")?.setAttribute("open", "");
    }
  };

  let timer = 0;
  let sending = null;
  let changed = false;
  const later = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(send, wait);
  };
  async function send() {
    const form = current();
    if (!form || !changed) return;
    if (sending) return later(PAUSE_MS);
    const at = slot();
    const going = (sending = new AbortController());
    changed = false;
    try {
      const answer = await fetch(form.dataset.drafts, { method: "POST", body: typed(form), signal: going.signal });
      if (answer.status >= 500) throw new Error(answer.status);
      const { said } = await answer.json();
      sessionStorage.removeItem(at);
      if (form.isConnected) say(form, said);
    } catch {
      if (going.signal.aborted) return;
      changed = true;
      await copy(form);
      if (form.isConnected) say(form, form.dataset.cut);
      later(RETRY_MS);
    } finally {
      if (sending === going) sending = null;
    }
  }
  const leave = () => {
    const form = current();
    if (!form || !changed) return;
    clearTimeout(timer);
    changed = false;
    fetch(form.dataset.drafts, { method: "POST", body: typed(form), keepalive: true }).catch(() => { changed = true; });
  };
  const typing = (event) => {
    if (!event.target.closest?.("form[data-drafts]")) return;
    changed = true;
    later(PAUSE_MS);
  };
  document.addEventListener("input", typing);
  document.addEventListener("change", typing);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") leave(); });
  addEventListener("pagehide", leave);
  addEventListener("online", () => later(0));

  // The form itself is on its way: a draft that would arrive after it has nothing left to say.
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-drafts], form[action$='/brouillons/effacer/']")) return;
    clearTimeout(timer);
    changed = false;
    sending?.abort();
  }, true);
  const failed = (event) => {
    const form = event.target.closest("form[data-drafts]");
    if (!form) return;
    copy(form);
    changed = true;
    later(RETRY_MS);
  };
  document.addEventListener("htmx:sendError", failed);
  document.addEventListener("htmx:timeout", failed);
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.requestConfig?.elt?.matches("form[data-drafts]") && event.detail.xhr.status < 500) sessionStorage.removeItem(slot());
  });

  const takeUp = async () => {
    const form = current();
    const values = form && (await open(form));
    if (!values) return;
    fill(form, values);
    changed = true;
    await send();
    if (!changed) say(form, form.dataset.back);
  };
  takeUp();
})();
