"""The people of every role, and the things that they may or may not do something with.

None of them is stored: they are made to ask the policies what they would say.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from community.badges.models import Badge
from community.core.clock import now
from community.members.models import Actor, Guest, Invitation, Member, Role
from community.moderation.models.appeals import Appeal
from community.moderation.models.bulk import BulkAct, BulkState
from community.moderation.models.items import Item, StaffNote
from community.moderation.models.measures import Measure, MeasureAct
from community.notifications.models import Notification
from community.posts.models import Attachment
from community.questions.models import Answer, Question, QuestionKind

ME, OTHER, THIRD = 1, 2, 3
PRODUCT = 1


def _member(**facts: Any) -> Member:  # noqa: ANN401
    kept = {"role": Role.MEMBER, "trust_level": 0, "staff_title": "", "measures_reading": True}
    return Member(id=ME, handle="x", name="X", **(kept | {"moderated_products": []} | facts))


def guest() -> Actor:
    """Return a visitor without an account."""
    return Guest()


def member(level: int = 0) -> Actor:
    """Return a member of a level of trust."""
    return _member(trust_level=level)


def moderator_of_product() -> Actor:
    """Return a moderator of the product that all the things belong to."""
    return _member(moderated_products=[PRODUCT])


def staff() -> Actor:
    """Return somebody who speaks for the company."""
    return _member(staff_title="Support")


def moderator() -> Actor:
    """Return a moderator of everything."""
    return _member(role=Role.MODERATOR)


def admin() -> Actor:
    """Return an admin."""
    return _member(role=Role.ADMIN)


def _question(owner: int) -> Question:
    return Question(**_post(owner), closed_by_id=owner, title="?", slug="q", lang="en")


def _answer(owner: int) -> Answer:
    return Answer(**_post(owner), question_id=10)


def _post(owner: int) -> dict[str, Any]:
    """Return a post that is open and visible, and whose owner did to it what can be undone."""
    facts = {"id": 10, "author_id": owner, "product_id": PRODUCT, "created_at": now()}
    return facts | {"deleted_by_id": owner}


def _measure(owner: int) -> Measure:
    return Measure(act=MeasureAct.HIDE, member_id=owner, actor_id=THIRD, taken_at=now())


# What to hand to a policy, by how it declares its argument; each belongs to the owner.
THINGS: dict[str, Callable[[int], Any]] = {
    "Post": _question,
    "Post | None": _question,
    "Post | Member": _question,
    "Question": _question,
    "Answer": _answer,
    "Member": lambda owner: Member(id=owner, handle="y", name="Y", role=Role.MEMBER),
    "BulkAct": lambda _owner: BulkAct(state=BulkState.DONE, finished_at=now()),
    "Measure": _measure,
    "Appeal": lambda owner: Appeal(measure=_measure(owner), member_id=owner),
    "Appeal | None": lambda _owner: None,
    "Item": lambda owner: Item(member_id=owner, product_id=PRODUCT),
    "Invitation": lambda owner: Invitation(inviter_id=owner, role=Role.MEMBER),
    "Role": lambda _owner: Role.MEMBER,
    "StaffNote": lambda owner: StaffNote(member_id=THIRD, author_id=owner),
    "Badge": lambda _owner: Badge(key="x", metric=None),
    "Badge | None": lambda _owner: Badge(key="x", metric=None),
    "Notification": lambda owner: Notification(member_id=owner),
    "Attachment": lambda owner: Attachment(member_id=owner),
    "list[Post]": lambda _owner: [],
    "MeasureAct": lambda _owner: MeasureAct.HIDE,
    "QuestionKind": lambda _owner: QuestionKind.QUESTION,
    # A number is whose it is, or how many others there are.
    "int": lambda owner: owner,
    "bool": lambda _owner: True,
}
