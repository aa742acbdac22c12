/**
 * Shows who somebody is beside their name, for the mouse and for the keyboard's focus: the page at
 * the address of the profile plus "/card". Escape closes it, the mouse may move onto it, and it
 * stays until either is left. Touch screens have the profile itself.
 * <main data-behaviour="cards"> with links a.byline__name.
 */
import { insert } from "../parts/fragment.js";

const WAIT = 350;
const NAMES = "a.byline__name";

export function attach(area) {
  const kept = new Map();
  let card = null;
  let owner = null;
  let timer = 0;
  const later = (work) => {
    clearTimeout(timer);
    timer = setTimeout(work, WAIT);
  };
  const hide = () => {
    clearTimeout(timer);
    card?.remove();
    owner?.removeAttribute("aria-describedby");
    card = owner = null;
  };
  const show = async (link) => {
    if (owner === link) return;
    hide();
    owner = link;
    const html = await load(link.pathname, kept);
    if (owner !== link || !html) return;
    card = made(html);
    place(card, link);
    link.setAttribute("aria-describedby", card.id);
  };
  const leave = (target) => {
    if (owner?.contains(target) || card?.contains(target)) clearTimeout(timer);
    else later(hide);
  };
  area.addEventListener("focusin", ({ target }) => {
    if (target.matches(`${NAMES}:focus-visible`)) later(() => show(target));
  });
  area.addEventListener("focusout", () => later(hide));
  document.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") hide();
  });
  document.addEventListener("scroll", () => card && place(card, owner), { passive: true });
  if (!matchMedia("(hover: hover)").matches) return;
  document.addEventListener("mouseover", ({ target }) => {
    const link = target.closest(NAMES);
    if (link && link !== owner && area.contains(link)) later(() => show(link));
    else leave(target);
  });
}

async function load(path, kept) {
  if (!kept.has(path)) {
    try {
      const response = await fetch(`${path}/card`);
      kept.set(path, response.ok ? await response.text() : "");
    } catch {
      return "";
    }
  }
  return kept.get(path);
}

function made(html) {
  const card = document.createElement("div");
  card.className = "person-card";
  card.id = "person-card";
  card.setAttribute("role", "tooltip");
  card.popover = "manual";
  document.body.append(card);
  insert(card, html);
  card.showPopover?.();
  return card;
}

function place(card, link) {
  const { left, bottom, top } = link.getBoundingClientRect();
  const room = document.documentElement.clientWidth - card.offsetWidth - 8;
  const fits = bottom + card.offsetHeight + 8 < document.documentElement.clientHeight;
  card.style.left = `${Math.max(8, Math.min(left, room))}px`;
  card.style.top = `${fits ? bottom + 4 : Math.max(8, top - card.offsetHeight - 4)}px`;
}
