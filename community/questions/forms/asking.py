"""The form that asks a question."""

from __future__ import annotations

import unicodedata
from typing import Any

from flask_wtf import FlaskForm
from slugify import slugify
from wtforms import SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, Length

from community.core.i18n import LANGUAGES, _, _l
from community.members.models import Actor
from community.products.models import Product, Topic
from community.products.services import TAG_LENGTH
from community.questions.forms.sending import made_ready, said, sending
from community.questions.models import QuestionKind
from community.questions.services.asking import Draft

TITLE_LENGTH = (15, 150)
BODY_LENGTH = (20, 30_000)
MOST_TAGS = 5
OTHER_LANGUAGE = "other"
NO_TOKEN = {"meta": {"csrf": False}}
KINDS = {
    QuestionKind.QUESTION: _l("A question or a problem"),
    QuestionKind.IDEA: _l("An idea"),
    QuestionKind.COMPLAINT: _l("A complaint"),
    QuestionKind.PRAISE: _l("Praise"),
    QuestionKind.ANNOUNCEMENT: _l("An announcement"),
}


def one_line(text: str | None) -> str:
    """Return a title as it is kept: one line, without marks that nobody sees or that bend text."""
    seen = "".join(" " if _is_space(each) else each for each in text or "" if not _bends(each))
    return " ".join(seen.split())


def with_unix_lines(text: str | None) -> str:
    """Return a text with the line ends that count as one character, as a browser counts them."""
    return (text or "").replace("\r\n", "\n").replace("\r", "\n").strip()


def tag_names(text: str | None) -> tuple[str, ...]:
    """Return the tags in "battery, #cable": what lies between commas, each once."""
    slugs = (slugify(each) for each in (text or "").split(","))
    return tuple(dict.fromkeys(slug for slug in slugs if slug))


def check_tags(text: str | None) -> None:
    """Refuse too many tags, and tags that are sentences. Raises ValidationError."""
    names = tag_names(text)
    if len(names) > MOST_TAGS:
        raise ValidationError(_("Please choose up to five tags."))
    if any(len(name) > TAG_LENGTH for name in names):
        raise ValidationError(_("A tag is a word or two. Please separate tags by commas."))


def _is_space(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Zl", "Zp"}


def _bends(character: str) -> bool:
    """Tell whether a character turns the direction of what stands beside it."""
    return "\u202a" <= character <= "\u202e" or "\u2066" <= character <= "\u2069"


class QuestionForm(FlaskForm):
    """What somebody asks: a title, the whole story, tags, its kind and its language."""

    title = StringField(
        _l("Title"),
        [
            DataRequired(_l("Please say in one sentence what it is about.")),
            Length(*TITLE_LENGTH, _l("Please use between %(min)d and %(max)d characters.")),
        ],
        filters=[one_line],
    )
    body = TextAreaField(
        _l("Details"),
        [
            DataRequired(_l("Please tell what happens.")),
            Length(*BODY_LENGTH, _l("Please use between %(min)d and %(max)d characters.")),
        ],
        filters=[with_unix_lines],
        # A browser would cut a longer text off without a word.
        render_kw={"maxlength": False},
    )
    tags = StringField(_l("Tags"))
    kind = SelectField(_l("What is it?"))
    lang = SelectField(_l("Language of your text"))

    def __init__(self, actor: Actor, **preset: Any) -> None:  # noqa: ANN401
        """Offer the kinds that the actor may post.

        What a guest sends only leads to the log-in, so their form needs no token: no session is
        made for everybody who looks at it.
        """
        super().__init__(**preset, **({} if actor.is_authenticated else NO_TOKEN))
        allowed = [kind for kind in KINDS if kind != QuestionKind.ANNOUNCEMENT or actor.is_staff]
        self.kind.choices = [(kind.value, KINDS[kind]) for kind in allowed]
        self.lang.choices = [*LANGUAGES.items(), (OTHER_LANGUAGE, _("Another one"))]

    def validate_title(self, field: StringField) -> None:
        """Refuse a title that says nothing."""
        if not any(each.isalpha() for each in field.data or ""):
            raise ValidationError(_("Please say in words what it is about."))

    def validate_tags(self, field: StringField) -> None:
        """Refuse too many tags, and tags that are sentences."""
        check_tags(field.data)

    def draft(self, product: Product, topic: Topic | None) -> Draft:
        """Return what was written, rendered and ready to be asked."""
        return Draft(
            title=said(self.title.data, self.lang.data),
            text=made_ready(self.body.data, self.lang.data),
            product_id=product.id,
            topic_id=topic.id if topic else None,
            tags=tag_names(self.tags.data),
            lang=self.lang.data,
            purpose=QuestionKind(self.kind.data),
            sending=sending(),
        )
