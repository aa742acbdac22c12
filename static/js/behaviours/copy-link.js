/**
 * Hands on the address of a post: the phone's own sharing where there is one, else a copy.
 * <a href="…" data-behaviour="copy-link" data-done="Copied"><span data-label>Share</span></a>
 */
export function attach(link) {
  const label = link.querySelector("[data-label]");
  const words = label.textContent;
  label.setAttribute("aria-live", "polite");
  link.addEventListener("click", async (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    try {
      if (navigator.share && matchMedia("(pointer: coarse)").matches) {
        await navigator.share({ title: document.title, url: link.href });
        return;
      }
      await navigator.clipboard.writeText(link.href);
      label.textContent = link.dataset.done;
      setTimeout(() => (label.textContent = words), 2500);
    } catch (problem) {
      if (problem.name !== "AbortError") location.assign(link.href);
    }
  });
}
