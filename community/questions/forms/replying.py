"""Forms for answers and comments."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, TextAreaField
from wtforms.validators import DataRequired, Length

from community.core.i18n import _l
from community.questions.forms.asking import one_line, with_unix_lines
from community.questions.forms.sending import made_ready, sending
from community.questions.services.answering import ReplyDraft
from community.thanks.models import LONGEST_WORDS

ANSWER_LENGTH = 30_000
COMMENT_LENGTH = 1_000


class AnswerForm(FlaskForm):
    """An answer, and what it means for the question."""

    body = TextAreaField(
        _l("Your answer"),
        [
            DataRequired(_l("Write your answer first.")),
            Length(
                max=ANSWER_LENGTH,
                message=_l("An answer has at most %(max)d characters. Please shorten it."),
            ),
        ],
        filters=[with_unix_lines],
        # A browser would cut a longer text off without a word.
        render_kw={"maxlength": False},
    )
    is_partial = BooleanField(_l("This helps only in part: it still needs an expert"))
    asks_for_info = BooleanField(_l("I need more details from the person who asked"))

    def draft(self, lang: str) -> ReplyDraft:
        """Return what was written as plain values, its text rendered."""
        return ReplyDraft(
            text=made_ready(self.body.data, lang),
            is_partial=bool(self.is_partial.data),
            asks_for_info=bool(self.asks_for_info.data),
            sending=sending(),
        )


class CommentForm(FlaskForm):
    """A comment. Its fields have names of their own, for it stands on one page with an answer."""

    # The post that it is written on, so that an unsent one is put back into the right place.
    on = HiddenField()
    comment = TextAreaField(
        _l("Your comment"),
        [
            DataRequired(_l("Write your comment first.")),
            Length(
                max=COMMENT_LENGTH,
                message=_l(
                    "A comment has at most %(max)d characters. What is longer may be an answer."
                ),
            ),
        ],
        filters=[with_unix_lines],
    )
    comment_asks = BooleanField(_l("I need more details from the person who asked"))

    def draft(self, lang: str) -> ReplyDraft:
        """Return what was written as plain values, its text rendered."""
        return ReplyDraft(
            text=made_ready(self.comment.data, lang),
            asks_for_info=bool(self.comment_asks.data),
            sending=sending(),
        )


class ThanksForm(FlaskForm):
    """Some words for who wrote an answer."""

    words = TextAreaField(
        _l("Your words"),
        [
            DataRequired(_l("Write a word or two first.")),
            Length(max=LONGEST_WORDS, message=_l("Please keep it under %(max)d characters.")),
        ],
        filters=[one_line],
    )
