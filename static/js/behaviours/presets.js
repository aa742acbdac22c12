// Fills in a dialog from a preset: a click, or a digit, chooses it; Enter then sends.
export function attach(box) {
  const form = box.querySelector("form");
  const choose = (preset) => {
    const { rule, act, facts } = preset.dataset;
    form.querySelector(`[name="act"][value="${act}"]`).checked = true;
    form.elements.rule.value = rule;
    form.elements.facts.value = facts;
    form.querySelector("[data-send]").focus();
  };
  for (const preset of box.querySelectorAll("[data-preset]")) {
    preset.addEventListener("click", (event) => {
      event.preventDefault();
      choose(preset);
    });
  }
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=radio]), textarea, select");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const preset = box.querySelector(`[data-preset="${CSS.escape(event.key)}"]`);
    if (!preset) return;
    event.preventDefault();
    choose(preset);
  });
}
