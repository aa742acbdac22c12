"""Long histories of a thread, made up at random: the numbers always add up."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from community.core.db import db, lock, transaction
from community.core.errors import CommunityError
from community.posts.texts import prepare
from community.questions.models import Answer, MeToo
from community.questions.services import answering, editing, following, solving
from community.questions.threads import settle
from community.votes import services as vote_services
from community.votes.models import Vote

TEXT = prepare("Some words.")
LOOSE = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
VOTES = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 2), st.sampled_from([-1, 0, 1])), max_size=25
)
ACTS = st.lists(
    st.tuples(
        st.sampled_from(
            ["answer", "partial", "comment", "asks", "speak", "delete", "undelete", "accept", "too"]
        ),
        st.integers(0, 3),
    ),
    max_size=12,
)


@LOOSE
@given(VOTES)
def test_the_score_is_the_sum_of_the_votes(make, votes):
    posts = [make.question(), make.answer(), make.answer()]
    voters = [make.member() for _ in range(4)]
    expected = {}
    for who, what, value in votes:
        try:
            vote_services.cast_vote(voters[who], posts[what], value)
        except CommunityError:
            continue
        expected[who, what] = value
    for what, post in enumerate(posts):
        rows = db.session.scalar(select(func.sum(Vote.value)).where(Vote.post_id == post.id)) or 0
        said = sum(value for (_, about), value in expected.items() if about == what)
        assert make.fresh(post).score == rows == said
    kept = select(func.count()).select_from(Vote).where(Vote.post_id.in_([p.id for p in posts]))
    assert db.session.scalar(kept) == sum(value != 0 for value in expected.values())


@LOOSE
@given(ACTS)
def test_counts_and_state_follow_whatever_happens(make, acts):
    asker = make.member()
    question = make.question(asker)
    people = [make.member() for _ in range(4)]
    made = []
    for verb, number in acts:
        try:
            _act(verb, people[number], (question, asker), made)
        except CommunityError:
            continue
    question = make.fresh(question)
    before = _numbers(question)
    transaction(lambda: settle(lock(question)))()
    assert _numbers(question) == before
    answers = (
        select(func.count())
        .select_from(Answer)
        .where(
            Answer.question_id == question.id, Answer.kind == "answer", Answer.deleted_at.is_(None)
        )
    )
    assert question.answer_count == db.session.scalar(answers)
    too = select(func.count()).select_from(MeToo).where(MeToo.question_id == question.id)
    assert question.me_too_count == db.session.scalar(too)
    assert question.is_solved is (question.solution_id is not None)


def _numbers(question):
    return (question.answer_count, question.active_at, question.state, question.solution_id)


def _act(verb, actor, thread, made):
    question, asker = thread
    draft = answering.ReplyDraft(
        text=TEXT, is_partial=verb == "partial", asks_for_info=verb == "asks"
    )
    if made and verb in {"delete", "undelete", "accept"}:
        _change(verb, question, asker, made[actor.id % len(made)])
    elif verb in {"answer", "partial"}:
        made.append((answering.answer(actor, question, draft), actor))
    elif verb in {"comment", "asks"}:
        answering.comment(actor, question, made[-1][0] if made else question, draft)
    elif verb == "speak":
        answering.comment(asker, question, question, draft)
    elif verb == "too":
        act = following.have_too if actor.id % 3 else following.have_no_more
        act(actor, question)


def _change(verb, question, asker, made):
    answer, author = made
    if verb == "accept":
        solving.accept(asker, question, answer)
    else:
        getattr(editing, verb)(author, answer)
