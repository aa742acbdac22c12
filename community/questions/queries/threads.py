"""A whole thread, ready to show: question, answers of a page, comments, and what hangs on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from sqlalchemy.orm.attributes import set_committed_value

from community.core.db import db, session_of_its_own
from community.core.errors import Gone, NotFound, existing
from community.core.i18n import _l
from community.core.paging import Page
from community.core.recordings import depends_on, shows
from community.core.shared_parts import shared
from community.members.models import Actor, Guest
from community.posts.models import Post
from community.products.models import Tag
from community.questions.errors import Merged
from community.questions.models import AROUND, THREAD, Answer, Comment, Question
from community.questions.policies import may_see_deleted
from community.questions.queries import statements
from community.questions.queries.stakes import Stake, stake_of
from community.questions.queries.statements import ANSWERS_A_PAGE, Has, Related

# So many hidden answers to one question hardly anybody has; who does finds the answer by paging.
ROOM_FOR_HIDDEN = 5
BYTES_OF_EACH = 2_000  # Of a tag or of what is shown of a related question, with room to spare.


class Around(NamedTuple):
    """What a question is about: it does not change with what is said to it."""

    tags: Sequence[Tag]
    related: Sequence[Related]

    @property
    def kept_bytes(self) -> int:
        """The bytes that this takes in memory, at most."""
        return BYTES_OF_EACH * (1 + len(self.tags) + len(self.related))


@dataclass(frozen=True)
class Thread:
    """Everything that the page of a question shows."""

    question: Question
    answers: Page[Answer]
    comments: dict[int, list[Comment]]
    related: Sequence[Related]
    stake: Stake = field(default_factory=Stake)
    # Whether it is what every guest sees, too; then, whose own something on this page is, and who
    # wrote something in the thread that is not public.
    is_public: bool = False
    people: frozenset[int] = frozenset()
    unseen_authors: frozenset[int] = frozenset()

    @property
    def posts(self) -> list[Post]:
        """Return what can be voted on."""
        return [self.question, *self.answers.items]

    def comments_on(self, post: Post) -> list[Comment]:
        return self.comments.get(post.id, [])


def around(question_id: int) -> Around:
    """Return the tags of a question and the questions that are related to it; two statements."""
    here = {"question": question_id}
    tags = db.session.scalars(statements.tags(), here).all()
    related = [Related._make(row) for row in db.session.execute(statements.related(), here)]
    shows(*((THREAD, each.id) for each in related))
    return Around(tags, related)


def _kept_around(question_id: int) -> Around:
    """Return the same, kept until it changes: replies, which change the rest, leave it alone."""

    def read() -> Around:
        depends_on((AROUND, question_id))
        return around(question_id)

    return shared(("around", question_id), read)


def thread(question_id: int, page: int, viewer: Actor) -> Thread:
    """Return a thread as the viewer may see it, in at most a constant number of statements.

    Raises NotFound, or Gone for what was deleted.
    """
    return _read(question_id, page, viewer)[0]


def _read(
    question_id: int,
    page: int,
    viewer: Actor,
    find_around: Callable[[int], Around] | None = None,
) -> tuple[Thread, Has]:
    question, has = _question(question_id, viewer)
    beside = (find_around or around)(question_id)
    set_committed_value(question, "tags", beside.tags)
    answers = _answers(question, page, viewer)
    comments = _comments([question, *answers.items], viewer) if has.comments else {}
    stake = stake_of(question, viewer)
    return Thread(question, answers, comments, beside.related, stake), has


def public_thread(question_id: int, page: int) -> Thread:
    """Return a thread as guests see it, in rows of a session of its own that many may read."""
    with session_of_its_own():
        seen, has = _read(question_id, page, Guest(), _kept_around)
        here = {"question": question_id}
        unseen = db.session.scalars(statements.unseen_authors(), here) if has.unseen else ()
        authors = frozenset(unseen)
    return replace(seen, is_public=True, people=_people(seen), unseen_authors=authors)


def _people(seen: Thread) -> frozenset[int]:
    """Return who may do here what others may not: the authors, and who closed it."""
    said = [comment for each in seen.comments.values() for comment in each]
    posts = [*seen.posts, *seen.question.merged, *said]
    closed_by = seen.question.closed_by_id
    return frozenset(post.author_id for post in posts) | ({closed_by} if closed_by else set())


def with_stake(public: Thread, viewer: Actor) -> Thread:
    """Return a thread with what a viewer has to do with it; one statement."""
    stake = stake_of(public.question, viewer)
    return replace(public, stake=stake)


def _question(question_id: int, viewer: Actor) -> tuple[Question, Has]:
    found = db.session.execute(statements.question(), {"question": question_id}).one_or_none()
    question, *what = existing(found, _l("This question does not exist."))
    has = Has(*what)
    refuse_unseen(question, viewer)
    _add_what_it_leads_to(question, has_parts=has.parts)
    return question, has


def _add_what_it_leads_to(question: Question, *, has_parts: bool) -> None:
    """Load the questions that are a part of this one, and those that it points to."""
    here = {"question": question.id}
    merged = db.session.scalars(statements.merged(), here).all() if has_parts else []
    set_committed_value(question, "merged", merged)
    ids = {question.duplicate_of_id, question.likely_original_id} - {None}
    found = db.session.scalars(statements.pointed_to(), {"questions": list(ids)}) if ids else ()
    by_id = {each.id: each for each in found}
    for name in ("duplicate_of", "likely_original"):
        set_committed_value(question, name, by_id.get(getattr(question, f"{name}_id")))


def refuse_unseen(post: Post, viewer: Actor) -> None:
    """Stop here if the viewer may not see the post: Gone if deleted, NotFound if hidden.

    Raises Merged for a question that is a part of another one now, whoever looks.
    """
    if isinstance(post, Question) and post.merged_into_id is not None:
        raise Merged(post.merged_into_id)
    if post.is_visible or may_see_deleted(viewer, post):
        return
    if post.hidden_at is not None:
        raise NotFound(_l("This question does not exist."))
    raise Gone(_l("This was deleted by its author or a moderator."))


def _sight_of(viewer: Actor, product_id: int | None) -> statements.Sight:
    """Return what the viewer sees in a thread of this product."""
    if viewer.moderates(product_id):
        return statements.Sight.EVERY
    return statements.Sight.PUBLIC if viewer.id is None else statements.Sight.PUBLIC_AND_OWN


def _answers(question: Question, page: int, viewer: Actor) -> Page[Answer]:
    """Return a page of answers: the solution, official ones, then by score and age."""
    about = _about(question, viewer) | {"skipped": (page - 1) * ANSWERS_A_PAGE}
    sight = _sight_of(viewer, question.product_id)
    rows = db.session.execute(statements.answers(sight), about).all()
    if page > 1 and not rows:
        raise NotFound(_l("There is no such page."))
    total = rows[0][1] if rows else 0
    return Page([row[0] for row in rows], page, ANSWERS_A_PAGE, total)


def _about(question: Question, viewer: Actor) -> dict[str, int | None]:
    return {"question": question.id, "solution": question.solution_id, "reader": viewer.id}


def page_of_answer(answer: Answer, question: Question, viewer: Actor) -> int:
    """Return the page of the thread on which an answer stands. Raises NotFound if it is not there.

    Where all fit on one page with room for hidden ones of the viewer's own, nothing is looked up.
    """
    is_short = question.answer_count <= ANSWERS_A_PAGE - ROOM_FOR_HIDDEN
    if is_short and answer.is_visible and not viewer.moderates(question.product_id):
        return 1
    about = _about(question, viewer) | {"answer": answer.id}
    sight = _sight_of(viewer, question.product_id)
    found: int | None = db.session.scalar(statements.place(sight), about)
    return (existing(found, _l("This answer does not exist.")) - 1) // ANSWERS_A_PAGE + 1


def _comments(posts: Sequence[Post], viewer: Actor) -> dict[int, list[Comment]]:
    about = {"posts": [post.id for post in posts], "reader": viewer.id}
    sight = _sight_of(viewer, posts[0].product_id)
    by_post: dict[int, list[Comment]] = defaultdict(list)
    for comment in db.session.scalars(statements.comments(sight), about):
        by_post[comment.parent_id].append(comment)
    return by_post
