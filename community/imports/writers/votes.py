"""Votes: facts without a voter. The scores follow from them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Table

from community.imports.readers.records import Vote
from community.imports.writers.arrivals import Arrival, fresh, leave_out
from community.imports.writers.forum import Forum, Ref
from community.votes.models import Vote as VoteRow

votes: Table = VoteRow.__table__  # type: ignore[assignment]


def keep_votes(forum: Forum, arrivals: Sequence[Arrival[Vote]]) -> None:
    """Keep each vote that has its post here."""
    new = fresh(forum, "votes", arrivals)
    kinds = sorted({kind for each in new for kind in each.record.post_kinds})
    found = forum.known(kinds, (each.record.post_id for each in new))
    kept: list[tuple[Arrival[Vote], Ref]] = []
    for each in new:
        post = found.get(each.record.post_id)
        if post is None:
            leave_out(forum, "votes", "on a post that is not in the files or does not come in")
        else:
            kept.append((each, post))
    rows = [
        {
            "member_id": None,
            "post_id": post.id,
            "author_id": post.author_id,
            "value": each.record.value,
            "cast_at": each.record.cast_at,
        }
        for each, post in kept
    ]
    forum.insert(votes, rows)
    forum.remember("votes", {each.key: post for each, post in kept})
    forum.report.came["votes"] += len(kept)
