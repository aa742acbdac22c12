"""Terms beside the words of a document, so that one look into one index answers a whole search.

A mark holds a colon, which no word does. Facets ("tag:wifi"), the year and the month in which a
document was written, how many votes it has at least, and the shelf on which it lies. Shelves are
ranges of numbers: documents are numbered as they first come, and a rebuild begins with the oldest.
So the last shelves hold the newest, and a search for what very many have looks at those only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime

from community.core.clock import now

# Numbers on a shelf, for each kind of shelf. A range is named by two to four shelves: the fewer,
# the faster is the look into the index.
SIZES = tuple(2**power for power in range(10, 22))
TO_COME = 250  # documents that may be added while the latest number is remembered
VOTES = (512, 256, 128, 64, 32, 16, 8, 4, 2, 1)
FIRST_YEAR = 1970


def quoted(term: str) -> str:
    """Return a term as tsvector and tsquery read it."""
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"


def of(number: int, created: int, score: int) -> list[str]:
    """Return the marks of a document but for its facets."""
    day = datetime.fromtimestamp(created, UTC)
    return [
        f"year:{day.year}",
        _month(day.year, day.month),
        *(f"votes:{least}" for least in VOTES if score >= least),
        *(_shelf(size, number // size) for size in SIZES),
    ]


def last(many: int, latest: int) -> str:
    """Return the tsquery for about so many of the last numbers, the latest of which is given.

    What is added while the latest is remembered lies on one of the shelves, too.
    """
    size = max((each for each in SIZES if 2 * each <= many), default=SIZES[0])
    shelves = range(max(0, latest - many) // size, (latest + TO_COME) // size + 1)
    return any_of(_shelf(size, place) for place in shelves)


def votes(least: int) -> str:
    """Return the mark of what has so many votes at least."""
    return f"votes:{least}"


def days(since: date | None, until: date | None) -> list[str]:
    """Return the years and months that hold all the days, and no more than those months."""
    earliest, latest = date(FIRST_YEAR, 1, 1), date(now().year + 1, 12, 31)
    return list(_periods(max(since or earliest, earliest), min(until or latest, latest)))


def any_of(terms: Iterable[str]) -> str:
    """Return the tsquery for any of the terms; for none, one that nothing has."""
    return " | ".join(map(quoted, terms)) or quoted("never:")


def _periods(first: date, end: date) -> Iterator[str]:
    for year in range(first.year, end.year + 1):
        january = first.month if year == first.year else 1
        december = end.month if year == end.year else 12
        if (january, december) == (1, 12):
            yield f"year:{year}"
        else:
            yield from (_month(year, month) for month in range(january, december + 1))


def _month(year: int, month: int) -> str:
    return f"month:{year}-{month:02}"


def _shelf(size: int, place: int) -> str:
    return f"shelf:{size}:{place}"
