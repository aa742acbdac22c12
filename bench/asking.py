"""What visitors search for, in words from real titles; and how wrk is told so."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote_plus

SEED = 7
DISTINCT, KNOWN = 6_000, 2_000
LUA = """
local paths = {}
for line in io.lines(%r) do paths[#paths + 1] = line end
local at = 0
request = function() at = at %% #paths + 1; return wrk.format("GET", paths[at]) end
"""


class Searches:
    """Searches as people type them: one to three neighbouring words of a title, by chance.

    `different`: hardly any comes twice. `repeated`: of 2,000 searches the n-th most frequent comes
    with a weight of 1/n (Zipf), so that the first ten are a third of all.
    """

    def __init__(self, instance: Path, folder: Path) -> None:
        with closing(sqlite3.connect(instance / "tertulia.db")) as database:
            found = database.execute("SELECT title FROM posts WHERE kind = 'question' ORDER BY id")
            self._titles = [title for (title,) in found]
        self._chance = random.Random(SEED)
        self._folder = folder
        self._scripts = 0

    def _words(self) -> str:
        words = self._chance.choice(self._titles).split()
        many = min(len(words), self._chance.randint(1, 3))
        first = self._chance.randint(0, len(words) - many)
        return quote_plus(" ".join(words[first : first + many]))

    def different(self) -> Path:
        """Return a script of searches that are new in each run."""
        return self._script([f"/search?q={self._words()}" for _ in range(DISTINCT)])

    def repeated(self) -> Path:
        """Return a script of searches of which some come again and again."""
        known = [f"/search?q={self._words()}" for _ in range(KNOWN)]
        weights = [1 / rank for rank in range(1, KNOWN + 1)]
        return self._script(self._chance.choices(known, weights, k=DISTINCT))

    def similar(self) -> Path:
        """Return a script that asks for questions like others, each once."""
        titles = self._chance.sample(self._titles, min(DISTINCT, len(self._titles)))
        return self._script([f"/questions/similar?title={quote_plus(title)}" for title in titles])

    def _script(self, paths: list[str]) -> Path:
        self._scripts += 1
        listed = self._folder / f"paths-{self._scripts}.txt"
        listed.write_text("\n".join(paths))
        script = self._folder / f"ask-{self._scripts}.lua"
        script.write_text(LUA % str(listed))
        return script
