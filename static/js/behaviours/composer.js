/**
 * Makes a Markdown text box comfortable: tools, keys (Ctrl or Cmd with B, I, K; Enter sends), preview
 * and pictures by button, paste and drop.
 * <div data-behaviour="composer" data-words='{…}' data-icons="…" data-preview="…" data-uploads="…">
 * Without the address for previews or for pictures there is no button for them.
 */
import { addPicture, acceptPictures } from "../parts/pictures.js";
import { previewButton } from "../parts/preview.js";
import { block, prefix, selection, wrap } from "../parts/text.js";
import { drawing, tool } from "../parts/tools.js";

const KEYS = { b: "bold", i: "italic", k: "link" };

export function attach(field) {
  const box = field.querySelector("textarea");
  const words = JSON.parse(field.dataset.words);
  const status = field.querySelector(".status");
  const say = (text, wrong = false) => {
    status.textContent = text;
    status.classList.toggle("status--error", wrong);
  };
  const composer = { field, box, words, say, token: () => box.form.elements.csrf_token?.value ?? "" };
  const acts = {
    bold: () => wrap(box, "**", "**", words.bold_text),
    italic: () => wrap(box, "*", "*", words.italic_text),
    link: () => wrap(box, "[", "](https://)", words.link_text),
    quote: () => prefix(box, "> "),
    code: () => (/\n/.test(selection(box)) ? block(box, `\`\`\`\n${selection(box)}\n\`\`\``) : wrap(box, "`", "`", words.code)),
    list: () => prefix(box, "- "),
  };
  if (field.dataset.uploads) {
    acts.image = () => addPicture(composer);
    acceptPictures(composer);
  }
  const bar = toolbar(composer, acts);
  if (field.dataset.preview) bar.append(previewButton(composer, bar));
  field.querySelector(".composer__box").prepend(bar);
  box.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const act = acts[KEYS[event.key.toLowerCase()]];
    if (event.key === "Enter") box.form.requestSubmit();
    else if (act) act();
    else return;
    event.preventDefault();
  });
}

function toolbar({ field, words, box }, acts) {
  const bar = document.createElement("div");
  bar.className = "composer__bar";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", words.tools);
  box.id && bar.setAttribute("aria-controls", box.id);
  for (const [name, act] of Object.entries(acts)) {
    const button = tool(words[name], act);
    button.append(drawing(`${field.dataset.icons}#${name}`));
    bar.append(button);
  }
  // One stop for the tab key; arrows move inside.
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const all = [...bar.querySelectorAll("button:not([hidden])")];
    const next = all[(all.indexOf(event.target) + step + all.length) % all.length];
    for (const each of all) each.tabIndex = each === next ? 0 : -1;
    next.focus();
  });
  [...bar.children].slice(1).forEach((each) => (each.tabIndex = -1));
  return bar;
}
