"""Building sitemaps in the worker: one portion in memory at a time, one short reading for each.

No transaction stays open between two portions, so nobody who writes waits for them.
"""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from xml.sax.saxutils import escape

from community.core.clock import now
from community.core.db import db
from community.core.mail import link
from community.members.models import Member
from community.posts.models import Post
from community.products.models import Product, Tag
from community.seo.jsonld.writing import said
from community.seo.queries import sitemaps as queries
from community.seo.queries.sitemaps import Entry
from community.seo.sitemaps import shelf
from community.seo.sitemaps.shelf import Contents, Part

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"
# Changes that were not yet stored when the last build looked.
OVERLAP = timedelta(minutes=2)


@dataclass(frozen=True)
class Kind:
    """One kind of page: where its list is, its rows, and how a portion of them is read."""

    name: str
    endpoint: str
    table: type[Post | Member | Tag | Product]
    read: Callable[[int], list[Entry]]


QUESTIONS = Kind("questions", "questions.index", Post, queries.questions)
OTHERS = (
    Kind("products", "", Product, queries.products),
    Kind("tags", "products.tags", Tag, queries.tags),
    Kind("members", "", Member, queries.members),
)


def build_all() -> int:
    """Write everything anew; return how many pages there are."""
    with _alone() as is_mine:
        return _build(Contents(), everything=True) if is_mine else 0


def catch_up() -> int:
    """Write what changed since the last time, everything if there was none; return as above."""
    with _alone() as is_mine:
        if not is_mine:
            return 0
        kept = shelf.contents()
        return _build(kept, everything=not kept.built_at)


@contextmanager
def _alone() -> Iterator[bool]:
    """Let only one process build at a time; the other one has nothing to do then."""
    shelf.folder().mkdir(mode=0o750, parents=True, exist_ok=True)
    with (shelf.folder() / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True


def _build(kept: Contents, *, everything: bool) -> int:
    began = now()
    if everything:
        _write_all(kept)
    else:
        since = datetime.fromisoformat(kept.built_at) - OVERLAP
        for portion in queries.changed_portions(since):
            _write_portion(kept, QUESTIONS, portion)
    kept.parts["pages-0"] = _write("pages-0", _front_pages())
    kept.built_at = began.isoformat()
    if everything:
        _sweep(kept)
    shelf.write("index", _index(kept))
    shelf.note(kept)
    db.session.remove()
    return sum(part.pages for part in kept.parts.values())


def _write_all(kept: Contents) -> None:
    for kind in (QUESTIONS, *OTHERS):
        for portion in range(queries.portions(kind.table)):
            _write_portion(kept, kind, portion)


def _write_portion(kept: Contents, kind: Kind, portion: int) -> None:
    name = f"{kind.name}-{portion}"
    start = _start_of(kind)
    entries = [Entry(start + each.path, each.changed_at) for each in kind.read(portion)]
    db.session.remove()  # Ends the reading.
    if entries:
        kept.parts[name] = _write(name, entries)
    else:
        kept.parts.pop(name, None)
        shelf.remove(name)


def _start_of(kind: Kind) -> str:
    """Return the address below which the pages of a kind lie."""
    return link(kind.endpoint) if kind.endpoint else link("site.home") + kind.name


def _front_pages() -> list[Entry]:
    return [Entry(link(each)) for each in ("site.home", "questions.index", "products.tags")]


def _write(name: str, entries: list[Entry]) -> Part:
    shelf.write(name, _pages(entries))
    latest = max((each.changed_at for each in entries if each.changed_at), default=None)
    return Part(len(entries), said(latest) if latest else "")


def _pages(entries: list[Entry]) -> Iterator[str]:
    yield f'{HEAD}<urlset xmlns="{SCHEMA}">\n'
    for each in entries:
        changed = f"<lastmod>{said(each.changed_at)}</lastmod>" if each.changed_at else ""
        yield f"<url><loc>{escape(each.path)}</loc>{changed}</url>\n"
    yield "</urlset>\n"


def _index(kept: Contents) -> Iterator[str]:
    yield f'{HEAD}<sitemapindex xmlns="{SCHEMA}">\n'
    for name, part in sorted(kept.parts.items()):
        changed = f"<lastmod>{part.changed_at}</lastmod>" if part.changed_at else ""
        yield f"<sitemap><loc>{link('seo.sitemap_part', name=name)}</loc>{changed}</sitemap>\n"
    yield "</sitemapindex>\n"


def _sweep(kept: Contents) -> None:
    """Remove what an earlier build left and nothing leads to any more."""
    for path in shelf.folder().glob("*.xml.gz"):
        name = path.name.removesuffix(".xml.gz")
        if name not in kept.parts and name != "index":
            shelf.remove(name)
