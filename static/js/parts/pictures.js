/** Pictures for a text box: chosen, pasted or dropped; described; sent; put into the text. */
import { block } from "./text.js";

const LARGEST = 5 * 1024 * 1024;

/** Lets somebody choose a picture from their device. */
export function addPicture(composer) {
  const chooser = document.createElement("input");
  chooser.type = "file";
  chooser.accept = "image/png,image/jpeg,image/webp,image/gif";
  chooser.addEventListener("change", () => chooser.files[0] && take(composer, chooser.files[0]));
  chooser.click();
}

/** Takes pictures that are pasted into the text or dropped on it. */
export function acceptPictures(composer) {
  const { box, field } = composer;
  const pictureIn = (source) =>
    [...(source?.files ?? [])].find((file) => file.type.startsWith("image/"));
  box.addEventListener("paste", (event) => {
    const picture = pictureIn(event.clipboardData);
    if (!picture) return;
    event.preventDefault();
    take(composer, picture);
  });
  const drop = field.querySelector(".composer__box");
  for (const name of ["dragover", "dragleave", "drop"]) {
    drop.addEventListener(name, (event) => {
      drop.classList.toggle("composer__drop", name === "dragover");
      if (name === "dragover") event.preventDefault();
      const picture = name === "drop" && pictureIn(event.dataTransfer);
      if (!picture) return;
      event.preventDefault();
      take(composer, picture);
    });
  }
}

async function take(composer, picture) {
  const { words, say, box } = composer;
  if (picture.size > LARGEST) return say(words.too_large, true);
  const alt = await describe(words);
  if (alt === null) return box.focus();
  say(words.uploading);
  const answer = await send(composer, picture, alt);
  if (!answer.markdown) return say(answer.message ?? words.failed, true);
  block(box, answer.markdown);
  say(words.uploaded);
}

async function send({ field, token }, picture, alt) {
  const form = new FormData();
  form.set("file", picture);
  form.set("alt", alt);
  try {
    const response = await fetch(field.dataset.uploads, {
      method: "POST",
      headers: { Accept: "application/json", "X-CSRFToken": token() },
      body: form,
    });
    return await response.json();
  } catch {
    return {};
  }
}

/** Asks what the picture shows; null if the writer thinks better of it. */
function describe(words) {
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  const form = document.createElement("form");
  form.method = "dialog";
  const field = document.createElement("label");
  field.className = "field";
  const input = document.createElement("input");
  input.className = "input";
  input.maxLength = 200;
  input.autocomplete = "off";
  field.append(words.alt, input);
  const buttons = document.createElement("p");
  buttons.className = "buttons";
  for (const [name, look] of [["add", "button button--main"], ["cancel", "button"]]) {
    const button = document.createElement("button");
    button.value = name;
    button.className = look;
    button.textContent = words[name];
    buttons.append(button);
  }
  form.append(field, buttons);
  dialog.append(form);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "add" ? input.value.trim() : null);
    });
  });
}
