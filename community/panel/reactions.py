"""What the panel does when something happens."""

from __future__ import annotations

from community.core.events import reacts_to, witnesses
from community.members import queries as members
from community.panel import policies
from community.panel.services import banners, replies
from community.products.events import ProductMerged
from community.questions.events import AnswerGiven


def _by_whom_replies_are_used(event: AnswerGiven) -> bool:
    author = members.by_id(event.author_id)
    return author is not None and bool(policies.may_use_replies(author))


@reacts_to(AnswerGiven, when=_by_whom_replies_are_used)
def count_prepared_reply(event: AnswerGiven) -> None:
    """Count the prepared replies that went into an answer."""
    replies.count_use(event.question_id, event.answer_id, event.author_id)


@witnesses(ProductMerged)
def hang_banners_elsewhere(event: ProductMerged) -> None:
    """Hang the banners of a product on the pages of the one that it became a part of."""
    banners.follow_product(event.product_id, event.into_id)
