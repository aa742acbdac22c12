"""Inviting people by e-mail, and joining by the link."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from community.core import clock
from community.core.audit import Act
from community.core.db import db
from community.core.errors import Conflict, Forbidden, Gone, TooMany
from community.core.mail import Letter
from community.members import queries
from community.members.models import Invitation, Member, Role
from community.members.services import inviting, registering
from community.members.services.inviting import Wish
from community.members.services.registering import Registration

ANA = Registration(name="Ana", handle="ana", email="", password_hash="x")
FORM = {"name": "Ana", "handle": "ana", "password": "paper lantern over water"}


@pytest.fixture
def posted(monkeypatch):
    """The letters that left."""
    letters: list[Letter] = []
    monkeypatch.setattr("community.core.mail.deliver", letters.append)
    return letters


@pytest.fixture
def link(make, posted, run_jobs):
    """Invite an address and return the token of the link that came by mail: link(role=…)."""

    def _link(email="ana@example.com", inviter=None, **wish) -> str:
        inviting.invite(inviter or make.admin(), [email], Wish(**wish))
        run_jobs()
        return re.search(r"/invitation/(\S+)", posted[-1].text)[1]

    return _link


def the_invitation() -> Invitation:
    return db.session.scalar(select(Invitation).order_by(Invitation.id.desc()))


def test_the_mail_says_who_invites_in_the_language_chosen(link, posted, make):
    link(inviter=make.admin("rosa"), language="es", message="Ven, te espero.")
    assert posted[-1].to == "ana@example.com"
    assert posted[-1].subject.startswith("Rosa te invita")
    assert "Ven, te espero." in posted[-1].text


def test_a_link_makes_one_account_whose_address_is_confirmed(link):
    token = link()
    ana = inviting.accept(token, ANA)
    assert (ana.email, ana.email_confirmed_at is not None, ana.role) == (
        *("ana@example.com", True),
        Role.MEMBER,
    )
    with pytest.raises(Gone):
        inviting.accept(token, ANA)


def test_only_the_hash_of_the_token_is_kept_and_the_address_goes_with_the_account(link):
    token = link()
    assert token not in the_invitation().token_hash
    inviting.accept(token, ANA)
    kept = the_invitation()
    assert (kept.token_hash, kept.email, kept.member_id) == (
        *(None, ""),
        queries.by_handle("ana").id,
    )


def test_it_works_while_nobody_else_can_register(link, make, client):
    make.set(registering.OPEN, False)
    refused = client.post("/register", data=FORM | {"email": "x@example.com"})
    assert (refused.status_code, "by invitation" in refused.text) == (403, True)
    with pytest.raises(Forbidden):
        registering.register(ANA, "")
    assert client.post(f"/invitation/{link()}", data=FORM).status_code == 303
    assert queries.by_handle("ana") is not None


def test_a_role_comes_with_it_as_long_as_whoever_gave_it_may_give_it(link, make):
    stays, goes = make.admin(), make.admin()
    first, second = (
        link(f"{n}@example.com", who, role=Role.MODERATOR) for n, who in (("a", stays), ("b", goes))
    )
    make.fresh(goes).role = Role.MEMBER
    second_ana = Registration(name="Ann", handle="anne", email="", password_hash="x")
    assert inviting.accept(first, ANA).role == Role.MODERATOR
    assert inviting.accept(second, second_ana).role == Role.MEMBER


def test_moderators_invite_members_and_nobody_of_the_staff(make):
    mia = make.moderator()
    inviting.invite(mia, ["ana@example.com"], Wish())
    with pytest.raises(Forbidden):
        inviting.invite(mia, ["ana@example.com"], Wish(role=Role.MODERATOR))
    with pytest.raises(Forbidden):
        inviting.invite(make.member(), ["ana@example.com"], Wish())


def test_a_new_mail_a_later_invitation_and_taking_back_end_the_link(link, make, posted, run_jobs):
    rosa = make.admin()
    first = link(inviter=rosa)
    inviting.send_again(rosa, the_invitation())
    run_jobs()
    second = re.search(r"/invitation/(\S+)", posted[-1].text)[1]
    third = link(inviter=rosa)
    inviting.revoke(rosa, the_invitation())
    for token in (first, second, third):
        with pytest.raises(Gone):
            inviting.check(token)
    with pytest.raises(Conflict):
        inviting.send_again(rosa, the_invitation())


def test_moderators_do_not_touch_invitations_of_others(make):
    inviting.invite(make.admin(), ["ana@example.com"], Wish())
    with pytest.raises(Forbidden):
        inviting.revoke(make.moderator(), the_invitation())


def test_a_link_works_until_its_day_and_not_longer(link, monkeypatch):
    token = link()
    inviting.check(token)
    later = clock.now() + timedelta(days=14, seconds=1)
    monkeypatch.setattr("community.members.models.now", lambda: later)
    with pytest.raises(Gone):
        inviting.check(token)


def test_who_has_an_account_is_told_by_mail_and_whoever_invites_learns_nothing(
    log_in, make, posted, run_jobs
):
    ann = make.member("ann", email="ann@example.com")
    admin = log_in(make.admin())
    send = {"role": "member", "language": "en", "emails": "ann@example.com new@example.com"}
    page = admin.post("/admin/invitations", data=send, follow_redirects=True).text
    assert "2 invitations are on their way." in page
    run_jobs()
    to_ann, to_new = sorted(posted, key=lambda letter: letter.to)
    assert ("/invitation/" in to_ann.text, "@ann" in to_ann.text) == (False, True)
    assert "/invitation/" in to_new.text
    page = admin.get("/admin/invitations").text
    assert page.count("Its link works until") == 2
    assert make.fresh(ann).role == Role.MEMBER


def test_an_address_that_got_an_account_meanwhile_cannot_be_taken(link, make):
    token = link()
    make.member("ann", email="ana@example.com")
    with pytest.raises(Conflict):
        inviting.accept(token, ANA)


def test_accounts_that_wait_for_the_address_lose_it(link, make):
    thief = make.member("thief", pending_email="ana@example.com")
    inviting.accept(link(), ANA)
    assert make.fresh(thief).pending_email == ""


def test_nobody_sends_mails_without_end(make, app, monkeypatch):
    monkeypatch.setitem(app.config, "RATE_LIMITS", True)
    monkeypatch.setattr(inviting, "OF_ONE_MEMBER", inviting.attempts.Pace(2, timedelta(days=1)))
    with pytest.raises(TooMany):
        inviting.invite(make.admin(), [f"{n}@example.com" for n in range(3)], Wish())
    assert db.session.scalar(select(Invitation.id).limit(1)) is None


def test_what_was_done_stands_in_the_record_without_the_address(link):
    inviting.accept(link(), ANA)
    acts = {act.name: act for act in db.session.scalars(select(Act))}
    assert acts["invited"].after == {"email": "a…@example.com", "role": "member"}
    assert acts["invitation-accepted"].actor_id == queries.by_handle("ana").id


def test_addresses_of_those_who_did_not_come_are_forgotten(link, make, monkeypatch):
    link()
    inviting.forget_old()
    assert the_invitation() is not None
    monkeypatch.setattr(inviting, "now", lambda: clock.now() + timedelta(days=45))
    inviting.forget_old()
    assert the_invitation() is None


def test_the_page_of_the_link_is_kept_by_nobody_and_says_what_is_wrong(client, link):
    address = f"/invitation/{link()}"
    page = client.get(address)
    assert (page.headers["Cache-Control"], page.headers["Referrer-Policy"]) == (
        *("no-store", "no-referrer"),
    )
    wrong = client.post(address, data=FORM | {"password": "short"})
    assert (wrong.status_code, 'value="Ana"' in wrong.text) == (422, True)
    assert client.get("/invitation/nothing").status_code == 410


def test_who_is_logged_in_is_asked_to_log_out_first(log_in, make, link):
    address = f"/invitation/{link()}"
    assert log_in(make.member()).post(address, data=FORM).location == "/"
    assert db.session.scalar(select(Member).where(Member.handle == "ana")) is None
