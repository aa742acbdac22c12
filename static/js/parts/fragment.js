/** Puts HTML that our own server made into a place of the page. Scripts in it never run. */
export function insert(region, html) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  region.replaceChildren(...parsed.body.childNodes);
  region.dispatchEvent(new CustomEvent("community:inserted", { bubbles: true }));
}
