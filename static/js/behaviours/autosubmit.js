/**
 * Filters that work as soon as they are chosen with mouse or finger. By keyboard the button stays
 * the way, because arrow keys step through every choice. Keeps empty choices out of the address.
 * <form data-behaviour="autosubmit">
 */
export function attach(form) {
  let byPointer = false;
  form.addEventListener("pointerdown", () => (byPointer = true));
  form.addEventListener("keydown", () => (byPointer = false));
  form.addEventListener("change", () => {
    if (byPointer) form.requestSubmit();
  });
  form.addEventListener("submit", () => {
    for (const control of form.elements) {
      if (control.name && control.value === "") control.disabled = true;
    }
  });
  window.addEventListener("pageshow", () => {
    for (const control of form.elements) control.disabled = false;
  });
}
