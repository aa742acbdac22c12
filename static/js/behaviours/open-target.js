/**
 * Opens a <details data-behaviour="open-target"> when the address leads to something inside it.
 * Most browsers do so by themselves.
 */
export function attach(details) {
  const open = () => {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (!target || !details.contains(target) || details.open) return;
    details.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", open);
  open();
}
