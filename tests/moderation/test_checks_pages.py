"""The pages of checks, words and the spam filter, and who sees what waits."""

from datetime import timedelta

import pytest

from community.core.clock import now
from community.core.db import db, transaction
from community.members.models import Member
from community.moderation import explaining, nights
from community.moderation.models.items import Decision, Item
from community.moderation.models.learning import SpamLesson
from community.moderation.models.words import WatchedWord
from community.moderation.queries import checks, learning
from community.moderation.rulings import Ruling
from community.moderation.services import queueing, teaching
from community.moderation.submissions import Sending
from community.moderation.watching.patterns import WordAct
from community.posts.models import Post
from community.posts.texts import prepare
from community.questions.services import answering, asking

LINKS = " ".join(f"https://shop{number}.example.org/" for number in range(3))
SECRET = "Zanzibarian kettles are the cheapest"
PAGES = ("/moderation/checks", "/moderation/words", "/moderation/spam-filter")


@pytest.fixture
def held(make):
    """A question and an answer that wait for review, of ann."""
    ann, question = make.member("ann"), make.question()
    sending = Sending(opened_at=now() - timedelta(minutes=1))
    draft = asking.Draft(
        title=SECRET,
        text=prepare(f"{SECRET} {LINKS} @{question.author.handle}"),
        product_id=question.product_id,
        tags=("zanzibar",),
        sending=sending,
    )
    text = prepare(f"Look: {SECRET} {LINKS} @{question.author.handle}")
    reply = answering.ReplyDraft(text=text, sending=sending)
    return asking.ask(ann, draft), answering.answer(ann, question, reply)


@pytest.mark.parametrize("page", PAGES)
def test_only_moderators_open_the_pages(make, log_in, client, page):
    assert client.get(page).status_code in {302, 303}
    assert log_in(make.member()).get(page).status_code == 403
    assert log_in(make.moderator()).get(page).status_code == 200


def test_nobody_else_sees_what_waits(make, held, client, log_in, run_jobs):
    question, answer = held
    run_jobs()
    asker = db.session.get(Member, db.session.get(Post, answer.question_id).author_id)
    profile = f"/members/{question.author.id}/ann"
    places = ["/", "/questions", "/tags", "/search?q=zanzibarian", profile]
    places += [f"{profile}?tab=answers", "/questions?state=needs-attention"]
    places += [f"/questions/{answer.question_id}/how-do-i-clean-the-filter", "/sitemap.xml"]
    for visitor in (client, log_in(asker)):
        for place in (*places, "/notifications"):
            assert "Zanzibar" not in visitor.get(place, follow_redirects=True).text, place
        assert visitor.get(f"/questions/{question.id}/{question.slug}").status_code == 404
        assert visitor.get(f"/posts/{answer.id}/history").status_code == 404
        assert visitor.get(f"/answers/{answer.id}").status_code == 404


def test_the_author_sees_it_on_the_thread_and_on_the_profile(held, log_in):
    question, _answer = held
    visitor = log_in(question.author)
    thread = visitor.get(f"/questions/{question.id}/{question.slug}")
    assert "Waiting for review" in thread.text
    profile = visitor.get(f"/members/{question.author.id}/ann", follow_redirects=True).text
    assert profile.count(SECRET) >= 2
    assert "Waiting for review" in profile


def test_the_author_is_told_when_it_is_published(make, held, log_in, run_jobs):
    question, _answer = held
    item = db.session.query(Item).filter_by(post_id=question.id).one()
    ruling = Ruling(item_id=item.id, version=item.version, decision=Decision.APPROVE)
    queueing.decide(make.moderator(), ruling)
    run_jobs()
    page = log_in(question.author).get("/notifications").text
    assert "was read by a moderator and is online now" in page


def test_checks_are_set_and_read_again(make, log_in):
    visitor = log_in(make.moderator())
    page = visitor.get("/moderation/checks").text
    assert "First posts" in page
    sent = {f"{key}-mode": setting.mode for key, setting in checks.settings().items()}
    sent |= {"first-posts-on": "y", "first-posts-posts": "4", "links-mode": "refuse"}
    assert visitor.post("/moderation/checks", data=sent).status_code == 303
    now_set = checks.settings()
    assert (now_set["first-posts"].is_on, now_set["first-posts"].numbers) == (True, {"posts": 4})
    assert (now_set["links"].is_on, now_set["links"].mode) == (False, "refuse")


