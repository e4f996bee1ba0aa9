// A button that copies what a field holds, and says so; a site that does not know its address has the visitor's.
const here = new URL(document.documentElement.dataset.root, location.href).href.replace(/index\.html$/, "");

for (const button of document.querySelectorAll("[data-copies]")) {
  const field = document.getElementById(button.dataset.copies);
  const said = button.nextElementSibling;
  field.value = field.value.replaceAll("https://YOUR-SITE/", here);
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      said.textContent = "Copied.";
    } catch {
      said.textContent = "Marked: copy it with the keyboard.";
    }
  });
}
