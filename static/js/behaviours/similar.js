/**
 * Shows similar questions while somebody asks one.
 * <div data-behaviour="similar" data-similar="/questions/similar" data-title="id" data-body="id">
 * with an element [data-similar-region] for the answer, which is a piece of HTML.
 */
import { insert } from "../parts/fragment.js";

const PAUSE = 500;
const SHORTEST = 10;

export function attach(box) {
  const region = box.querySelector("[data-similar-region]");
  const title = document.getElementById(box.dataset.title);
  const body = document.getElementById(box.dataset.body);
  if (!region || !title) return;
  let timer;
  let waiting;
  let last = "";

  const look = async () => {
    const words = title.value.trim();
    if (words.length < SHORTEST) return region.replaceChildren();
    const asked = new URLSearchParams({ title: words, body: (body?.value ?? "").slice(0, 1000) });
    if (String(asked) === last) return;
    last = String(asked);
    waiting?.abort();
    waiting = new AbortController();
    try {
      const response = await fetch(`${box.dataset.similar}?${asked}`, { signal: waiting.signal });
      if (response.ok) insert(region, await response.text());
    } catch {
      // Suggestions are a courtesy: without them one simply asks.
    }
  };
  for (const field of [title, body]) {
    field?.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(look, PAUSE);
    });
  }
  look();
}
