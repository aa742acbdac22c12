"""What the worker does with files after a restore that was stopped; twice is once."""

from community.backups import placing
from community.core.db import transaction
from community.core.files import storage
from community.core.jobs import enqueue, work_off

OLD, NEW = "a" * 32 + ".png", "b" * 32 + ".png"


def test_files_that_no_row_names_are_forgotten(app):
    storage().save(OLD, b"old")
    for _ in range(2):
        transaction(enqueue)(placing.FORGET, names=[OLD])
        assert work_off() == 1
    assert not storage().exists(OLD)


def test_a_file_that_waited_takes_its_place(app):
    storage().save(OLD, b"damaged")
    storage().save(NEW, b"whole")
    for _ in range(2):
        transaction(enqueue)(placing.SWAP, waiting={OLD: NEW})
        assert work_off() == 1
    assert storage().read(OLD) == b"whole"
    assert not storage().exists(NEW)
