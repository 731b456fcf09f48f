// Opens the preview in a window as wide as a telephone.
for (const link of document.querySelectorAll("[data-phone]")) {
  link.hidden = false;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    open(location.href, "_blank", "popup,noopener,width=390,height=844");
  });
}
