"""What is read, kept and forgotten."""

from datetime import timedelta

from sqlalchemy import func, select

from community.core.clock import as_if_it_were, now
from community.core.db import db
from community.notifications import services
from community.notifications.models import MAILED, Kind, Notification, Wish
from community.notifications.services import Notice


def count(table):
    return db.session.scalar(select(func.count(table.id)))


def test_only_what_was_read_long_ago_is_forgotten(make):
    member = make.member()
    for key in ("old", "unread"):
        services.tell(Notice(kind=Kind.BADGE, key=key), [member.id])
    with as_if_it_were(now() - timedelta(days=181)):
        old = db.session.scalars(select(Notification).where(Notification.key == "old")).one()
        services.read(member, old)
    services.forget_old()
    assert db.session.scalars(select(Notification.key)).all() == ["unread"]


def test_only_what_differs_from_the_usual_is_kept(make):
    member = make.member()
    services.choose_mails(member, MAILED)
    assert count(Wish) == 0
    services.choose_mails(member, [])
    assert count(Wish) == len(MAILED)
