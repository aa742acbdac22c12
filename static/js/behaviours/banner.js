/**
 * Puts a banner away in this browser; theme.js keeps it away before the next page is painted.
 * <button data-behaviour="banner" hidden> in an element with data-banner.
 */
const KEY = "banners-away";
const MOST = 50;

export function attach(button) {
  const banner = button.closest("[data-banner]");
  button.hidden = false;
  button.addEventListener("click", () => {
    banner.remove();
    try {
      const away = (localStorage.getItem(KEY) ?? "").match(/\d+/g) ?? [];
      localStorage.setItem(KEY, [...away, banner.dataset.banner].slice(-MOST).join(" "));
    } catch {
      // Without storage it is away for this page only.
    }
  });
}
