/**
 * Closes an open <details> menu on Escape, on a click elsewhere and when the focus leaves it.
 * <details class="menu" data-behaviour="menu">
 */
export function attach(menu) {
  const close = () => {
    menu.open = false;
  };
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) close();
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    close();
    menu.querySelector("summary").focus();
  });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) close();
  });
}
