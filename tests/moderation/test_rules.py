"""The rules of the community, their versions, and accepting them."""

import pytest
from sqlalchemy import select

from community.core.db import db
from community.members.models import Member
from community.moderation import contacts
from community.moderation.models.rules import Acceptance, RulesVersion
from tests.factories import PASSWORD

NEW = {
    "english": "## Be kind\n\nAlways.",
    "spanish": "## Trata bien a los demás\n\nSiempre.",
    "summary_en": "Kindness is now always asked for.",
    "summary_es": "Ahora se pide siempre trato amable.",
    "is_material": "y",
    "follows": "1",
}


@pytest.mark.parametrize(("language", "heading"), [("en", "Be kind"), ("es", "Trata bien")])
def test_every_forum_begins_with_rules_in_both_languages(client, language, heading):
    page = client.get(f"/rules?lang_ui={language}")
    assert page.status_code == 200
    assert heading in page.text


def test_admins_write_new_rules_and_the_old_ones_stay(make, client, log_in):
    log_in(make.admin())
    assert client.post("/rules/edit", data=NEW).status_code == 303
    assert "Always." in client.get("/rules").text
    old = client.get("/rules/versions/1").text
    assert "These rules hold no longer" in old
    assert client.get("/rules/versions/3").status_code == 404


def test_a_version_that_somebody_else_replaced_is_not_written_over(make, client, log_in):
    log_in(make.admin())
    client.post("/rules/edit", data=NEW)
    again = client.post("/rules/edit", data=NEW | {"english": "Mine, kept."})
    assert again.status_code == 409
    assert "Mine, kept." in again.text
    assert db.session.query(RulesVersion).count() == 1


@pytest.mark.parametrize("lacks", ["english", "spanish", "summary_en", "summary_es"])
def test_rules_are_there_in_both_languages(make, client, log_in, lacks):
    log_in(make.admin())
    assert client.post("/rules/edit", data=NEW | {lacks: ""}).status_code == 422
    assert db.session.query(RulesVersion).count() == 0


def test_others_write_no_rules(make, client, log_in):
    assert log_in(make.moderator()).post("/rules/edit", data=NEW).status_code == 403
    assert log_in(make.member()).get("/rules/edit").status_code == 403


def test_members_are_asked_kindly_after_a_material_change_only(make, client, log_in):
    ann = make.member()
    log_in(make.admin())
    client.post("/rules/edit", data=NEW | {"is_material": ""})
    assert "Our rules have changed" not in log_in(ann).get("/questions").text
    log_in(make.admin())
    client.post("/rules/edit", data=NEW | {"follows": "2"})
    asked = log_in(ann).get("/questions").text
    assert "Kindness is now always asked for." in asked
    assert client.post("/rules/acceptance", data={"number": 2}).status_code == 409
    assert client.post("/rules/acceptance", data={"number": 3}).status_code == 303
    assert "Our rules have changed" not in client.get("/questions").text
    noted = db.session.scalar(select(Acceptance).where(Acceptance.member_id == ann.id))
    assert (noted.version_number, noted.occasion) == (3, "asked")


def test_who_registers_accepts_the_rules(client):
    assert "the rules of the community" in client.get("/register").text
    account = {"name": "Ann", "handle": "ann-lee", "email": "ann@example.org", "password": PASSWORD}
    assert client.post("/register", data=account).status_code == 303
    ann = db.session.scalar(select(Member).where(Member.handle == "ann-lee"))
    noted = db.session.scalar(select(Acceptance).where(Acceptance.member_id == ann.id))
    assert (ann.rules_accepted, noted.version_number, noted.occasion) == (1, 1, "registration")


def test_the_contact_points_are_those_of_the_settings(make, client):
    make.set(contacts.OF_AUTHORITIES, "dsa@example.org")
    make.set(contacts.OF_MEMBERS, "https://example.org/help")
    page = client.get("/contact").text
    assert 'href="mailto:dsa@example.org"' in page
    assert 'href="https://example.org/help"' in page
