// « Copier le lien »: the address of this part of the page, whole; without script the link leads to it.
// « Copier »: the value of the field it names; hidden without script.
for (const one of document.querySelectorAll("[data-copy]")) {
  if (navigator.clipboard) one.hidden = false;
  one.addEventListener("click", () => {
    const text = one.href ?? document.getElementById(one.dataset.copyOf).value;
    navigator.clipboard?.writeText(text).then(() => { one.textContent = one.dataset.copy; }, () => {});
  });
}
