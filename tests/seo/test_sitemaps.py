"""Sitemaps: what is in them, in which parts, when they are written anew, how they are sent."""

import gzip
from datetime import UTC, datetime, timedelta

import pytest
from lxml import etree
from sqlalchemy import inspect, select

from community.core import clock
from community.core.db import db
from community.products.models import Tag
from community.questions.services import solving
from community.seo import crawlers
from community.seo.queries import sitemaps as queries
from community.seo.sitemaps import building, shelf
from tests.factories import keep

BASE = "http://localhost:8000"
SPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


@pytest.fixture
def solved(make):
    def _solved(**facts):
        question = make.question(**facts)
        solving.accept(question.author, question, make.answer(question))
        return make.fresh(question)

    return _solved


def again(thing):
    """Read a thing anew: the build ends what was read before it."""
    return db.session.get(type(thing), inspect(thing).identity)


def change(thing, **facts):
    """Change columns of a row, as a service would."""
    thing = again(thing)
    for name, value in facts.items():
        setattr(thing, name, value)
    keep(thing)


def entries(client, where="/sitemap.xml", inside="sitemap"):
    """Return {address: lastmod} of a sitemap or the index, as a parser of XML reads them."""
    root = etree.fromstring(client.get(where).data)
    return {
        each.findtext("s:loc", namespaces=SPACE): each.findtext("s:lastmod", namespaces=SPACE)
        for each in root.findall(f"s:{inside}", SPACE)
    }


def pages(client):
    """Return {address: lastmod} of everything that the sitemaps lead to."""
    found = {}
    for part in entries(client):
        more = entries(client, part.removeprefix(BASE), "url")
        assert not found.keys() & more.keys()
        found |= more
    return found


def test_the_index_leads_to_every_page_worth_finding_and_to_no_other(make, client, solved):
    ann = make.member("ann", trust_level=1)
    question, bare = solved(author=ann, tags=("sand",)), make.question(author=ann)
    hidden, gone, merged = solved(author=ann), solved(author=ann), solved(author=ann)
    make.hidden(hidden)
    gone.deleted_at = gone.created_at
    make.keep(gone)
    merged.merged_into_id = question.id
    make.keep(merged)
    building.build_all()
    question, bare = again(question), again(bare)
    found = pages(client)
    assert f"{BASE}/questions/{question.id}/{question.slug}" in found
    assert not [each for each in found if each.endswith(f"/{bare.slug}") and str(bare.id) in each]
    assert sum("/questions/" in each for each in found) == 1
    assert sum("/members/" in each for each in found) == 1
    for where in ("/", "/questions", "/tags", "/tags/sand", f"/members/{question.author_id}/ann"):
        assert BASE + where in found
    assert all(client.get(each.removeprefix(BASE)).status_code == 200 for each in found)
    assert not any("noindex" in client.get(each.removeprefix(BASE)).text for each in found)


def test_the_date_is_that_of_the_content(make, client, solved):
    with clock.as_if_it_were(datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)):
        question = solved()
    make.voted(question)
    building.build_all()
    address = f"{BASE}/questions/{question.id}/{question.slug}"
    assert pages(client)[address] == "2026-01-02T03:04:05+00:00"
    part = f"{BASE}/sitemaps/questions-0.xml"
    assert entries(client)[part] == "2026-01-02T03:04:05+00:00"


def test_a_part_holds_its_range_and_never_more(make, client, solved, monkeypatch):
    monkeypatch.setattr(queries, "PORTION", 4)
    questions = [solved() for _ in range(5)]
    building.build_all()
    parts = [each for each in entries(client) if "/questions-" in each]
    assert len(parts) > 2
    held = [entries(client, each.removeprefix(BASE), "url") for each in parts]
    assert all(0 < len(each) <= 4 for each in held)
    assert sum(map(len, held)) == len(questions)


