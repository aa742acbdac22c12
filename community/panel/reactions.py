"""What the panel does when something happens."""

from __future__ import annotations

from community.core.events import reacts_to
from community.panel.services import replies
from community.questions.events import AnswerGiven


@reacts_to(AnswerGiven)
def count_prepared_reply(event: AnswerGiven) -> None:
    """Count the prepared replies that went into an answer."""
    replies.count_use(event.question_id, event.answer_id, event.author_id)
