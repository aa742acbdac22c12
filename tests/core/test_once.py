import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from community.core import once
from community.core.clock import now
from community.core.db import db
from community.core.errors import Conflict


@pytest.fixture
def work():
    """Work that can be counted: it returns 1, then 2, ..."""
    done = []

    def _work():
        done.append(1)
        return len(done)

    _work.done = done
    return _work


def test_a_form_sent_twice_does_its_work_once(work):
    key = once.new_key()
    assert [once.once(7, key, work) for _ in range(3)] == [1, 1, 1]
    assert len(work.done) == 1


def test_keys_belong_to_their_member(work):
    assert once.once(7, "key", work) == 1
    assert once.once(8, "key", work) == 2


def test_without_a_key_the_work_is_done_each_time(work):
    assert [once.once(7, key, work) for key in ("", None, "")] == [1, 2, 3]


def test_a_long_key_is_cut(work):
    assert once.once(7, "x" * 5000, work) == once.once(7, "x" * 6000, work) == 1


def test_work_that_fails_may_be_tried_again(work):
    def fail():
        raise Conflict("no")

    with pytest.raises(Conflict):
        once.once(7, "key", fail)
    assert once.once(7, "key", work) == 1


def test_of_sixteen_at_the_same_moment_one_does_the_work(house):
    start, results = threading.Barrier(16), []

    def make():
        return db.session.scalar(select(func.count(once.Submission.id))) + 100

    def send():
        with house.app_context():
            start.wait()
            results.append(once.once(7, "key", make))

    threads = [threading.Thread(target=send) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [100] * 16


def test_old_keys_are_forgotten(work, monkeypatch):
    once.once(7, "key", work)
    monkeypatch.setattr(once, "now", lambda: now() + timedelta(days=8))
    once.forget_old()
    assert once.once(7, "key", work) == 2
