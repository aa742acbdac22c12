"""What robots.txt asks of crawlers: which may come, how often, and where there is nothing for them.

A crawler of good manners follows it; none is forced to. Pages that shall not be kept say so
themselves and are therefore not shut here: who may not read a page cannot read that either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from community.core.mail import link
from community.core.settings import Setting

# The names under which crawlers read robots.txt, as their owners publish them.
KINDS = {
    "ai-training": (
        "AI2Bot", "Amazonbot", "anthropic-ai", "Applebot-Extended", "Bytespider", "CCBot",
        "ClaudeBot", "cohere-training-data-crawler", "FacebookBot", "Google-Extended", "GPTBot",
        "meta-externalagent", "omgili", "PanguBot",
    ),
    "ai-answers": (
        "ChatGPT-User", "Claude-SearchBot", "Claude-User", "DuckAssistBot", "meta-externalfetcher",
        "MistralAI-User", "OAI-SearchBot", "Perplexity-User", "PerplexityBot",
    ),
}  # fmt: skip
# Forms and acts: nothing to read, and something to wear out.
NOTHING_THERE = (
    "/login", "/register", "/password-reset", "/questions/new", "/settings", "/uploads$",
    "/notifications", "/admin",
)  # fmt: skip
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._ -]{0,60}")

REFUSED = Setting(
    "crawlers_refused",
    "",
    "Crawlers that robots.txt turns away, by their names, with commas between them. "
    "ai-training and ai-answers stand for all that are known to gather texts for AI models, "
    "and for those that read pages to answer somebody's question.",
)
DELAY = Setting(
    "crawlers_delay",
    0,
    "Seconds that crawlers are asked to wait between two pages; 0: none.",
    most=60,
)


def refused() -> list[str]:
    """Return the names of the crawlers that are turned away; what can be no name is left out."""
    wished = (each.strip() for each in REFUSED.get().split(","))
    names = [name for wish in wished for name in KINDS.get(wish.lower(), (wish,))]
    return sorted({name for name in names if _NAME.fullmatch(name)}, key=str.lower)


def robots() -> str:
    """Return the text of robots.txt."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    names = refused()
    if names:
        yield from (f"User-agent: {name}" for name in names)
        yield from ("Disallow: /", "")
    yield "User-agent: *"
    if DELAY.get():
        yield f"Crawl-delay: {DELAY.get()}"
    yield from (f"Disallow: {path}" for path in NOTHING_THERE)
    yield from ("", f"Sitemap: {link('seo.sitemap')}")
