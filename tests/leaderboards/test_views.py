import pytest

from community.leaderboards import reactions


def test_a_guest_sees_who_helps_most(make, client):
    kettle, _other = make.product("Kettle"), make.product("Pan")
    answer = make.voted(make.answer(make.question(product=kettle)))
    reactions.work_out()
    name = answer.author.name
    assert name in client.get("/leaderboards").text
    assert name in client.get("/leaderboards?span=all&product=kettle").text
    assert name not in client.get("/leaderboards?span=all&product=pan").text


def test_only_the_first_board_is_for_search_engines(make, client):
    make.product("Kettle")
    assert "noindex" not in client.get("/leaderboards").text
    assert "noindex" in client.get("/leaderboards?span=week").text


@pytest.mark.parametrize("query", ["?span=never", "?product=gone", "?span=&product="])
def test_an_odd_address_shows_the_first_board(client, query):
    page = client.get(f"/leaderboards{query}")
    assert page.status_code == 200
    assert "Nobody yet" in page.text


def test_a_member_opts_out_in_the_settings(make, log_in):
    ann = make.member("ann")
    page = log_in(ann)
    assert "joins_leaderboards" in page.get("/settings").text
    filled = {"name": "Ann", "language": "en", "time_zone": "UTC", "theme": "auto"}
    page.post("/settings", data=filled)
    assert make.fresh(ann).joins_leaderboards is False
    page.post("/settings", data=filled | {"joins_leaderboards": "y"})
    assert make.fresh(ann).joins_leaderboards is True


def test_the_page_takes_as_many_statements_for_one_place_as_for_ten(make, client, count_queries):
    counts = []
    for number in (1, 9):
        for _number in range(number):
            make.voted(make.answer())
        reactions.work_out()
        client.get("/leaderboards")
        with count_queries() as sql:
            client.get("/leaderboards")
        counts.append(len(sql))
    assert counts[0] == counts[1] <= 3
