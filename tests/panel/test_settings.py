"""Settings in the panel: found, changed, refused, recorded, put back."""

import re

import pytest
from sqlalchemy import select

from community.core import settings
from community.core.audit import Act
from community.core.db import db, transaction
from community.core.errors import Conflict, Forbidden
from community.core.settings import known
from community.panel.queries.settings import changeable, explained
from community.panel.services import settling
from community.panel.values import read

VOTES = known["votes_up_a_day"]


@pytest.fixture
def admin(make):
    return make.admin("ada")


@pytest.fixture
def panel(log_in, admin):
    return log_in(admin)


def acts():
    return db.session.scalars(select(Act).where(Act.name == "setting-change")).all()


def test_every_setting_is_on_the_page_with_its_meaning(panel):
    page = panel.get("/admin/settings").text
    missing = [each.name for each in changeable() if f'name="{each.name}"' not in page]
    assert missing == []
    assert 'name="brand_logo"' not in page


def test_the_page_explains_settings_in_spanish_too(panel, app):
    page = panel.get("/admin/settings?lang_ui=es").text
    assert "Votos a favor que un miembro puede dar en 24 horas." in page
    with app.test_request_context("/?lang_ui=es"):
        english = [each.name for each in changeable() if explained(each) == str(each.meaning)]
    assert [name for name in english if not name.startswith("trust_")] == []


def test_search_finds_by_name_and_by_meaning(panel):
    for words in ("votes_up_a_day", "VOTES up", "cast 24 hours"):
        assert 'name="votes_up_a_day"' in panel.get(f"/admin/settings?q={words}").text
    page = panel.get("/admin/settings?q=zeppelin").text
    assert "No setting matches" in page
    assert 'name="votes_up_a_day"' not in page


def test_a_change_is_in_force_and_in_the_log(panel, admin):
    sent = {"votes_up_a_day": "33", "seen-votes_up_a_day": "20"}
    answer = panel.post("/admin/settings", data=sent)
    assert answer.status_code == 303
    assert VOTES.get() == 33
    assert [(act.actor_id, act.before, act.after) for act in acts()] == [(admin.id, 20, 33)]
    log = re.sub(r"<[^>]+>", "", panel.get("/admin/settings/log").text)
    assert "votes_up_a_day" in log
    assert "Ada" in log
    assert re.search(r"20\s*→\s*to33", log)


def test_what_is_left_as_it_was_leaves_no_trace(panel):
    panel.post("/admin/settings", data={"votes_up_a_day": "20", "seen-votes_up_a_day": "20"})
    assert acts() == []


def test_one_wrong_value_changes_nothing_and_stays_in_its_field(panel):
    sent = {"votes_up_a_day": "33", "seen-votes_up_a_day": "20"}
    sent |= {"votes_down_a_day": "many", "seen-votes_down_a_day": "10"}
    answer = panel.post("/admin/settings", data=sent)
    assert answer.status_code == 422
    assert "votes_down_a_day is a whole number from 0 to 1000000." in answer.text
    assert 'value="many"' in answer.text
    assert 'value="33"' in answer.text
    assert acts() == []


def test_two_admins_do_not_overwrite_each_other(panel):
    transaction(VOTES.put)(25)
    answer = panel.post(
        "/admin/settings", data={"votes_up_a_day": "33", "seen-votes_up_a_day": "20"}
    )
    assert answer.status_code == 409
    assert "Somebody changed votes_up_a_day to 25 meanwhile." in answer.text
    assert VOTES.get() == 25


def test_a_change_is_put_back_from_the_log(panel, admin):
    settling.change(admin, {"votes_up_a_day": settling.Wish(33, "20")})
    (act,) = acts()
    assert "Put back" in panel.get("/admin/settings/log?name=votes_up_a_day").text
    assert panel.post(f"/admin/settings/log/{act.id}/undoing").status_code == 303
    assert VOTES.get() == 20
    assert [(each.after, each.reason) for each in acts()] == [(33, ""), (20, f"#{act.id}")]
    assert panel.post(f"/admin/settings/log/{act.id}/undoing").status_code == 409


def test_only_admins_change_settings(make, admin):
    with pytest.raises(Forbidden):
        settling.change(make.moderator(), {"votes_up_a_day": settling.Wish(33, "20")})
    settling.change(admin, {"votes_up_a_day": settling.Wish(33, "20")})
    with pytest.raises(Forbidden):
        settling.put_back(make.moderator(), acts()[0])
    assert VOTES.get() == 33


def test_a_stale_memory_of_this_process_does_not_hide_a_change(admin):
    assert VOTES.get() == 20
    kept = settings._kept
    transaction(VOTES.put)(25)
    settings._kept = kept  # As another process has it, for two more seconds.
    with pytest.raises(Conflict):
        settling.change(admin, {"votes_up_a_day": settling.Wish(33, "20")})


@pytest.mark.parametrize(
    ("default", "text", "value"),
    [(1.5, "2,5", 2.5), (1.5, "0.7", 0.7), (True, "off", False), (False, " ON ", True)],
)
def test_fractions_and_switches_are_read_as_people_write_them(default, text, value):
    setting = settings.Setting("test_value", default, "For tests.")
    del known["test_value"]
    assert read(setting, text) == value


def test_the_page_takes_the_same_statements_however_much_was_changed(panel, admin, count_queries):
    panel.get("/admin/settings")
    with count_queries() as before:
        panel.get("/admin/settings")
    wishes = {
        name: settling.Wish(7, str(known[name].get()))
        for name in list(known)
        if name.endswith("a_day")
    }
    settling.change(admin, wishes)
    panel.get("/admin/settings")
    with count_queries() as after:
        panel.get("/admin/settings")
    assert len(after) <= len(before) + 1
