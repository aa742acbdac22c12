"""How far an import is: a bar with rate and time left, or plain lines where no one watches.

Ctrl-C stops it between two batches: an interrupt that comes anywhere may end up in code that takes
it for an error of its own. Pressed twice, it stops at once.
"""

from __future__ import annotations

import signal
import sys
import time
from types import FrameType, TracebackType
from typing import Any

import click

from community.imports.readers.steps import Source, Step

EVERY = 5.0  # seconds between plain lines


class Progress:
    """Shows one bar for all files. Files whose texts must be made ready weigh more."""

    def __init__(self, source: Source) -> None:
        total = sum(step.file.size * step.weight for step in source.steps)
        self._total, self._done, self._rows = max(total, 1), 0, 0
        self._began = self._said = time.monotonic()
        self._stop = False
        self._bar: Any = None
        if sys.stderr.isatty():
            self._bar = click.progressbar(
                length=self._total, file=sys.stderr, show_eta=True, item_show_func=_said
            )

    def __enter__(self) -> Progress:
        self._before = signal.signal(signal.SIGINT, self._stop_soon)
        if self._bar is not None:
            self._bar.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        signal.signal(signal.SIGINT, self._before)
        if self._bar is not None:
            self._bar.__exit__(kind, error, trace)

    def advance(self, step: Step, before: int, rows: int) -> None:
        """Tell that a file has been read from `before` to where it stands, and so many rows.

        Raises:
            KeyboardInterrupt: Ctrl-C was pressed since the last batch.
        """
        if self._stop:
            raise KeyboardInterrupt
        gained = (step.file.position - before) * step.weight
        self._done += gained
        self._rows += rows
        passed = max(time.monotonic() - self._began, 0.001)
        text = f"{step.kind}, {self._rows / passed:,.0f} rows/s"
        if self._bar is not None:
            self._bar.update(gained, text)
        elif time.monotonic() - self._said >= EVERY:
            self._said = time.monotonic()
            share = 100 * self._done // self._total
            left = f", {passed * (self._total / self._done - 1):.0f} s left" if share else ""
            click.echo(f"{share:>3} %  {text}{left}", err=True)

    def _stop_soon(self, _number: int, _frame: FrameType | None) -> None:
        self._stop = True
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _said(text: str | None) -> str | None:
    return text
