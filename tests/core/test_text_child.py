"""A text that is too much for Markdown harms nobody else."""

import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from community.core.text import render
from community.core.text.child import Child, ChildFailed
from community.core.text.rendering import child
from tests.core.text_oracle import not_allowed
from tests.corpora import rows

SLOW = "![" * 15_000
DEEP = "1. " * 2_000


@pytest.mark.parametrize(("name", "source"), [("slow", SLOW), ("deep", DEEP)])
def test_what_cannot_be_rendered_is_shown_as_it_was_typed(name, source):
    started = time.monotonic()
    rendered = render(source + "<b>")
    assert time.monotonic() - started < 4
    assert rendered.is_fallback
    assert rendered.html == f"<pre>{source}&lt;b&gt;</pre>"
    assert render("**next**").html == "<p><strong>next</strong></p>"


def test_a_text_that_is_far_too_long_does_not_even_try():
    render("start")
    before = child.pid
    assert render("a" * 200_001).is_fallback
    assert child.pid == before


def test_a_text_that_grows_beyond_measure_is_shown_as_it_was_typed():
    wide = "|x" * 400 + "\n" + "|-" * 400 + "\n" + "|y\n" * 400
    assert render(wide).is_fallback
    assert not render("|x" * 4 + "\n" + "|-" * 4 + "\n" + "|y\n" * 4).is_fallback


def test_a_child_that_is_killed_while_it_renders_is_replaced():
    render("start")
    victim = child.pid
    threading.Timer(0.2, os.kill, (victim, signal.SIGKILL)).start()
    assert render(SLOW).is_fallback
    assert not render("**next**").is_fallback
    assert child.pid != victim


def test_a_child_that_died_while_idle_goes_unnoticed():
    render("start")
    os.kill(child.pid, signal.SIGKILL)
    time.sleep(0.1)
    assert not render("**next**").is_fallback


def test_a_child_that_hangs_is_given_up_after_the_limit():
    render("start")
    os.kill(child.pid, signal.SIGSTOP)
    started = time.monotonic()
    assert render("x" * 199_000).is_fallback
    assert time.monotonic() - started < 3
    assert not render("**next**").is_fallback


def test_threads_render_at_the_same_time_without_mixing_their_texts():
    sources = [f"**{number}**" for number in range(200)]
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(render, sources))
    assert [r.html for r in results] == [f"<p><strong>{n}</strong></p>" for n in range(200)]


def test_a_forked_process_gets_a_child_of_its_own():
    render("start")
    ours = child.pid
    pid = os.fork()
    if pid == 0:
        good = render("**x**").html == "<p><strong>x</strong></p>" and child.pid != ours
        child.stop()
        os._exit(0 if good else 1)
    assert os.waitpid(pid, 0)[1] == 0
    assert child.pid == ours
    assert not render("**still**").is_fallback


def test_the_child_sees_no_secrets_and_may_use_little_memory():
    render("start")
    process = Path(f"/proc/{child.pid}")
    assert (process / "environ").read_bytes() == b""
    table = (process / "limits").read_text()
    assert f"{600 << 20}" in next(line for line in table.splitlines() if "address space" in line)


def test_a_child_that_cannot_start_is_said_so():
    broken = Child("community.core.text.no_such_module", limit=1)
    with pytest.raises(ChildFailed):
        broken.ask(b"x")


def test_families_of_texts_that_make_renderers_slow_take_a_second_at_most():
    fallbacks = 0
    for row in rows("pathological/pathological_16k.jsonl"):
        started = time.monotonic()
        rendered = render(row["payload"])
        assert time.monotonic() - started < 4, row["name"]
        assert not_allowed(rendered.html) == [], row["name"]
        fallbacks += rendered.is_fallback
    assert fallbacks < 30
    assert not render("**next**").is_fallback
