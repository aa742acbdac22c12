"""How long what says "3 minutes ago" is kept."""

from __future__ import annotations

from datetime import timedelta

import pytest

from community.core import lasting
from community.core.clock import now
from community.core.i18n import relative


@pytest.mark.parametrize(
    ("age", "seconds"),
    [
        (timedelta(seconds=5), 60),
        (timedelta(minutes=30), 60),
        (timedelta(hours=2), 144),
        (timedelta(days=400), 600),
    ],
)
def test_the_longer_ago_the_longer_it_is_true(app, age, seconds):
    with app.test_request_context(), lasting.noted() as span:
        relative(now() - age)
    assert span.seconds == pytest.approx(seconds, rel=0.01)


def test_the_shortest_counts_and_nothing_else_ends_earlier(app):
    with lasting.noted() as span:
        lasting.says_age(1e9)
        assert span.seconds == lasting.LONGEST
        lasting.says_age(10)
    assert span.seconds == lasting.SHORTEST


def test_outside_of_what_is_kept_nothing_is_noted():
    lasting.says_age(10)
