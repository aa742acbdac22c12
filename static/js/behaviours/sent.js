/**
 * A page that reports success ends the local drafts of the form that was just sent.
 * <div class="flashes" data-behaviour="sent">
 */
export function attach(flashes) {
  try {
    const sent = sessionStorage.getItem("draft-sent");
    if (!sent) return;
    sessionStorage.removeItem("draft-sent");
    if (flashes.querySelector(".notice--success")) localStorage.removeItem(sent);
  } catch {
    // Without storage there is no draft either.
  }
}
