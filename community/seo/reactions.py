"""What the worker does for search engines by the clock."""

from __future__ import annotations

from community.core.events import reacts_to
from community.core.jobs import job, periodic
from community.questions import queries as question_queries
from community.questions.events import (
    AnswerAccepted,
    PostEdited,
    QuestionAsked,
    SolutionTakenBack,
)
from community.seo import cards
from community.seo.queries import cards as card_queries
from community.seo.services import cards as card_services
from community.seo.sitemaps import building

CARDS_A_NIGHT = 2000


@periodic("catch_up_sitemaps", minute="*/10")
def catch_up_sitemaps() -> None:
    """Take into the sitemaps what changed in the last minutes."""
    building.catch_up()


@periodic("build_sitemaps", hour="4", minute="35")
def build_sitemaps() -> None:
    """Build them anew each night, without what is no longer worth finding."""
    building.build_all()


@reacts_to(QuestionAsked)
def draw_card(event: QuestionAsked) -> None:
    """Draw the card of a new question."""
    cards.make(question_queries.by_id(event.question_id))


@reacts_to(PostEdited)
def draw_card_anew(event: PostEdited) -> None:
    """Draw the card of a question that has another title now."""
    if event.post_id == event.question_id:
        cards.make(question_queries.by_id(event.question_id))


@reacts_to(AnswerAccepted)
def draw_card_of_solved(event: AnswerAccepted) -> None:
    """Draw the card that says that it is solved."""
    cards.make(question_queries.by_id(event.question_id))


@reacts_to(SolutionTakenBack)
def draw_card_of_reopened(event: SolutionTakenBack) -> None:
    """Draw the card that no longer says so."""
    cards.make(question_queries.by_id(event.question_id))


@job(card_services.DRAW)
def draw_missing_card(question_id: int) -> None:
    """Draw a card that somebody asked for, and first the one that was shown instead."""
    cards.make_of_brand()
    cards.make(question_queries.by_id(question_id))


@periodic("draw_card_of_brand", minute="*/10")
def draw_card_of_brand() -> None:
    """Draw the card that stands in for missing ones, when the brand looks different."""
    cards.make_of_brand()


@periodic("draw_cards", hour="4", minute="50")
def draw_cards() -> None:
    """Draw each night some that are missing, from where the last night stopped."""
    questions = card_queries.below(card_services.REACHED.get(), CARDS_A_NIGHT)
    for question in questions:
        cards.make(question)
    card_services.note_reached(questions[-1].id if len(questions) == CARDS_A_NIGHT else 0)
