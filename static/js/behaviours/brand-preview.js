/**
 * Shows colours and fonts in the little pages while they are chosen.
 * <form data-behaviour="brand-preview" data-sheet="/admin/brand/preview.css">
 */
const NAMES = ["colour", "ink", "dark", "font", "headings"];
const PAUSE = 250;

export function attach(form) {
  const sheet = document.getElementById("brand-preview");
  let timer = 0;
  form.addEventListener("input", (event) => {
    if (!NAMES.includes(event.target.name)) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      const values = NAMES.map((name) => [name, form.elements[name].value.trim()]);
      sheet.href = `${form.dataset.sheet}?${new URLSearchParams(values)}`;
    }, PAUSE);
  });
}
