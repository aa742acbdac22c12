"""Finding the history of a post, its pictures, and the posts around them."""

from datetime import timedelta

from community.core.clock import now
from community.core.db import save, transaction
from community.posts import queries
from community.posts.models import Attachment
from community.posts.services import Edit, revise
from community.posts.texts import prepare

keep = transaction(save)
HOUR = timedelta(hours=1)


def test_the_history_holds_every_text_with_its_editor(make, count_queries):
    answer = make.answer(body="First words.")
    revise(answer.author, answer, Edit(text=prepare("Better words."), version=1, reason="typo"))
    with count_queries() as statements:
        history = queries.revisions_of(answer)
        assert [(r.number, r.body, r.reason, r.editor.id == answer.author_id) for r in history] == [
            (1, "First words.", "", True),
            (2, "Better words.", "typo", True),
        ]
    assert len(statements) <= 2


def test_no_names_and_no_numbers_find_no_pictures():
    assert queries.pictures([]) == queries.attachments([]) == []


def picture(member, number=0, **facts):
    facts = {"size": 10, "width": 1, "height": 1} | facts
    return keep(Attachment(name=f"{number:032x}.png", member_id=member.id, **facts))


def test_a_picture_in_two_posts_stays_when_the_first_is_removed(make):
    ann, ben = make.member(), make.member()
    shown = picture(ann, 7)
    body = f"See ![p](/uploads/{shown.name})"
    first, second = make.question(author=ann, body=body), make.question(author=ann, body=body)
    make.question(author=ben, body=body)
    shown.post_id = first.id
    assert queries.posts_around(shown)[0].id == first.id
    first.deleted_at = now()
    assert queries.posts_around(shown)[0].id == second.id
    second.hidden_at = now()
    assert queries.posts_around(shown)[0].id == first.id
    shown.post_id = None
    assert queries.posts_around(shown) == []


def test_uploads_are_counted_by_member_and_time(make):
    ann, ben = make.member(), make.member()
    assert queries.uploads_since(ann, HOUR) == (0, 0)
    picture(ann, 1)
    picture(ann, 2, size=5)
    picture(ann, 3, uploaded_at=now() - 2 * HOUR)
    picture(ben, 4)
    assert queries.uploads_since(ann, HOUR) == (2, 15)


def test_unused_pictures_are_those_of_the_member_in_no_post(make):
    ann = make.member()
    first, second = picture(ann, 1), picture(ann, 2)
    picture(ann, 3, post_id=make.question().id)
    picture(make.member(), 4)
    assert list(queries.unused_pictures(ann)) == [second, first]


def test_pictures_are_found_by_name(make):
    found = picture(make.member(), 7)
    assert queries.picture(found.name) == found
    assert queries.picture("x") is None
    assert list(queries.pictures([found.name, "x"])) == [found]
    assert list(queries.pictures([])) == []


def test_a_picture_in_a_comment_hangs_on_all_above_it(make):
    question = make.question()
    answer = make.answer(question)
    comment = make.comment(answer)
    ann = make.member()
    around = queries.posts_around(picture(ann, 1, post_id=comment.id))
    assert {post.id for post in around} == {question.id, answer.id, comment.id}
    assert around[0].id == comment.id
    assert queries.posts_around(picture(ann, 2, post_id=question.id)) == [question]
    assert queries.posts_around(picture(ann, 3)) == []
