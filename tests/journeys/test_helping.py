"""A question from its first word to its solution, by four people with a browser each."""

import pytest

from community.site.samples import read
from tests.journeys.conftest import BOTH, PHONE

pytestmark = pytest.mark.parametrize("language", BOTH)

WRITTEN = {
    "en": {
        "like": "Espresso runs through in nine seconds",
        "title": "Espresso runs through in nine seconds since this morning",
        "body": "It took **thirty** until yesterday. Same beans, same grinder.",
        "first": "Look whether the small screw below the grinder came loose.",
        "official": "Send us the number below the tank and we replace the grinder.",
        "remark": "The screw it was, thank you!",
    },
    "es": {
        "like": "El espresso sale en nueve segundos",
        "title": "El espresso sale en nueve segundos desde esta mañana",
        "body": "Hasta ayer tardaba **treinta**. Los mismos granos, el mismo molino.",
        "first": "Mira si se aflojó el tornillo pequeño debajo del molino.",
        "official": "Envíanos el número que está debajo del depósito y cambiamos el molino.",
        "remark": "Era el tornillo, ¡gracias!",
    },
}


def ask(ana, words):
    """Ask by product and topic; see what is like it while typing; return the address."""
    page = ana.opens("/")
    page.get_by_role("banner").get_by_role("link", name=ana.says("Ask"), exact=True).click()
    page.get_by_role("main").get_by_role("link", name="Tostalba Uno").click()
    page.get_by_role("main").locator(".product-card__name").first.click()
    ana.settled()
    known = next(each for each in read(ana.forum.language)["threads"] if each["key"] == "pressure")
    page.locator("[name=title]").press_sequentially(words["like"])
    suggestion = page.locator("[data-similar-region]").get_by_role("link", name=known["title"])
    suggestion.wait_for()
    assert ana.says("Solved") in page.locator("[data-similar-region] li").first.inner_text()
    page.locator("[name=title]").fill(words["title"])
    page.locator("[name=body]").fill(words["body"])
    page.locator("[name=tags]").fill("espresso")
    ana.presses("Post your question")
    assert page.get_by_role("heading", level=1).inner_text() == words["title"]
    assert page.locator(".prose strong").first.inner_text() in words["body"]
    return page.url


def votes_up(person, text):
    """Say that an answer helps, without leaving the page; return the score it shows."""
    here = person.page.url
    answer = person.answer_with(text)
    answer.get_by_role("button", name=person.says("This helps"), exact=True).click()
    answer.locator("[aria-pressed=true]").wait_for()
    assert person.page.url == here
    return int(answer.locator("[data-score]").inner_text().split()[0])


def makes_official(person, text):
    answer = person.answer_with(text)
    answer.locator(".post__actions .menu summary").click()
    person.presses("Make it the official answer", answer)


def test_members_and_staff_solve_a_question_together(enters, language):
    words = WRITTEN[language]
    ana, bruno, carla, dora = (enters(name) for name in ("ana", "bruno", "carla", "dora"))
    guest = enters(**PHONE)
    address = ask(ana, words)
    guest.opens(address)
    guest.reads("Needs attention")
    bruno.opens(address)
    bruno.answers_in(words["first"])
    guest.opens(address)
    guest.reads("Responded")
    carla.opens(address)
    assert votes_up(carla, words["first"]) == 1
    ana.opens(address)
    ana.presses("This solved it", ana.answer_with(words["first"]))
    ana.reads("Solved")
    dora.opens(address)
    dora.answers_in(words["official"])
    makes_official(dora, words["official"])
    guest.opens(address)
    sees_solution_and_official(guest, words)


def sees_solution_and_official(guest, words):
    guest.reads("Solved")
    ribbons = [each.strip() for each in guest.page.locator(".answer__ribbon").all_inner_texts()]
    official = guest.says("Official answer of %(brand)s", brand="Tostalba")
    assert ribbons == [guest.says("Solution"), official]
    assert words["first"] in guest.page.locator(".answer").first.inner_text()
    assert "Support, Tostalba" in guest.answer_with(words["official"]).inner_text()
    assert guest.page.locator(".vote button").count() == 0


def test_an_asker_changes_their_mind_and_a_helper_asks_back(enters, language):
    words = WRITTEN[language]
    ana, bruno = enters("ana"), enters("bruno", **PHONE)
    address = ask(ana, words)
    bruno.opens(address)
    bruno.page.get_by_label(
        bruno.says("I need more details from the person who asked")
    ).last.check()
    bruno.answers_in(words["first"])
    bruno.reads("Needs details")

    ana.opens(address)
    ana.presses("This solved it", ana.answer_with(words["first"]))
    ana.page.locator(".answer--solution").wait_for()
    ana.reads("Solved")
    ana.follows("It does not solve it after all", ana.answer_with(words["first"]))
    ana.page.get_by_role("main").locator("form button[type=submit]").first.click()
    ana.page.locator(".answer--solution").wait_for(state="detached")

    comment = ana.answer_with(words["first"]).locator(".fold").first
    comment.locator("summary").click()
    comment.locator("textarea").fill(words["remark"])
    ana.presses("Send comment", comment)
    assert words["remark"] in ana.page.locator(".comments").inner_text()
    ana.reads("Needs attention")
