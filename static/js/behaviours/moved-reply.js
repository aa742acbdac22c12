/**
 * Follows an old address such as #answer-7 to where that reply stands by now: on another page, or
 * in another thread. The part after # never reaches the server, so it is asked here.
 */
export function attach() {
  const follow = async () => {
    const [, kind, number] = /^#(answer|comment)-([0-9]+)$/.exec(location.hash) ?? [];
    if (!number || document.getElementById(`${kind}-${number}`)) return;
    const address = `/${kind}s/${number}`;
    const answer = await fetch(address, { method: "HEAD" });
    const here = location.pathname + location.search;
    const there = new URL(answer.url);
    if (answer.ok && there.pathname + there.search !== here) location.replace(address);
  };
  addEventListener("hashchange", follow);
  follow();
}
