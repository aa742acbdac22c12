"""Forms for correcting what was written."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import IntegerField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length
from wtforms.widgets import HiddenInput

from community.core.i18n import _l
from community.posts.models import Post
from community.posts.services import Edit
from community.questions import queries
from community.questions.forms.asking import (
    BODY_LENGTH,
    TITLE_LENGTH,
    check_tags,
    one_line,
    tag_names,
    with_unix_lines,
)
from community.questions.forms.correcting import REASON_LENGTH
from community.questions.forms.replying import ANSWER_LENGTH, COMMENT_LENGTH
from community.questions.forms.sending import made_ready, said
from community.questions.models import Comment, Question

TOO_LONG = _l("Please keep it under %(max)d characters.")
SAY_SOMETHING = _l("The text cannot be empty. You can delete the post instead.")


class _Correction(FlaskForm):
    """What all corrections share."""

    reason = StringField(
        _l("What did you change?"),
        [Length(max=REASON_LENGTH, message=TOO_LONG)],
        filters=[one_line],
    )
    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])

    def change(self, lang: str) -> Edit:
        """Return the correction as plain values, its text rendered."""
        return Edit(
            text=made_ready(self["body"].data, lang),
            version=self.version.data or 0,
            reason=self.reason.data or "",
            title=said(self["title"].data, lang) if "title" in self else "",
            tags=tag_names(self["tags"].data) if "tags" in self else (),
        )


class AnswerCorrection(_Correction):
    """A correction of an answer."""

    body = TextAreaField(
        _l("Text"),
        [DataRequired(SAY_SOMETHING), Length(max=ANSWER_LENGTH, message=TOO_LONG)],
        filters=[with_unix_lines],
        render_kw={"maxlength": False},
    )


class CommentCorrection(_Correction):
    """A correction of a comment."""

    body = TextAreaField(
        _l("Text"),
        [DataRequired(SAY_SOMETHING), Length(max=COMMENT_LENGTH, message=TOO_LONG)],
        filters=[with_unix_lines],
        render_kw={"maxlength": False},
    )


class QuestionCorrection(_Correction):
    """A correction of a question: its title and tags, too, with the rules of asking."""

    title = StringField(
        _l("Title"),
        [
            InputRequired(_l("Please say in one sentence what it is about.")),
            Length(*TITLE_LENGTH, _l("Please use between %(min)d and %(max)d characters.")),
        ],
        filters=[one_line],
    )
    body = TextAreaField(
        _l("Details"),
        [
            InputRequired(_l("Please tell what happens.")),
            Length(*BODY_LENGTH, _l("Please use between %(min)d and %(max)d characters.")),
        ],
        filters=[with_unix_lines],
        render_kw={"maxlength": False},
    )
    tags = StringField(_l("Tags"))

    def validate_tags(self, field: StringField) -> None:
        """Refuse too many tags, and tags that are sentences."""
        check_tags(field.data)


Correction = QuestionCorrection | AnswerCorrection | CommentCorrection


def correction_of(post: Post) -> Correction:
    """Return the form for a post, filled with what it says now unless it was just sent."""
    if isinstance(post, Question):
        tags = ", ".join(tag.slug for tag in queries.tags_of(post))
        return QuestionCorrection(title=post.title, body=post.body, tags=tags, version=post.version)
    form = CommentCorrection if isinstance(post, Comment) else AnswerCorrection
    return form(body=post.body, version=post.version)
