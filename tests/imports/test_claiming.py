"""Accounts that came in are claimed by e-mail, and by nothing else."""

from sqlalchemy import select

from community.core.db import db
from community.imports.services import claiming
from community.members.models import Member


def addresses_of(*handles):
    rows = select(Member.handle, Member.email).where(Member.handle.in_(handles))
    return dict(iter(db.session.execute(rows)))


def test_an_address_makes_an_account_claimable(kettles, move_in):
    move_in(kettles)
    told = claiming.give_addresses(
        "stack-exchange", {"1": " Ines@Example.org ", "4": "o@x.example"}
    )
    assert told == {"can be claimed now": 2}
    assert addresses_of("ines-marlow", "olia") == {
        "ines-marlow": "ines@example.org", "olia": "o@x.example",
    }  # fmt: skip
    assert db.session.scalars(select(Member.password_hash).distinct()).all() == [""]


def test_no_account_is_taken_from_anybody(kettles, move_in, make):
    make.member("ann")
    move_in(kettles)
    claiming.give_addresses("stack-exchange", {"1": "ines@example.org"})
    told = claiming.give_addresses(
        "stack-exchange",
        {"1": "evil@example.org", "2": "ann@example.org", "3": "INES@example.org",
         "4": "nonsense", "": "former@example.org", "404": "x@example.org"},
    )  # fmt: skip
    assert told == {
        "has an address already": 1,
        "the address belongs to another account": 2,
        "not an e-mail address": 1,
        "no such member came in": 2,
    }
    assert addresses_of("ines-marlow") == {"ines-marlow": "ines@example.org"}


def test_the_same_address_twice_goes_to_the_first(kettles, move_in):
    move_in(kettles)
    told = claiming.give_addresses("stack-exchange", {"1": "a@example.org", "2": "a@example.org"})
    assert told["the address belongs to another account"] == 1
