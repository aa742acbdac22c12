"""What the page of a question offers to its reader: the verdicts of the policies, post by post."""

from __future__ import annotations

from community.core.policy import Verdict
from community.members.models import Actor
from community.posts.models import Post
from community.questions import policies, queries
from community.questions.models import Answer, Question
from community.questions.queries.threads import Thread
from community.thanks.policies import may_thank
from community.votes.policies import may_vote

Offers = dict[str, Verdict]


def offers(actor: Actor, thread: Thread) -> dict[int, Offers]:
    """Return, for each post of the page, what the actor may do: {post id: {verb: verdict}}."""
    may = {post.id: _on_any(actor, post) for post in thread.posts}
    unanswered = actor.id != thread.question.author_id or not is_answered_by_others(thread)
    may[thread.question.id]["delete"] = policies.may_delete(actor, thread.question, unanswered)
    for answer in thread.answers.items:
        may[answer.id] |= _on_answer(actor, thread.question, answer)
    may[thread.question.id] |= offers_of_question(actor, thread.question)
    for comments in thread.comments.values():
        may |= {comment.id: _on_own(actor, comment) for comment in comments}
    return may


def is_answered_by_others(thread: Thread) -> bool:
    """Tell whether others have answered; a thread of several pages is looked up, if need be."""
    asker = thread.question.author_id
    if any(each.is_visible and each.author_id != asker for each in thread.answers.items):
        return True
    return thread.answers.pages > 1 and queries.is_answered_by_others(thread.question)


def _on_own(actor: Actor, post: Post) -> Offers:
    return {
        "edit": policies.may_edit(actor, post),
        "delete": policies.may_delete(actor, post, unanswered=True),
        "undelete": policies.may_undelete(actor, post),
    }


def _on_any(actor: Actor, post: Post) -> Offers:
    return _on_own(actor, post) | {
        "vote": may_vote(actor, post),
        "comment": policies.may_comment(actor, post),
    }


def _on_answer(actor: Actor, question: Question, answer: Answer) -> Offers:
    return {
        "solve": policies.may_solve(actor, question),
        "thank": may_thank(actor, answer),
        "official": policies.may_make_official(actor, answer),
    }


def offers_of_question(actor: Actor, question: Question) -> Offers:
    """Return what the actor may do with a question, and not with other posts."""
    return {
        "answer": policies.may_answer(actor, question),
        "retag": policies.may_retag(actor, question),
        "suggest": policies.may_suggest_duplicate(actor, question),
        "order": policies.may_rearrange(actor, question),
        "move": policies.may_move(actor, question),
        "close": policies.may_close(actor, question),
        "reopen": policies.may_reopen(actor, question),
        "have_too": policies.may_have_too(actor, question),
        "follow": policies.may_follow(actor, question),
    }
