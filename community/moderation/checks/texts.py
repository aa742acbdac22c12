"""What texts have in common: the same text again, nearly the same, and the sites they link to."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import urlsplit

LINK = re.compile(r'<a href="(https?://[^"]+)"')
BARE = re.compile(r"\bhttps?://[^\s<>()\[\]\"'|]+")
MASK = (1 << 61) - 1
# Texts that share this part of their pairs of words are nearly the same.
NEARLY = 0.7
MOST_WORDS = 600
BANDS, ROWS = 4, 3
# A factor and a summand for each row, by which one hash of a pair of words becomes many.
_HASHES = [((2 * row + 3) ** 9 % MASK, row * 0x9E3779B9) for row in range(BANDS * ROWS)]
LONGEST_HOST = 120


class Fingerprint(NamedTuple):
    """A text as hashes: one that is the same for the same words, four that find alike texts.

    Of two texts that share 80 % of their pairs of words, one of the four is the same with a
    probability of 94 % (MinHash with four bands of three rows).
    """

    exact: str
    bands: tuple[int, ...]
    words: int


def fingerprint(plain: str) -> Fingerprint:
    """Return the fingerprint of a text; capitals, marks and spaces do not matter."""
    words = _words(plain)
    exact = hashlib.blake2b(" ".join(words).encode(), digest_size=16).hexdigest()
    return Fingerprint(exact, tuple(_bands(_pairs(words))), len(words))


def are_nearly_the_same(one: str, other: str) -> bool:
    """Tell whether two texts say nearly the same in the same words."""
    mine, theirs = _pairs(_words(one)), _pairs(_words(other))
    return len(mine & theirs) >= NEARLY * len(mine | theirs)


def _words(plain: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFKC", plain).casefold())[:MOST_WORDS]


def _pairs(words: list[str]) -> set[tuple[str, ...]]:
    return set(pairwise(words)) or {tuple(words)}


def _bands(pairs: set[tuple[str, ...]]) -> Iterator[int]:
    """Yield for each band a number that is the same where its smallest hashes are the same."""
    hashes = [
        int.from_bytes(hashlib.blake2b(" ".join(pair).encode(), digest_size=7).digest())
        for pair in pairs
    ]
    for band in range(BANDS):
        smallest = [
            min([(each * factor + more) % MASK for each in hashes])
            for factor, more in _HASHES[band * ROWS : band * ROWS + ROWS]
        ]
        digest = hashlib.blake2b(repr(smallest).encode(), digest_size=4).digest()
        yield int.from_bytes(digest) >> 1


def hosts_in(html: str, source: str, own: str) -> tuple[str, ...]:
    """Return the other sites that a text leads to, one for each link, also for addresses that
    did not become links. own: the host of this forum.
    """
    links = LINK.findall(html)
    bare = [address for address in BARE.findall(source) if address not in links]
    known = {_host(each) for each in links}
    more = [host for host in map(_host, bare) if host not in known]
    found = [*map(_host, links), *more]
    return tuple(host for host in found if host and host != own)


def _host(address: str) -> str:
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    return host.lower().removeprefix("www.")[:LONGEST_HOST]


def share_of_capitals(plain: str) -> tuple[float, int]:
    """Return which share of the letters that have capitals are such, and how many letters."""
    letters = [each for each in plain if each.isupper() or each.islower()]
    capitals = sum(each.isupper() for each in letters)
    return (capitals / len(letters) if letters else 0.0), len(letters)
