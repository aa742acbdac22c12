/**
 * Counts what is read, and tells the server about once a minute and when the page is left.
 * <form hidden data-behaviour="reading" action="/reading"> with the token and name="question".
 * A post is read once it has been in sight for a second; time counts while the page is in front.
 */
const EVERY = 60;

export function attach(form) {
  const seen = new Set();
  let posts = 0;
  let seconds = 0;
  const send = () => {
    if (!seconds) return;
    const told = new FormData(form);
    told.set("posts", posts);
    told.set("seconds", seconds);
    navigator.sendBeacon(form.action, told);
    posts = seconds = 0;
  };
  const inSight = new Set();
  const watcher = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) inSight.add(target);
      else inSight.delete(target);
    }
  });
  for (const post of document.querySelectorAll(".post, .comment")) watcher.observe(post);
  setInterval(() => {
    if (document.hidden) return;
    seconds += 1;
    for (const post of inSight) {
      if (!seen.has(post)) posts += 1;
      seen.add(post);
    }
    if (seconds >= EVERY) send();
  }, 1000);
  window.addEventListener("pagehide", send);
}
