"""The files of a backup beside those that are there, so that rows and files change as one.

A name never stands for another picture, so new files disturb nobody. Whatever takes something away
is a job in the database: one that takes new files out again, which goes with all other rows when
the backup's rows come; and others that come with those rows, for the old files. So whenever a
restore dies, what is due next stands where the rows are that count.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, insert, select

from community.backups.errors import BackupError
from community.core import jobs
from community.core.db import db
from community.core.errors import NotFound
from community.core.files import storage
from community.core.job_rows import Job

if TYPE_CHECKING:
    from community.backups.archive import Reading

FORGET = "backups.forget_files"
SWAP = "backups.swap_files"
NAMES_IN_A_JOB = 1000
JOBS = db.metadata.tables[Job.__tablename__]


@dataclass(frozen=True)
class Plan:
    """Under which names the files of a backup are put, until its rows are there."""

    # Those that are not there yet, under their own.
    new: list[str]
    # Those that say something else, as after damage on a disk: the name, and where they wait.
    waiting: dict[str, str]
    # All that are the same.
    same: list[str]

    @property
    def names(self) -> set[str]:
        """The names of all files of the backup."""
        return {*self.new, *self.waiting, *self.same}

    @property
    def added(self) -> list[str]:
        """The names that the storage does not have yet."""
        return [*self.new, *self.waiting.values()]


def planned(backup: Reading) -> Plan:
    """Compare the files of a backup with those that are there."""
    plan = Plan([], {}, [])
    there = set(storage().names())
    for name in backup.uploads():
        if name not in there:
            plan.new.append(name)
        elif _digest(name) == backup.manifest["members"][f"uploads/{name}"]:
            plan.same.append(name)
        else:
            plan.waiting[name] = secrets.token_hex(16) + name[name.index(".") :]
    return plan


def put(backup: Reading, plan: Plan) -> None:
    """Write what the storage does not have yet; nothing that it has is touched."""
    for name in [*plan.new, *plan.waiting]:
        with backup.open(f"uploads/{name}") as file:
            storage().save(plan.waiting.get(name, name), file.read())


def note_way_back(connection: Connection, plan: Plan) -> list[int]:
    """Note, beside the old rows, that what is added now goes again; return the jobs' ids."""
    return _note(connection, FORGET, ({"names": part} for part in _parts(plan.added)))


def close_way_back(connection: Connection, ids: list[int]) -> None:
    """Keep everybody from going it while the files are put. Raises BackupError if one did."""
    found = connection.scalars(delete(JOBS).where(JOBS.c.id.in_(ids)).returning(JOBS.c.id))
    if set(found) != set(ids):
        raise BackupError("A worker is running. Stop web nodes and workers, and restore again.")


def note_rest(connection: Connection, plan: Plan, *, replace: bool) -> list[int]:
    """Note, beside the new rows, what is left to do with the files; return the jobs' ids."""
    parts = _parts(list(plan.waiting))
    swaps = [{"waiting": {name: plan.waiting[name] for name in part}} for part in parts]
    due = _note(connection, SWAP, swaps)
    if replace:
        old = sorted(set(storage().names()) - plan.names - set(plan.waiting.values()))
        due += _note(connection, FORGET, ({"names": part} for part in _parts(old)))
    return due


def finish(ids: list[int]) -> int:
    """Do these jobs; return how many failed, which the worker will try again."""
    for job_id in ids:
        jobs.do(job_id)
    with db.engine.connect() as connection:
        return len(connection.scalars(select(JOBS.c.id).where(JOBS.c.id.in_(ids))).all())


def finish_earlier() -> None:
    """Finish what is left of a restore that died."""
    with db.engine.connect() as connection:
        wanted = select(JOBS.c.id).where(JOBS.c.name.in_((FORGET, SWAP))).order_by(JOBS.c.id)
        ids = list(connection.scalars(wanted))
    finish(ids)


def forget_files(names: list[str]) -> None:
    """Delete files that no row names."""
    for name in names:
        storage().delete(name)


def swap_files(waiting: dict[str, str]) -> None:
    """Give files that waited under another name their own. Twice is once."""
    for name, place in waiting.items():
        try:
            data = storage().read(place)
        except NotFound:
            continue
        storage().save(name, data)
        storage().delete(place)


def _digest(name: str) -> str:
    return hashlib.sha256(storage().read(name)).hexdigest()


def _parts(names: list[str]) -> Iterator[list[str]]:
    for first in range(0, len(names), NAMES_IN_A_JOB):
        yield names[first : first + NAMES_IN_A_JOB]


def _note(connection: Connection, name: str, arguments: Iterable[object]) -> list[int]:
    rows = [{"name": name, "arguments": each} for each in arguments]
    if not rows:
        return []
    return sorted(connection.scalars(insert(JOBS).returning(JOBS.c.id), rows))
