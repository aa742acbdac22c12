"""Make a large forum in the shape of a real one: the same for the same seed.

    python -m bench.grow --questions 150000 --seed 1 FOLDER            SQLite, in FOLDER
    DATABASE_URL=postgresql+psycopg://… python -m bench.grow … FOLDER  PostgreSQL

The shape is the community that `make bench` imports into instance/bench (another: --shape FOLDER).
Each thread made is one of its threads, drawn by chance: as many answers and comments after as long
a time, the same tags, votes, state and length of texts. Titles and texts are each put together from
two of the real ones, so words stay as frequent as they are; the people grow with the questions.
Rows go straight into the tables, in batches; then the search index is built as ever.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from html import escape
from itertools import islice
from pathlib import Path
from typing import Any

from slugify import slugify
from sqlalchemy import (
    Connection,
    ForeignKeyConstraint,
    Table,
    create_engine,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.schema import AddConstraint, DropConstraint

from community.app import create_app
from community.core import change_triggers
from community.core.db import db
from config import ROOT, Config, environment_with

AT_ONCE = 2_000  # rows of an insert
ADMIN = ("--brand", "Bench", "--admin-email", "bench@example.org", "--admin-name", "Bench")
YEAR = timedelta(days=365)

Row = dict[str, Any]


# Columns that name people; other columns ending in _id name posts, but for those of KEPT.
PEOPLE = {"author_id", "editor_id", "deleted_by_id", "solved_by_id", "closed_by_id"} | {
    "official_by_id", "member_id",
}  # fmt: skip
KEPT = {"product_id", "topic_id"}


@dataclass
class Thread:
    """How one thread differs from the real one: when, by whom, and the numbers of its posts."""

    later: timedelta
    copy: int
    numbers: dict[int, int] = field(default_factory=dict)


@dataclass
class Shape:
    """A real community: its people, and its threads as they went."""

    members: list[Row]
    tables: dict[str, list[Row]]
    questions: list[Row]
    replies: dict[int, list[Row]] = field(default_factory=lambda: defaultdict(list))
    tags: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    votes: dict[int, list[Row]] = field(default_factory=lambda: defaultdict(list))
    related: dict[int, int] = field(default_factory=lambda: defaultdict(int))


def main() -> int:
    """Make the forum; return 1 if there is one already."""
    given = _given()
    if not (given.shape / "tertulia.db").exists():
        print(f"SKIP: there is no community in {given.shape}; make bench imports one.")
        return 0
    folder = given.folder.resolve()
    url = os.environ.get("DATABASE_URL", "")  # noqa: TID251
    here = partial(_flask, INSTANCE_FOLDER=str(folder), DATABASE_URL=url)
    here("db", "upgrade")
    here("site", "set-up", *ADMIN, "--admin-password-stdin")
    shape = read(given.shape / "tertulia.db")
    settings = {"INSTANCE_FOLDER": str(folder), "DATABASE_URL": url}
    app = create_app(Config.from_environment(settings))
    with app.app_context(), db.engine.connect() as connection:
        if connection.scalar(select(func.count()).select_from(db.metadata.tables["posts"])):
            print(f"There is a forum in {folder} already.")
            return 1
        connection.rollback()
        Growth(connection, shape, random.Random(given.seed)).run(given.questions)
        db.session.remove()
    if not given.without_search:
        here("search", "rebuild")
    return 0


def read(path: Path) -> Shape:
    """Read the shape of the community in a database."""
    table = db.metadata.tables
    with create_engine(f"sqlite:///{path}").connect() as connection:
        every = partial(_rows, connection)
        posts = table["posts"]
        shape = Shape(
            members=every(table["members"], table["members"].c.imported_from != ""),
            tables={name: every(table[name]) for name in ("products", "topics", "tags")},
            questions=every(posts, posts.c.kind == "question"),
        )
        for reply in every(posts, posts.c.kind != "question"):
            shape.replies[reply["question_id"]].append(reply)
        for vote in every(table["votes"]):
            shape.votes[vote["post_id"]].append(vote)
        for each in every(table["taggings"]):
            shape.tags[each["question_id"]].append(each["tag_id"])
        for each in every(table["related_questions"]):
            shape.related[each["question_id"]] += 1
    return shape


def _rows(connection: Connection, table: Table, *conditions: Any) -> list[Row]:  # noqa: ANN401
    rows = connection.execute(select(table).where(*conditions).order_by(*table.primary_key))
    return [dict(row) for row in rows.mappings()]


class Growth:
    """Writes a forum of any size in the shape of a community."""

    def __init__(self, connection: Connection, shape: Shape, chance: random.Random) -> None:
        self._connection = connection
        self._shape = shape
        self._chance = chance
        self._places = {row["id"]: place for place, row in enumerate(shape.members)}
        self._waiting: dict[str, list[Row]] = defaultdict(list)
        self._questions: list[int] = []
        self._posts = self._votes = self._copies = self._first_member = 0

    def run(self, questions: int) -> None:
        """Write this many questions, and all that belongs to them."""
        begun = time.monotonic()
        self._copies = max(1, round(questions / len(self._shape.questions)))
        self._let_go_of_links()
        with self._writing():
            change_triggers.uninstall(self._connection)
            self._people()
            for name, rows in self._shape.tables.items():
                self._put_new(name, rows)
        # In the order of time, as a forum grows: near in time is near on disk.
        ages = sorted((self._chance.random() for _ in range(questions)), reverse=True)
        for numbers in _parts(enumerate(ages, 1), 5_000):
            with self._writing():
                for _, age in numbers:
                    self._thread(self._chance.choice(self._shape.questions), age)
            rate = self._posts / (time.monotonic() - begun)
            print(f"{numbers[-1][0]:,} questions, {rate:,.0f} posts a second", flush=True)
        self._finish()

    def _people(self) -> None:
        """Write as many copies of each member as are needed."""
        members = db.metadata.tables["members"]
        last = self._connection.scalar(select(func.max(members.c.id))) or 0
        self._first_member = last + 1
        for copy in range(self._copies):
            for row in self._shape.members:
                last += 1
                self._put("members", row | {"id": last, "email": None} | _named(row, copy, last))
            self._write()

    def _put_new(self, name: str, rows: list[Row]) -> None:
        """Write the rows that are not there yet; setting up makes some itself."""
        there = set(self._connection.scalars(select(db.metadata.tables[name].c.id)))
        for row in rows:
            if row["id"] not in there:
                self._put(name, row)

    def _thread(self, like: Row, age: float) -> None:
        """Write a thread like a real one, at another time, by others, in other words.

        The age is 0 for the newest, and 1 for the oldest.
        """
        shape = self._shape
        thread = Thread(
            later=-YEAR * self._copies * age,
            copy=self._chance.randrange(self._copies),
        )
        rows = [like, *shape.replies[like["id"]]]
        for row in rows:
            self._posts += 1
            thread.numbers[row["id"]] = self._posts
        number = thread.numbers[like["id"]]
        title = self._mixed(like["title"], self._chance.choice(shape.questions)["title"])[:150]
        slug = slugify(title, max_length=80) or "question"
        for row in rows:
            own = {"title": title, "slug": slug} if row is like else {}
            self._put("posts", self._post(row, thread) | own)
            for vote in shape.votes[row["id"]]:
                self._put("votes", self._vote(vote, thread))
        for tag in shape.tags[like["id"]]:
            self._put("taggings", {"question_id": number, "tag_id": tag})
        self._questions.append(number)
        wanted = shape.related.get(like["id"], 0)
        earlier = {self._chance.choice(self._questions) for _ in range(wanted)} - {number}
        for rank, each in enumerate(sorted(earlier)):
            related = {"question_id": number, "related_id": each, "rank": rank}
            self._put("related_questions", related)

    def _post(self, row: Row, thread: Thread) -> Row:
        """Return a post like a real one."""
        other = self._chance.choice(self._shape.questions)
        body = self._mixed(row["body"], other["body"])[: 2 * len(row["body"]) + 200]
        moved = {name: self._moved(row, name, thread) for name in row}
        return moved | {
            "body": body,
            "body_html": "".join(f"<p>{escape(each)}</p>" for each in body.split("\n\n")),
        }

    def _vote(self, row: Row, thread: Thread) -> Row:
        moved = {name: self._moved(row, name, thread) for name in row}
        self._votes += 1
        return moved | {"id": self._votes, "member_id": None}

    def _moved(self, row: Row, name: str, thread: Thread) -> Any:  # noqa: ANN401
        """Return what a column becomes: people, posts and moments are others."""
        value = row[name]
        if value is None or name in KEPT:
            return value
        if isinstance(value, datetime):
            return value + thread.later
        if name in PEOPLE:
            members = len(self._shape.members)
            return self._first_member + thread.copy * members + self._places.get(value, 0)
        if name == "id" or name.endswith("_id"):
            return thread.numbers.get(value)
        return value

    def _mixed(self, one: str, other: str) -> str:
        """Return the first half of a text, and the second half of another."""
        ours, theirs = one.split(" "), other.split(" ")
        return " ".join([*ours[: -(-len(ours) // 2)], *theirs[len(theirs) // 2 :]])

    def _put(self, name: str, row: Row) -> None:
        self._waiting[name].append(row)

    def _write(self) -> None:
        """Write the rows that wait."""
        for table in db.metadata.sorted_tables:
            for part in _parts(iter(self._waiting.pop(table.name, [])), AT_ONCE):
                self._connection.execute(insert(table), part)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Write all that is put meanwhile in one transaction."""
        with self._connection.begin():
            yield
            self._write()

    def _let_go_of_links(self) -> None:
        """Let rows come in any order: an answer is named before it is there."""
        if self._connection.dialect.name == "sqlite":
            # Inside a transaction, SQLite does not listen to it.
            raw: Any = self._connection.connection.driver_connection
            raw.execute("PRAGMA foreign_keys = OFF")
            return
        with self._connection.begin():
            for link in _links():
                self._connection.execute(DropConstraint(link))

    def _finish(self) -> None:
        """Put back what guards the tables, count, and let the database look at what it has."""
        tags, taggings = (db.metadata.tables[name] for name in ("tags", "taggings"))
        carried = select(func.count()).where(taggings.c.tag_id == tags.c.id).scalar_subquery()
        with self._connection.begin():
            self._connection.execute(update(tags).values(question_count=carried))
            if self._connection.dialect.name == "postgresql":
                for link in _links():
                    self._connection.execute(AddConstraint(link))
                for name in ("members", "posts", "votes", "products", "topics", "tags"):
                    last = select(func.max(db.metadata.tables[name].c.id)).scalar_subquery()
                    sequence = func.pg_get_serial_sequence(name, "id")
                    self._connection.execute(select(func.setval(sequence, last)))
            change_triggers.install(self._connection)
        with self._connection.begin():
            self._connection.execute(text("ANALYZE"))


def _links() -> list[ForeignKeyConstraint]:
    return list(db.metadata.tables["posts"].foreign_key_constraints)


def _named(row: Row, copy: int, number: int) -> Row:
    """Return the names of a member's copy; the first keeps its own."""
    if not copy:
        return {}
    return {
        "name": f"{row['name'][:50]} {copy}",
        "handle": f"{row['handle'][:20]}-{number}",
        "handle_skeleton": f"{row['handle_skeleton'][:40]}{number}",
    }


def _parts(rows: Iterator[Any], size: int = AT_ONCE) -> Iterator[list[Any]]:
    while part := list(islice(rows, size)):
        yield part


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--questions", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--shape", type=Path, default=ROOT / "instance" / "bench")
    parser.add_argument("--without-search", action="store_true", help="build no search index")
    return parser.parse_args()


def _flask(*words: str, **settings: str) -> None:
    """Run a command of the forum."""
    subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", *words],
        cwd=ROOT,
        env=environment_with(**settings),
        input="one green bench under trees\n",
        text=True,
        check=True,
    )


if __name__ == "__main__":
    sys.exit(main())
