"""Edit history: each version as a whole, though the files tell only what changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Table, func, select

from community.core.db import db
from community.imports.readers.records import Version
from community.imports.writers.arrivals import Arrival, fresh, leave_out
from community.imports.writers.forum import ANSWERS, QUESTIONS, Forum, Ref
from community.imports.writers.people import authors
from community.posts.models import Revision

revisions: Table = Revision.__table__  # type: ignore[assignment]
LONGEST_TITLE = 150
LONGEST_TAGS = 250
LONGEST_REASON = 200
Latest = dict[int, dict[str, Any]]


def keep_versions(forum: Forum, arrivals: Sequence[Arrival[Version]]) -> None:
    """Add the versions after those that their posts have. The files hold them oldest first."""
    new = fresh(forum, "revisions", arrivals)
    found = forum.known([QUESTIONS, ANSWERS], (each.record.post_id for each in new))
    kept = [each for each in new if each.record.post_id in found]
    for _ in range(len(new) - len(kept)):
        leave_out(forum, "revisions", "of a post that is not in the files or does not come in")
    editors = authors(forum, "revisions", [each.record.author for each in kept])
    latest = _latest({found[each.record.post_id].id for each in kept})
    rows = []
    for each, editor in zip(kept, editors, strict=True):
        post = found[each.record.post_id].id
        latest[post] = _row(each.record, post, editor, latest.get(post))
        rows.append(latest[post])
    forum.insert(revisions, rows)
    refs: dict[str, Ref] = {each.key: found[each.record.post_id] for each in kept}
    forum.remember("revisions", refs)
    forum.report.came["revisions"] += len(kept)


def _latest(post_ids: set[int]) -> Latest:
    """Return the last version of each post as columns."""
    newest = (
        select(revisions.c.post_id, func.max(revisions.c.number).label("number"))
        .where(revisions.c.post_id.in_(post_ids))
        .group_by(revisions.c.post_id)
        .subquery()
    )
    rows = select(revisions).join(
        newest,
        (revisions.c.post_id == newest.c.post_id) & (revisions.c.number == newest.c.number),
    )
    return {row.post_id: dict(row._mapping) for row in db.session.execute(rows)}


def _row(version: Version, post: int, editor: int, before: dict[str, Any] | None) -> dict[str, Any]:
    before = before or {"number": 0, "title": "", "tags": "", "body": ""}
    title, tags, body = version.title, version.tags, version.body
    return {
        "post_id": post,
        "number": before["number"] + 1,
        "editor_id": editor,
        "title": before["title"] if title is None else title[:LONGEST_TITLE],
        "tags": before["tags"] if tags is None else " ".join(tags)[:LONGEST_TAGS],
        "body": before["body"] if body is None else body,
        "reason": version.comment[:LONGEST_REASON],
        "created_at": version.written_at,
    }
