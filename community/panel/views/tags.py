"""Tags: finding, naming, merging, synonyms, and dropping those that nobody uses."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from slugify import slugify

from community.core.access import admins_only
from community.core.errors import existing
from community.core.i18n import _, _l
from community.core.limits import WRITING, limited
from community.core.web import page_number
from community.members.login import current_member
from community.panel.views import blueprint
from community.panel.views.common import attempt, text_in
from community.products import queries
from community.products.services import TAG_LENGTH, tagging


@blueprint.get("/tags")
@admins_only
@limited()
def tags() -> str:
    """Show the tags, used or not; those that begin like ?q=, if it is given."""
    words = request.args.get("q", "")[:TAG_LENGTH]
    page = queries.every_tag(slugify(words), page_number())
    aliases = queries.aliases_of(page.items)
    return render_template("panel/tags.html", page=page, aliases=aliases, words=words)


@blueprint.get("/tags/<slug>")
@admins_only
@limited()
def edit_tag(slug: str) -> str:
    """Show a tag, its synonyms, and what can be changed of it."""
    tag = queries.tag_by_slug(slug)
    return render_template(
        "panel/edit_tag.html", tag=tag, aliases=queries.aliases_of([tag])[tag.id]
    )


@blueprint.post("/tags/<slug>")
@admins_only
@limited(WRITING)
def rename_tag(slug: str) -> ResponseReturnValue:
    """Call a tag something else."""
    tag = queries.tag_by_slug(slug)

    def rename() -> None:
        tagging.rename_tag(current_member(), tag, text_in("name"), text_in("description", 1000))

    return attempt(rename, _("The tag is changed."), url_for(".tags"), _page_of(slug))


@blueprint.post("/tags/<slug>/merging")
@admins_only
@limited(WRITING)
def merge_tag(slug: str) -> ResponseReturnValue:
    """Make one tag of two."""
    tag = queries.tag_by_slug(slug)

    def merge() -> None:
        word = slugify(text_in("into"))[:TAG_LENGTH]
        into = existing(queries.tags_meant([word]).get(word), _l("There is no such tag."))
        tagging.merge_tag(current_member(), tag, into)

    return attempt(merge, _("The two tags are one now."), url_for(".tags"), _page_of(slug))


@blueprint.post("/tags/<slug>/synonyms")
@admins_only
@limited(WRITING)
def add_synonym(slug: str) -> ResponseReturnValue:
    """Let a word mean a tag."""
    tag = queries.tag_by_slug(slug)
    return attempt(
        lambda: tagging.add_synonym(current_member(), tag, text_in("word")),
        _("Whoever types this word gets the tag."),
        url_for(".edit_tag", slug=slug),
    )


@blueprint.post("/tags/<slug>/synonyms/<int:alias_id>/removal")
@admins_only
@limited(WRITING)
def remove_synonym(slug: str, alias_id: int) -> ResponseReturnValue:
    """Let a word mean a tag no longer."""
    alias = queries.alias_by_id(alias_id)
    return attempt(
        lambda: tagging.remove_synonym(current_member(), alias),
        _("The synonym is gone."),
        url_for(".edit_tag", slug=slug),
    )


@blueprint.post("/tags/<slug>/removal")
@admins_only
@limited(WRITING)
def drop_tag(slug: str) -> ResponseReturnValue:
    """Remove a tag that no question carries."""
    tag = queries.tag_by_slug(slug)
    return attempt(
        lambda: tagging.drop_tag(current_member(), tag), _("The tag is gone."), url_for(".tags")
    )


def _page_of(slug: str) -> str:
    return url_for(".edit_tag", slug=slug)
