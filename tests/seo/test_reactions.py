"""What the worker does by the clock."""

from datetime import UTC, datetime

from huey import crontab

from community.core import jobs
from community.seo import reactions
from community.seo.sitemaps import shelf


def test_sitemaps_are_caught_up_often_and_built_anew_each_night(make):
    due = {name: crontab(**times) for name, times, _work in jobs._periodic}
    assert due["catch_up_sitemaps"](datetime(2026, 5, 5, 13, 20, tzinfo=UTC))
    assert not due["catch_up_sitemaps"](datetime(2026, 5, 5, 13, 25, tzinfo=UTC))
    assert due["build_sitemaps"](datetime(2026, 5, 5, 4, 35, tzinfo=UTC))
    make.product("Kettle 9000")
    reactions.catch_up_sitemaps()
    assert shelf.tag("products-0")
    reactions.build_sitemaps()
    assert shelf.parts()["products-0"].pages == 1
