/** Buttons of a toolbar. */
export function tool(words, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "composer__tool";
  button.title = words;
  button.setAttribute("aria-label", words);
  button.addEventListener("click", act);
  return button;
}

export function drawing(address) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.append(document.createElementNS("http://www.w3.org/2000/svg", "use"));
  svg.firstChild.setAttribute("href", address);
  return svg;
}