def test_a_number_that_does_not_fit_is_refused_and_stays_in_the_form(make, log_in):
    sent = {"links-most": "9999", "links-on": "y"}
    page = log_in(make.moderator()).post("/moderation/checks", data=sent)
    assert page.status_code == 422
    assert 'value="9999"' in page.text
    assert checks.settings()["links"].numbers == {"most": 2}


def test_a_word_is_tried_on_the_last_posts_before_it_is_saved(make, log_in):
    make.question(title="Where is my parcel now?", body="The parcel came without the lid.")
    sent = {"pattern": "parcel*", "act": "hold", "shape": "word", "do": "try"}
    page = log_in(make.moderator()).post("/moderation/words", data=sent)
    assert "<mark>parcel</mark>" in page.text
    assert "It would have found 1 of the last posts" in page.text
    assert db.session.query(WatchedWord).count() == 0


def test_a_catastrophic_pattern_ends_at_once(make, log_in):
    make.question(body="a" * 5000 + "!")
    sent = {"pattern": "(a+)+$", "act": "hold", "shape": "regex", "do": "try"}
    page = log_in(make.moderator()).post("/moderation/words", data=sent)
    assert page.status_code == 200


def test_words_are_added_taken_along_and_brought_back(make, log_in):
    visitor = log_in(make.moderator())
    sent = {
        "pattern": "cheap *",
        "act": "replace",
        "instead": "dear",
        "do": "add",
        "language": "en",
    }
    assert visitor.post("/moderation/words", data=sent).status_code == 303
    text = visitor.get("/moderation/words.txt").text
    assert "cheap *\treplace\ten\tdear" in text
    word = db.session.query(WatchedWord).one()
    assert visitor.post(f"/moderation/words/{word.id}/removal").status_code == 303
    assert db.session.query(WatchedWord).count() == 0
    visitor.post("/moderation/words/import", data={"text": f"{text}casino\n/c[a4]sh/\n"})
    kept = {each.pattern: each for each in db.session.query(WatchedWord)}
    assert kept.keys() == {"cheap *", "casino", "c[a4]sh"}
    assert (kept["c[a4]sh"].is_regex, kept["casino"].act) == (True, WordAct.HOLD)


def test_a_line_that_cannot_be_used_is_named_and_nothing_is_added(make, log_in):
    sent = {"text": "casino\n/(/\n"}
    page = log_in(make.moderator()).post("/moderation/words/import", data=sent)
    assert page.status_code == 422
    assert "Line 2" in page.text
    assert db.session.query(WatchedWord).count() == 0


@transaction
def teach(posts, is_spam):
    for post in posts:
        db.session.add(SpamLesson(post_id=post.id, is_spam=is_spam))


def test_the_filter_is_silent_until_there_are_enough_decisions_of_each_kind(make):
    teach([make.question(body="Cheap watches for all, buy now.")], is_spam=True)
    assert nights.learn() is False
    assert learning.weights() is None


def test_the_filter_learns_holds_and_says_how_good_it_is(make, log_in):
    make.set(teaching.NEEDED, 10)
    product = make.product()
    asked = {"title": "Where can I read more of it?", "product": product}
    watches = [f"Buy cheap replica watches in our shop number {n}, best price" for n in range(15)]
    kettles = [f"My kettle of type {n} leaks at the lid, what can I do" for n in range(15)]
    teach([make.question(body=each, **asked) for each in watches], is_spam=True)
    teach([make.question(body=each, **asked) for each in kettles], is_spam=False)
    assert nights.learn() is True
    draft = asking.Draft(
        title="Where can I read about it?",
        text=prepare("Best price for cheap replica watches, buy them here"),
        product_id=product.id,
        sending=Sending(opened_at=now() - timedelta(minutes=1)),
    )
    post = asking.ask(make.member(), draft)
    assert [hit.check for hit in checks.hits_of(post.id)] == ["spam"]
    assert post.is_held
    assert "watches" in explaining.why(db.session.query(Item).one())
    assert "Precision" in log_in(make.moderator()).get("/moderation/spam-filter").text
