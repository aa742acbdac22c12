"""A wave of spam: forty posts of nine accounts, gone with one screen, and undone."""

import re
import sys
import time
from datetime import timedelta

from sqlalchemy import func, select

from community.core.clock import now
from community.core.db import db
from community.members.models import Member
from community.moderation.models.bulk import BlockedHost
from community.moderation.submissions import Sending
from community.posts.models import Post
from community.posts.texts import prepare
from community.questions.services import answering, asking

POSTS, ACCOUNTS = 40, 9
PUBLIC = select(func.count(Post.id)).where(Post.hidden_at.is_(None))


def wave(make):
    """Let nine new accounts write forty posts that lead to one site; return the accounts."""
    asked = make.question(make.member("ann"))
    members = [make.member(f"seller{number}") for number in range(ACCOUNTS)]
    product = make.product()
    for number in range(POSTS):
        author = members[number % ACCOUNTS]
        text = prepare(f"Offer {number}: shoes at https://shop{number % 2}.shoes.example/ now.")
        sending = Sending(opened_at=now() - timedelta(minutes=1))
        if number % 4:
            draft = answering.ReplyDraft(text=text, sending=sending)
            answering.answer(author, asked, draft)
        else:
            title = f"Shoes {number}, all of them cheap"
            asking.ask(
                author,
                asking.Draft(title=title, text=text, product_id=product.id, sending=sending),
            )
    return members


def ticked(page):
    """Return what the screen proposes to remove together with the account."""
    found = re.findall(r'name="(also|host)" value="([^"]+)" checked', page)
    return {name: [value for key, value in found if key == name] for name in ("also", "host")}


def standing():
    """Return how many posts are public, accounts suspended, and sites blocked."""
    suspended = select(func.count(Member.id)).where(Member.suspended_at.is_not(None))
    blocked = select(func.count(BlockedHost.id))
    return tuple(db.session.scalar(each) for each in (PUBLIC, suspended, blocked))


def test_forty_posts_of_nine_accounts_are_gone_with_one_screen(
    make, log_in, run_jobs, monkeypatch, capsys
):
    monkeypatch.setattr("community.moderation.services.holding._judged", lambda *_: iter(()))
    members = wave(make)
    run_jobs()
    assert standing() == (POSTS + 1, 0, 0)
    client = log_in(make.moderator())
    address = f"/moderation/members/{members[0].id}/removal"
    began = time.monotonic()
    act = client.post(address, data=ticked(client.get(address).text)).location
    run_jobs()
    took = time.monotonic() - began
    assert standing() == (1, ACCOUNTS, 2)
    client.post(f"{act}/undoing")
    run_jobs()
    back = time.monotonic() - began - took
    assert standing() == (POSTS + 1, 0, 0)
    assert "Undone" in client.get(act).text
    with capsys.disabled():
        sys.stdout.write(
            f"\n{POSTS} posts, {ACCOUNTS} accounts: gone in {took:.1f} s, back in {back:.1f} s\n"
        )
