"""What tests of moderation may ask for by name."""

from __future__ import annotations

from email import message_from_bytes, policy

import pytest

from community.core.db import db
from community.moderation.models.flags import FlagReason
from community.moderation.models.items import Decision, Item
from community.moderation.models.measures import MeasureAct
from community.moderation.rulings import Ruling
from community.moderation.services import flagging, queueing
from community.moderation.services.flagging import Complaint
from community.moderation.services.measuring import MeasureDraft


@pytest.fixture
def mails(app, run_jobs, tmp_path, monkeypatch):
    """Do the background work and return the mails that were sent by it."""
    monkeypatch.setitem(app.config, "MAIL_FOLDER", tmp_path / "mail")

    def _mails():
        run_jobs()
        files = sorted((tmp_path / "mail").glob("*.eml"))
        found = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
        for file in files:
            file.unlink()
        return found

    return _mails


@pytest.fixture
def flagged(make):
    """Let members flag something: flagged(post, by=3, reason="spam"); return the item."""

    def _flagged(subject, *, by=1, level=0, reason="spam"):
        complaint = Complaint(reason=FlagReason(reason))
        members = (
            by if isinstance(by, list) else [make.member(trust_level=level) for _ in range(by)]
        )
        raised = [flagging.flag(each, subject, complaint) for each in members]
        return db.session.get(Item, raised[-1].item_id)

    return _flagged


@pytest.fixture
def decide():
    """Decide an item: decide(moderator, item, "agree", act="hide")."""

    def _decide(actor, item, decision, act="", note=""):
        item = db.session.get(Item, item.id, populate_existing=True)
        draft = MeasureDraft(
            act=MeasureAct(act or "hide"),
            post_id=item.post_id,
            member_id=None if item.post_id else item.member_id,
            facts="It advertises shoes.",
            rule="spam",
        )
        ruling = Ruling(
            item_id=item.id,
            version=item.version,
            decision=Decision(decision),
            measure=draft if act else None,
            note=note,
        )
        return queueing.decide(actor, ruling)

    return _decide
