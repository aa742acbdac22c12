"""Commands about what members wrote."""

from __future__ import annotations

import pytest

from community.core.db import db, save, transaction
from community.core.text import RENDER_VERSION
from community.posts import cli, queries, services, texts
from community.posts.models import Post
from tests.factories import keep


@pytest.fixture
def render_again(app):
    def run():
        result = app.test_cli_runner().invoke(args=["text", "render-again"])
        assert result.exit_code == 0, result.output
        return result.output

    return run


def made_by_old_rules(*posts):
    for post in posts:
        post.body_html, post.render_version = "<p>old</p>", RENDER_VERSION - 1
        keep(post)


def test_questions_answers_and_comments_are_rendered_by_the_new_rules(make, render_again):
    make.member("ben")
    question = make.question(body="It is *full* of sand, @ben, you know.")
    reply = make.answer(question)
    remark = make.comment(reply)
    before = {post.id: post.body_html for post in (question, reply, remark)}
    made_by_old_rules(question, reply, remark)
    assert "Rendered 3 posts " in render_again()
    db.session.expire_all()
    assert {post.id: post.body_html for post in db.session.query(Post)} == before
    assert "/ben" in before[question.id]
    assert queries.number_rendered_before(RENDER_VERSION) == 0


def test_what_new_rules_made_is_left_alone(make, render_again):
    question = make.question()
    question.body_html = "<p>made by hand</p>"
    keep(question)
    assert "Rendered 0 posts " in render_again()
    assert make.fresh(question).body_html == "<p>made by hand</p>"


def test_it_goes_on_where_it_was_stopped(make, render_again, monkeypatch):
    posts = [make.question() for _ in range(5)]
    made_by_old_rules(*posts)
    monkeypatch.setattr(cli, "BATCH", 2)
    whole, calls = texts.render_again, []

    def stops(sources):
        calls.append(len(sources))
        if len(calls) == 2:
            raise KeyboardInterrupt
        return whole(sources)

    monkeypatch.setattr(texts, "render_again", stops)
    with pytest.raises(AssertionError):
        render_again()
    assert queries.number_rendered_before(RENDER_VERSION) == 3
    assert "Rendered 3 posts " in render_again()
    assert queries.number_rendered_before(RENDER_VERSION) == 0


def test_a_text_that_was_edited_meanwhile_keeps_its_newer_html(make):
    question = make.question()
    made_by_old_rules(question)
    [stale] = queries.rendered_before(RENDER_VERSION, 0, 10)
    question.version += 1
    question.body_html, question.render_version = "<p>newer</p>", RENDER_VERSION
    transaction(save)(question)
    services.keep_rendering([stale], texts.render_again([stale.body]))
    assert make.fresh(question).body_html == "<p>newer</p>"


def test_a_batch_takes_as_many_statements_as_one_post(make, count_queries):
    make.member("ben")
    sources = ["Hello @ben, the kettle drips.", "Hello @ben, it sings."] * 10
    counts = []
    for some in (sources[:1], sources):
        with count_queries() as sql:
            texts.render_again(some)
        counts.append(len(sql))
    assert counts == [1, 1]


def test_profiles_are_rendered_again(make, render_again):
    ann = make.member("ann", about="I like **kettles**.", about_html="<p>old</p>")
    make.member("ben")
    assert "0 posts and 1 profiles" in render_again()
    assert make.fresh(ann).about_html == "<p>I like <strong>kettles</strong>.</p>"
