/**
 * Votes without leaving the page. Answered with a page, such as the log-in after a session has
 * ended, the form is sent the plain way, so that the visitor gets there.
 * <form data-behaviour="vote"> with buttons name="value" and an element [data-score].
 * The server answers {"score": 3, "own": 1, "said": "votes"}.
 */
export function attach(form) {
  const score = form.querySelector("[data-score]");
  const buttons = [...form.querySelectorAll("button")];
  let busy = false;
  let plain = false;
  form.addEventListener("submit", async (event) => {
    if (plain) return;
    event.preventDefault();
    if (busy) return;
    busy = true;
    form.classList.add("vote--busy");
    const answer = await send(form, event.submitter);
    busy = false;
    form.classList.remove("vote--busy");
    if (answer.page) {
      plain = true;
      return form.requestSubmit(event.submitter);
    }
    if (answer.score === undefined) return say(form, answer.message ?? form.dataset.failed);
    say(form, "");
    score.firstChild.data = `${answer.score} `;
    score.lastElementChild.textContent = answer.said;
    form.elements.had.value = answer.own;
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String(Number(button.value) === answer.own));
    }
  });
}

async function send(form, submitter) {
  try {
    const response = await fetch(form.action, {
      method: "POST",
      body: new FormData(form, submitter),
      headers: { Accept: "application/json" },
    });
    const json = response.headers.get("Content-Type")?.includes("json");
    return json ? await response.json() : { page: true };
  } catch {
    return {};
  }
}

function say(form, words) {
  let status = form.nextElementSibling;
  if (!status?.matches(".status")) {
    status = document.createElement("span");
    status.className = "status status--error";
    status.setAttribute("role", "status");
    form.after(status);
  }
  status.textContent = words;
}
