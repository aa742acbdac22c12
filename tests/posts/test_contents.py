"""Newcomers put few links, pictures and mentions into a post; nothing that they wrote is lost."""

import pytest

from community.core.errors import Invalid
from community.members.trust import TABLE, Level
from community.posts.contents import Contents, check_contents, contents_of
from community.posts.texts import prepare
from community.questions.models import Question

PICTURE = "![p](/uploads/0123456789abcdef0123456789abcdef.png)"
LINK = "[a](https://a.example/b) "


def html(source):
    return prepare(source).rendered.html


def test_links_to_this_forum_are_not_counted_and_a_member_is_mentioned_once(make):
    make.member("ann")
    found = contents_of(html(f"@ann and @ann: [here](/questions/3) {LINK} {PICTURE}"))
    assert found == Contents(links=1, images=1, mentions=1)


@pytest.mark.parametrize("level", Level)
def test_each_level_may_as_much_as_its_table_says(make, level):
    # Of newcomers, moderation looks at more than their share first.
    ann, most = make.member(trust_level=level), TABLE[max(level, Level.BASIC)]
    check_contents(ann, html(LINK * most.links))
    check_contents(ann, html(PICTURE * most.images))
    for source in (LINK * (most.links + 1), PICTURE * (most.images + 1)):
        with pytest.raises(Invalid):
            check_contents(ann, html(source))


def test_nobody_mentions_more_than_ten_members(make):
    names = [make.member().handle for _ in range(11)]
    ann = make.member()
    check_contents(ann, html(" ".join(f"@{name}" for name in names[:10])))
    with pytest.raises(Invalid):
        check_contents(ann, html(" ".join(f"@{name}" for name in names)))


def test_staff_and_moderators_are_trusted_without_a_level(make):
    for somebody in (make.staff(), make.moderator()):
        check_contents(somebody, html(LINK * 3))


def test_an_edit_keeps_what_was_there_and_adds_nothing(make):
    ann = make.member()
    check_contents(ann, html(LINK * 54), before=html(LINK * 54))
    with pytest.raises(Invalid):
        check_contents(ann, html(LINK * 55), before=html(LINK * 54))


def test_a_newcomer_who_is_refused_finds_the_text_in_the_form(make, log_in):
    product, ann = make.product(), make.member()
    text = "It leaks. " + LINK * 51
    form = {"title": "Why does it leak?", "body": text, "kind": "question", "lang": "en"}
    page = log_in(ann).post(f"/questions/new/{product.slug}/none", data=form)
    assert page.status_code == 422
    assert "You can put 50 links to other sites into a post; this one has 51." in page.text
    assert text.strip() in page.text
    question = make.question()
    page = log_in(ann).post(f"/questions/{question.id}/answers", data={"body": text})
    assert page.status_code == 422
    assert "You can put 50 links" in page.text
    assert text.strip() in page.text


def test_an_edit_that_is_refused_keeps_the_text_in_the_form(make, log_in):
    question = make.question()
    form = {"title": question.title, "body": "See " + LINK * 51, "version": "1", "tags": ""}
    page = log_in(question.author).post(f"/questions/{question.id}/edit", data=form)
    assert page.status_code == 422
    assert "You can put 50 links" in page.text
    assert "See " + LINK.strip() in page.text
    assert make.fresh(question).version == 1
    assert isinstance(question, Question)
