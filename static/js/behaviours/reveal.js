/**
 * Lets people look at the password that they type.
 * <div data-behaviour="reveal" data-show="Show password" data-hide="Hide password"><input type="password">
 */
export function attach(box) {
  const input = box.querySelector("input");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--quiet button--s";
  button.setAttribute("aria-controls", input.id);
  const show = (visible) => {
    input.type = visible ? "text" : "password";
    button.textContent = visible ? box.dataset.hide : box.dataset.show;
  };
  button.addEventListener("click", () => show(input.type === "password"));
  // Never leave a password readable in what the browser remembers of a form.
  input.form?.addEventListener("submit", () => show(false));
  box.append(button);
  show(false);
}
