"""Traces: what is remembered of a post, so that the same text, site or address is known again."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete

from community.core import mail
from community.core.clock import now
from community.core.db import db, put_once, transaction
from community.core.jobs import periodic
from community.core.policy import unguarded
from community.members.models import Member
from community.members.trust import Level
from community.moderation.checks.texts import hosts_in
from community.moderation.models.checks import AddressTrace, CheckHit, HostTrace, TextTrace
from community.moderation.queries.facts import address_key
from community.moderation.submissions import Submission
from community.posts.models import Post

TEXTS_KEPT = timedelta(days=30)
ADDRESSES_KEPT = timedelta(days=30)
# That a site was led to says nothing about a person.
HOSTS_KEPT = timedelta(days=365)
HITS_KEPT = timedelta(days=365)


@transaction
@unguarded("remembers what a guarded service has just saved")
def leave(actor: Member, post: Post, submission: Submission) -> None:
    """Remember the text, the sites and, of newcomers, the address of a post."""
    if submission.post_id is not None:  # A new post has left nothing yet.
        _forget(post)
    mark = submission.fingerprint
    first, second, third, fourth = mark.bands
    _note(
        TextTrace, post_id=post.id, member_id=actor.id, exact=mark.exact,
        first=first, second=second, third=third, fourth=fourth, left_at=now(),
    )  # fmt: skip
    is_newcomer = actor.trust_level <= Level.NEW and not (actor.is_staff or actor.is_moderator)
    for host in set(hosts_in(post.body_html, post.body, mail.own_host())):
        _note(
            HostTrace, host=host, post_id=post.id, member_id=actor.id,
            is_newcomer=is_newcomer, left_at=now(),
        )  # fmt: skip
    key = address_key(submission.sending.address)
    if is_newcomer and key:
        ends_at = now() + ADDRESSES_KEPT
        _note(AddressTrace, member_id=actor.id, address_key=key, ends_at=ends_at)


def _forget(post: Post) -> None:
    """An edited post says what it says now."""
    for trace in (TextTrace, HostTrace):
        db.session.execute(delete(trace).where(trace.post_id == post.id))


def _note(table: type[TextTrace | HostTrace | AddressTrace], **values: object) -> None:
    put_once(table, **values)


@periodic("forget_old_traces", hour="4", minute="20")
@transaction
@unguarded("cleaning up by the clock")
def forget_old() -> None:
    """Delete what is remembered longer than needed: addresses above all."""
    for old in (
        delete(TextTrace).where(TextTrace.left_at < now() - TEXTS_KEPT),
        delete(HostTrace).where(HostTrace.left_at < now() - HOSTS_KEPT),
        delete(AddressTrace).where(AddressTrace.ends_at < now()),
        delete(CheckHit).where(CheckHit.hit_at < now() - HITS_KEPT),
    ):
        db.session.execute(old)
