// Runs before the first paint, so that nobody who chose dark sees a white flash.
// Members who chose in their settings have it in the page already.
try {
  const root = document.documentElement;
  const choice = localStorage.getItem("theme");
  if (!root.dataset.theme && /^(light|dark)$/.test(choice)) root.dataset.theme = choice;
  // Banners that this browser put away: pages for guests are the same for all of them.
  const away = (localStorage.getItem("banners-away") ?? "").match(/\d+/g);
  if (away) {
    const sheet = new CSSStyleSheet();
    for (const id of away) sheet.insertRule(`[data-banner="${id}"] { display: none; }`);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }
} catch {
  // Without storage the system's own preference holds.
}
