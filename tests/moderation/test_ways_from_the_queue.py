"""From an item of the queue to the full dialog of measures, and the ladder for profiles."""

import re
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import select

from community.core.clock import now
from community.core.db import db
from community.moderation.models.items import ItemState
from community.moderation.models.measures import Measure, MeasureAct


def way(page, subject):
    """Return the address of the dialog that an item leads to, for its post or its member."""
    found = re.search(rf'href="(/moderation/measure\?{subject}=[^"]+)"', page)
    return unescape(found[1]) if found else ""


def filled(act, **facts):
    said = {"act": act, "rule": "abusive", "facts": "It insults Ann.", "hours": "0"}
    return said | {"found_by": "flag"} | facts


def latest():
    return db.session.scalar(select(Measure).order_by(Measure.id.desc()))


def test_the_full_dialog_decides_the_item_that_led_to_it(make, log_in, flagged):
    post = make.answer()
    item = flagged(post, by=2)
    client = log_in(make.moderator())
    address = way(client.get(f"/moderation/queue/{item.id}").text, "post")
    assert f"item={item.id}" in client.get(address).text
    done = client.post(address, data=filled("hide", law="Art. 18", hours="72"))
    assert (done.status_code, done.location) == (303, "/moderation/queue")
    assert make.fresh(item).state == ItemState.AGREED
    measure = latest()
    assert (measure.act, measure.law, measure.post_id) == (MeasureAct.HIDE, "Art. 18", post.id)
    assert measure.ends_at > now() + timedelta(hours=71)


def test_a_measure_on_the_author_decides_the_item_of_the_post(make, log_in, flagged):
    post = make.answer()
    item = flagged(post)
    client = log_in(make.moderator())
    address = way(client.get(f"/moderation/queue/{item.id}").text, "member")
    assert client.post(address, data=filled("warn")).status_code == 303
    assert make.fresh(item).state == ItemState.AGREED
    assert (latest().act, latest().member_id) == (MeasureAct.WARN, post.author_id)
    assert make.fresh(post).is_visible


def test_who_comes_second_through_the_dialog_reads_who_was_faster(make, log_in, flagged, decide):
    post = make.answer()
    item = flagged(post)
    client = log_in(make.moderator())
    address = way(client.get(f"/moderation/queue/{item.id}").text, "post")
    decide(make.moderator("mia"), item, "ignore")
    late = client.post(address, data=filled("remove"))
    assert late.status_code == 409
    assert "Already decided by Mia at" in late.text
    assert "It insults Ann." in late.text
    assert make.fresh(post).is_visible


def test_an_item_is_not_decided_by_a_measure_on_something_else(make, log_in, flagged):
    item, other = flagged(make.answer()), make.answer()
    address = f"/moderation/measure?post={other.id}&item={item.id}&version=1"
    refused = log_in(make.moderator()).post(address, data=filled("hide"))
    assert refused.status_code == 422
    assert "This measure is about something else." in refused.text
    assert make.fresh(other).is_visible
    assert make.fresh(item).is_pending


@pytest.mark.parametrize(
    ("before", "said", "act", "days"),
    [
        ((), "The next step: Warn", MeasureAct.WARN, None),
        ((0,), "The next step: No writing for a while, 1 day", MeasureAct.MUTE, 1),
        ((0, 1, 3, 7), "The next step: No writing for a while, 30 days", MeasureAct.MUTE, 30),
        ((0, 30), "The next step: Suspend, 90 days", MeasureAct.SUSPEND, 90),
    ],
)
def test_the_queue_takes_the_next_step_of_the_ladder_on_a_profile(
    make, log_in, flagged, before, said, act, days
):
    ann = make.member()
    for each in before:
        ends_at = now() + timedelta(days=each) if each else None
        act_before = MeasureAct.MUTE if each else MeasureAct.WARN
        make.measured(act=act_before, member_id=ann.id, ends_at=ends_at)
    item = flagged(ann, reason="abusive")
    client = log_in(make.moderator())
    assert said in client.get(f"/moderation/queue/{item.id}").text
    data = {"decision": "agree", "version": 1, "rule": "abusive", "act": "usual"}
    assert client.post(f"/moderation/queue/{item.id}/decision", data=data).status_code == 303
    measure = latest()
    lasts = round((measure.ends_at - measure.taken_at) / timedelta(days=1)) if days else None
    assert (measure.act, lasts) == (act, days)


def test_who_came_to_advertise_is_suspended_and_not_warned_first(make, log_in, flagged):
    item = flagged(make.member())
    data = {"decision": "agree", "version": 1, "rule": "spam", "act": "usual"}
    log_in(make.moderator()).post(f"/moderation/queue/{item.id}/decision", data=data)
    assert (latest().act, latest().ends_at) == (MeasureAct.SUSPEND, None)
