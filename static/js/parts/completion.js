/**
 * Suggestions below a text box: the combobox pattern of WAI-ARIA, for tags and for @handles.
 *
 * completion(input, anchor, { termOf, load, show, accept, status }):
 * termOf() gives what is being typed or ""; load(term) promises entries; show(entry) gives
 * [words, remark]; accept(entry) puts one into the text; status(count) says how many there are.
 */
let count = 0;

export function completion(input, anchor, { termOf, load, show, accept, status }) {
  const list = listBelow(anchor);
  let entries = [];
  let active = -1;
  let asked = 0;
  let timer;

  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.autocomplete = "off";
  if (input.tagName === "INPUT") {
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-expanded", "false");
  }

  const mark = (index) => {
    active = index;
    [...list.children].forEach((each, at) => each.setAttribute("aria-selected", String(at === index)));
    if (index < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", list.children[index].id);
    list.children[index].scrollIntoView({ block: "nearest" });
  };
  const fill = (found) => {
    entries = found;
    list.hidden = !found.length;
    if (input.getAttribute("role")) input.setAttribute("aria-expanded", String(!list.hidden));
    list.replaceChildren(...found.map((entry, at) => option(`${list.id}-${at}`, show(entry))));
    mark(-1);
  };
  const choose = (index) => {
    const entry = entries[index];
    fill([]);
    accept(entry);
  };
  const look = async () => {
    const term = termOf();
    const turn = ++asked;
    const found = term ? await load(term).catch(() => []) : [];
    if (turn !== asked) return;
    fill(found);
    if (term) status(found.length);
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, 150);
  });
  input.addEventListener("blur", () => setTimeout(() => fill([]), 150));
  list.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    const index = [...list.children].indexOf(event.target.closest("[role=option]"));
    if (index >= 0) choose(index);
  });
  input.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) mark((active + step + entries.length + (active < 0 && step < 0 ? 1 : 0)) % entries.length);
    else if (event.key === "Escape") fill([]);
    else if ((event.key === "Enter" || event.key === "Tab") && active >= 0) choose(active);
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  });
}

function listBelow(anchor) {
  const frame = document.createElement("div");
  frame.className = "completion";
  anchor.replaceWith(frame);
  const list = document.createElement("ul");
  list.className = "completion__list";
  list.setAttribute("role", "listbox");
  list.id = `completion-${++count}`;
  list.hidden = true;
  frame.append(anchor, list);
  return list;
}

function option(id, [words, remark]) {
  const item = document.createElement("li");
  item.id = id;
  item.setAttribute("role", "option");
  const quiet = document.createElement("span");
  quiet.className = "quiet small";
  quiet.textContent = remark;
  item.append(words, quiet);
  return item;
}
