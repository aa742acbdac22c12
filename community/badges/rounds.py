"""Rounds: every rule has its say, for the members whom something happened to, or for all.

Who earned what is read before anything is written, so that nobody waits for the counting.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from community.badges import queries
from community.badges.models import Badge, Metric
from community.badges.queries import Awards
from community.badges.queries.earners import earned
from community.badges.services import running
from community.badges.services.adopting import adopt

PORTION = 500


def run_for(member_ids: Collection[int], metrics: Collection[Metric] = tuple(Metric)) -> int:
    """Run the rules for some members and tell them; return how many awards came.

    metrics: what may have changed for them; rules that count something else are left out.
    """
    badges = queries.automatic()
    if not badges and running.seed():
        badges = queries.automatic()
    badges = [badge for badge in badges if badge.metric in metrics]
    held = queries.held_of_each(badges, sorted(member_ids))
    return sum(_run(badge, sorted(member_ids), held[badge.id]) for badge in badges)


def look_again_at(member_ids: Collection[int]) -> None:
    """Run the rules of revocable badges for members who may deserve less than before."""
    badges = [badge for badge in queries.automatic() if badge.revocable]
    held = queries.held_of_each(badges, sorted(member_ids)) if badges else {}
    for badge in badges:
        _run(badge, sorted(member_ids), held[badge.id])


def run_all() -> int:
    """Run every rule for everybody; return how many awards came.

    Whom an import brought gets what history deserves without a notice, until they come here.
    """
    running.seed()
    adopt()
    return sum(_run_of_all(badge) for badge in queries.automatic())


def run_one(badge_id: int) -> int:
    """Run one rule for everybody, as when an admin changed it; return how many awards came."""
    badge = next((each for each in queries.automatic() if each.id == badge_id), None)
    return _run_of_all(badge) if badge else 0


def _run_of_all(badge: Badge) -> int:
    return _run(badge, None, queries.held(badge))


def _run(badge: Badge, member_ids: Sequence[int] | None, held: Awards) -> int:
    """Award what was earned and is not held; held: what these members have of this badge."""
    if member_ids is not None and _is_settled(badge, member_ids, held):
        return 0
    facts = earned(badge, member_ids)
    deserved = {(member, f"post:{post}" if badge.per_post else ""): post for member, post in facts}
    if badge.revocable and (lost := held.keys() - deserved.keys()):
        running.take_back(badge, [held[each] for each in lost])
    new = [(each[0], deserved[each]) for each in sorted(deserved.keys() - held.keys())]
    if not new:
        return 0
    to_tell = queries.been_here() if member_ids is None else set(member_ids)
    # In portions, so that members who write in the meantime do not wait.
    for start in range(0, len(new), PORTION):
        running.award(badge, new[start : start + PORTION], to_tell)
    return len(new)


def _is_settled(badge: Badge, member_ids: Sequence[int], held: Awards) -> bool:
    """Tell whether these members have what they can have of a badge, and keep it."""
    comes_once = not badge.per_post and not badge.revocable
    return comes_once and all((member_id, "") in held for member_id in member_ids)
