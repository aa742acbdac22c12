"""The review queue, as moderators see it."""

from datetime import timedelta

import pytest

from community.core.clock import as_if_it_were, now
from community.core.db import db
from community.members.models import Member
from community.moderation.models.items import ItemKind
from community.moderation.services import claiming, queueing


@pytest.fixture
def mia(make):
    return make.moderator("mia")


@pytest.fixture
def look(log_in, mia):
    """See a page as mia: look("/moderation/queue")."""
    return lambda path="/moderation/queue": log_in(mia).get(path)


def question(make, title, **facts):
    return make.question(make.member(trust_level=1), title=title, **facts)


@pytest.mark.parametrize("path", ["/moderation/queue", "/moderation/queue/1"])
def test_members_and_guests_stay_outside(make, client, log_in, flagged, path):
    flagged(make.answer())
    assert client.get(path).status_code == 303
    assert log_in(make.member()).get(path).status_code == 403


def test_the_queue_lists_the_highest_score_first(make, look, flagged):
    flagged(question(make, "Little?"), by=1)
    flagged(question(make, "Much?"), by=3)
    page = look().text
    assert page.index("Much?") < page.index("Little?")
    assert "2 items" in page


def test_an_empty_queue_says_so(look):
    assert "Nothing waits" in look().text


def test_the_queue_is_filtered_by_kind_product_language_age_and_person(make, look, flagged):
    kettle, ben = make.product("Kettle"), make.member("ben", trust_level=1)
    flagged(question(make, "Kettle?", product=kettle))
    flagged(question(make, "¿Español?", lang="es"))
    flagged(make.question(ben, title="Of ben?"))
    flagged(question(make, "By cam?"), by=[make.member("cam")])
    queueing.open_item(ItemKind.HELD, post_id=question(make, "Held?").id)
    with as_if_it_were(now() - timedelta(hours=30)):
        flagged(question(make, "Old?"))
    every = {"Kettle?", "¿Español?", "Of ben?", "By cam?", "Held?", "Old?"}
    for query, shown in {
        "": every,
        "?kind=held": {"Held?"},
        f"?product={kettle.slug}": {"Kettle?"},
        "?lang=es": {"¿Español?"},
        "?hours=24": {"Old?"},
        "?person=ben": {"Of ben?"},
        "?person=@cam": {"By cam?"},
        "?kind=flag&lang=es&person=ben": set(),
    }.items():
        page = look(f"/moderation/queue{query}").text
        assert {title for title in every if title in page} == shown, query


@pytest.mark.parametrize("query", ["?kind=x", "?product=x", "?lang=x", "?hours=7", "?state=x"])
def test_a_filter_that_cannot_be_is_not_found(look, query):
    assert look(f"/moderation/queue{query}").status_code == 404


def test_an_item_shows_the_post_in_its_thread_with_its_author_and_who_flagged(
    make, look, flagged, decide
):
    ask = make.question(make.member("ann"), title="Why?", body="It leaks.")
    make.answer(ask, body="Before it.")
    ben = make.member("ben", trust_level=1, name="Ben Bright")
    post = make.answer(ask, ben, body="Buy shoes.")
    make.answer(ask, body="After it.")
    cam = make.member("cam", name="Cam Clear")
    for _ in range(3):
        decide(make.moderator(), flagged(make.answer(), by=[cam]), "disagree")
    item = flagged(post, by=[cam])
    claiming.note_member(make.moderator("max"), ben, "Asked for a refund in May.")
    page = look(f"/moderation/queue/{item.id}").text
    for words in (
        *("Why?", "It leaks.", "Before it.", "Buy shoes.", "After it."),
        *("Ben Bright", "Asked for a refund in May.", "Cam Clear", "0 % of 3 reports right"),
        *("Spam or advertising", "weighs 1.0", "Came into the queue."),
    ):
        assert words in page, words


def test_the_page_explains_what_happened_by_itself(make, look, flagged):
    item = flagged(make.answer(author=make.member(trust_level=1)), by=3, level=2)
    page = look(f"/moderation/queue/{item.id}").text
    assert "Hidden automatically: 3 flags worth 9.0, threshold 8.3." in page


def test_the_common_case_takes_one_form_and_goes_on_with_the_next(make, look, log_in, mia, flagged):
    answer = make.answer(author=make.member(trust_level=1))
    flagged(question(make, "Next?"))
    item = flagged(answer, by=2)
    page = look(f"/moderation/queue/{item.id}").text
    assert "checked" in page
    sent = log_in(mia).post(
        f"/moderation/queue/{item.id}/decision",
        data={"decision": "agree", "rule": "spam", "version": "1", "post_version": "1"},
    )
    assert sent.status_code == 303
    assert sent.location != f"/moderation/queue/{item.id}"
    assert "Next?" in look(sent.location).text
    assert make.fresh(answer).hidden_as == "removed"


