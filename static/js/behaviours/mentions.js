/**
 * Completes @handles in a text box.
 * <div data-behaviour="mentions" data-members="/members/complete" data-found="Members found: {count}">
 * around the text box.
 */
import { completion } from "../parts/completion.js";
import { type } from "../parts/text.js";

const MENTION = /(?:^|[\s(])@([\w.-]{1,30})$/u;

export function attach(box) {
  const text = box.querySelector("textarea");
  const status = box.appendChild(document.createElement("p"));
  status.className = "for-screen-readers";
  status.setAttribute("role", "status");
  const typed = () => MENTION.exec(text.value.slice(0, text.selectionStart))?.[1] ?? "";

  completion(text, text.closest(".composer__box") ?? text, {
    termOf: typed,
    load: async (term) => {
      const response = await fetch(`${box.dataset.members}?q=${encodeURIComponent(term)}`);
      return response.ok ? (await response.json()).members : [];
    },
    show: (member) => [member.name, `@${member.handle}`],
    accept: (member) => {
      text.setSelectionRange(text.selectionStart - typed().length, text.selectionStart);
      type(text, `${member.handle} `);
    },
    status: (count) => (status.textContent = (box.dataset.found ?? "").replace("{count}", count)),
  });
}
