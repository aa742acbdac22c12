/**
 * Says thank you without leaving the page, and takes it back.
 * <form data-behaviour="thanks"> with name="thanks", a pressed button, [data-count] and a link for
 * words. The server answers {"count": 3, "own": true}; a page instead of it, such as the log-in, is
 * reached the plain way.
 */
export function attach(form) {
  let busy = false;
  let plain = false;
  form.addEventListener("submit", async (event) => {
    if (plain) return;
    event.preventDefault();
    if (busy) return;
    busy = true;
    const answer = await tell(form);
    busy = false;
    if (answer.page) {
      plain = true;
      return form.requestSubmit();
    }
    show(form, answer);
  });
}

async function tell(form) {
  try {
    const response = await fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      headers: { Accept: "application/json" },
    });
    const json = response.headers.get("Content-Type")?.includes("json");
    return json ? await response.json() : { page: true };
  } catch {
    return {};
  }
}

function show(form, { count, own, message }) {
  const failed = count === undefined;
  let status = form.querySelector(".status");
  if (!status) {
    status = document.createElement("span");
    status.className = "status status--error";
    status.setAttribute("role", "status");
    form.append(status);
  }
  status.textContent = failed ? (message ?? form.dataset.failed) : "";
  if (failed) return;
  form.querySelector("[data-count]").textContent = count || "";
  form.querySelector("button").setAttribute("aria-pressed", String(own));
  form.elements.thanks.value = own ? 0 : 1;
  form.querySelector("a").hidden = !own;
}