def test_filters_stay_while_one_goes_on(make, look, log_in, mia, flagged):
    items = [flagged(question(make, f"¿{number}?", lang="es"), by=number) for number in (2, 1)]
    flagged(question(make, "English?"))
    data = {"decision": "ignore", "version": "1"}
    path = f"/moderation/queue/{items[0].id}"
    assert f"/moderation/queue/{items[1].id}?lang=es" in look(f"{path}?lang=es").text
    sent = log_in(mia).post(f"{path}/decision?lang=es", data=data)
    assert sent.location == f"/moderation/queue/{items[1].id}?lang=es"
    sent = log_in(mia).post(f"/moderation/queue/{items[1].id}/decision?lang=es", data=data)
    assert sent.location == "/moderation/queue?lang=es"


def test_the_second_of_two_moderators_reads_who_was_faster_and_when(
    make, log_in, mia, flagged, decide
):
    answer = make.answer(author=make.member(trust_level=1))
    item = flagged(answer)
    decide(make.moderator("max"), item, "disagree")
    sent = log_in(mia).post(
        f"/moderation/queue/{item.id}/decision",
        data={"decision": "agree", "rule": "spam", "version": "1", "note": "My own words."},
    )
    assert sent.status_code == 409
    assert "Already decided by Max at" in sent.text
    assert make.fresh(answer).is_visible


def test_an_edit_meanwhile_shows_the_new_text_and_keeps_the_words(make, log_in, mia, flagged):
    answer = make.answer(author=make.member(trust_level=1))
    item = flagged(answer)
    make.edited(answer, body="Now it helps.")
    data = {"decision": "agree", "rule": "spam", "version": "1", "post_version": "1"}
    sent = log_in(mia).post(
        f"/moderation/queue/{item.id}/decision", data=data | {"facts": "It was an advertisement."}
    )
    assert sent.status_code == 409
    for words in ("changed while you were looking", "Now it helps.", "It was an advertisement."):
        assert words in sent.text


@pytest.mark.parametrize(
    "data", [{}, {"decision": "explode"}, {"decision": "agree", "rule": "other"}]
)
def test_a_decision_without_what_it_needs_is_refused(make, log_in, mia, flagged, data):
    item = flagged(make.answer(author=make.member(trust_level=1)))
    sent = log_in(mia).post(f"/moderation/queue/{item.id}/decision", data={"version": "1"} | data)
    assert sent.status_code == 422
    assert make.fresh(item).is_pending


def test_claims_and_notes_are_made_on_the_page(make, look, log_in, mia, flagged):
    item = flagged(make.answer())
    path = f"/moderation/queue/{item.id}"
    log_in(mia).post(f"{path}/claim", data={"value": "1"})
    log_in(mia).post(f"{path}/notes", data={"body": "Asked the author."})
    log_in(mia).post(
        f"/members/{item.member_id}/staff-notes", data={"body": "Be kind.", "next": path}
    )
    page = look(path).text
    for words in ("Let others look at it", "Mia noted:", "Asked the author.", "Be kind."):
        assert words in page
    assert "Mia is looking at it" in log_in(make.moderator("max")).get(path).text


def test_what_is_about_oneself_is_for_others(make, look, mia, flagged):
    item = flagged(make.answer(author=mia))
    page = look(f"/moderation/queue/{item.id}").text
    assert "Another moderator has to decide it." in page
    assert 'value="agree"' not in page


def test_every_act_has_a_key_that_is_shown_on_it(make, look, flagged):
    page = look(f"/moderation/queue/{flagged(make.answer()).id}").text
    for key in "adicmu?":
        assert f'data-key="{key}"' in page
        assert f"<kbd>{key}</kbd>" in page


def test_pages_take_the_same_statements_for_few_as_for_many(make, look, flagged, count_queries):
    ben_id = make.member("ben", trust_level=1).id
    path = f"/moderation/queue/{flagged(make.answer(author=db.session.get(Member, ben_id))).id}"

    def statements():
        counts = []
        for page in ("/moderation/queue", path):
            look(page)
            with count_queries() as sql:
                assert look(page).status_code == 200
            counts.append(sum("FROM settings" not in each for each in sql))
        return counts

    few = statements()
    for _ in range(6):
        flagged(make.answer(author=db.session.get(Member, ben_id)), by=2)
    claiming.note_member(make.moderator(), db.session.get(Member, ben_id), "Once more.")
    assert statements() == few
    assert few[0] <= 12, few
    assert few[1] <= 26, few
