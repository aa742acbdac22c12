"""Choosing many posts, seeing what will happen, doing it in the worker, and undoing it."""

import re

import pytest

from community.core.db import db
from community.core.errors import Forbidden, Invalid
from community.moderation.models.bulk import BulkAct, BulkState
from community.moderation.models.items import Item, ItemState
from community.moderation.models.measures import MeasureAct
from community.moderation.models.rules import RuleKey
from community.moderation.queries import choosing
from community.moderation.queries.choosing import Search
from community.moderation.services import bulk
from community.moderation.services.bulk import Selection
from community.posts.models import HiddenAs


def selection(posts, act=MeasureAct.HIDE, facts="It is about bicycles."):
    ids = [post.id for post in posts]
    return Selection(post_ids=ids, act=act, rule=RuleKey.OFF_TOPIC, facts=facts)


def test_many_posts_are_hidden_in_the_worker_and_come_back(make, run_jobs):
    moderator = make.moderator()
    question = make.question()
    posts = [make.answer(question) for _ in range(25)]
    act = bulk.measure_many(moderator, selection(posts))
    assert (act.state, act.done, act.total) == (BulkState.WORKING, 0, 25)
    run_jobs()
    assert {make.fresh(post).hidden_as for post in posts} == {HiddenAs.HIDDEN}
    assert make.fresh(question).answer_count == 0
    bulk.undo(moderator, act.id)
    run_jobs()
    assert {make.fresh(post).hidden_as for post in posts} == {None}
    assert make.fresh(question).answer_count == 25


def test_what_was_hidden_before_is_passed_over_and_stays_hidden(make, run_jobs):
    moderator = make.moderator()
    question = make.question()
    before, now_ = make.hidden(make.answer(question)), make.answer(question)
    act = bulk.measure_many(moderator, selection([before, now_]))
    run_jobs()
    act = db.session.get(BulkAct, act.id, populate_existing=True)
    assert (act.done, act.skipped) == (2, 1)
    bulk.undo(moderator, act.id)
    run_jobs()
    assert make.fresh(before).hidden_as == HiddenAs.HIDDEN
    assert make.fresh(now_).hidden_as is None


def test_what_waits_in_the_queue_about_them_is_decided(make, run_jobs, flagged):
    moderator = make.moderator()
    post = make.answer()
    item = flagged(post, by=2)
    act = bulk.measure_many(moderator, selection([post], MeasureAct.REMOVE))
    run_jobs()
    assert make.fresh(item).state == ItemState.AGREED
    bulk.undo(moderator, act.id)
    run_jobs()
    assert db.session.get(Item, item.id, populate_existing=True).state == ItemState.PENDING


def test_nothing_too_much_and_no_reason_are_refused(make):
    moderator = make.moderator()
    post = make.answer()
    with pytest.raises(Invalid):
        bulk.measure_many(moderator, selection([]))
    with pytest.raises(Invalid):
        bulk.measure_many(moderator, selection([post], facts=" "))
    with pytest.raises(Invalid):
        bulk.measure_many(moderator, selection([post], MeasureAct.SUSPEND))
    many = Selection(
        post_ids=range(501), act=MeasureAct.HIDE, rule=RuleKey.SPAM, facts="It advertises."
    )
    with pytest.raises(Invalid, match="500"):
        bulk.measure_many(moderator, many)
    with pytest.raises(Forbidden):
        bulk.measure_many(make.staff(), selection([post]))


def test_posts_are_found_by_author_kind_product_and_words(make):
    ann, product = make.member("ann"), make.product()
    question = make.question(ann, product=product, body="My *bicycle* has a flat tyre.")
    answer = make.answer(question, ann, body="It was the 100% wrong pump.")
    make.question(body="Something else altogether here.")

    def ids(**facts):
        return {post.id for post in choosing.found(Search(**facts)).posts}

    assert ids(author="ann") == {question.id, answer.id}
    assert ids(author="ann", kind="answer") == {answer.id}
    assert ids(product_id=product.id) == {question.id, answer.id}
    assert ids(text="BICYCLE") == {question.id}
    assert ids(text="100%") == {answer.id}
    assert ids(author="nobody") == set()


def test_the_pages_lead_from_the_search_to_the_progress(make, log_in, run_jobs):
    client = log_in(make.moderator())
    posts = [make.answer(author=make.member("ann")), make.answer(author=make.member())]
    assert "Find posts" in client.get("/moderation/posts").text
    assert f'value="{posts[0].id}"' in client.get("/moderation/posts?author=ann").text
    assert f'value="{posts[1].id}"' not in client.get("/moderation/posts?author=ann").text
    data = {"post": [str(post.id) for post in posts]}
    assert "What it reaches" in client.post("/moderation/posts/many", data=data).text
    wrong = client.post("/moderation/posts/many", data=data | {"go": "1", "act": "hide"})
    assert wrong.status_code == 422
    assert f'value="{posts[1].id}"' in wrong.text
    said = {"go": "1", "act": "hide", "rule": "off-topic", "facts": "It is about bicycles."}
    done = client.post("/moderation/posts/many", data=data | said)
    assert done.status_code == 303
    run_jobs()
    assert "2 of 2 steps" in client.get(done.location).text
    assert "Hide it" in client.get("/moderation/bulk").text


def test_what_is_ticked_in_the_queue_is_counted_done_and_undone(make, log_in, run_jobs, flagged):
    client = log_in(make.moderator())
    question = make.question()
    ticked = [flagged(make.answer(question)), flagged(make.comment(question))]
    other = flagged(make.answer(question))
    page = client.get("/moderation/queue").text
    assert all(f'name="item" value="{item.id}"' in page for item in (*ticked, other))
    many = "/moderation/posts/many"
    shown = client.post(many, data={"item": [str(item.id) for item in ticked]}).text
    counts = re.findall(r"<dt>(\w[\w ]+)</dt><dd>(\d+)</dd>", shown)
    assert dict(counts) == {
        "Questions": "0",
        "Answers": "1",
        "Comments": "1",
        "Authors": "2",
        "Public now": "2",
        "Written by the team": "0",
    }
    chosen = re.findall(r'name="post" value="(\d+)"', shown)
    said = {"go": "1", "act": "remove", "rule": "spam", "facts": "It advertises shoes."}
    done = client.post(many, data={"post": chosen} | said).location
    assert "0 of 2 steps" in client.get(done).text
    run_jobs()
    assert "2 of 2 steps" in client.get(done).text
    assert [make.fresh(item).state for item in (*ticked, other)] == ["agreed", "agreed", "pending"]
    client.post(f"{done}/undoing")
    run_jobs()
    assert {make.fresh(item).state for item in (*ticked, other)} == {"pending"}
    assert client.post(f"{done}/undoing").status_code == 403


def test_more_than_five_hundred_are_refused_and_stay_chosen(make, log_in):
    client = log_in(make.moderator())
    post = make.answer()
    data = {"post": [str(number) for number in range(post.id, post.id + 501)], "go": "1"}
    said = {"act": "hide", "rule": "spam", "facts": "It advertises."}
    refused = client.post("/moderation/posts/many", data=data | said)
    assert refused.status_code == 422
    assert "At most 500 posts at once, please." in refused.text
    assert f'value="{post.id}"' in refused.text
    assert make.fresh(post).is_visible
