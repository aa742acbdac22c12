"""Writing posts of any kind: the text and its HTML, revisions, mentions and pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import timedelta

from sqlalchemy import delete, update
from sqlalchemy.orm.attributes import set_committed_value

from community.core.clock import now
from community.core.db import after_commit, db, lock, put, save, save_straight, transaction
from community.core.errors import Conflict
from community.core.files import storage
from community.core.i18n import _l
from community.core.jobs import periodic
from community.core.policy import require, unguarded
from community.core.text import Rendered
from community.members.models import Member
from community.members.policies import may_write
from community.posts import queries
from community.posts.models import Attachment, Post, Revision
from community.posts.pace import check_pace
from community.posts.policies import may_upload
from community.posts.texts import Text

# As long as drafts are kept, which may show them.
UNUSED_FOR = timedelta(days=90)


@dataclass(frozen=True, kw_only=True)
class Edit:
    """What an edit changes, and which version of the post it started from."""

    text: Text
    version: int
    reason: str = ""
    title: str = ""
    tags: tuple[str, ...] = field(default=())


@transaction
@unguarded("the services of each kind of post require their policies")
def publish(
    author: Member, post: Post, text: Text, title: str = "", tags: tuple[str, ...] = ()
) -> None:
    """Put a new post with its text online in the author's name: its first revision, its pictures.

    Raises Forbidden if a measure keeps the author from writing by now.
    """
    require(may_write(lock(author)))
    set_committed_value(post, "author", author)
    save_straight(post)
    _note_revision(post, author.id, Edit(text=text, version=1, title=title, tags=tags))
    _keep_pictures(post, text)


@transaction
@unguarded("the services of each kind of post require their policies")
def revise(actor: Member, post: Post, edit: Edit) -> None:
    """Change what a post says; the earlier text stays in its history.

    Raises Conflict if somebody else changed it since the editor began, and Forbidden if a measure
    keeps the editor from writing by now.
    """
    require(may_write(lock(actor)))
    if post.version != edit.version:
        raise Conflict(
            _l("Somebody changed this text while you were writing. Compare, then save again.")
        )
    post.set_text(edit.text.source, edit.text.rendered)
    post.version += 1
    post.edited_at, post.editor_id = now(), actor.id
    _note_revision(post, actor.id, edit)
    _keep_pictures(post, edit.text)


@transaction
@unguarded("the services of each kind of post require their policies")
def note_version(
    actor: Member, post: Post, *, title: str, tags: tuple[str, ...], reason: str = ""
) -> None:
    """Note in the history of a post that its tags changed, and not its text."""
    post.version += 1
    post.edited_at, post.editor_id = now(), actor.id
    save(
        Revision(
            post_id=post.id,
            number=post.version,
            editor_id=actor.id,
            title=title,
            tags=" ".join(tags),
            body=post.body,
            reason=reason,
        )
    )


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A picture that lies in the storage under its name; sizes in bytes and pixels."""

    name: str
    filename: str
    alt: str
    size: int
    width: int
    height: int


@transaction
def keep_picture(actor: Member, upload: Upload) -> Attachment:
    """Note whose picture it is. Raises TooMany when it is one too many."""
    require(may_upload(actor))
    lock(actor)
    check_pace(actor, upload.size)
    return save(Attachment(member_id=actor.id, **asdict(upload)))


@periodic("forget_unused_pictures", minute="40")
@transaction
@unguarded("cleaning up by the clock")
def forget_unused_pictures() -> None:
    """Delete pictures that were uploaded long ago and never posted."""
    forgotten = delete(Attachment).where(
        Attachment.post_id.is_(None), Attachment.uploaded_at < now() - UNUSED_FOR
    )
    names = list(db.session.scalars(forgotten.returning(Attachment.name)))
    after_commit(lambda: _delete_files(names))


def _delete_files(names: list[str]) -> None:
    for name in names:
        storage().delete(name)


@transaction
@unguarded("changes how texts are shown, not what they say")
def keep_rendering(posts: Sequence[queries.Stale], rendered: Sequence[Rendered]) -> None:
    """Store new HTML of many posts; one that was edited meanwhile has newer HTML already."""
    for post, new in zip(posts, rendered, strict=True):
        unchanged = update(Post).where(Post.id == post.id, Post.version == post.version)
        db.session.execute(
            unchanged.values(body_html=new.html, render_version=new.version),
            execution_options={"synchronize_session": False},
        )


def _note_revision(post: Post, editor_id: int, edit: Edit) -> None:
    put(
        Revision,
        post_id=post.id,
        number=post.version,
        editor_id=editor_id,
        title=edit.title,
        tags=" ".join(edit.tags),
        body=post.body,
        reason=edit.reason,
    )


def _keep_pictures(post: Post, text: Text) -> None:
    """Bind the author's own pictures to the first post that shows them."""
    for picture in queries.attachments(text.pictures):
        if picture.post_id is None and picture.member_id in {post.author_id, post.editor_id}:
            picture.post_id = post.id
