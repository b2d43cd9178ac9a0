// « Copier le lien »: the address of this part of the page, whole; without script the link leads to it.
for (const link of document.querySelectorAll("[data-copy]")) {
  link.addEventListener("click", () => {
    if (!navigator.clipboard) return;
    navigator.clipboard.writeText(link.href).then(() => { link.textContent = link.dataset.copy; }, () => {});
  });
}
