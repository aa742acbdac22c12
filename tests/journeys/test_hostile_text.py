"""Hostile texts in a real browser, without the policy that would stop what got through."""

import json

from community.core.text import clean_html, render
from tests.core.test_text_hostile import ATTACKS
from tests.corpora import FOLDER

# Shows each text in a frame of its own, pokes every element, parses what came out once more (so
# that a text which changes when it is read twice shows itself), and notes what ran.
TRY = """
async (texts) => {
  const noted = {};
  window.note = (key, what) => (noted[key] ??= []).push(what);
  const traps = (key) => `<script>
    for (const name of ["alert", "confirm", "prompt", "print", "open", "eval"])
      window[name] = () => parent.note(${JSON.stringify(key)}, name);
  </` + `script>`;
  const events = ["click", "mouseover", "mouseenter", "focus", "pointerdown", "keydown", "toggle",
    "animationstart", "transitionend", "scroll", "input", "change", "copy", "paste", "drag",
    "contextmenu", "dblclick", "load", "error", "begin"];
  const good = ["http:", "https:", "mailto:"];
  const poke = (root, view, key) => {
    for (const element of root.querySelectorAll("*")) {
      const scheme = element.protocol;
      if (scheme && scheme !== ":" && !good.includes(scheme) && !element.href.startsWith("about:"))
        window.note(key, `link to ${scheme}`);
      for (const name of events) {
        const event = new view.Event(name, { cancelable: true });
        if (name === "click" && good.includes(scheme)) continue;
        element.dispatchEvent(event);
      }
    }
  };
  const show = (key, text) => new Promise((done) => {
    const frame = document.createElement("iframe");
    const end = () => { frame.remove(); done(); };
    const late = setTimeout(() => { window.note(key, "went away"); end(); }, 5000);
    frame.addEventListener("load", async () => {
      const page = frame.contentDocument;
      const root = page?.getElementById("root");
      if (!root) return;
      poke(page.body, frame.contentWindow, key);
      const again = page.createElement("div");
      page.body.append(again);
      again.innerHTML = root.innerHTML;
      poke(again, frame.contentWindow, key);
      await new Promise((next) => setTimeout(next, 60));
      clearTimeout(late);
      end();
    });
    frame.srcdoc = `<!doctype html>${traps(key)}<body><div id="root">${text}</div></body>`;
    document.body.append(frame);
  });
  await Promise.all(Object.entries(texts).map(([key, text]) => show(key, text)));
  return noted;
}
"""
AT_ONCE = 60


def what_ran(browser, texts):
    """Return what each text did, by text; and the addresses that were asked for."""
    asked = []
    page = browser.new_page()
    page.route("**/*", lambda route: (asked.append(route.request.url), route.abort()))
    noted = {}
    keys = list(texts)
    for start in range(0, len(keys), AT_ONCE):
        page.set_content("<!doctype html><title>Bench</title>")
        noted |= page.evaluate(TRY, {key: texts[key] for key in keys[start : start + AT_ONCE]})
    page.close()
    return noted, [url for url in asked if "/uploads/" not in url]


def hostile_texts():
    """Return our own attacks, and the larger set where it is at hand."""
    texts = list(ATTACKS)
    for name in ("xss/own_only.jsonl", "xss/bleach_digits.jsonl"):
        if (FOLDER / name).exists():
            lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
            texts += [json.loads(line)["payload"] for line in lines]
    return texts


def test_the_bench_notices_what_runs(browser):
    raw = {
        "script": "<script>alert(1)</script>",
        "handler": "<p onmouseover=alert(1)>x</p>",
        "image": "<img src=x onerror=alert(1)>",
        "link": "<a href='javascript:alert(1)'>x</a>",
        "scheme": "<a href='tel:1'>x</a>",
    }
    noted, asked = what_ran(browser, raw | {"calm": "<p>nothing</p>"})
    assert set(noted) == set(raw)
    assert asked == []
    assert what_ran(browser, {"far": "<img src='https://example.org/x.png'>"})[1]


def test_no_hostile_text_runs_in_a_browser(browser):
    outputs = set()
    for text in hostile_texts():
        outputs |= {render(text).html, clean_html(text)}
    noted, asked = what_ran(browser, {html: html for html in outputs})
    assert noted == {}
    assert asked == []
