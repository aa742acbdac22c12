"""Mail: written in the reader's language, sent by the worker, never twice on purpose.

`send` notes a mail in the present transaction; the worker delivers it. What must not lie about in
the database (a link that opens an account) is written and delivered at once, by a job: `deliver`.
"""

from __future__ import annotations

import contextlib
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import asdict, dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid, parseaddr
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from flask import current_app, render_template
from jinja2 import TemplateNotFound
from sqlalchemy import select

from community.core import brand
from community.core.clock import now
from community.core.db import db
from community.core.i18n import force_locale
from community.core.job_rows import Job
from community.core.jobs import enqueue, job

SECONDS = 15
PORTS = {"smtp": 587, "smtps": 465}
AT_HOME = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True)
class Letter:
    """One mail to one person."""

    to: str
    subject: str
    text: str
    html: str = ""


def send(to: str, subject: str, text: str, html: str = "") -> None:
    """Note a mail in the present transaction; it is sent after the commit."""
    post(Letter(to, subject, text, html))


def post(letter: Letter) -> None:
    """Note a letter in the present transaction; it is sent after the commit."""
    enqueue("mail.deliver", **asdict(letter))


def written(to: str, template: str, language: str, **values: object) -> Letter:
    """Write the letter of templates/mail/<template>.txt, and of its .html, if there is one.

    The first line of the text is the subject.
    """
    with force_locale(language):
        subject, _, text = render_template(f"mail/{template}.txt", **values).partition("\n")
        try:
            html = render_template(f"mail/{template}.html", **values)
        except TemplateNotFound:
            html = ""
    header = brand.MAIL_HEADER.get()
    text = f"{header}\n\n{text.strip()}\n" if header else f"{text.strip()}\n"
    return Letter(to, " ".join(subject.split()), text, html)


def link(endpoint: str, **values: object) -> str:
    """Return the full address of a page. It begins with BASE_URL, whatever a visitor pretends."""
    site = urlsplit(current_app.config["BASE_URL"])
    address = current_app.url_map.bind(site.netloc, url_scheme=site.scheme)
    return address.build(endpoint, values, force_external=True)


def rewrite_waiting(change: Callable[[str], str]) -> int:
    """Change the text of mails that wait to be sent, in the present transaction; return how many.

    For what must not leave any more, such as personal data that was taken out of a post.
    """
    changed = 0
    for waiting in db.session.scalars(select(Job).where(Job.name == "mail.deliver")):
        letter = dict(waiting.arguments)
        for part in ("subject", "text", "html"):
            letter[part] = change(letter[part])
        if letter != waiting.arguments:
            waiting.arguments = letter
            changed += 1
    db.session.flush()
    return changed


def own_host() -> str:
    """Return the host of this forum, as it stands in the addresses of its pages."""
    return (urlsplit(current_app.config["BASE_URL"]).hostname or "").removeprefix("www.")


@job("mail.deliver")
def _deliver_noted(**letter: str) -> None:
    deliver(Letter(**letter))


def deliver(letter: Letter) -> None:
    """Hand a letter to the mail server of MAIL_URL, or put it into MAIL_FOLDER.

    Raises what smtplib raises; as part of a job it is then tried again later.
    """
    message = _message(letter)
    url = str(current_app.config["MAIL_URL"])
    if url == "folder":
        _put_into(Path(current_app.config["MAIL_FOLDER"]), message)
    else:
        _hand_over(url, message)


def _message(letter: Letter) -> EmailMessage:
    """Return the letter as the mail that goes out. Raises ValueError for a forged header."""
    sender_name, sender = parseaddr(current_app.config["MAIL_FROM"])
    message = EmailMessage()
    message["From"] = Address(sender_name, addr_spec=sender)
    message["To"] = Address(addr_spec=letter.to)
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(now())
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(letter.text)
    if letter.html:
        message.add_alternative(letter.html, subtype="html")
    return message


def _put_into(folder: Path, message: EmailMessage) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    unique = message["Message-ID"].partition("@")[0].strip("<>")
    name = f"{now():%Y-%m-%d-%H%M%S}-{unique}.eml"
    (folder / name).write_bytes(message.as_bytes())


def _hand_over(url: str, message: EmailMessage) -> None:
    server = urlsplit(url)
    with contextlib.closing(_called(server)) as connection:
        _speak_in_secret(connection, server)
        if server.username:
            connection.login(unquote(server.username), unquote(server.password or ""))
        connection.send_message(message)
        # The mail is taken. Whatever happens to the good-bye, it must not be sent again.
        with contextlib.suppress(smtplib.SMTPException, OSError):
            connection.quit()


def _called(server: SplitResult) -> smtplib.SMTP:
    host, port = server.hostname or "", server.port or PORTS[server.scheme]
    if server.scheme == "smtps":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=context)
    return smtplib.SMTP(host, port, timeout=SECONDS)


def _speak_in_secret(connection: smtplib.SMTP, server: SplitResult) -> None:
    """Change to TLS. Raises smtplib.SMTPNotSupportedError if another machine does not offer it."""
    connection.ehlo()
    if server.scheme == "smtp" and connection.has_extn("starttls"):
        connection.starttls(context=ssl.create_default_context())
        connection.ehlo()
    elif server.scheme == "smtp" and server.hostname not in AT_HOME:
        message = f"{server.hostname} does not offer STARTTLS."
        raise smtplib.SMTPNotSupportedError(message)
