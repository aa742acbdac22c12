"""What the worker does after a community has moved in."""

from community.imports import reactions


def test_the_worker_relates_all_questions_portion_by_portion(
    kettles, move_in, run_jobs, monkeypatch
):
    monkeypatch.setattr(reactions, "PORTION", 1)
    seen = []
    known = reactions.relations.related
    monkeypatch.setattr(reactions.relations, "related", lambda ids: seen.extend(ids) or known(ids))
    move_in(kettles)
    assert run_jobs() >= 4
    assert len(seen) == 3
    assert run_jobs() == 0
