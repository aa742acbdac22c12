/**
 * Puts a prepared reply into the answer at once, where the cursor was or at the end.
 * Around the choice and its button: data-done and data-failed are said to screen readers.
 */
export function attach(region) {
  const form = region.closest("form");
  const button = region.querySelector("button");
  const status = region.querySelector("[role=status]");
  const box = form.querySelector("textarea[name=body]");

  button.addEventListener("click", async (event) => {
    event.preventDefault();
    if (!region.querySelector("select").value) return;
    button.disabled = true;
    try {
      const response = await fetch(button.formAction, {
        method: "POST",
        body: new FormData(form),
        headers: { Accept: "application/json" },
      });
      if (!response.ok) throw new Error(response.status);
      put((await response.json()).text);
      status.textContent = region.dataset.done;
    } catch {
      status.textContent = region.dataset.failed;
    } finally {
      button.disabled = false;
    }
  });

  function put(text) {
    const before = box.value.slice(0, box.selectionStart).trimEnd();
    const after = box.value.slice(box.selectionEnd).trimStart();
    box.value = [before, text, after].filter(Boolean).join("\n\n");
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.focus();
  }
}
