"""What is checked before it is public, what has to wait, and what becomes of it."""

import re
from datetime import timedelta

import pytest

from community.core import once
from community.core.clock import as_if_it_were, now
from community.core.db import db, transaction
from community.core.job_rows import Job
from community.members.trust import Level
from community.moderation import explaining
from community.moderation.models.checks import AddressTrace, Check, CheckHit, Mode
from community.moderation.models.items import Decision, Item, ItemKind
from community.moderation.models.measures import Measure, MeasureAct
from community.moderation.models.words import WatchedWord
from community.moderation.queries import checks
from community.moderation.rulings import Ruling
from community.moderation.services import checking, holding, queueing
from community.moderation.services.holding import Refused
from community.moderation.submissions import Sending
from community.moderation.watching.patterns import WordAct
from community.posts.models import HiddenAs
from community.posts.texts import prepare
from community.questions.services import answering, asking

TEXT = "The kettle leaks at the lid since last week, and the filter does not hold any more."
TITLE = "How do I clean the filter?"
LINKS = " ".join(f"https://shop{number}.example.org/" for number in range(3))
HOST = "https://cheap-watches.example/"


@pytest.fixture
def send(make):
    """Send a question as a form does: send(ann, "text")."""
    product = make.product()

    def _send(
        author, body=TEXT, title="How do I clean the filter?", seconds=60, address="", lang="en"
    ):
        opened_at = None if seconds is None else now() - timedelta(seconds=seconds)
        draft = asking.Draft(
            title=title,
            text=prepare(body),
            product_id=product.id,
            lang=lang,
            sending=Sending(opened_at=opened_at, address=address),
        )
        return asking.ask(author, draft)

    return _send


@pytest.fixture
def hits():
    """The checks that hit a post."""

    def _hits(post):
        return [hit.check for hit in checks.hits_of(post.id)]

    return _hits


def watch(pattern, act, **facts):
    transaction(lambda: db.session.add(WatchedWord(pattern=pattern, act=act, **facts)))()


def set_check(make, key, **facts):
    return checking.set_check(make.moderator(), key, checking.Change(**facts))


def waiting_item(post):
    return db.session.query(Item).filter_by(post_id=post.id, kind=ItemKind.HELD).one()


def decide(make, post, decision, **facts):
    item = waiting_item(post)
    ruling = Ruling(item_id=item.id, version=item.version, decision=decision, **facts)
    return queueing.decide(make.moderator(), ruling)


# Each check: what it hits, and what it only nearly hits.


def test_first_posts_wait_only_if_moderators_want_that(make, send):
    assert not send(make.member()).is_held
    set_check(make, "first-posts", is_on=True, numbers={"posts": 1})
    ann = make.member()
    make.question(ann)
    assert not send(ann, "Which descaler is the right one?").is_held
    assert send(make.member(), "Where can I buy a new cord?").is_held


def test_a_newcomer_with_three_links_waits_and_with_two_does_not(make, send, hits):
    ann = make.member()
    assert hits(send(ann, f"{TEXT} {LINKS}")) == ["links"]
    assert hits(send(make.member(), "Only two https://one.example https://two.example here")) == []


def test_a_newcomer_with_two_pictures_waits_and_with_one_does_not(make, send, hits):
    one = f"![a](/uploads/{'a' * 32}.png)"
    other = f"![b](/uploads/{'b' * 32}.png)"
    assert hits(send(make.member(), f"{TEXT} {one} {other}")) == ["images"]
    assert hits(send(make.member(), f"Here is what it looks like: {one}")) == []


def test_a_newcomer_who_mentions_three_waits_and_two_does_not(make, send, hits):
    names = [make.member().handle for _ in range(3)]
    said = " ".join(f"@{name}" for name in names)
    assert hits(send(make.member(), f"{TEXT} {said}")) == ["mentions"]
    assert hits(send(make.member(), f"Do you know? @{names[0]} @{names[1]} please")) == []


