/**
 * Completes the last of the tags in a text field, which are separated by commas.
 * <div data-behaviour="tags" data-tags="/tags/complete" data-found="Tags found: {count}"> around the field.
 */
import { completion } from "../parts/completion.js";

export function attach(box) {
  const input = box.querySelector("input");
  const status = box.appendChild(document.createElement("p"));
  status.className = "for-screen-readers";
  status.setAttribute("role", "status");
  const start = () => input.value.lastIndexOf(",") + 1;
  const chosen = () => input.value.slice(0, start()).split(",").map((each) => each.trim().toLowerCase());

  completion(input, input, {
    termOf: () => input.value.slice(start()).trim(),
    load: async (term) => {
      const response = await fetch(`${box.dataset.tags}?q=${encodeURIComponent(term)}`);
      const found = response.ok ? await response.json() : [];
      return found.filter((tag) => !chosen().includes(tag.name.toLowerCase()));
    },
    show: (tag) => [tag.name, String(tag.questions)],
    accept: (tag) => {
      const before = input.value.slice(0, start());
      input.value = `${before}${before && !before.endsWith(" ") ? " " : ""}${tag.name}, `;
      input.dispatchEvent(new Event("input", { bubbles: true }));
    },
    status: (count) => (status.textContent = box.dataset.found.replace("{count}", count)),
  });
}
