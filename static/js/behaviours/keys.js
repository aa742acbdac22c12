/**
 * One key for each act of a page: an element with data-key="a" is pressed by "a".
 *
 * Links are followed and folds opened; a button is only brought into focus, so that Enter decides
 * and a slip of the finger does not. With data-keys-rows="selector", j and k walk through links.
 * "?" opens the list of the keys, where they can be switched off.
 * <div data-behaviour="keys" [data-keys-rows=".row a"]>
 */
import { read, remove, write } from "../parts/storage.js";

const OFF = "keys-off";

export function attach(root) {
  const help = document.querySelector("[data-keys-help]");
  if (help) list(help);
  // Kept for a while only, so what was switched off is noted anew with each visit.
  if (read(OFF)) write(OFF, true);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    if (read(OFF) && event.key !== "?") return;
    if (walk(root, event.key) || press(event.key)) event.preventDefault();
  });
}

function isTyping(element) {
  if (element.isContentEditable || element.matches("textarea, select")) return true;
  return element.matches("input") && !["radio", "checkbox", "submit"].includes(element.type);
}

function walk(root, key) {
  const step = { j: 1, k: -1 }[key];
  if (!root.dataset.keysRows || !step) return false;
  const rows = [...root.querySelectorAll(root.dataset.keysRows)];
  const here = rows.indexOf(document.activeElement);
  const next = rows[here < 0 ? 0 : Math.min(Math.max(here + step, 0), rows.length - 1)];
  next?.focus();
  return Boolean(next);
}

function press(key) {
  const target = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!target) return false;
  if (target.matches("button")) target.focus();
  else if (target.matches("summary")) open(target);
  else target.click();
  if (target.matches("input")) target.focus();
  return true;
}

function open(summary) {
  const fold = summary.parentElement;
  fold.open = !fold.open;
  const first = fold.open ? fold.querySelector("select, textarea, input") : null;
  (first ?? summary).focus();
}

function list(help) {
  help.hidden = false;
  const into = help.querySelector("[data-keys-list]");
  const rows = document.querySelector("[data-keys-rows]");
  if (rows) add(into, "j, k", help.dataset.walk);
  for (const each of document.querySelectorAll("[data-key]")) {
    if (each.dataset.key !== "?") add(into, each.dataset.key, words(each));
  }
  const wanted = help.querySelector("[data-keys-switch]");
  wanted.checked = !read(OFF);
  wanted.addEventListener("change", () => wanted.checked ? remove(OFF) : write(OFF, true));
}

function words(element) {
  const named = element.labels?.[0] ?? element;
  const copy = named.cloneNode(true);
  for (const part of copy.querySelectorAll("kbd, svg, .review__usual")) part.remove();
  return copy.textContent.trim();
}

function add(into, key, meaning) {
  const name = document.createElement("dt");
  const mark = document.createElement("kbd");
  mark.textContent = key;
  name.append(mark);
  const text = document.createElement("dd");
  text.textContent = meaning;
  into.append(name, text);
}
