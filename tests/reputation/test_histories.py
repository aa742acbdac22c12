"""Random histories: the ledger, the totals and a recount from the votes always agree."""

from collections import Counter, defaultdict
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select

from community.core.clock import as_if_it_were, now
from community.core.db import db
from community.core.errors import CommunityError, Invalid
from community.moderation.models.measures import Measure, MeasureAct
from community.moderation.services import measuring
from community.products.models import Product
from community.questions.models import Answer, Question
from community.questions.services import arranging, editing, solving
from community.reputation import amounts
from community.reputation.models import Booking, ProductReputation
from community.reputation.services import booking
from community.votes import services as vote_services
from community.votes.models import Vote

LOOSE = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
ACTS = ["up", "down", "none", "accept", "unaccept", "delete", "undelete", "official", "usual"]
ACTS += ["hide", "restore", "invalidate", "revalidate", "clear", "move", "move", "up", "up", "up"]
HISTORIES = st.lists(
    st.tuples(
        st.sampled_from(ACTS), st.integers(0, 4), st.integers(0, 3), st.sampled_from([0, 0, 1])
    ),
    min_size=5,
    max_size=40,
)


def act(name, who, question, post, staff):
    """Let one thing happen; what the forum refuses raises."""
    votes = list(db.session.scalars(select(Vote.id).where(Vote.post_id == post.id)))
    {
        "up": lambda: vote_services.cast_vote(who, post, 1),
        "down": lambda: vote_services.cast_vote(who, post, -1),
        "none": lambda: vote_services.cast_vote(who, post, 0),
        "invalidate": lambda: vote_services.invalidate(votes),
        "revalidate": lambda: vote_services.revalidate(votes),
        "clear": lambda: vote_services.clear(votes),
        "delete": lambda: editing.delete(post.author, post),
        "undelete": lambda: editing.undelete(post.author, post),
        "hide": lambda: hide(staff, post),
        "restore": lambda: restore(staff, post),
        "move": lambda: move(staff, question),
        "accept": lambda: solving.accept(question.author, question, answer_of(post)),
        "unaccept": lambda: solving.take_back_solution(question.author, question, answer_of(post)),
        "official": lambda: solving.make_official(staff, answer_of(post)),
        "usual": lambda: solving.take_back_official(staff, answer_of(post)),
    }[name]()


def answer_of(post):
    if not isinstance(post, Answer):
        raise Invalid("only answers solve")
    return post


def hide(staff, post):
    facts = {"facts": "It insults a person.", "rule": "abusive"}
    measuring.take(staff, measuring.MeasureDraft(act=MeasureAct.HIDE, post_id=post.id, **facts))


def restore(staff, post):
    on_post = select(Measure.id).where(Measure.post_id == post.id, Measure.lifted_at.is_(None))
    for number in db.session.scalars(on_post).all():
        measuring.lift(staff, number, "A mistake")


def move(staff, question):
    other = select(Product).where(Product.id != question.product_id).order_by(Product.id)
    arranging.move(staff, question, arranging.Shelf(db.session.scalar(other)))


def recounted(ids):
    """Count everything from the facts, in another way than the forum does.

    Returns totals by member, and before the ceiling of the day: what stands for the product.
    """
    totals, days = Counter(), defaultdict(int)
    for post in [db.session.get(Question, i) or db.session.get(Answer, i) for i in ids]:
        if post.is_visible and getattr(post, "official_at", None) is None:
            count_votes(post, totals, days)
            count_solution(post, totals)
    of_product = Counter(totals)
    for (member_id, _day), gain in days.items():
        totals[member_id] -= max(0, gain - 35)
    return totals, of_product


def count_votes(post, totals, days):
    so_far = 0
    mine = select(Vote).where(Vote.post_id == post.id, Vote.invalidated_at.is_(None))
    for vote in db.session.scalars(mine.order_by(Vote.cast_at, Vote.id)):
        if vote.value > 0:
            gain = min(10, max(0, 25 - so_far))
            so_far += gain
            days[post.author_id, vote.cast_at.date()] += gain
            totals[post.author_id] += gain
            continue
        totals[post.author_id] -= 2
        if isinstance(post, Answer):
            totals[vote.member_id] -= 1


def count_solution(post, totals):
    question = db.session.get(Question, getattr(post, "question_id", post.id))
    if question.solution_id == post.id and question.author_id != post.author_id:
        totals[post.author_id] += 15
        totals[question.author_id] += 2


@LOOSE
@given(HISTORIES)
def test_ledger_totals_and_votes_agree_whatever_happens(make, long_here, run_jobs, history):
    make.set(amounts.FOR_A_POST, 25)
    make.set(amounts.A_DAY, 35)
    ann, ben, staff = long_here(), long_here(), make.admin()
    make.product()
    question = make.question(author=ann)
    posts = [question, *(make.answer(question, author=who) for who in (ben, ben, ann))]
    ids, voters = [each.id for each in posts], [long_here() for _ in range(5)]
    moment = now()
    for name, who, what, days in history:
        moment += timedelta(days=days, seconds=1)
        with as_if_it_were(moment):
            try:
                act(name, voters[who], question, posts[what], staff)
            except CommunityError:
                continue
            if days:
                run_jobs()
    with as_if_it_were(moment):
        run_jobs()
        agree(make, ids, [ann, ben, *voters])
        assert booking.settle(*ids) == set()
        # From the votes alone, with an empty ledger, everything comes out the same.
        db.session.execute(delete(Booking))
        booking.settle(*ids)
        agree(make, ids, [ann, ben, *voters])


def agree(make, ids, members):
    totals, of_product = recounted(ids)
    stands_in = db.session.get(Question, ids[0]).product_id
    for member in members:
        mine = select(func.sum(Booking.amount)).where(Booking.member_id == member.id)
        booked = db.session.scalar(mine) or 0
        assert booked == totals[member.id]
        assert make.fresh(member).reputation == max(1, 1 + booked)
        kept = select(ProductReputation.product_id, ProductReputation.amount)
        found = dict(iter(db.session.execute(kept.where(ProductReputation.member_id == member.id))))
        # Nothing stays behind in a product that the thread has left.
        expected = dict.fromkeys(found, 0) | {stands_in: of_product[member.id]}
        assert {stands_in: 0} | found == expected
