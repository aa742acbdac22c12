/**
 * Lets the keyboard reach code and tables that are wider than the screen, and shows the chosen tab.
 * <main data-behaviour="scrollers">
 */
export function attach(area) {
  const check = () => {
    for (const box of area.querySelectorAll("pre, .prose table, .table-box, .tabs")) {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    }
  };
  check();
  for (const chosen of area.querySelectorAll(".tabs [aria-current]")) {
    const tabs = chosen.closest(".tabs");
    tabs.scrollLeft = chosen.offsetLeft - (tabs.clientWidth - chosen.offsetWidth) / 2;
  }
  area.addEventListener("community:inserted", check);
  window.addEventListener("resize", check);
}
