"""What follows for reputation from votes and marks, in the background."""

from __future__ import annotations

from community.core.events import reacts_to
from community.core.jobs import job, periodic
from community.moderation.events import ItemDecided, MeasureLifted, MeasureTaken
from community.posts.events import PostHidden, PostRestored
from community.questions.events import (
    AnswerAccepted,
    AnswerMadeOfficial,
    OfficialTakenBack,
    PostDeleted,
    PostUndeleted,
    QuestionMoved,
    QuestionsFollowed,
    SolutionTakenBack,
)
from community.reputation import queries
from community.reputation.queries import progress
from community.reputation.services import booking, checking, levelling, ruling
from community.votes.events import VoteCast

BATCH = 200


@reacts_to(VoteCast)
def book_vote(event: VoteCast) -> None:
    """Book what a vote brings, or take back what it brought."""
    booking.heed_vote(event.post_id, event.member_id)


@job("reputation.settle")
def settle_later(post_id: int) -> None:
    """Book the votes of accounts that have their first day behind them."""
    booking.settle(post_id)


@reacts_to(AnswerAccepted)
def book_solution(event: AnswerAccepted) -> None:
    """Book what a solution brings."""
    booking.settle(event.answer_id)


@reacts_to(SolutionTakenBack)
def take_back_solution(event: SolutionTakenBack) -> None:
    """Take back what a solution brought."""
    booking.settle(event.answer_id)


@reacts_to(AnswerMadeOfficial)
def take_back_for_official(event: AnswerMadeOfficial) -> None:
    """Take back what an answer brought that is the company's word now."""
    booking.settle(event.answer_id)


@reacts_to(OfficialTakenBack)
def book_for_no_longer_official(event: OfficialTakenBack) -> None:
    """Book what an answer brings that is one among others again."""
    booking.settle(event.answer_id)


@reacts_to(PostDeleted)
def take_back_for_deleted(event: PostDeleted) -> None:
    """Take back what a deleted post brought."""
    booking.settle(event.post_id)


@reacts_to(QuestionMoved)
def book_for_other_product(event: QuestionMoved) -> None:
    """Book what a question and its answers brought for the product where they stand now."""
    booking.settle(*queries.posts_of_thread(event.question_id))


@reacts_to(QuestionsFollowed)
def book_for_followed(event: QuestionsFollowed) -> None:
    """Book the same for questions that went with their product, some in each transaction."""
    posts = [post for each in event.question_ids for post in queries.posts_of_thread(each)]
    for start in range(0, len(posts), BATCH):
        booking.settle(*posts[start : start + BATCH])


@reacts_to(PostUndeleted)
def book_for_undeleted(event: PostUndeleted) -> None:
    """Book again what a post brings that is back."""
    booking.settle(event.post_id)


@periodic("look_at_trust_levels", hour="2", minute="40")
def look_at_trust_levels() -> None:
    """Each night, give and take levels of trust, some members in each transaction."""
    last = 0
    while ids := progress.to_look_at(last, BATCH):
        levelling.look_at(ids)
        last = ids[-1]


@periodic("check_votes", hour="3", minute="10")
def check_votes() -> None:
    """Each night, take bursts of votes out of the count and report rings to moderators."""
    checking.reverse_bursts()
    checking.report_rings()


@reacts_to(PostHidden)
def take_back_for_hidden(event: PostHidden) -> None:
    """Take back what a post brought that a measure took out of the public eye."""
    booking.settle(event.post_id)


@reacts_to(PostRestored)
def book_for_restored(event: PostRestored) -> None:
    """Book again what a post brings that is back."""
    booking.settle(event.post_id)


@reacts_to(MeasureTaken)
def heed_measure(event: MeasureTaken) -> None:
    """Book what it costs when a measure says that a post is spam."""
    if event.post_id is not None:
        ruling.heed_measures(event.post_id)


@reacts_to(MeasureLifted)
def heed_lifted_measure(event: MeasureLifted) -> None:
    """Give back what it cost when it was no spam after all."""
    if event.post_id is not None:
        ruling.heed_measures(event.post_id)


@reacts_to(ItemDecided)
def heed_decision(event: ItemDecided) -> None:
    """Book what it costs when a moderator confirms what flags had hidden as spam."""
    if event.post_id is not None:
        ruling.heed_measures(event.post_id)