def test_catching_up_writes_only_what_changed(make, client, solved, monkeypatch):
    monkeypatch.setattr(queries, "PORTION", 4)
    monkeypatch.setattr(building, "OVERLAP", timedelta())
    with clock.as_if_it_were(clock.now() - timedelta(hours=1)):
        first, second = solved(), solved()
        second_author = second.author
    building.catch_up()
    first, second = again(first), again(second)
    before = {name: part.built_at for name, part in shelf.parts().items()}
    make.edited(second, by=again(second_author))
    building.catch_up()
    changed = {name for name, part in shelf.parts().items() if before.get(name) != part.built_at}
    assert {each for each in changed if each.startswith("questions")} == {
        f"questions-{second.id // 4}"
    }
    assert f"{BASE}/questions/{first.id}/{first.slug}" in pages(client)


def test_what_becomes_worth_finding_comes_with_the_next_build(make, client):
    question = make.question()
    answer = make.answer(question)
    address = f"{BASE}/questions/{question.id}/{question.slug}"
    building.catch_up()
    assert address not in pages(client)
    asker = question.author
    solving.accept(again(asker), again(question), again(answer))
    building.catch_up()
    assert address in pages(client)
    solving.take_back_solution(again(asker), again(question), again(answer))
    building.catch_up()
    assert address not in pages(client)


def test_what_is_worth_finding_no_more_for_lack_of_votes_goes_within_minutes(make, client):
    question, before = make.question(), make.question()
    addresses = [f"{BASE}/questions/{each.id}/{each.slug}" for each in (question, before)]
    for each in (question, before):
        change(each, indexable_since=clock.now())
    building.catch_up()
    assert set(addresses) <= pages(client).keys()
    with clock.as_if_it_were(clock.now() + timedelta(hours=1)):
        change(question, indexable_since=None)
        building.catch_up()
        assert addresses[0] not in pages(client)
        assert addresses[1] in pages(client)
        change(before, indexable_since=None)
        building.catch_up()
    assert not set(addresses) & pages(client).keys()


def test_members_who_left_and_tags_and_products_that_went_go_within_minutes(make, client):
    ann, kettle, mug = (
        make.member("ann", trust_level=1),
        make.product("Kettle"),
        make.product("Mug"),
    )
    make.question(ann, product=mug, tags=("sand",))
    gone = [f"/members/{ann.id}/ann", f"/products/{kettle.slug}", "/tags/sand"]
    building.catch_up()
    assert {BASE + each for each in gone} <= pages(client).keys()
    with clock.as_if_it_were(clock.now() + timedelta(hours=1)):
        change(ann, deleted_at=clock.now())
        change(kettle, merged_into_id=again(mug).id)
        change(db.session.scalar(select(Tag).where(Tag.slug == "sand")), question_count=0)
        building.catch_up()
    assert not {BASE + each for each in gone} & pages(client).keys()


def test_every_node_sends_what_the_worker_built(client, solved, app, monkeypatch, tmp_path):
    solved()
    building.build_all()
    first = client.get("/sitemaps/questions-0.xml")
    monkeypatch.setitem(app.config, "INSTANCE_FOLDER", tmp_path / "another-node")
    second = client.get("/sitemaps/questions-0.xml")
    assert (second.status_code, second.data) == (200, first.data)
    assert second.headers["ETag"] == first.headers["ETag"]
    (kept,) = shelf.folder().glob("questions-0.*.xml.gz")
    assert gzip.decompress(kept.read_bytes()) == first.data
    solved()
    building.build_all()
    assert client.get("/sitemaps/questions-0.xml").data != first.data
    assert not kept.exists()


def test_a_node_without_room_sends_them_all_the_same(client, solved, app, monkeypatch, tmp_path):
    solved()
    building.build_all()
    (tmp_path / "full").write_text("no folder")
    monkeypatch.setitem(app.config, "INSTANCE_FOLDER", tmp_path / "full")
    assert client.get("/sitemaps/questions-0.xml").status_code == 200


