import threading
import time

import pytest
from argon2 import PasswordHasher

from community.core.errors import Busy, Invalid
from community.members import passwords
from tests.members.conftest import PASSWORD


def is_allowed(password, *about):
    try:
        passwords.check(password, about)
    except Invalid:
        return False
    return True


@pytest.mark.parametrize(
    "password",
    [
        PASSWORD,
        "mi perro come sol",
        "x9$kQ2mv!a",
        "ñ" * 3 + "kettle sofa rain",
        "7" * 5 + "vqzj kwpx",
    ],
)
def test_long_or_odd_passwords_are_fine(password):
    assert is_allowed(password)


@pytest.mark.parametrize(
    "password",
    [
        "",
        "short",
        "password12",
        "1234567890",
        "qwertyuiop",
        "contraseña1",
        "aaaaaaaaaaaa",
        "iloveyou2024",
    ],
)
def test_short_and_common_passwords_are_refused(password):
    assert not is_allowed(password)


def test_passwords_made_of_name_or_brand_are_refused():
    assert not is_allowed("annarbor1234", "Ann Arbor")
    assert not is_allowed("acmekettles1", "Acme Kettles")
    assert not is_allowed("ann@example.org", "ann@example.org")


def test_128_characters_fit_and_one_more_does_not():
    long = "kettle sofa rain " * 7 + "kettle so"
    assert len(long) == 128
    assert is_allowed(long)
    assert not is_allowed(long + "x")


def test_judging_a_password_takes_no_time_worth_stealing():
    start = time.perf_counter()
    for nasty in ("ab" * 64, "password" * 16, "!" * 128, "qwertz1" * 18):
        is_allowed(nasty)
    assert time.perf_counter() - start < 2


def test_hashes_are_argon2id_as_owasp_says(password_hash):
    assert password_hash.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert passwords.matches(PASSWORD, password_hash)
    assert not passwords.matches(PASSWORD + "x", password_hash)
    assert not passwords.is_outdated(password_hash)


def test_no_password_fits_an_account_without_one():
    assert not passwords.matches("", "")
    assert not passwords.matches("the password of an account that does not exist", "")
    assert not passwords.matches(PASSWORD, "not a hash")


def test_weaker_hashes_are_outdated():
    weak = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PASSWORD)
    assert passwords.is_outdated(weak)


def test_one_hash_is_worked_out_at_a_time(monkeypatch):
    monkeypatch.setattr(passwords, "PATIENCE_SECONDS", 0.05)
    with passwords._turn():
        failures = []

        def second():
            try:
                passwords.hashed(PASSWORD)
            except Busy as error:
                failures.append(error)

        waiting = threading.Thread(target=second)
        waiting.start()
        waiting.join()
    assert failures[0].status == 503
    assert passwords.hashed(PASSWORD)