@pytest.mark.parametrize(("seconds", "held"), [(1, True), (None, True), (4, False)])
def test_what_is_sent_faster_than_a_person_writes_waits(make, send, seconds, held):
    assert send(make.member(), seconds=seconds).is_held is held


def test_the_same_text_again_waits_and_another_one_does_not(make, send, hits):
    ann = make.member()
    send(ann)
    assert hits(send(ann, TEXT.upper() + "!!", title="How do I clean the filter")) == [
        "same-text",
        "capitals",
    ]
    assert hits(send(ann, "Which descaler do you recommend for hard water in the south?")) == []


def test_nearly_the_same_long_text_of_another_member_waits(make, send, hits):
    long = f"{TEXT} I wrote to the shop two times and nobody answered me, so what can I do now?"
    send(make.member(), long, title="Leaking kettle, what now?")
    again = send(make.member(), long.replace("two", "three"), title="Leaking kettle, what now?")
    assert hits(again) == ["same-text"]
    short = "I have the same problem with mine."
    send(make.member(), short, title="Same problem with mine here")
    assert hits(send(make.member(), short, title="Same problem with mine here")) == []


def test_the_third_post_of_newcomers_that_leads_to_a_site_waits(make, send, hits):
    texts = ("Found this.", "Look at that one, it helped me.", "My uncle recommends the shop.")
    found = [hits(send(make.member(), f"{text} {HOST} really")) for text in texts]
    assert found == [[], [], ["same-site"]]
    assert hits(send(make.member(), "Another https://other.example/ shop is fine")) == []


def test_capitals_are_noted_and_hold_nobody(make, send, hits):
    shouted = send(
        make.member(), "MY KETTLE IS BROKEN AND NOBODY ANSWERS ME", title="HELP ME PLEASE NOW"
    )
    assert hits(shouted) == ["capitals"]
    assert not shouted.is_held
    assert hits(send(make.member(), "My kettle says ERROR E5 and nothing more happens.")) == []


@pytest.mark.parametrize(
    ("said", "held"),
    [
        ("Call me: 612 345 678", True),
        ("Call me: +34 900 123 456", True),
        ("Call us at 1-800-356-9377 now", True),
        ("Call me: (212) 736-5000", True),
        ("My order is 112345678 of 2024-11-20", False),
        ("In London they say +44 20 7946 0958", False),
    ],
)
def test_telephone_numbers_wait(make, send, said, held):
    assert send(make.member(), f"{said}. The lid leaks since.").is_held is held


def test_three_new_accounts_from_one_address_are_noted(make, send, hits):
    bodies = ("The lid leaks.", "The cord is short.", "It smells of plastic.", "It hums loudly.")
    found = [hits(send(make.member(), f"{each} Why?", address="192.0.2.7")) for each in bodies[:3]]
    assert found == [[], [], ["one-address"]]
    assert hits(send(make.member(), f"{bodies[3]} Why?", address="192.0.2.8")) == []


def test_addresses_are_kept_as_keyed_hashes_and_with_an_end(make, send):
    send(make.member(), address="192.0.2.7")
    kept = db.session.query(AddressTrace).one()
    assert "192.0.2.7" not in kept.address_key
    assert re.fullmatch("[0-9a-f]{32}", kept.address_key)
    assert now() < kept.ends_at <= now() + timedelta(days=30)


def test_two_addresses_of_one_home_are_one(make, send, hits):
    for number, body in enumerate(("The lid leaks.", "The cord is short.", "It smells.")):
        post = send(make.member(), f"{body} Why?", address=f"2001:db8:1:2::{number + 1}")
    assert hits(post) == ["one-address"]


def test_the_sixth_question_of_a_day_waits(make, send):
    ann = make.member()
    about = ("lid", "cord", "handle", "filter", "button", "base")
    held = [send(ann, f"What about the {each} of model {each}?").is_held for each in about]
    assert held == [False] * 5 + [True]


@pytest.mark.parametrize("who", ["staff", "moderator", "admin"])
def test_nothing_that_staff_write_is_checked(make, send, hits, who):
    assert hits(send(getattr(make, who)(), f"{TEXT} {LINKS}", seconds=0)) == []