def test_what_the_disk_has_is_not_fetched_again(client, solved, count_queries):
    solved()
    building.build_all()
    client.get("/sitemaps/questions-0.xml")
    with count_queries() as statements:
        client.get("/sitemaps/questions-0.xml")
    assert not any("sitemap_parts.body" in each for each in statements)


def test_what_an_earlier_build_left_is_removed(client, solved):
    solved()
    building.build_all()
    long_ago = clock.now() - timedelta(days=1)
    shelf.keep("questions-77", ["<urlset/>"], shelf.Facts(long_ago))
    building.build_all()
    assert client.get("/sitemaps/questions-77.xml").status_code == 404
    assert client.get("/sitemaps/questions-0.xml").status_code == 200


def test_two_workers_do_not_build_at_once(solved):
    solved()
    with building._alone() as is_mine:
        assert is_mine
        assert building.build_all() == 0
    assert building.build_all() > 0


def test_before_the_first_build_robots_are_asked_for_patience(client):
    answer = client.get("/sitemap.xml")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "600"


def test_a_sitemap_is_sent_packed_and_only_when_it_changed(client, solved):
    solved()
    building.build_all()
    answer = client.get("/sitemaps/questions-0.xml", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.mimetype == "application/xml"
    plain = client.get("/sitemaps/questions-0.xml")
    assert gzip.decompress(answer.data) == plain.data
    again = client.get(
        "/sitemaps/questions-0.xml",
        headers={"Accept-Encoding": "gzip", "If-None-Match": answer.headers["ETag"]},
    )
    assert (again.status_code, again.data) == (304, b"")
    building.build_all()
    assert client.get("/sitemaps/questions-0.xml").headers["ETag"] == plain.headers["ETag"]
    solved()
    building.build_all()
    assert client.get("/sitemaps/questions-0.xml").headers["ETag"] != plain.headers["ETag"]


@pytest.mark.parametrize("name", ["..%2Fsecret", "index.json", "questions", "lock"])
def test_nothing_else_of_the_folder_is_sent(client, solved, name):
    solved()
    building.build_all()
    assert client.get(f"/sitemaps/{name}.xml").status_code == 404


def test_robots_are_told_where_the_sitemap_is_and_where_nothing_is(client):
    answer = client.get("/robots.txt")
    assert answer.mimetype == "text/plain"
    lines = answer.text.splitlines()
    assert f"Sitemap: {BASE}/sitemap.xml" in lines
    assert "Disallow: /login" in lines
    assert "Disallow: /" not in lines
    assert not any(line.startswith("Crawl-delay") for line in lines)


def test_admins_turn_crawlers_away_by_name_and_by_kind(client, make):
    make.set(crawlers.REFUSED, "AI-training, EvilBot,\nDisallow: /, , evil\r\nUser-agent: *")
    make.set(crawlers.DELAY, 5)
    first, _gap, rest = client.get("/robots.txt").text.partition("\n\n")
    refused = first.splitlines()
    assert refused[-1] == "Disallow: /"
    assert {"User-agent: GPTBot", "User-agent: CCBot", "User-agent: EvilBot"} <= set(refused)
    assert "User-agent: PerplexityBot" not in refused
    assert "User-agent: *" not in refused
    assert "Crawl-delay: 5" in rest.splitlines()
    assert "Disallow: /" not in rest.splitlines()


def test_python_s_own_reader_of_robots_understands_it(client, make):
    from urllib.robotparser import RobotFileParser  # noqa: PLC0415

    make.set(crawlers.REFUSED, "ai-answers")
    make.set(crawlers.DELAY, 3)
    reader = RobotFileParser()
    reader.parse(client.get("/robots.txt").text.splitlines())
    assert not reader.can_fetch("PerplexityBot", f"{BASE}/questions/1/x")
    assert reader.can_fetch("Googlebot", f"{BASE}/questions/1/x")
    assert not reader.can_fetch("Googlebot", f"{BASE}/login")
    assert reader.crawl_delay("bingbot") == 3
    assert reader.site_maps() == [f"{BASE}/sitemap.xml"]
