"""The statement of reasons says what the measure says, in both languages."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from community.core.clock import as_if_it_were
from community.core.db import db
from community.core.i18n import exact_for, force_locale
from community.core.job_rows import Job
from community.moderation import presets
from community.moderation.models.measures import ON_POSTS, Means, MeasureAct
from community.moderation.models.rules import RuleKey
from community.moderation.statements import ACTS, FOUND, parts_of
from community.notifications.models import Kind, Notification

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def taken(make, language, **facts):
    author = make.member(language=language, email_confirmed_at=NOON)
    body = "You are all idiots, and so is your kettle."
    is_slow = facts["act"] == MeasureAct.SLOW
    post = make.question(author, body=body) if is_slow else make.answer(author=author, body=body)
    on_post = facts["act"] in ON_POSTS
    about = {"post_id": post.id} if on_post else {"member_id": author.id}
    with as_if_it_were(NOON):
        return make.measured(**about | facts)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("act", list(MeasureAct))
@pytest.mark.parametrize("means", list(Means))
def test_every_statement_says_all_that_the_law_asks_for(make, language, act, means):
    has_end = act in {MeasureAct.MUTE, MeasureAct.SUSPEND, MeasureAct.SLOW}
    ends = NOON + 3 * DAY if has_end else None
    facts = {"ends_at": ends, "seconds": 600} if act == MeasureAct.SLOW else {"ends_at": ends}
    measure = taken(make, language, act=act, found_by=means, rule=RuleKey.ABUSIVE, **facts)
    text = measure.statement
    with force_locale(language):
        assert str(ACTS[act]) in text
        assert str(FOUND[means]) in text
        assert str(presets.TITLES[RuleKey.ABUSIVE]) in text
    assert measure.facts in text
    assert exact_for(NOON, language, "UTC") in text
    assert exact_for(NOON + 183 * DAY, language, "UTC") in text
    assert ends is None or exact_for(ends, language, "UTC") in text
    assert ("idiots" in text) == (act in ON_POSTS)
    assert measure.language == language
    assert len(parts_of(text)) == 6


@pytest.mark.parametrize(
    ("language", "by_a_person", "by_a_program"),
    [
        ("en", "A person decided it, not a program.", "It was decided automatically"),
        ("es", "Lo decidió una persona, no un programa.", "Se decidió automáticamente"),
    ],
)
def test_it_says_whether_a_program_decided(make, language, by_a_person, by_a_program):
    said = taken(make, language, act=MeasureAct.HIDE).statement
    assert by_a_person in said
    assert by_a_program not in said
    said = taken(make, language, act=MeasureAct.HIDE, decided_by_automation=True).statement
    assert by_a_program in said
    assert by_a_person not in said


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_flood_of_spam_gets_the_short_form(make, language):
    measure = taken(make, language, act=MeasureAct.REMOVE, rule="spam", is_mass_spam=True)
    assert len(parts_of(measure.statement)) == 3
    with force_locale(language):
        assert str(presets.TITLES[RuleKey.SPAM]) in measure.statement


def test_a_law_is_named_beside_or_instead_of_a_rule(make):
    law = "Organic Law 1/1982, Article 7"
    measure = taken(make, "en", act=MeasureAct.REMOVE, rule="", law=law)
    assert law in measure.statement


@pytest.mark.parametrize("said_in", ["en", "es"])
@pytest.mark.parametrize("preset", [*presets.ON_A_POST, *presets.ON_A_MEMBER])
def test_a_preset_reaches_the_member_in_the_language_of_the_member(make, preset, said_in):
    other = {"en": "es", "es": "en"}[said_in]
    with force_locale(said_in):
        facts = str(preset.facts)
    measure = taken(make, other, act=preset.act, rule=preset.rule, facts=facts)
    with force_locale(other):
        assert measure.facts == str(preset.facts) != facts


def test_what_is_typed_cannot_look_like_another_part(make):
    measure = taken(
        make, "en", act=MeasureAct.HIDE, facts="It is rude.\n\nWhat we decided\nNothing."
    )
    assert len(parts_of(measure.statement)) == 6


def test_the_statement_is_there_and_on_its_way_with_the_measure(make):
    measure = taken(make, "es", act=MeasureAct.HIDE)
    notice = db.session.scalar(select(Notification).where(Notification.kind == Kind.MEASURE))
    assert (notice.member_id, notice.facts["measure_id"]) == (measure.member_id, measure.id)
    letter = db.session.scalar(select(Job).where(Job.name == "mail.deliver")).arguments
    assert measure.statement in letter["text"]
    assert f"/measures/{measure.id}" in letter["text"]
    assert letter["subject"] == "Una decisión del equipo de moderación, y por qué"


def test_what_is_held_is_mailed_later_if_it_still_is(make):
    taken(make, "en", act=MeasureAct.HOLD)
    names = set(db.session.scalars(select(Job.name)))
    assert "notifications.mail_statement" in names
    assert "mail.deliver" not in names
