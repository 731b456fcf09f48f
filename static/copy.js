// A button with data-copy copies the field before it and then shows what data-copy says.
document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-copy]");
  if (!button) return;
  button.previousElementSibling.select();
  if (document.execCommand("copy")) button.textContent = button.dataset.copy;
});
