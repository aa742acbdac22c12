"""Changing tags: other names, one tag of two, synonyms, and those that nobody uses."""

from __future__ import annotations

from slugify import slugify
from sqlalchemy import delete, update

from community.core.audit import record
from community.core.db import db, lock, save, take_turns, transaction
from community.core.errors import Conflict, Invalid
from community.core.events import emit
from community.core.i18n import _, _l
from community.core.policy import require
from community.members.models import Actor
from community.products import queries
from community.products.events import TagDropped, TagMerged, TagRenamed
from community.products.models import Tag, TagAlias
from community.products.policies import may_arrange
from community.products.services import TAG_LENGTH


@transaction
def rename_tag(actor: Actor, tag: Tag, name: str, description: str = "") -> None:
    """Call a tag something else; its old address leads to the new one, and the old word means it.

    Raises Invalid for a name that another tag has, or that cannot be one.
    """
    require(may_arrange(actor))
    take_turns("tags")
    before = (lock(tag).name, tag.slug, tag.description)
    name, slug = _word(name)
    if slug != tag.slug:
        meant = queries.tags_meant([slug]).get(slug)
        if meant is not None and meant.id != tag.id:
            raise Invalid(_taken(meant))
        db.session.execute(delete(TagAlias).where(TagAlias.slug == slug))
        save(TagAlias(slug=tag.slug, tag_id=tag.id))
    tag.name, tag.slug, tag.description = name, slug, description.strip()
    after = (tag.name, tag.slug, tag.description)
    if after != before:
        db.session.flush()
        emit(TagRenamed(tag_id=tag.id))
        record(actor.id, "rename-tag", f"tags:{tag.id}", before=before, after=after)


@transaction
def merge_tag(actor: Actor, tag: Tag, into: Tag) -> None:
    """Make one tag of two: what carries the first carries the second, and its word means it."""
    require(may_arrange(actor))
    take_turns("tags")
    if tag.id == into.id:
        raise Invalid(_l("A tag cannot be merged with itself."))
    gone = {"slug": lock(tag).slug, "questions": tag.question_count}
    emit(TagMerged(tag_id=tag.id, into_id=lock(into).id))
    led = update(TagAlias).where(TagAlias.tag_id == tag.id)
    db.session.execute(led.values(tag_id=into.id))
    save(TagAlias(slug=tag.slug, tag_id=into.id))
    db.session.delete(tag)
    record(actor.id, "merge-tag", f"tags:{into.id}", before=gone, after=into.slug)


@transaction
def add_synonym(actor: Actor, tag: Tag, word: str) -> None:
    """Let a word mean a tag: whoever types it gets the tag. Raises Invalid if it is taken."""
    require(may_arrange(actor))
    take_turns("tags")
    _name, slug = _word(word)
    meant = queries.tags_meant([slug]).get(slug)
    if meant is not None:
        raise Invalid(_taken(meant))
    save(TagAlias(slug=slug, tag_id=lock(tag).id))
    record(actor.id, "add-synonym", f"tags:{tag.id}", after=slug)


@transaction
def remove_synonym(actor: Actor, alias: TagAlias) -> None:
    """Let a word mean a tag no longer; addresses with it lead nowhere from now on."""
    require(may_arrange(actor))
    record(actor.id, "remove-synonym", f"tags:{alias.tag_id}", before=alias.slug)
    db.session.delete(alias)


@transaction
def drop_tag(actor: Actor, tag: Tag) -> None:
    """Remove a tag that no question carries. Raises Conflict for one that is carried."""
    require(may_arrange(actor))
    take_turns("tags")
    if lock(tag).question_count:
        raise Conflict(_l("Questions carry this tag. Merge it with another one instead."))
    emit(TagDropped(tag_id=tag.id))
    db.session.execute(delete(TagAlias).where(TagAlias.tag_id == tag.id))
    record(actor.id, "drop-tag", f"tags:{tag.id}", before=tag.slug)
    db.session.delete(tag)


def _word(given: str) -> tuple[str, str]:
    """Return a tag's name and its slug. Raises Invalid."""
    name = " ".join(given.lower().split())
    slug = slugify(name)[:TAG_LENGTH]
    if not slug or len(name) > TAG_LENGTH:
        raise Invalid(_l("A tag has 1 to 40 characters, letters or figures among them."))
    return name, slug


def _taken(tag: Tag) -> str:
    return str(_("This word means the tag “%(tag)s” already. Merge the two instead.", tag=tag.slug))
