from community.core.clock import now
from community.members import reactions
from tests.members.conftest import link_in

ADDRESS = "ann@example.org"


def test_every_mail_speaks_the_language_of_the_member(make, mails):
    ann = make.member("ann", name="Inés", language="es", pending_email="new@example.org")
    reactions.mail_confirmation(ann.id, "new@example.org")
    reactions.mail_known_address(ann.id, "eve")
    reactions.mail_reset(ADDRESS, now().isoformat())
    reactions.mail_password_changed(ann.id)
    reactions.mail_email_changed(ann.id, "old@example.org")
    sent = mails()
    assert {mail["Subject"] for mail in sent} == {
        "Confirma tu correo electrónico",
        "Ya tienes una cuenta",
        "Elige una contraseña nueva",
        "Se cambió tu contraseña",
        "Se cambió tu correo electrónico",
    }
    assert all(mail.get_content().startswith("Hola, Inés:") for mail in sent)
    assert all("{{" not in mail.get_content() for mail in sent)


def test_what_has_changed_meanwhile_gets_no_mail(make, mails):
    ann = make.member("ann", pending_email="newer@example.org")
    gone = make.member("gone", deleted_at=now(), email="gone@example.org")
    reactions.mail_confirmation(ann.id, "new@example.org")
    reactions.mail_confirmation(999, "new@example.org")
    reactions.mail_reset("gone@example.org", now().isoformat())
    reactions.mail_reset("nobody@example.org", now().isoformat())
    reactions.mail_known_address(999, "eve")
    reactions.mail_password_changed(999)
    assert mails() == []
    assert gone.deleted_at


def test_a_mail_sent_twice_leaves_the_newer_link(make, mails, client):
    ann = make.member("ann")
    for _ in range(2):
        reactions.mail_reset(ADDRESS, now().isoformat())
    old, new = (link_in(mail) for mail in mails())
    links = {client.get(link).status_code for link in (old, new)}
    assert links == {410, 200}
    assert ann.email == ADDRESS
