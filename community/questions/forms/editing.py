"""Forms for correcting what was written."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import Field, IntegerField, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Length
from wtforms.widgets import HiddenInput

from community.core.i18n import _l
from community.posts.models import Post
from community.posts.services import Edit
from community.posts.texts import prepare
from community.questions import queries
from community.questions.forms.correcting import REASON_LENGTH
from community.questions.forms.replying import ANSWER_LENGTH, COMMENT_LENGTH, stripped
from community.questions.models import Comment, Question

TITLE_LENGTH = (15, 150)
MOST_TAGS = 5
LONGEST_TAG = 30
TOO_LONG = _l("Please keep it under %(max)d characters.")
SAY_SOMETHING = _l("The text cannot be empty. You can delete the post instead.")


class _Correction(FlaskForm):
    """What all corrections share."""

    reason = StringField(
        _l("What did you change?"),
        [Length(max=REASON_LENGTH, message=TOO_LONG)],
        filters=[stripped],
    )
    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])

    def change(self) -> Edit:
        """Return the correction as plain values, its text rendered."""
        return Edit(
            text=prepare(self["body"].data or ""),
            version=self.version.data or 0,
            reason=self.reason.data or "",
            title=self["title"].data if "title" in self else "",
            tags=tags_in(self["tags"].data) if "tags" in self else (),
        )


class AnswerCorrection(_Correction):
    """A correction of an answer."""

    body = TextAreaField(
        _l("Text"),
        [InputRequired(SAY_SOMETHING), Length(max=ANSWER_LENGTH, message=TOO_LONG)],
        filters=[stripped],
    )


class CommentCorrection(_Correction):
    """A correction of a comment."""

    body = TextAreaField(
        _l("Text"),
        [InputRequired(SAY_SOMETHING), Length(max=COMMENT_LENGTH, message=TOO_LONG)],
        filters=[stripped],
    )


class QuestionCorrection(AnswerCorrection):
    """A correction of a question: its title and tags, too."""

    title = StringField(
        _l("Title"),
        [
            InputRequired(_l("A question needs a title.")),
            Length(*TITLE_LENGTH, message=_l("A title has %(min)d to %(max)d characters.")),
        ],
        filters=[stripped],
    )
    tags = StringField(_l("Tags"), filters=[stripped])

    def validate_tags(self, field: Field) -> None:
        """Refuse too many tags, and tags that are sentences."""
        tags = tags_in(field.data)
        if len(tags) > MOST_TAGS:
            raise ValidationError(_l("A question has at most five tags."))
        if any(len(tag) > LONGEST_TAG for tag in tags):
            raise ValidationError(_l("A tag is one or two short words."))


Correction = QuestionCorrection | AnswerCorrection | CommentCorrection


def tags_in(typed: str | None) -> tuple[str, ...]:
    """Return the tags that were typed with commas or blanks between them."""
    return tuple((typed or "").replace(",", " ").split())


def correction_of(post: Post) -> Correction:
    """Return the form for a post, filled with what it says now unless it was just sent."""
    if isinstance(post, Question):
        tags = ", ".join(tag.slug for tag in queries.tags_of(post))
        return QuestionCorrection(title=post.title, body=post.body, tags=tags, version=post.version)
    form = CommentCorrection if isinstance(post, Comment) else AnswerCorrection
    return form(body=post.body, version=post.version)
