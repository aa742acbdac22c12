"""Who hears of what: notices made in the background, and the mails that follow."""

from __future__ import annotations

from community.core import mail
from community.core.events import reacts_to
from community.core.i18n import force_locale
from community.core.jobs import job
from community.members.events import MemberLeft
from community.moderation.events import ItemDecided, ReviewsWait
from community.notifications import queries, services
from community.notifications.models import Kind, Notification
from community.notifications.sentences import address, sentence
from community.notifications.services import Notice, tell
from community.questions import queries as question_queries
from community.questions.events import (
    AnswerAccepted,
    AnswerGiven,
    CommentMade,
    MembersMentioned,
    QuestionMerged,
    QuestionSplit,
)
from community.questions.models import Comment
from community.thanks import queries as thanks
from community.thanks.events import ThanksSaid, ThanksTakenBack


@reacts_to(AnswerGiven)
def tell_of_answer(event: AnswerGiven) -> None:
    """Tell the asker, and who follows the question, of an answer."""
    asker = question_queries.by_id(event.question_id).author_id
    followers = set(queries.followers_of(event.question_id)) - {asker}
    for kind, members in ((Kind.ANSWERED, {asker}), (Kind.FOLLOWED_ANSWERED, followers)):
        if not members - {event.author_id}:
            continue
        tell(
            Notice(
                kind=kind,
                key=f"post:{event.answer_id}",
                actor_id=event.author_id,
                question_id=event.question_id,
                post_id=event.answer_id,
                facts={"kind": "answers"},
            ),
            members,
        )


@reacts_to(CommentMade)
def tell_of_comment(event: CommentMade) -> None:
    """Tell who wrote the post that somebody commented on."""
    _tell_about_post(Kind.COMMENTED, event.comment_id, event.author_id, [])


@reacts_to(MembersMentioned)
def tell_of_mention(event: MembersMentioned) -> None:
    """Tell members that a post names them."""
    author = question_queries.post_by_id(event.post_id).author_id
    _tell_about_post(Kind.MENTIONED, event.post_id, author, event.member_ids)


@reacts_to(AnswerAccepted)
def tell_of_solution(event: AnswerAccepted) -> None:
    """Tell the helper, and who follows the question, that it is solved."""
    followers = set(queries.followers_of(event.question_id)) - {event.author_id}
    for kind, members in ((Kind.ACCEPTED, {event.author_id}), (Kind.FOLLOWED_SOLVED, followers)):
        tell(
            Notice(
                kind=kind,
                key=f"solved:{event.question_id}:{event.answer_id}",
                actor_id=event.actor_id,
                question_id=event.question_id,
                post_id=event.answer_id,
                facts={"kind": "answers"},
            ),
            members,
        )


@reacts_to(QuestionMerged)
def tell_of_merge(event: QuestionMerged) -> None:
    """Tell both askers that their threads are one now."""
    for question_id in (event.question_id, event.into_id):
        asker = question_queries.by_id(question_id).author_id
        key = f"merged:{event.question_id}:{event.into_id}"
        notice = Notice(kind=Kind.MERGED, key=key, actor_id=event.actor_id, question_id=question_id)
        tell(notice, [asker])


@reacts_to(QuestionSplit)
def tell_of_split(event: QuestionSplit) -> None:
    """Tell who answered that the answer is a question now."""
    asker = question_queries.by_id(event.question_id).author_id
    key = f"split:{event.question_id}:{event.from_id}"
    number = event.question_id
    tell(Notice(kind=Kind.SPLIT, key=key, actor_id=event.actor_id, question_id=number), [asker])


@reacts_to(ThanksSaid)
def tell_of_thanks(event: ThanksSaid) -> None:
    """Tell the author of an answer who says thank you, and with which words."""
    said = thanks.between(event.member_id, event.post_id)
    if said is None:
        return
    notice = Notice(
        kind=Kind.THANKED,
        key=_key_of_thanks(event.post_id, event.member_id),
        actor_id=event.member_id,
        question_id=question_queries.question_id_of(question_queries.post_by_id(event.post_id)),
        post_id=event.post_id,
        facts={"kind": "answers", "words": said.words},
    )
    tell(notice, [event.author_id])
    if said.words:
        services.tell_more(notice, event.author_id)


@reacts_to(ThanksTakenBack)
def untell_thanks(event: ThanksTakenBack) -> None:
    """Let the notice of a thank-you go that was taken back."""
    if thanks.between(event.member_id, event.post_id) is None:
        services.untell(_key_of_thanks(event.post_id, event.member_id), event.author_id)


def _key_of_thanks(post_id: int, member_id: int) -> str:
    return f"thanks:{post_id}:{member_id}"


@reacts_to(MemberLeft)
def forget_notices(event: MemberLeft) -> None:
    """Forget what a member who left was told."""
    services.forget_member(event.member_id)


@job("notifications.mail")
def mail_notice(member_id: int, event: str) -> None:
    """Send a notice by mail, unless it was read, is gone or is not wanted by now."""
    notification = queries.to_mail(member_id, event)
    if notification is None or not _is_wanted(notification):
        return
    services.mail(notification, _letter(notification))


def _is_wanted(notification: Notification) -> bool:
    member = notification.member
    here = member.may_log_in and not member.is_suspended
    reachable = here and member.email and member.email_confirmed_at
    return bool(reachable) and notification.kind in queries.mailed_kinds(member.id)


def _letter(notification: Notification) -> mail.Letter:
    member = notification.member
    endpoint, values = address(notification)
    with force_locale(member.language):
        said = sentence(notification)
    return mail.written(
        member.email or "",
        "notifications/notice",
        member.language,
        member=member,
        said=said,
        address=mail.link(endpoint, **values),
        settings=mail.link("notifications.choose"),
    )


def _tell_about_post(kind: Kind, post_id: int, author_id: int, member_ids: list[int]) -> None:
    post = question_queries.post_by_id(post_id)
    parent_id = post.parent_id if isinstance(post, Comment) else None
    if kind == Kind.COMMENTED and parent_id:
        member_ids = [question_queries.post_by_id(parent_id).author_id]
    notice = Notice(
        kind=kind,
        key=f"post:{post_id}",
        actor_id=author_id,
        question_id=question_queries.question_id_of(post),
        post_id=post_id,
        parent_id=parent_id,
        facts={"kind": f"{post.kind}s"},
    )
    tell(notice, member_ids)


@reacts_to(ItemDecided)
def tell_of_judged_report(event: ItemDecided) -> None:
    """Tell whoever reported something what came of it; nothing that may be hidden is named."""
    outcomes = queries.outcomes_of_reports(event.item_id)
    for outcome, members in outcomes.items():
        tell(
            Notice(
                kind=Kind.REPORT_JUDGED,
                key=f"review:{event.item_id}",
                actor_id=None,
                facts={"outcome": outcome},
            ),
            members,
        )


@reacts_to(ReviewsWait)
def tell_of_waiting_reviews(event: ReviewsWait) -> None:
    """Remind moderators of all that waits for too long, in one notice."""
    notice = Notice(
        kind=Kind.REVIEWS_WAIT,
        key=f"reviews:{event.at}",
        actor_id=None,
        facts={"number": event.count, "hours": event.hours},
    )
    tell(notice, queries.moderators_of(event.product_ids))
