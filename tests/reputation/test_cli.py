"""The ledger can be worked out anew from the facts."""

from sqlalchemy import delete, func, select, update

from community.core.db import db
from community.members.models import Member
from community.questions.services import solving
from community.reputation import amounts
from community.reputation.models import Booking, ProductReputation


def rebuild(app):
    result = app.test_cli_runner().invoke(args=["reputation", "rebuild"])
    assert result.exit_code == 0, result.output
    return result.output


def community(make, long_here, run_jobs):
    ann, ben = long_here("ann"), long_here("ben")
    for _ in range(3):
        question = make.question(author=ann)
        answer = make.answer(question, author=ben)
        for _ in range(4):
            make.voted(answer, 1, long_here())
        make.voted(question, -1, long_here())
        solving.accept(ann, question, answer)
    run_jobs()
    return ann, ben


def totals():
    db.session.expire_all()
    return dict(iter(db.session.execute(select(Member.id, Member.reputation))))


def test_rebuilding_from_nothing_gives_the_same(app, make, long_here, run_jobs):
    community(make, long_here, run_jobs)
    before = totals()
    assert max(before.values()) == 1 + 3 * (40 + 15)
    db.session.execute(delete(Booking))
    db.session.execute(delete(ProductReputation))
    db.session.execute(update(Member).values(reputation=77))
    rebuild(app)
    assert totals() == before


def test_rebuilding_twice_books_nothing_new(app, make, long_here, run_jobs):
    community(make, long_here, run_jobs)
    count = db.session.scalar(select(func.count()).select_from(Booking))
    assert "set 0 totals right" in rebuild(app)
    assert db.session.scalar(select(func.count()).select_from(Booking)) == count


def test_rebuilding_follows_an_amount_that_an_admin_changed(app, make, long_here, run_jobs):
    _ann, ben = community(make, long_here, run_jobs)
    make.set(amounts.VOTED_UP, 5)
    rebuild(app)
    assert totals()[ben.id] == 1 + 3 * (20 + 15)
