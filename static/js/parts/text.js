/** Changes in a text box as if they had been typed, so that undo goes on working. */
export function type(box, text) {
  box.focus();
  if (document.execCommand("insertText", false, text)) return;
  box.setRangeText(text, box.selectionStart, box.selectionEnd, "end");
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Puts marks around the selection, or around the words that stand for it, and selects these. */
export function wrap(box, before, after, placeholder) {
  const chosen = selection(box) || placeholder;
  const start = box.selectionStart + before.length;
  type(box, before + chosen + after);
  box.setSelectionRange(start, start + chosen.length);
}

/** Puts a mark before each chosen line. */
export function prefix(box, mark) {
  const start = box.value.lastIndexOf("\n", box.selectionStart - 1) + 1;
  box.setSelectionRange(start, box.selectionEnd);
  const lines = selection(box).split("\n");
  type(box, lines.map((line) => mark + line).join("\n"));
}

/** Puts a block of its own at the caret. */
export function block(box, text) {
  const before = box.value.slice(0, box.selectionStart);
  const gap = before === "" || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  type(box, `${gap}${text}\n`);
}

export function selection(box) {
  return box.value.slice(box.selectionStart, box.selectionEnd);
}
