"""What was ended or done since a backup was made stays so when it is restored."""

import inspect
import json
import re
import zipfile
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from community.backups import bygones
from community.core import jobs
from community.core.clock import as_if_it_were, now
from community.core.db import db, save, transaction
from community.core.errors import Gone
from community.core.job_rows import Job
from community.members import queries
from community.members.models import Invitation, Purpose, Session
from community.members.recognition import hashed
from community.members.services import inviting, tokens
from tests.backups.conftest import contents
from tests.factories import Factory

# Jobs of notices that make none.
QUIET = {
    "community.notifications.reactions.forget_notices",
    "community.notifications.reactions.untell_thanks",
}
WAITING = {
    "mail.deliver": {"to": "ann@example.org", "subject": "Hello", "text": "Hello", "html": ""},
    "notifications.mail": {"member_id": 1, "event": "post:1"},
    "community.notifications.reactions.tell_of_comment": {},
    "community.notifications.reactions.forget_notices": {"member_id": 1},
    "community.badges.reactions.honour_asker": {},
}
KEPT = set(list(WAITING)[3:])


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_nobody_is_logged_in_and_no_link_works_after_a_restore(forum, tmp_path, kind):
    path = tmp_path / "forum.zip"
    with forum(kind) as run:
        admin = Factory().admin("ann")
        transaction(save)(Session(token_hash=hashed("cookie"), member_id=admin.id, values={}))
        reset = tokens.issue(admin, Purpose.RESET_PASSWORD, admin.email)
        inviting.invite(admin, ["ben@example.org"], inviting.Wish())
        invited = inviting.issue(db.session.scalars(select(Invitation)).one())
        assert tokens.check(reset, Purpose.RESET_PASSWORD)
        assert inviting.check(invited)
        assert run("create", path).exit_code == 0
        with zipfile.ZipFile(path) as file:
            assert not {"tables/sessions.jsonl", "tables/tokens.jsonl"} & set(file.namelist())
        answer = run("restore", path, "--replace")
        assert answer.exit_code == 0, answer.output
        assert "Everybody has to log in again." in answer.output
        assert "Open invitations whose links ended, too: 1." in answer.output
        assert db.session.scalar(select(func.count(Session.id))) == 0
        with pytest.raises(Gone):
            tokens.check(reset, Purpose.RESET_PASSWORD)
        with pytest.raises(Gone):
            inviting.check(invited)
        # Whoever invited can send it again.
        (invitation,) = db.session.scalars(select(Invitation))
        assert invitation.is_open
        inviting.send_again(queries.by_id(admin.id), invitation)
        assert inviting.check(inviting.issue(invitation))


def test_sessions_in_a_backup_made_earlier_stay_there(forum, tmp_path):
    path, older = tmp_path / "forum.zip", tmp_path / "older.zip"
    with forum("sqlite") as run:
        Factory().member("ann")
        before = contents()
        run("create", path)
        with zipfile.ZipFile(path) as file, zipfile.ZipFile(older, "w") as other:
            manifest = json.loads(file.read("manifest.json"))
            manifest["tables"]["sessions"] = {"columns": ["id"], "rows": 1}
            for name in set(file.namelist()) - {"manifest.json"}:
                other.writestr(name, file.read(name))
            other.writestr("tables/sessions.jsonl", b"[1]\n")
            other.writestr("manifest.json", json.dumps(manifest))
        answer = run("restore", older, "--replace")
        assert answer.exit_code == 0, answer.output
        assert contents() == before
        assert db.session.scalar(select(func.count(Session.id))) == 0


def waiting():
    names = set(db.session.scalars(select(Job.name)))
    db.session.rollback()
    return names & WAITING.keys()


@pytest.mark.parametrize(
    ("age", "words", "left"),
    [
        (timedelta(minutes=50), [], WAITING.keys()),
        (timedelta(minutes=70), [], KEPT),
        (timedelta(days=7), ["--mails"], WAITING.keys()),
        (timedelta(0), ["--no-mails"], KEPT),
    ],
)
def test_mails_that_waited_are_sent_only_from_a_fresh_backup(forum, tmp_path, age, words, left):
    path = tmp_path / "forum.zip"
    with forum("sqlite") as run:
        Factory().member("ann")
        for name, arguments in WAITING.items():
            transaction(save)(Job(name=name, arguments=arguments))
        with as_if_it_were(now() - age):
            assert run("create", path).exit_code == 0
        answer = run("restore", path, "--replace", *words)
        assert answer.exit_code == 0, answer.output
        assert waiting() == left
        assert ("were dropped: 3." in answer.output) == (left == KEPT)


def test_every_job_that_mails_is_known_as_one(app):
    found = {name for name, work in jobs._work.items() if mails(name, work)}
    assert found - QUIET == {name for name in jobs._work if bygones.is_mail(name)}
    assert len(found) > len(QUIET) + 15


def mails(name, work):
    """Tell by its code whether a job hands over a letter, or tells of something that is mailed."""
    letter = r"mail\.(deliver|post|send)\(|services\.mail\(|    deliver\("
    hands_over = re.search(letter, inspect.getsource(work)) is not None
    return hands_over or name.startswith("community.notifications.reactions.")
