/** A look at what a text will be, in place of its text box. */
import { insert } from "./fragment.js";
import { drawing, tool } from "./tools.js";

export function previewButton(composer, bar) {
  const { field, box, words, say } = composer;
  const pane = document.createElement("div");
  pane.className = "composer__preview prose";
  pane.hidden = true;
  box.after(pane);
  const button = tool(words.preview, async () => {
    const open = pane.hidden;
    if (open && !(await render(composer, pane))) return say(words.failed, true);
    say("");
    pane.hidden = !open;
    box.hidden = open;
    for (const each of bar.children) if (each !== button) each.hidden = open;
    name(open ? words.write : words.preview);
    if (!open) box.focus();
  });
  button.classList.add("composer__tool--end");
  button.tabIndex = -1;
  const label = document.createElement("span");
  button.append(drawing(`${field.dataset.icons}#eye`), label);
  const name = (text) => {
    label.textContent = text;
    button.title = text;
    button.setAttribute("aria-label", text);
  };
  name(words.preview);
  return button;
}

async function render({ field, box, words, token }, pane) {
  try {
    const response = await fetch(field.dataset.preview, {
      method: "POST",
      headers: { Accept: "application/json", "X-CSRFToken": token() },
      body: new URLSearchParams({ source: box.value }),
    });
    const { html } = await response.json();
    if (!response.ok) return false;
    insert(pane, html);
    if (!box.value.trim()) pane.textContent = words.empty;
    return true;
  } catch {
    return false;
  }
}
