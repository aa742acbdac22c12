// Runs before the first paint, so that nobody who chose dark sees a white flash.
try {
  const choice = localStorage.getItem("theme");
  if (choice === "light" || choice === "dark") document.documentElement.dataset.theme = choice;
} catch {
  // Without storage the system's own preference holds.
}
