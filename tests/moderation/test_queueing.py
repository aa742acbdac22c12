"""What waits for a moderator is decided once, by one of them."""

import pytest

from community.core.audit import Act
from community.core.db import db
from community.core.errors import Conflict, Forbidden, Invalid
from community.moderation.models.items import Decision, Item, ItemKind, ItemState, Step
from community.moderation.rulings import Ruling
from community.moderation.services import queueing


def waiting(make, kind=ItemKind.FLAG, **facts):
    answer = facts.pop("answer", None) or make.answer()
    return queueing.open_item(kind, post_id=answer.id, **facts)


def test_an_item_knows_where_its_post_stands(make):
    question = make.question(lang="es")
    ben = make.member("ben")
    item = waiting(make, answer=make.answer(question, ben))
    assert (item.product_id, item.lang, item.state) == (question.product_id, "es", "pending")
    assert item.member_id == ben.id


def test_what_waits_already_gains_the_score_and_is_not_opened_again(make):
    answer = make.answer()
    first = waiting(make, answer=answer, score=2.0)
    second = waiting(make, answer=answer, score=1.5)
    assert (second.id, second.score) == (first.id, 3.5)


def test_an_appeal_waits_beside_a_flag(make):
    answer = make.answer()
    flagged = waiting(make, answer=answer)
    appealed = waiting(make, ItemKind.APPEAL, answer=answer, key="measures:9")
    assert flagged.id != appealed.id


def test_a_decision_is_written_into_item_history_and_record(make):
    mia = make.moderator("mia")
    item = waiting(make)
    ruling = Ruling(item_id=item.id, version=1, decision=Decision.DISAGREE, note="All fine.")
    queueing.decide(mia, ruling)
    decided = make.fresh(item)
    assert (decided.state, decided.version) == (ItemState.DISAGREED, 2)
    assert (decided.decided_by_id, decided.decision_note) == (mia.id, "All fine.")
    steps = [step.kind for step in db.session.scalars(db.select(Step).order_by(Step.id))]
    assert steps == ["opened", "decided"]
    act = db.session.scalar(db.select(Act).where(Act.name == "review-disagree"))
    assert (act.actor_id, act.subject) == (mia.id, item.subject_key)


def test_the_second_moderator_hears_who_was_faster_and_nothing_changes(make):
    mia, max_ = make.moderator("mia"), make.moderator("max")
    item_id = waiting(make).id
    queueing.decide(mia, Ruling(item_id=item_id, version=1, decision=Decision.IGNORE))
    with pytest.raises(Conflict) as refused:
        queueing.decide(max_, Ruling(item_id=item_id, version=1, decision=Decision.AGREE))
    assert refused.value.name == "Mia"
    assert db.session.get(Item, item_id).state == ItemState.IGNORED


def test_a_text_that_changed_meanwhile_is_looked_at_again(make):
    mia, answer = make.moderator(), make.answer()
    item_id = waiting(make, answer=answer).id
    seen = answer.version
    make.edited(answer)
    ruling = Ruling(item_id=item_id, version=1, decision=Decision.IGNORE, post_version=seen)
    with pytest.raises(Conflict, match="changed"):
        queueing.decide(mia, ruling)
    assert db.session.get(Item, item_id).is_pending


def test_nobody_decides_upon_themselves_and_members_decide_nothing(make):
    mia = make.moderator()
    item_id = waiting(make, answer=make.answer(author=mia)).id
    ruling = Ruling(item_id=item_id, version=1, decision=Decision.IGNORE)
    for actor in (mia, make.member()):
        with pytest.raises(Forbidden):
            queueing.decide(actor, ruling)
    assert db.session.get(Item, item_id).is_pending


def test_a_decision_that_does_not_fit_the_item_is_refused(make):
    item = waiting(make, ItemKind.HELD)
    ruling = Ruling(item_id=item.id, version=1, decision=Decision.IGNORE)
    with pytest.raises(Invalid):
        queueing.decide(make.moderator(), ruling)


def test_what_hangs_on_a_kind_hears_the_decision_in_the_same_transaction(make, monkeypatch):
    heard = []
    monkeypatch.setattr("community.moderation.rulings._consequences", {})
    queueing.on_decision(ItemKind.HELD)(lambda item, ruling, actor: heard.append((item, actor)))
    mia, item = make.moderator(), waiting(make, ItemKind.HELD)
    queueing.decide(mia, Ruling(item_id=item.id, version=1, decision=Decision.APPROVE))
    assert heard == [(item, mia)]
