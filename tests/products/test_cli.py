"""The commands for what people ask about."""

import pytest

from community.products import queries, services


@pytest.fixture
def run(app, make):
    make.admin()
    runner = app.test_cli_runner()
    return lambda *words: runner.invoke(args=["products", *words])


def test_a_product_with_topics_is_offered_and_listed(run):
    assert run("add", " Moka  One ", "--description", "Small.").output == "moka-one: Moka One\n"
    assert run("add-topic", "moka-one", "Water").exit_code == 0
    done = run("add-topic", "moka-one", "Limescale", "--under", "water")
    assert done.output == "moka-one/limescale: Limescale\n"
    listed = run("list").output
    assert "moka-one: Moka One" in listed
    assert "    limescale: Limescale" in listed


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["add", "  "], "1 to 60"),
        (["add", "🫖"], "1 to 60"),
        (["add", "x" * 61], "1 to 60"),
        (["add-topic", "nothing", "Water"], "no such product"),
        (["add-topic", "moka", "Water", "--under", "nothing"], "no such topic"),
        (["change", "nothing", "--name", "New"], "no such product"),
        (["change", "moka", "--name", " "], "1 to 60"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(run, words, said):
    run("add", "Moka")
    done = run(*words)
    assert done.exit_code == 1
    assert said in done.output


def test_two_products_of_one_name_are_refused_with_a_sentence(run):
    run("add", "Moka")
    done = run("add", "moka")
    assert done.exit_code == 1
    assert "Traceback" not in done.output


def test_there_is_no_third_level_of_topics(run):
    run("add", "Moka")
    run("add-topic", "moka", "Water")
    run("add-topic", "moka", "Limescale", "--under", "water")
    assert run("add-topic", "moka", "Vinegar", "--under", "limescale").exit_code == 1


def test_a_product_is_renamed_and_archived(run):
    run("add", "Moka")
    assert run("change", "moka", "--name", "Moka Two", "--archived").exit_code == 0
    assert queries.by_slug("moka").name == "Moka Two"
    assert "moka" not in run("list").output
    run("change", "moka", "--current")
    assert "moka: Moka Two" in run("list").output


def test_nobody_is_left_without_anything_to_ask_about(run):
    services.offer_at_least("Café Ñandú")
    services.offer_at_least("Another")
    assert [each.slug for each in queries.current()] == ["cafe-nandu"]
    run("change", "cafe-nandu", "--archived")
    services.offer_at_least("Café Ñandú")
    assert [each.slug for each in queries.current()] == ["cafe-nandu"]
