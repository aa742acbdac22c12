"""`site verify` finds what does not agree, repairs it, and says so."""

import pytest
from sqlalchemy import text, update

from community.core.db import db, transaction
from community.members.models import Member
from community.posts.models import Attachment, Post
from community.products.models import Tag
from community.questions.models import Question
from community.search.engine import engine
from community.search.reactions import flush
from community.site.verifying import index


@pytest.fixture
def forum(make, run_jobs):
    """A forum with a bit of everything, all of it in the index."""
    question = make.question(title="The kettle drips", tags=("seal",))
    answer = make.voted(make.answer(question))
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
        (update(Member).values(reputation=900), "members with a wrong reputation"),
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


@pytest.mark.sqlite
def test_rows_that_point_at_nothing_are_let_go(house_of_orphans):
    code, output = house_of_orphans()
    assert (code, "rows of votes whose post_id is gone" in output) == (1, True)
    assert house_of_orphans()[0] == 0


@pytest.fixture
def house_of_orphans(forum, verify):
    """A vote on a post that is not there, as no check of a whole database would let in."""
    db.session.execute(text("PRAGMA defer_foreign_keys = ON"))
    db.session.execute(
        text(
            "INSERT INTO votes (member_id, post_id, author_id, value, cast_at) "
            "VALUES (:who, 987654, :who, 1, '2026-01-01')"
        ),
        {"who": forum.author_id},
    )
    return verify
