// On a telephone the later sections of a case begin folded, as in a book of contents; without this file they stand open.
if (matchMedia("(max-width: 720px)").matches) {
  for (const part of document.querySelectorAll("details.folds")) {
    if (`#${part.id}` !== location.hash && !part.querySelector(":target")) part.open = false;
  }
  addEventListener("hashchange", () => {
    const part = document.getElementById(location.hash.slice(1));
    if (part?.matches("details")) part.open = true;
  });
  // Who came to answer a remark sees it, though the page above has folded.
  document.querySelector("[autofocus]")?.scrollIntoView({ block: "center" });
}

// The print button of a page made for paper; without this file the browser's own menu prints it.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
