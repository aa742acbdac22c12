"""Building sitemaps in the worker: one portion in memory at a time, one short reading for each.

No transaction stays open between two portions, so nobody who writes waits for them.
"""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterable, Iterator
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
from community.seo.models import SitemapPart
from community.seo.queries import sitemaps as queries
from community.seo.queries.sitemaps import Entry
from community.seo.sitemaps import shelf
from community.seo.sitemaps.shelf import Facts

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
# So few that all of them are written each time: what was merged or emptied goes at once.
FEW = (Product, Tag)


def build_all() -> int:
    """Write everything anew; return how many pages there are."""
    with _alone() as is_mine:
        return _build(None) if is_mine else 0


def catch_up() -> int:
    """Write what changed since the last time, everything if there was none; return as above."""
    with _alone() as is_mine:
        return _build(shelf.built_at()) if is_mine else 0


@contextmanager
def _alone() -> Iterator[bool]:
    """Let only one process of a machine build at a time; the other one has nothing to do then.

    Of several machines one takes its turn (core.turns). Should two build at once all the same,
    each writes what is so, and less than everything is only done twice.
    """
    shelf.folder().mkdir(mode=0o750, parents=True, exist_ok=True)
    with (shelf.folder() / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True


def _build(last: datetime | None) -> int:
    """Write what changed since the last build, or everything if there was none."""
    began, counted = now(), queries.counted()
    since = last - OVERLAP if last else None
    for kind in (QUESTIONS, *OTHERS):
        for portion in _portions(kind, since, counted):
            _write_portion(began, kind, portion, counted)
    _keep(began, "pages-0", _front_pages())
    if since is None:
        shelf.sweep(began)
    parts = shelf.parts()
    shelf.keep(shelf.INDEX, _index(parts), Facts(began))
    db.session.remove()
    return sum(part.pages for part in parts.values())


def _portions(kind: Kind, since: datetime | None, counted: dict[int, int]) -> Iterable[int]:
    """Return the portions of a kind that are to be written."""
    if since is None or kind.table in FEW:
        return range(queries.portions(kind.table))
    if kind is not QUESTIONS:
        return queries.left_portions(since)
    # What is no longer worth finding, for votes that were taken back, leaves no moment behind.
    known = {_name(kind, portion): portion for portion in counted}
    parts = {name: part.counted for name, part in shelf.parts().items()}
    lost = {portion for name, portion in known.items() if parts.get(name) != counted[portion]}
    prefix = f"{kind.name}-"
    empty = {int(name.removeprefix(prefix)) for name in parts if name.startswith(prefix)}
    return sorted({*queries.changed_portions(since), *lost, *(empty - counted.keys())})


def _write_portion(began: datetime, kind: Kind, portion: int, counted: dict[int, int]) -> None:
    name, start = _name(kind, portion), _start_of(kind)
    entries = [Entry(start + each.path, each.changed_at) for each in kind.read(portion)]
    db.session.remove()  # Ends the reading.
    if entries:
        _keep(began, name, entries, counted.get(portion, 0) if kind is QUESTIONS else 0)
    else:
        shelf.remove(name)
    db.session.remove()


def _name(kind: Kind, portion: int) -> str:
    return f"{kind.name}-{portion}"


def _start_of(kind: Kind) -> str:
    """Return the address below which the pages of a kind lie."""
    return link(kind.endpoint) if kind.endpoint else link("site.home") + kind.name


def _front_pages() -> list[Entry]:
    return [Entry(link(each)) for each in ("site.home", "questions.index", "products.tags")]


def _keep(began: datetime, name: str, entries: list[Entry], counted: int = 0) -> None:
    latest = max((each.changed_at for each in entries if each.changed_at), default=None)
    moment = said(latest) if latest else ""
    shelf.keep(name, _pages(entries), Facts(began, len(entries), moment, counted))


def _pages(entries: list[Entry]) -> Iterator[str]:
    yield f'{HEAD}<urlset xmlns="{SCHEMA}">\n'
    for each in entries:
        changed = f"<lastmod>{said(each.changed_at)}</lastmod>" if each.changed_at else ""
        yield f"<url><loc>{escape(each.path)}</loc>{changed}</url>\n"
    yield "</urlset>\n"


def _index(parts: dict[str, SitemapPart]) -> Iterator[str]:
    yield f'{HEAD}<sitemapindex xmlns="{SCHEMA}">\n'
    for name, part in sorted(parts.items()):
        changed = f"<lastmod>{part.changed_at}</lastmod>" if part.changed_at else ""
        yield f"<sitemap><loc>{link('seo.sitemap_part', name=name)}</loc>{changed}</sitemap>\n"
    yield "</sitemapindex>\n"
