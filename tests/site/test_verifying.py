"""`site verify` finds what does not agree, repairs it, and says so."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select, text, update

from community.core.clock import now
from community.core.db import db, transaction
from community.members.models import Member
from community.posts.models import Attachment, Post
from community.products.models import Tag
from community.questions.models import Question
from community.reputation.models import ProductReputation
from community.search.engine import engine
from community.search.reactions import flush
from community.site.verifying import index


@pytest.fixture
def forum(make, run_jobs):
    """A forum with a bit of everything, all of it in the index."""
    question = make.question(title="The kettle drips", tags=("seal",), product=make.product())
    answer = make.answer(question)
    # Votes of who has just come count for nothing yet.
    make.voted(answer, 1, make.member(joined_at=now() - timedelta(days=9)))
    make.comment(answer)
    run_jobs()
    flush()
    return question


@pytest.fixture
def verify(app, run_jobs):
    def _verify():
        result = app.test_cli_runner().invoke(args=["site", "verify"])
        db.session.expire_all()
        run_jobs()
        return result.exit_code, result.output

    return _verify


def test_a_forum_that_agrees_is_left_alone(forum, verify):
    assert verify() == (0, "Everything agrees.\n")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (update(Post).where(Post.kind == "answer").values(score=7), "1 posts with a wrong score"),
        (update(Post).values(thank_count=2), "posts with wrong thanks"),
        (update(Question).values(me_too_count=9), "1 questions with a wrong me-too"),
        (update(Tag).values(question_count=5), "1 tags with a wrong count"),
        (update(Question).values(answer_count=4), "1 threads with a wrong count or state"),
        (update(Question).values(state="closed"), "1 threads with a wrong count or state"),
        (update(Question).values(me_too_count=None), "1 questions with a wrong me-too"),
        (update(Question).values(answer_count=None), "1 threads with a wrong count or state"),
        (update(Member).values(reputation=900), "members with a wrong reputation"),
        (update(ProductReputation).values(amount=900), "1 members with a wrong reputation"),
        (delete(ProductReputation), "1 members with a wrong reputation"),
    ],
)
def test_a_wrong_number_is_found_and_repaired(forum, verify, change, said):
    transaction(db.session.execute)(change)
    code, output = verify()
    assert code == 1
    assert said in output
    assert verify() == (0, "Everything agrees.\n")


def test_what_the_index_lacks_or_holds_in_vain_is_written_anew(forum, verify):
    (document,) = index.every_document()
    engine().replace_all([])
    assert verify() == (1, "1 questions that the search does not know as they are\n")
    assert verify()[0] == 0
    engine().put([document, type(document)(key="questions:404", title="Gone", text="")])
    assert verify() == (1, "1 questions in the search that are gone\n")
    assert verify()[0] == 0


def test_a_picture_without_its_file_is_told_and_not_taken_for_repaired(forum, verify, make):
    name = "0" * 32 + ".png"
    facts = {"filename": "", "alt": "", "size": 1, "width": 1, "height": 1}
    make.keep(Attachment(name=name, member_id=forum.author_id, **facts))
    assert verify() == (1, "1 pictures without their file\n")


def test_a_face_without_its_file_is_told_too(forum, verify):
    change = update(Member).where(Member.id == forum.author_id).values(avatar="0" * 32 + ".png")
    transaction(db.session.execute)(change)
    assert verify() == (1, "1 pictures without their file\n")


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (
            "INSERT INTO votes (member_id, post_id, author_id, value, cast_at) "
            "SELECT id, 987654, id, 1, '2026-01-01' FROM members LIMIT 1",
            "1 rows of votes whose post_id is gone",
        ),
        (
            "DELETE FROM posts WHERE kind = 'question'",
            "2 rows of posts whose question_id is gone",
        ),
        (
            "DELETE FROM members WHERE id IN (SELECT author_id FROM posts WHERE kind = 'question')",
            "1 rows of posts whose author_id is gone",
        ),
        (
            "DELETE FROM members WHERE id IN (SELECT author_id FROM posts WHERE kind = 'answer')",
            "1 rows of posts whose author_id is gone",
        ),
        (
            "UPDATE posts SET question_id = NULL WHERE kind = 'answer'",
            "1 replies that belong to no question",
        ),
    ],
)
def test_rows_that_point_at_nothing_are_let_go_with_all_that_hangs_on_them(
    forum, verify, statement, said
):
    # Here everything is one transaction, in which references may be looked at in the end.
    db.session.execute(text("PRAGMA defer_foreign_keys = ON"))
    assert db.session.execute(text(statement)).rowcount == 1
    code, output = verify()
    assert (code, said in output) == (1, True), output
    assert db.session.execute(text("PRAGMA foreign_key_check")).all() == []
    lonely = select(Post.id).where(Post.kind != "question", text("question_id IS NULL"))
    assert db.session.scalars(lonely).all() == []
    db.session.rollback()
    assert verify() == (0, "Everything agrees.\n")
