import time

import pytest

from community.core import settings
from community.core.db import transaction
from community.core.settings import Setting

SIZE = Setting("test_size", 20, "For tests.")
del settings.known["test_size"]  # It is no setting of the forum, and other tests list those.


@pytest.fixture(autouse=True)
def _forgotten():
    yield
    settings.forget()


def test_a_setting_has_a_default_until_it_is_put():
    assert SIZE.get() == 20
    transaction(SIZE.put)(30)
    assert SIZE.get() == 30
    transaction(SIZE.put)(40)
    assert SIZE.get() == 40


@pytest.mark.parametrize("value", ["30", True, 3.5, None])
def test_a_setting_takes_its_own_kind_only(value):
    with pytest.raises(TypeError):
        transaction(SIZE.put)(value)


def test_a_change_that_is_undone_is_not_remembered():
    @transaction
    def change_and_fail():
        SIZE.put(30)
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011
        change_and_fail()
    settings.forget()
    assert SIZE.get() == 20


def test_settings_cost_one_statement_and_then_none(count_queries):
    settings.forget()
    with count_queries() as statements:
        for _ in range(5):
            SIZE.get()
    assert len(statements) == 1


def test_other_processes_see_a_change_soon(monkeypatch):
    assert SIZE.get() == 20
    transaction(lambda: SIZE.put(30) or settings._kept)()
    later = time.monotonic() + settings.REMEMBERED + 1
    monkeypatch.setattr(settings.time, "monotonic", lambda: later)
    assert SIZE.get() == 30
