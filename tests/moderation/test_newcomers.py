"""A newcomer whom several members report: what was written waits, and what comes after it, too."""

from datetime import timedelta

import pytest

from community.core.clock import as_if_it_were, now
from community.members.models import Role
from community.moderation.models.items import ItemKind
from community.moderation.models.measures import MeasureAct
from community.moderation.queries import checks
from community.moderation.queries import measures as measure_queries
from community.moderation.submissions import Sending
from community.posts.texts import prepare
from community.questions.services import asking


@pytest.fixture
def ask(make):
    """Ask as through the form: ask(author)."""
    product = make.product()

    def _ask(author):
        text = prepare("The lid of the kettle does not close any more since yesterday.")
        sending = Sending(opened_at=now() - timedelta(minutes=1))
        draft = asking.Draft(
            title="Why does the lid stay open?", text=text, product_id=product.id, sending=sending
        )
        return asking.ask(author, draft)

    return _ask


def test_what_a_newcomer_writes_after_three_reports_waits(make, log_in, flagged, ask):
    newcomer = make.member(language="es")
    flagged(make.answer(author=newcomer), by=3)
    later = ask(newcomer)
    assert later.is_held
    held = measure_queries.on_post(later.id)[0]
    assert (held.act, held.decided_by_automation) == (MeasureAct.HOLD, True)
    assert "varias personas avisaron" in held.facts
    assert checks.settings()["reported"].hits == 1
    page = log_in(make.moderator()).get("/moderation/queue?kind=held").text
    said = "3 members reported posts of this newcomer, together worth 3.0, threshold 2.5"
    assert said in page


def test_two_reports_do_not_hold_what_comes_later_nor_does_what_is_long_past(make, flagged, ask):
    twice, long_ago = make.member(), make.member()
    flagged(make.answer(author=twice), by=2, level=4)
    assert not ask(twice).is_held
    with as_if_it_were(now() - timedelta(days=31)):
        flagged(make.answer(author=long_ago), by=3)
    assert not ask(long_ago).is_held


def test_reports_that_were_wrong_hold_nothing_any_more(make, flagged, decide, ask):
    newcomer = make.member()
    item = flagged(make.answer(author=newcomer), by=3)
    decide(make.moderator(), item, "disagree")
    assert not ask(newcomer).is_held


def test_who_is_no_newcomer_or_of_the_staff_writes_on(make, flagged, ask):
    for author in (make.member(trust_level=1), make.staff()):
        flagged(make.answer(author=author), by=3)
        assert not ask(author).is_held


def test_moderators_read_why_in_their_own_language_and_not_in_that_of_the_author(
    make, log_in, ask, flagged
):
    newcomer = make.member(language="es")
    flagged(make.answer(author=newcomer), by=3)
    ask(newcomer)
    spanish = log_in(make.member("mar", role=Role.MODERATOR, language="es"))
    page = spanish.get(f"/moderation/queue?kind={ItemKind.HELD}").text
    assert "3 personas avisaron de mensajes de esta cuenta nueva" in page
    assert "reported posts" not in page
