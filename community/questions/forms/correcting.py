"""Forms for correcting, closing and taking back."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flask_wtf import FlaskForm
from wtforms import RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length

from community.core.i18n import _l
from community.posts.texts import Text, prepare
from community.questions.forms.asking import one_line, with_unix_lines
from community.questions.forms.replying import COMMENT_LENGTH
from community.questions.models import CloseReason, Question

REASON_LENGTH = 200
NUMBER = re.compile(r"\s*#?(\d{1,9})\s*")
ADDRESS = re.compile(r"/questions/(\d{1,9})(?:[/?#]|\s*$)")
REASONS = {
    CloseReason.RESOLVED_ELSEWHERE: _l("It was resolved in another way"),
    CloseReason.DUPLICATE: _l("It was asked before"),
    CloseReason.OUTDATED: _l("It is about something that is no longer so"),
    CloseReason.OFF_TOPIC: _l("It does not belong in this community"),
}


class ReasonForm(FlaskForm):
    """Why the solution is none after all; may stay empty."""

    reason = TextAreaField(
        _l("What happened?"),
        [Length(max=COMMENT_LENGTH, message=_l("Please keep it under %(max)d characters."))],
        filters=[with_unix_lines],
    )

    def text(self) -> Text | None:
        """Return the reason, rendered, or nothing if it is empty."""
        return prepare(self.reason.data) if self.reason.data else None


class DeletionForm(FlaskForm):
    """Why something is deleted; may stay empty."""

    reason = StringField(
        _l("Reason"),
        [Length(max=REASON_LENGTH, message=_l("Please keep it under %(max)d characters."))],
        filters=[one_line],
    )


class ClosureForm(FlaskForm):
    """Why a question takes no more answers."""

    reason = RadioField(
        _l("Why is it closed?"),
        [InputRequired(_l("Choose a reason."))],
        choices=[SelectChoice(reason.value, words) for reason, words in REASONS.items()],
    )
    # What is chosen here is looked up like what is typed below, so that nothing is checked twice.
    twin = RadioField(_l("Was it one of these?"), validate_choice=False, choices=[])
    original = StringField(
        _l("Address or number of the earlier question"),
        [Length(max=300, message=_l("Please keep it under %(max)d characters."))],
        filters=[one_line],
    )

    def offer(self, twins: Sequence[Question]) -> None:
        """Let one of these be chosen as the earlier question."""
        self.twin.choices = [SelectChoice(str(each.id), each.title) for each in twins]

    def original_id(self) -> int | None:
        """Return the number of the question that is named, or else of the one that is chosen."""
        said = self.original.data or self.twin.data or ""
        match = NUMBER.fullmatch(said) or ADDRESS.search(said)
        return int(match[1]) if match else None
