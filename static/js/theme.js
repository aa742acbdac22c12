// Runs before the first paint, so that nobody who chose dark sees a white flash.
// Members who chose in their settings have it in the page already.
try {
  const root = document.documentElement;
  const choice = localStorage.getItem("theme");
  if (!root.dataset.theme && /^(light|dark)$/.test(choice)) root.dataset.theme = choice;
} catch {
  // Without storage the system's own preference holds.
}