def test_who_is_trusted_may_put_in_more_links(make, send, hits):
    assert hits(send(make.member(trust_level=Level.BASIC), f"{TEXT} {LINKS}")) == []


# Modes and counters.


def test_a_check_may_refuse_and_the_hit_is_counted_all_the_same(make, send):
    set_check(make, "links", mode=Mode.REFUSE)
    with pytest.raises(Refused, match="3 links to other sites"):
        send(make.member(), f"{TEXT} {LINKS}")
    assert checks.settings()["links"].hits == 1
    assert db.session.query(CheckHit).one().post_id is None


def test_a_check_that_is_off_hits_nothing(make, send, hits):
    set_check(make, "links", is_on=False)
    assert hits(send(make.member(), f"{TEXT} {LINKS}")) == []


def test_an_approved_post_counts_against_the_check_that_held_it(make, send):
    post = send(make.member(), f"{TEXT} {LINKS}")
    decide(make, post, Decision.APPROVE)
    links = checks.settings()["links"]
    assert (links.hits, links.overturned) == (1, 1)


# What a held post is, and what becomes of it.


def test_a_held_post_has_a_measure_and_a_place_in_the_queue(make, send):
    post = send(make.member(), f"{TEXT} {LINKS}")
    assert post.hidden_as == HiddenAs.HELD
    measure = db.session.query(Measure).one()
    assert measure.act == MeasureAct.HOLD
    assert measure.decided_by_automation
    assert "3 links to other sites" in measure.facts
    assert "3 links to other sites" in explaining.why(waiting_item(post))


def test_the_reason_is_said_in_the_language_of_the_author(make, send):
    send(make.member(language="es"), f"{TEXT} {LINKS}")
    assert "tiene 3 enlaces a otros sitios" in db.session.query(Measure).one().facts


def reactions():
    """What is due in the background, by name, but for what the measure itself causes."""
    names = {job.name for job in db.session.query(Job)}
    return {name for name in names if name.endswith(("relate_new_question", "tell_of_question"))}


def test_a_held_question_emits_nothing_until_it_is_approved(make, send):
    post = send(make.member(), f"{TEXT} {LINKS}")
    assert reactions() == set()
    decide(make, post, Decision.APPROVE)
    assert "community.questions.reactions.relate_new_question" in reactions()


def test_an_approved_question_is_published_as_if_posted_now(make, send, client, run_jobs):
    with as_if_it_were(now() - timedelta(days=1)):
        post = send(make.member(), f"{TEXT} {LINKS}")
    decide(make, post, Decision.APPROVE)
    run_jobs()
    assert post.is_visible
    assert post.created_at > now() - timedelta(minutes=1)
    assert post.active_at == post.created_at
    assert client.get(f"/questions/{post.id}/{post.slug}").status_code == 200
    assert "How do I clean the filter?" in client.get("/questions").text
    assert "How do I clean the filter?" in client.get("/search?q=kettle").text


def test_an_approved_answer_counts_and_its_asker_hears_of_it(make, log_in, run_jobs):
    question = make.question()
    draft = answering.ReplyDraft(
        text=prepare(f"{TEXT} {LINKS}"), sending=Sending(opened_at=now() - timedelta(minutes=1))
    )
    reply = answering.answer(make.member("ben"), question, draft)
    run_jobs()
    assert make.fresh(question).answer_count == 0
    assert "Ben" not in log_in(question.author).get("/notifications").text
    decide(make, reply, Decision.APPROVE)
    run_jobs()
    assert make.fresh(question).answer_count == 1
    assert "Ben" in log_in(question.author).get("/notifications").text


def test_a_rejected_post_stays_away_and_its_author_reads_why(make, send, log_in):
    post = send(make.member("ann"), f"{TEXT} {LINKS}")
    decide(make, post, Decision.REJECT, note="This is advertising.")
    post = make.fresh(post)
    assert post.hidden_as == HiddenAs.REMOVED
    removal = db.session.query(Measure).filter_by(act=MeasureAct.REMOVE).one()
    assert removal.facts == "This is advertising."
    assert "This is advertising." in log_in(post.author).get(f"/measures/{removal.id}").text


