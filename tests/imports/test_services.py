"""What follows from the rows equals what the services of questions would have worked out."""

from sqlalchemy import func, select

from community.core.db import db
from community.posts.models import Post
from community.products.models import Tag
from community.questions import threads
from community.questions.models import Question, taggings
from community.votes.models import Vote

FACTS = ("state", "answer_count", "active_at")


def test_states_and_counts_are_those_of_the_services(kettles, kitsune, move_in):
    move_in(kettles)
    move_in(kitsune, kitsune=True)
    for question in db.session.scalars(select(Question)):
        settled = {fact: getattr(question, fact) for fact in FACTS}
        threads.settle(question)
        assert {fact: getattr(question, fact) for fact in FACTS} == settled


def test_scores_are_the_sums_of_the_votes(kettles, move_in):
    move_in(kettles)
    for post in db.session.scalars(select(Post).where(Post.kind != "comment")):
        cast = select(func.coalesce(func.sum(Vote.value), 0)).where(Vote.post_id == post.id)
        assert post.score == db.session.scalar(cast)


def test_tags_count_their_questions(kettles, move_in):
    move_in(kettles)
    for tag in db.session.scalars(select(Tag)):
        used = select(func.count()).where(taggings.c.tag_id == tag.id)
        assert tag.question_count == db.session.scalar(used)


def test_posts_of_the_forum_itself_are_left_alone(kettles, move_in, make):
    question = make.question(title="Why does it whistle at night?")
    before = (question.score, question.active_at, question.version)
    move_in(kettles)
    question = make.fresh(question)
    assert (question.score, question.active_at, question.version) == before
