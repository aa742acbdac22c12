"""Having cards drawn that were never drawn, such as those of an import."""

from __future__ import annotations

from community.core.db import transaction
from community.core.jobs import enqueue
from community.core.policy import unguarded
from community.core.settings import Setting
from community.questions.models import Question

DRAW = "seo.draw_card"
# The nights go down through the questions and then begin again above.
REACHED = Setting("cards_reached", 0, "The question whose card was drawn last.", for_people=False)


@transaction
@unguarded("a public picture of what everybody may read")
def ask_for(question: Question) -> None:
    """Have the card of a question drawn soon, and that of the brand; once, however often asked."""
    enqueue(DRAW, key=f"card {question.id}", question_id=question.id)


@transaction
@unguarded("the worker's own bookkeeping")
def note_reached(question_id: int) -> None:
    """Remember where the next night goes on; with 0 it begins above."""
    if REACHED.get() != question_id:
        REACHED.put(question_id)
