"""Measure how many visitors the forum serves at once, beside a bare Flask under the same server.

    python -m bench.crowd                        the real community, in SQLite (instance/bench)
    python -m bench.crowd --instance FOLDER      another forum in SQLite
    python -m bench.crowd --questions 15000 150000 1000000 [--database postgresql]

The last makes a forum of each size where it is missing, in the shape of the real one (bench.grow;
the largest takes an hour or more), measures one after the other and says what grows how.

The whole service runs as in production, with process manager, web processes and worker, on a copy
that is thrown away. wrk asks from another process over the loopback with eight connections; each
case has a warm-up and three runs, of which the middle one counts. What is said of a case is its
ratio to the control: absolute figures tell of the machine. Its speed changes within minutes, so the
control is asked again before each run of a case, and the middle one of the three ratios counts.
"processor" is what one request took of all processors, in all processes of the service. Needs wrk.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import func, select

from bench import asking, members, service
from bench.__main__ import machine
from bench.cases import CONTROLS, Case, cases
from bench.forums import REAL, Folders, Forum, Shelf, copy_of
from bench.tables import Table, print_growth
from bench.writing import Writing
from bench.wrk import CONNECTIONS, SECONDS, TIMES, Load
from community.questions.models import Answer, Question


def main() -> int:
    """Print the tables; return 1 if a goal is missed."""
    given = _given()
    if shutil.which("wrk") is None:
        print("SKIP: there is no wrk here: apt-get install wrk")
        return 0
    if not (given.instance / "tertulia.db").exists():
        print(f"SKIP: there is no forum in {given.instance}; python -m bench makes instance/bench.")
        return 0
    print(machine())
    print(f"{CONNECTIONS} connections, {given.seconds:.0f} s, the middle of {TIMES}", flush=True)
    load = Load(given.port, given.seconds)
    tables = []
    for copy in _copies(given):
        with copy as forum:
            tables.append(_measured(forum, load))
    if len(tables) > 1:
        print_growth(tables)
    if not given.questions:
        print("\nLarger forums: make bench SIZES='15000 150000 1000000' [DATABASE=postgresql]")
    return 0 if all(table.goals_met for table in tables) else 1


def _copies(given: argparse.Namespace) -> Iterator[AbstractContextManager[Forum]]:
    """Yield a copy of each forum that is wanted; all are made before the first is measured."""
    if not given.questions:
        yield copy_of(given.instance)
        return
    shelf = _shelf(given)
    for size in given.questions:
        shelf.make(size)
    for size in given.questions:
        yield shelf.copied(size)


def _shelf(given: argparse.Namespace) -> Shelf:
    if given.database == "sqlite":
        return Folders(given.instance)
    from bench.postgresql import Databases  # noqa: PLC0415, a server starts

    return Databases(given.instance)


def _measured(forum: Forum, load: Load) -> Table:
    """Measure a forum that may be written into, and print its table."""
    with forum.connected() as connection:
        sizes = [connection.scalar(select(func.count(kind.id))) for kind in (Question, Answer)]
        titles = asking.titles(connection)
        readers = members.admit(connection)
        busy = members.busy_threads(connection)
        places = members.open_threads(connection, readers)
    table = Table(f"{sizes[0]:,} questions, {sizes[1]:,} answers, {connection.dialect.name}")
    with TemporaryDirectory(prefix="bench-scripts-") as folder:
        scripts = asking.Scripts(Path(folder))
        asked = cases(asking.Reading(scripts, readers, busy), asking.Searches(scripts, titles))
        command, settings = service.WHOLE, forum.settings | {"PORT": str(load.port)}
        with (
            service.control(load.port + 1) as server,
            service.running(command, "/healthz", load.port, **settings) as whole,
            service.watched(whole, forum.database_server) as memory,
        ):
            control = replace(load, server=server, port=load.port + 1)
            for case in CONTROLS:
                table.add(case, control.middle(case.path))
            _ask(asked, replace(load, server=whole), control, table)
            writing = Writing(load.port, readers, places)
            for name, run, goal in writing.rows():
                table.add_timed(name, run, goal)
        table.end(f"{memory}. Refused while writing, as too busy: {writing.refused}")
    return table


def _ask(wanted: Iterator[Case], load: Load, control: Load, table: Table) -> None:
    path_of = {case.name: case.path for case in CONTROLS}
    for case in wanted:
        run, ratio = load.beside(control, path_of[case.control], case.path, case.script)
        table.add(case, run, ratio)


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--instance", type=Path, default=REAL, help="the forum, or the shape")
    parser.add_argument("--questions", type=int, nargs="+", help="sizes to make and to measure")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="of each run")
    parser.add_argument("--port", type=int, default=8148, help="the next is the control's")
    given = parser.parse_args()
    if given.database == "postgresql" and not given.questions:
        parser.error("--database postgresql needs --questions")
    given.instance = given.instance.resolve()
    return given


if __name__ == "__main__":
    sys.exit(main())
