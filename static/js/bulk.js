// Comfort only: the bar counts what is ticked, and « Cette page » ticks its rows.
(() => {
  "use strict";
  const boxes = (form) => [...form.querySelectorAll('input[name="point"]')];
  const scope = (form, value) => form.querySelector(`[name="etendue"][value="${value}"]`);
  const show = (form) => {
    const all = boxes(form), picked = all.filter((box) => box.checked).length;
    const page = scope(form, "page"), said = form.querySelector("[data-picked]");
    page.checked = picked > 0 && picked === all.length;
    page.indeterminate = picked > 0 && picked < all.length;
    const words = picked === 1 ? said.dataset.one : said.dataset.many.replace("#", picked);
    said.value = picked && !scope(form, "filtre")?.checked ? words : "";
  };
  document.addEventListener("change", ({ target }) => {
    const form = target.closest("form.bulk");
    if (!form) return;
    if (target === scope(form, "page")) for (const box of boxes(form)) box.checked = target.checked;
    const whole = scope(form, "filtre");
    if (whole && target !== whole) whole.checked = false;
    show(form);
  });
  const start = () => document.querySelectorAll("form.bulk").forEach(show);
  document.addEventListener("htmx:afterSettle", start);
  addEventListener("pageshow", start);
  start();
})();