def test_an_edit_that_adds_links_lets_the_post_wait(make, log_in):
    ann = make.member()
    question = make.question(ann)
    page = {"title": question.title, "body": f"{TEXT} {LINKS}", "tags": "", "version": "1"}
    log_in(ann).post(f"/questions/{question.id}/edit", data=page)
    question = make.fresh(question)
    assert question.is_held
    asked_at = question.created_at
    decide(make, question, Decision.APPROVE)
    question = make.fresh(question)
    assert question.is_visible
    assert question.created_at == asked_at


# Words.


def test_a_refused_word_refuses_and_a_part_of_a_word_does_not(make, send):
    watch("viagra", WordAct.REFUSE)
    with pytest.raises(Refused):
        send(make.member(), "Buy Viagra today, everybody, in this shop of ours.")
    assert send(make.member(), "The viagraphic print on the lid is gone.").is_visible


def test_a_held_word_holds_in_its_language_only(make, send):
    watch("gratis", WordAct.HOLD, language="es")
    assert send(make.member(), "Todo es gratis en nuestra tienda.", lang="es").is_held
    assert not send(make.member(), "They say gratis here, what is it?", lang="en").is_held


def test_a_flagged_word_puts_a_public_post_into_the_queue(make, send):
    watch("lawsuit", WordAct.FLAG)
    post = send(make.member(), "I think about a lawsuit against you.")
    assert post.is_visible
    assert db.session.query(Item).filter_by(post_id=post.id, kind=ItemKind.FLAG).one()


def test_a_word_adds_its_tag(make, send):
    watch("leak*", WordAct.TAG, instead="leaks")
    db.session.refresh(post := send(make.member()), ["tags"])
    assert [tag.slug for tag in post.tags] == ["leaks"]


def test_a_word_is_censored_and_another_replaced_before_it_is_shown(make, log_in):
    watch("damn", WordAct.CENSOR)
    watch("kettel", WordAct.REPLACE, instead="kettle")
    question, ben = make.question(), make.member()
    log_in(ben).post(
        f"/questions/{question.id}/answers", data={"body": "The damn kettel, **DAMN** it!"}
    )
    page = log_in(make.member()).get(f"/questions/{question.id}/{question.slug}").text
    assert "The ■■■■ kettle, <strong>■■■■</strong> it!" in page


# The time in the form.


def test_a_form_says_when_it_was_opened_and_nobody_can_change_that(app):
    opened = now().replace(microsecond=0) - timedelta(minutes=3)
    key = once.new_key(opened)
    assert once.opened_at(key) == opened
    earlier = key.replace(str(int(opened.timestamp())), str(int(opened.timestamp()) - 60))
    assert once.opened_at(earlier) is None
    assert once.opened_at("one") is None


def test_a_form_that_is_shown_again_was_opened_when_it_was_opened_first(make, log_in):
    product, ann = make.product(), make.member()
    key = once.new_key(now() - timedelta(minutes=5))
    page = log_in(ann).post(
        f"/questions/new/{product.slug}/none",
        data={
            "title": "Too short",
            "body": TEXT,
            "kind": "question",
            "lang": "en",
            "submission_key": key,
        },
    )
    again = re.search(r'name="submission_key" value="([^"]+)"', page.text)[1]
    assert again != key
    assert once.opened_at(again) == once.opened_at(key)


def test_the_checks_look_at_what_comes_through_a_form(make, log_in):
    question, ben = make.question(), make.member()
    sent = log_in(ben).post(
        f"/questions/{question.id}/answers", data={"body": f"{TEXT} {LINKS}"}, follow_redirects=True
    )
    assert "waiting for review" in sent.text
    assert db.session.query(Check).filter_by(key="links").one().hits == 1
    assert holding.SCORE > 0
