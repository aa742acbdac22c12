/**
 * Light, dark, or as the system has it: three buttons that remember the choice in this browser.
 * <div data-behaviour="theme" hidden><button data-theme-choice="dark">…
 */
export function attach(group) {
  const root = document.documentElement;
  const buttons = [...group.querySelectorAll("[data-theme-choice]")];
  const show = () => {
    for (const button of buttons) {
      const chosen = button.dataset.themeChoice === (root.dataset.theme ?? "auto");
      button.setAttribute("aria-pressed", String(chosen));
    }
  };
  group.addEventListener("click", (event) => {
    const choice = event.target.closest("[data-theme-choice]")?.dataset.themeChoice;
    if (!choice) return;
    if (choice === "auto") delete root.dataset.theme;
    else root.dataset.theme = choice;
    try {
      localStorage.setItem("theme", choice);
    } catch {
      // It holds for this page, then.
    }
    show();
  });
  group.hidden = false;
  show();
}
