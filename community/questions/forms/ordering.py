"""Forms for putting threads in order: merging, splitting, what they are for, pinning."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from wtforms import RadioField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from community.core.clock import now
from community.core.i18n import _l
from community.core.text import excerpt
from community.posts.models import Post
from community.questions.forms.arranging import ReasonedForm
from community.questions.forms.asking import one_line
from community.questions.forms.correcting import ADDRESS, NUMBER
from community.questions.models import QuestionKind
from community.questions.services.pinning import Pin

EXCERPT = 160
KINDS = {
    QuestionKind.QUESTION: _l("Question"),
    QuestionKind.IDEA: _l("Idea"),
    QuestionKind.COMPLAINT: _l("Complaint"),
    QuestionKind.PRAISE: _l("Praise"),
    QuestionKind.ANNOUNCEMENT: _l("Announcement"),
}
SPANS = {
    1: _l("1 day"),
    3: _l("3 days"),
    7: _l("7 days"),
    30: _l("30 days"),
    90: _l("90 days"),
    365: _l("1 year"),
}

LENGTHS = [SelectChoice(days, words) for days, words in SPANS.items()]


def number_in(words: str) -> int | None:
    """Return the number of the question that an address or "#7" names, if one is."""
    match = NUMBER.fullmatch(words) or ADDRESS.search(words)
    return int(match[1]) if match else None


class PlainForm(ReasonedForm):
    """Nothing but why."""


class SplitForm(ReasonedForm):
    """Which answers leave, and the title of their question."""

    answers = SelectMultipleField(
        _l("Answers that leave"),
        [InputRequired(_l("Choose at least one answer."))],
        coerce=int,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    title = StringField(
        _l("Title of the new question"),
        [
            InputRequired(_l("Give it a title.")),
            Length(10, 150, message=_l("Between %(min)d and %(max)d characters, please.")),
        ],
        filters=[one_line],
    )

    def offer(self, answers: list[Any]) -> None:
        """Let these answers be chosen."""
        self.answers.choices = [SelectChoice(each.id, _beginning(each)) for each in answers]


def _beginning(answer: Post) -> str:
    return f"{answer.author.name}: {excerpt(answer.body, EXCERPT)}"


class PurposeForm(ReasonedForm):
    """What a thread is for."""

    purpose = RadioField(_l("What is it?"), [InputRequired(_l("Choose what it is."))])

    def offer(self, kinds: list[QuestionKind]) -> None:
        """Let one of these be chosen."""
        self.purpose.choices = [SelectChoice(kind.value, KINDS[kind]) for kind in kinds]


class PinForm(ReasonedForm):
    """How long a question stands first, and where."""

    days = SelectField(
        _l("How long"),
        coerce=int,
        default=7,
        choices=LENGTHS,
    )
    where = RadioField(_l("Where"), default="product")

    def offer(self, product: str, *, everywhere: bool) -> None:
        """Let the lists of a product be chosen, and all lists, if that may be."""
        self.where.choices = [SelectChoice("product", _l("In the lists of %(name)s", name=product))]
        if everywhere:
            self.where.choices.append(SelectChoice("all", _l("In the lists of all products")))

    def wish(self) -> Pin:
        """Return what was chosen."""
        until = now() + timedelta(days=self.days.data)
        return Pin(until=until, everywhere=self.where.data == "all")
