/**
 * Keeps what is written in a form until it is sent: in this browser, and for members on the server.
 * <form data-behaviour="drafts" data-draft-key="answer-7" data-draft-url="/drafts" data-draft-saved="…"
 *       data-draft-kept="…" data-draft-restored="…" data-draft-discard="…">
 * The server fills members' forms with their drafts itself; here only empty fields are filled.
 */
import { read, remove, write } from "../parts/storage.js";

const PAUSE = 1200;

export function attach(form) {
  const key = `draft:${form.dataset.draftKey}`;
  const status = form.appendChild(document.createElement("p"));
  status.className = "status";
  status.setAttribute("role", "status");
  let timer;
  let dirty = false;

  const save = async (leaving = false) => {
    clearTimeout(timer);
    if (!dirty) return;
    dirty = false;
    const fields = fieldsOf(form);
    const kept = write(key, fields);
    const stored = await store(form, fields, leaving);
    if (stored) remove(key);
    if (!leaving) status.textContent = wordsFor(form, stored, kept);
  };

  form.addEventListener("input", () => {
    dirty = true;
    write(key, fieldsOf(form));
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    dirty = false;
    write(key, fieldsOf(form));
    sessionStorage.setItem("draft-sent", key);
  });
  window.addEventListener("pagehide", () => save(true));
  window.addEventListener("online", () => {
    dirty = Boolean(read(key));
    save();
  });
  restore(form, key, status);
}

function controlsOf(form) {
  const secret = ["hidden", "password", "file", "submit", "button"];
  return [...form.elements].filter((each) => each.name && !secret.includes(each.type));
}

function fieldsOf(form) {
  const written = controlsOf(form).filter((each) => !/^(checkbox|radio)$/.test(each.type) || each.checked);
  return Object.fromEntries(written.map((each) => [each.name, each.value]));
}

async function store(form, fields, leaving) {
  if (!form.dataset.draftUrl) return false;
  try {
    const response = await fetch(form.dataset.draftUrl, {
      method: "POST",
      keepalive: leaving,
      headers: {
        "Content-Type": "application/json",
        Accept: "application/json",
        "X-CSRFToken": form.elements.csrf_token?.value ?? "",
      },
      body: JSON.stringify({ place: form.dataset.draftKey, fields }),
    });
    return response.ok;
  } catch {
    return false;
  }
}

function wordsFor(form, stored, kept) {
  if (stored || (kept && !form.dataset.draftUrl)) return form.dataset.draftSaved;
  return kept ? form.dataset.draftKept : "";
}

function restore(form, key, status) {
  const kept = read(key);
  if (!kept) return;
  const empty = controlsOf(form).filter((each) => /^(text|textarea)$/.test(each.type) && !each.value);
  const filled = empty.filter((each) => kept[each.name]);
  for (const each of filled) each.value = kept[each.name];
  if (!filled.length) return;
  form.closest("details")?.setAttribute("open", "");
  const afresh = document.createElement("button");
  afresh.type = "button";
  afresh.className = "button button--quiet button--s";
  afresh.textContent = form.dataset.draftDiscard;
  afresh.addEventListener("click", () => {
    for (const each of filled) each.value = "";
    remove(key);
    store(form, {}, false);
    status.textContent = "";
    filled[0].focus();
  });
  status.replaceChildren(form.dataset.draftRestored, " ", afresh);
}
