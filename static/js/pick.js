// Comfort only: « Toutes et tous » ticks its group, a search narrows what is shown, the bar counts.
(() => {
  "use strict";
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const whole = (set) => set.querySelector('input[value="all"]');
  const each = (set) => [...set.querySelectorAll('input[type="checkbox"]:not([value="all"])')];
  const sets = (root) => [...root.querySelectorAll("fieldset.chips")];
  const show = (root) => {
    const picked = sets(root).flatMap(each).filter((box) => box.checked).length;
    const said = document.querySelector("[data-picked]");
    if (said) said.value = picked ? (picked === 1 ? said.dataset.one : said.dataset.many.replace("#", picked)) : "";
  };
  document.addEventListener("change", ({ target }) => {
    const root = target.closest("[data-pick]");
    const set = target.closest("fieldset.chips");
    if (!root || !set) return;
    const all = whole(set), rest = each(set);
    if (target === all) for (const box of rest) box.checked = all.checked;
    else if (all) all.checked = rest.every((box) => box.checked);
    show(root);
  });
  document.addEventListener("input", ({ target }) => {
    const root = target.closest("[data-pick]");
    if (!root || target.type !== "search") return;
    const wanted = plain(target.value.trim());
    for (const box of sets(root).flatMap(each)) {
      const chip = box.closest(".chip");
      chip.hidden = wanted !== "" && !plain(chip.textContent).includes(wanted);
    }
  });
  const start = () => {
    for (const root of document.querySelectorAll("[data-pick]")) {
      for (const set of sets(root)) if (whole(set)?.checked) for (const box of each(set)) box.checked = true;
      const search = root.querySelector("[data-pick-search]");
      if (search) search.hidden = sets(root).flatMap(each).length < 13;
      show(root);
    }
  };
  document.addEventListener("htmx:afterSettle", start);
  addEventListener("pageshow", start);
  start();
})();
