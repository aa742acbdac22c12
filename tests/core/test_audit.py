from pathlib import Path

import pytest
from sqlalchemy import select

from community.core import audit
from community.core.audit import Act
from community.core.db import db, transaction


def test_an_act_says_who_did_what_to_what_and_why():
    facts = {"before": {"role": "member"}, "after": {"role": "admin"}, "reason": "helps a lot"}
    transaction(audit.record)(7, "made-admin", "members:8", **facts)
    act = db.session.scalars(select(Act)).one()
    assert (act.actor_id, act.name, act.subject) == (7, "made-admin", "members:8")
    assert (act.before, act.after, act.reason) == tuple(facts.values())
    assert act.at.tzinfo is not None


def test_an_act_that_did_not_happen_is_not_recorded():
    @transaction
    def act_and_fail():
        audit.record(7, "made-admin")
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011
        act_and_fail()
    assert db.session.scalars(select(Act)).all() == []


def test_nothing_changes_or_deletes_an_act():
    # The sample community takes its own invented acts with it.
    sample = {Path("community/site/services/sample.py")}
    for path in set(Path("community").rglob("*.py")) - sample:
        source = path.read_text()
        for change in ("update(Act)", "delete(Act)", "update(audit.Act)", "delete(audit.Act)"):
            assert change not in source, path
