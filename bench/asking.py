"""What is asked for, and by whom; and how wrk is told: by a script that reads a list.

A line of a list is a path and, after a tab, the session of the member who asks; guests have none.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from itertools import product
from pathlib import Path
from urllib.parse import quote_plus

from sqlalchemy import Connection, func, select

from bench.members import TOKEN, Thread
from community.questions.models import Question

SEED = 7
DISTINCT, KNOWN = 6_000, 2_000
TITLES = 40_000  # Of a larger forum about so many are read, spread over all of it.
PAGES, QUESTIONS_ON_PAGE = 10, 20
LUA = """
local asked = {}
for line in io.lines(%r) do
  local path, session = line:match("^([^\\t]*)\\t?(.*)$")
  asked[#asked + 1] = { path, session ~= "" and { Cookie = "session=" .. session } or nil }
end
local at = 0
request = function()
  at = at %% #asked + 1
  return wrk.format("GET", asked[at][1], asked[at][2])
end
"""


class Scripts:
    """Makes scripts in a folder, by chance but the same in every run of the bench."""

    def __init__(self, folder: Path) -> None:
        self.chance = random.Random(SEED)
        self._folder = folder
        self._made = 0

    def of_guests(self, paths: Iterable[str]) -> Path:
        """Return a script that asks for paths, one after the other."""
        return self._script(paths)

    def of_members(self, members: list[int], paths: list[str]) -> Path:
        """Return a script in which each member asks for each path once before anything repeats."""
        pairs = list(product(members, paths))
        self.chance.shuffle(pairs)
        return self._script(f"{path}\t{TOKEN.format(member)}" for member, path in pairs)

    def _script(self, lines: Iterable[str]) -> Path:
        self._made += 1
        listed = self._folder / f"asked-{self._made}.txt"
        listed.write_text("\n".join(lines))
        script = self._folder / f"ask-{self._made}.lua"
        script.write_text(LUA % str(listed))
        return script


class Reading:
    """Pages that members read."""

    def __init__(self, scripts: Scripts, members: list[int], threads: list[Thread]) -> None:
        self._scripts, self._members = scripts, members
        self.threads = threads

    def one_thread(self) -> Path:
        """Return a script in which one member reloads one thread."""
        return self._scripts.of_members(self._members[:1], [self.threads[0].path])

    def one_list(self) -> Path:
        """Return a script in which one member reloads the newest questions."""
        return self._scripts.of_members(self._members[:1], ["/questions"])

    def threads_by_many(self) -> Path:
        """Return a script in which all of them read all threads."""
        return self._scripts.of_members(self._members, [each.path for each in self.threads])

    def lists_by_many(self) -> Path:
        """Return a script in which all of them turn the first pages of the list."""
        # A small forum has fewer: each of the threads to read has a place in the list.
        last = min(PAGES, max(1, len(self.threads) // QUESTIONS_ON_PAGE))
        pages = [f"/questions?page={number}" for number in range(1, last + 1)]
        return self._scripts.of_members(self._members, pages)


class Searches:
    """Searches as people type them: one to three neighbouring words of a title, by chance.

    `different`: hardly any comes twice. `repeated`: of 2,000 searches the n-th most frequent comes
    with a weight of 1/n (Zipf), so that the first ten are a third of all.
    """

    def __init__(self, scripts: Scripts, titles: list[str]) -> None:
        self._scripts, self._titles = scripts, titles
        self._chance = scripts.chance

    def _words(self) -> str:
        words = self._chance.choice(self._titles).split()
        many = min(len(words), self._chance.randint(1, 3))
        first = self._chance.randint(0, len(words) - many)
        return quote_plus(" ".join(words[first : first + many]))

    def different(self) -> Path:
        """Return a script of searches that are new in each run."""
        return self._scripts.of_guests(f"/search?q={self._words()}" for _ in range(DISTINCT))

    def repeated(self) -> Path:
        """Return a script of searches of which some come again and again."""
        known = [f"/search?q={self._words()}" for _ in range(KNOWN)]
        weights = [1 / rank for rank in range(1, KNOWN + 1)]
        return self._scripts.of_guests(self._chance.choices(known, weights, k=DISTINCT))

    def similar(self) -> Path:
        """Return a script that asks for questions like others, each once."""
        titles = self._chance.sample(self._titles, min(DISTINCT, len(self._titles)))
        return self._scripts.of_guests(
            f"/questions/similar?title={quote_plus(title)}" for title in titles
        )


def titles(connection: Connection) -> list[str]:
    """Return the titles of all questions; of a large forum, every so many-th."""
    total = connection.scalar(select(func.count()).select_from(Question)) or 0
    step = max(1, total // TITLES)
    some = select(Question.title).where(Question.id % step == 0).order_by(Question.id)
    return list(connection.scalars(some.limit(TITLES)))
