"""The tables that are printed: one of each forum, row by row, and at the end one of growth."""

from __future__ import annotations

from bench.cases import Case
from bench.wrk import Run

HEAD = (
    "| request | requests/s | p50 ms | p99 ms | processor ms | ratio | goal |\n"
    "|---|---|---|---|---|---|---|"
)


class Table:
    """What one forum did; the rows are printed as they are known."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.runs: dict[str, Run] = {}
        self.goals_met = True
        print(f"\n## {title}\n\n{HEAD}", flush=True)

    def add(self, case: Case, run: Run, ratio: float | None = None) -> None:
        """Print what a case came to, by itself and beside its control."""
        missed = bool(case.goal and ratio and ratio < case.goal) or run.speed < (case.least or 0)
        self._row(case.name, run, "" if ratio is None else f"{ratio:.2f}", case.wish, missed=missed)

    def add_timed(self, name: str, run: Run, goal: float | None) -> None:
        """Print what members wrote; the goal is of the median, in milliseconds."""
        wish = f"p50 ≤ {goal:.0f} ms" if goal else ""
        self._row(name, run, "", wish, missed=goal is not None and run.p50 > goal)

    def _row(self, name: str, run: Run, ratio: str, wish: str, *, missed: bool) -> None:
        self.runs[name] = run
        self.goals_met = self.goals_met and not missed
        wish += " MISSED" if missed else ""
        processor = "" if run.processor is None else f"{run.processor:.2f}"
        told = f"{run.speed:,.0f} | {run.p50:.2f} | {run.p99:.2f} | {processor}"
        print(f"| {name} | {told} | {ratio} | {wish} |", flush=True)

    def end(self, said: str) -> None:
        """Print what is said below the rows."""
        print(f"\n{said}", flush=True)


Growth = list[tuple[float, float | None]]


def growth(tables: list[Table]) -> list[tuple[str, Growth]]:
    """Return of each case its median, and its time of the processor, over those at the first."""
    return [
        (name, [_over(table.runs[name], first) for table in tables])
        for name, first in tables[0].runs.items()
    ]


def _over(run: Run, first: Run) -> tuple[float, float | None]:
    if run.processor is None or not first.processor:
        return run.p50 / first.p50, None
    return run.p50 / first.p50, run.processor / first.processor


def print_growth(tables: list[Table]) -> None:
    """Print how the time of each case grows with the forum."""
    print("\n## Growth: the median over that at the first size; in brackets, of the processor\n")
    print(f"| request | {' | '.join(table.title for table in tables)} |")
    print("|---" * (len(tables) + 1) + "|")
    for name, ratios in growth(tables):
        told = (f"{p50:.2f}" + (f" ({cpu:.2f})" if cpu else "") for p50, cpu in ratios)
        print(f"| {name} | {' | '.join(told)} |")
