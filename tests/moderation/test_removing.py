"""Removing a spammer: everything that an account did is gone at once, and comes back exactly."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from community.core.clock import as_if_it_were, now
from community.core.db import db, transaction
from community.core.errors import Forbidden
from community.members.models import Member
from community.moderation.models.bulk import BlockedHost, BulkAct, BulkState
from community.moderation.models.flags import Flag
from community.moderation.models.items import Item, ItemState
from community.moderation.models.learning import SpamLesson
from community.moderation.queries import bulk as bulk_queries
from community.moderation.queries import measures as measure_queries
from community.moderation.services import bulk
from community.moderation.services.bulk import Removal
from community.moderation.services.holding import Refused
from community.moderation.submissions import Sending
from community.posts.models import HiddenAs, Post
from community.posts.texts import prepare
from community.questions.models import MeToo
from community.questions.services import asking, following, solving
from community.thanks import services as thanking
from community.thanks.models import Thank
from community.votes.models import Vote

SPAM = "Buy shoes at https://shoes.example/now today, they are cheap."
# When a text was last touched says when caches and search engines look again, and so it moves.
MOVES = {"content_changed_at"}


def dump():
    """Return what there is of posts, votes, flags, items, accounts, lessons and blocked sites."""
    db.session.flush()
    db.session.expire_all()
    kept = {}
    for table in (Post, Vote, Thank, MeToo, Flag, Item, Member, SpamLesson, BlockedHost):
        columns = [each for each in table.__table__.c if each.name not in MOVES]
        if table is Item:  # Who decides upon an old screen is refused, so its version goes on.
            columns = [each for each in columns if each.name != "version"]
        rows = db.session.execute(select(*columns).order_by(table.__table__.c.id))
        for row in rows.mappings():
            kept |= {(table.__name__, row["id"], name): value for name, value in row.items()}
    return kept


@pytest.fixture
def spammer(make, flagged):
    """Somebody who asked, answered, was marked as the solution, voted, flagged, and was flagged."""
    spammer = make.member("spammer")
    ann, ben = make.member("ann"), make.member("ben")
    question = make.question(ann)
    good = make.answer(question, ben)
    spam = make.answer(question, spammer, body=SPAM)
    solving.accept(ann, question, spam)
    make.voted(good, -1, spammer)
    make.voted(spam, 1, ben)
    thanking.thank(spammer, good, "Thank you, and buy shoes.")
    following.have_too(spammer, question)
    advert = make.question(spammer, title="Shoes for nothing", body=SPAM)
    make.answer(advert, ann, body="Please stop.")
    flagged(advert, by=[ann])
    flagged(good, by=[spammer])
    return spammer


def removed(make, run_jobs, *members, hosts=()):
    act = bulk.remove_spammers(make.moderator(), Removal(members=members, hosts=hosts))
    run_jobs()
    return db.session.get(BulkAct, act.id, populate_existing=True)


def test_everything_that_a_spammer_did_is_gone(make, run_jobs, spammer):
    good = db.session.scalar(select(Post).join(Vote, Vote.post_id == Post.id).where(Vote.value < 0))
    act = removed(make, run_jobs, spammer, hosts=["shoes.example"])
    assert (act.state, act.done, act.skipped) == (BulkState.DONE, act.total, 0)
    mine = db.session.scalars(select(Post).where(Post.author_id == spammer.id)).all()
    assert {post.hidden_as for post in mine} == {HiddenAs.REMOVED}
    assert make.fresh(spammer).suspended_at
    assert (make.fresh(good).score, good.thank_count) == (0, 0)
    states = {flag.about_id == spammer.id: flag.state for flag in db.session.scalars(select(Flag))}
    assert states == {True: ItemState.AGREED, False: ItemState.IGNORED}
    assert not db.session.scalars(select(Item).where(Item.state == ItemState.PENDING)).all()
    threads = db.session.scalars(select(Post).where(Post.kind == "question")).all()
    asked = next(thread for thread in threads if thread.author_id != spammer.id)
    assert (asked.solution_id, asked.answer_count, asked.me_too_count) == (None, 1, 0)


def test_undoing_restores_every_row_exactly(make, run_jobs, spammer):
    run_jobs()
    moderator = make.moderator()
    before = dump()
    act = bulk.remove_spammers(moderator, Removal(members=[spammer], hosts=["shoes.example"]))
    run_jobs()
    assert dump() != before
    bulk.undo(moderator, act.id)
    run_jobs()
    after = dump()
    assert {key: after.get(key) for key, was in before.items() if after.get(key) != was} == {}
    assert after == before
    assert db.session.get(BulkAct, act.id).state == BulkState.UNDONE


def test_what_was_on_its_way_when_the_account_was_suspended_is_gone_too(make, run_jobs, spammer):
    moderator = make.moderator()
    act = bulk.remove_spammers(moderator, Removal(members=[spammer]))
    late = make.answer(body=SPAM)
    mine = update(Post).where(Post.id == late.id).values(author_id=spammer.id)
    transaction(lambda: db.session.execute(mine))()
    run_jobs()
    assert make.fresh(late).hidden_as == HiddenAs.REMOVED
    bulk.undo(moderator, act.id)
    run_jobs()
    assert make.fresh(late).is_visible


def test_a_spammer_gets_one_mail_in_the_short_form_and_one_when_it_is_undone(make, mails):
    spammer = make.member("spammer", email_confirmed_at=now())
    posts = [make.answer(author=spammer, body=SPAM) for _ in range(4)]
    moderator = make.moderator()
    mails()
    act = bulk.remove_spammers(moderator, Removal(members=[spammer]))
    told = mails()
    assert [mail["To"] for mail in told] == ["spammer@example.org"]
    text = told[0].get_content()
    assert "It is part of a flood of advertising" in text
    assert "What it rests on" not in text
    assert "/measures" in text.split("All of it is here:")[1]
    assert len(measure_queries.of_member(spammer.id)) == 1 + len(posts)
    bulk.undo(moderator, act.id)
    assert [mail["Subject"] for mail in mails()] == ["A measure is over"]


def test_undoing_is_refused_after_a_day_and_a_second_time(make, run_jobs, spammer):
    moderator = make.moderator()
    act = removed(make, run_jobs, spammer)
    with as_if_it_were(now() + timedelta(hours=25)), pytest.raises(Forbidden):
        bulk.undo(moderator, act.id)
    bulk.undo(moderator, act.id)
    run_jobs()
    with pytest.raises(Forbidden):
        bulk.undo(moderator, act.id)


def test_nobody_of_the_staff_is_removed_and_nobody_themselves(make):
    moderator = make.moderator()
    for other in (make.staff(), make.moderator(), make.admin(), moderator):
        with pytest.raises(Forbidden):
            bulk.remove_spammers(moderator, Removal(members=[other]))
    with pytest.raises(Forbidden):
        bulk.remove_spammers(make.staff(), Removal(members=[make.member()]))


def ask(make, author, body):
    sending = Sending(opened_at=now() - timedelta(minutes=1))
    text, product = prepare(body), make.product()
    draft = asking.Draft(title="A new one", text=text, product_id=product.id, sending=sending)
    return asking.ask(author, draft)


def test_nobody_links_to_a_blocked_site_or_a_name_below_it(make, run_jobs, spammer):
    removed(make, run_jobs, spammer, hosts=["shoes.example"])
    ann = make.member()
    for site in ("shoes.example", "www.shoes.example"):
        with pytest.raises(Refused, match=r"shoes\.example, which is blocked here"):
            ask(make, ann, f"Have a look at https://{site}/page please.")
    assert ask(make, ann, "Have a look at https://myshoes.example/ please.").id


def test_the_screen_proposes_new_sites_and_accounts_that_lead_to_them(make):
    usual, fresh = "https://usual.example/", "https://shoes.example/"
    ask(make, make.member(trust_level=2), f"As it says at {usual} it works.")
    one, two, three = (make.member() for _ in range(3))
    ask(make, one, f"See {usual} and {fresh} for more of it.")
    ask(make, two, f"All the best shoes are at {fresh} today.")
    ask(make, three, f"I read at {usual} that it works.")
    found = bulk_queries.doings_of(one)
    assert {site.host: site.is_usual for site in found.sites} == {
        "usual.example": True,
        "shoes.example": False,
    }
    assert [(other.member.id, other.is_likely) for other in found.alike] == [(two.id, True)]


def test_the_screen_lists_all_and_one_press_begins(make, log_in, spammer):
    client = log_in(make.moderator())
    page = client.get(f"/moderation/members/{spammer.id}/removal").text
    assert "Shoes for nothing" in page
    assert 'value="shoes.example" checked' in page
    answer = client.post(
        f"/moderation/members/{spammer.id}/removal", data={"host": ["shoes.example"]}
    )
    assert answer.status_code == 303
    assert make.fresh(spammer).suspended_at
    page = client.get(answer.location).text
    assert "Under way" in page
    assert "Look again" in page


def test_guests_members_and_staff_do_not_come_in(make, client, log_in, spammer):
    address = f"/moderation/members/{spammer.id}/removal"
    assert client.get(address).status_code == 303
    for other in (make.member(), make.staff()):
        assert log_in(other).post(address).status_code == 403
    assert log_in(make.moderator()).get("/moderation/members/999/removal").status_code == 404
