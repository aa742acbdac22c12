"""How far an import is, said so that a person can plan."""

import signal

import pytest

from community.imports import progress
from community.imports.progress import Progress
from community.imports.readers.steps import Source, Step


class File:
    path, size, position = None, 1000, 0

    def __iter__(self):
        return iter(())


def test_plain_lines_tell_share_rate_and_time_left(monkeypatch, capsys):
    monkeypatch.setattr(progress, "EVERY", 0)
    clock = iter(range(100))
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(clock))
    file = File()
    step = Step("questions", "questions", file, lambda rows: iter(()), weight=2)
    with Progress(Source("stack-exchange", (step,))) as shown:
        file.position = 250
        shown.advance(step, 0, 30)
    assert capsys.readouterr().err == " 25 %  questions, 30 rows/s, 3 s left\n"


def test_a_bar_with_rate_and_time_left_is_drawn_on_a_terminal(monkeypatch, capsys):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    file = File()
    step = Step("votes", "votes", file, lambda rows: iter(()))
    with Progress(Source("stack-exchange", (step,))) as shown:
        file.position = 500
        shown.advance(step, 0, 10)
    drawn = capsys.readouterr().err
    assert "50%" in drawn
    assert "votes, " in drawn


def test_ctrl_c_stops_between_two_batches_and_pressed_twice_at_once():
    file = File()
    step = Step("votes", "votes", file, lambda rows: iter(()))
    before = signal.getsignal(signal.SIGINT)
    with Progress(Source("stack-exchange", (step,))) as shown:
        signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            shown.advance(step, 0, 10)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before
