"""Languages: what people read is English in the code and translated from each package's catalog.

A catalog is community/<package>/translations/es.po. They are read once at the start, straight
from their source, so that nothing has to be compiled and nothing can be out of date.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache
from io import BytesIO
from pathlib import Path
from typing import cast

from babel.dates import (
    format_date,
    format_datetime,
    format_time,
    format_timedelta,
    get_timezone,
)
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, g, has_request_context, request
from flask_babel import Babel, Domain, force_locale, format_decimal, get_locale
from flask_babel import get_timezone as timezone_of_reader
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext as _n
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from community.core import lasting
from community.core.clock import now
from community.core.text import trusted

__all__ = [
    "LANGUAGES",
    "_",
    "_l",
    "_n",
    "current_language",
    "exact_for",
    "force_locale",
    "in_words",
    "language_and_zone",
    "relative",
]

LANGUAGES = {"en": "English", "es": "Español"}
COOKIE = "language"
COMMUNITY = Path(__file__).parents[1]
RECENT = timedelta(days=30)
AN_HOUR, A_THOUSAND = 3600, 1000

LanguageOf = Callable[[], str | None]
_offered: Callable[[], dict[str, str]] | None = None


def offer(languages: Callable[[], dict[str, str]]) -> None:
    """Say which of the languages visitors may have; core.brand does."""
    global _offered  # noqa: PLW0603
    _offered = languages


class Catalogs(Domain):
    """The translations of all packages together."""

    def get_translations(self) -> Translations | NullTranslations:
        """Return the translations for the reader's language."""
        return spoken()


class Languages(Babel):
    """Flask-Babel, reading our catalogs."""

    @cached_property
    def domain_instance(self) -> Domain:
        """The one domain there is."""
        return Catalogs()


@lru_cache
def catalog(language: str) -> Translations | NullTranslations:
    """Read every package's catalog of a language."""
    together = NullTranslations()
    for path in sorted(COMMUNITY.glob(f"*/translations/{language}.po")):
        together = _merged(together, path, language)
    return together


def spoken() -> Translations | NullTranslations:
    """Return the translations for the reader's language, looked up once for a page.

    They are kept where Flask-Babel keeps its own, so that force_locale and refresh forget them.
    """
    kept = getattr(g.get("_flask_babel"), "babel_translations", None) if g else None
    if kept is not None:
        return cast("Translations | NullTranslations", kept)
    found = catalog(current_language())
    if g and "_flask_babel" in g:
        g.get("_flask_babel").babel_translations = found
    return found


# A page has some five hundred strings: these two do for templates what Jinja's own do, straight.


@pass_eval_context
def _of_page(context: EvalContext, message: str, **variables: object) -> str:
    text = spoken().gettext(message)
    return (trusted(text) if context.autoescape else text) % variables


@pass_eval_context
def _number_of_page(
    context: EvalContext, singular: str, plural: str, num: int, **variables: object
) -> str:
    text = spoken().ngettext(singular, plural, num)
    return (trusted(text) if context.autoescape else text) % ({"num": grouped(num)} | variables)


def grouped(number: int) -> str:
    """Return a number as the reader writes it: 15,247 or 15.247."""
    return str(number) if abs(number) < A_THOUSAND else str(format_decimal(number))


def _merged(so_far: NullTranslations, path: Path, language: str) -> NullTranslations:
    compiled = BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    more = Translations(compiled)
    return so_far.merge(more) if isinstance(so_far, Translations) else more


def init_app(
    app: Flask,
    language_of_viewer: LanguageOf,
    time_zone_of_viewer: LanguageOf,
    language_of_brand: Callable[[], str],
) -> None:
    """Choose the language: of the address, the member, the cookie, the browser, the brand."""

    def choose() -> str:
        return chosen_language(language_of_viewer) or language_of_brand()

    Languages(
        app,
        default_locale="en",
        default_timezone="UTC",
        locale_selector=choose,
        timezone_selector=time_zone_of_viewer,
    )
    app.jinja_env.globals.update(_=_of_page, gettext=_of_page, ngettext=_number_of_page)
    app.add_template_filter(relative)
    app.add_template_filter(exact)
    app.add_template_filter(in_words)
    app.add_template_filter(to_the_minute)
    app.add_template_filter(language_tag)
    app.add_template_global(current_language)
    app.jinja_env.globals["LANGUAGES"] = LANGUAGES


def chosen_language(language_of_viewer: LanguageOf) -> str | None:
    """Return the language of this request, one of LANGUAGES, if the visitor prefers any."""
    if not has_request_context():
        return None
    wishes = [request.args.get("lang_ui"), language_of_viewer(), request.cookies.get(COOKIE)]
    offered = _offered() if _offered else LANGUAGES
    for wish in wishes:
        if wish in offered:
            return str(wish)
    found = language_of_browser(request.headers.get("Accept-Language", ""))
    return found if found in offered else None


@lru_cache(maxsize=1024)
def language_of_browser(accepted: str) -> str | None:
    """Return which of our languages a browser that accepts these prefers, if any."""
    return parse_accept_header(accepted, LanguageAccept).best_match(list(LANGUAGES))


def current_language() -> str:
    """Return the language that is spoken now: "en" or "es"."""
    locale = get_locale()
    return str(locale.language) if locale else "en"


def language_and_zone() -> tuple[str, str]:
    """Return what all words and times of this page depend on."""
    return current_language(), str(timezone_of_reader())


def relative(moment: datetime) -> str:
    """Say how long ago something was, such as "3 days ago"; older than a month as a date."""
    age = max(now() - moment, timedelta(seconds=1))
    lasting.says_age(age.total_seconds())
    if age > RECENT:
        return _on_day(moment.astimezone(timezone_of_reader()).date(), current_language())
    seconds = int(age.total_seconds())
    # Of what is older, nobody is told the seconds; and fewer texts have to be made.
    return _ago(seconds if seconds < AN_HOUR else seconds // 60 * 60, current_language())


@lru_cache(maxsize=4096)
def _on_day(day: date, language: str) -> str:
    return format_date(day, "medium", locale=language)


@lru_cache(maxsize=4096)
def _ago(seconds: int, language: str) -> str:
    return format_timedelta(timedelta(seconds=-seconds), add_direction=True, locale=language)


def exact(moment: datetime) -> str:
    """Say a moment in full, in the reader's language and time zone."""
    return _exactly(moment, current_language(), str(timezone_of_reader()))


@lru_cache(maxsize=16_384)
def _exactly(moment: datetime, language: str, zone: str) -> str:
    return str(format_datetime(moment, tzinfo=get_timezone(zone), locale=language))


def to_the_minute(moment: datetime) -> str:
    """Say a moment to somebody who waits for it: in full, but for the seconds."""
    there, language = moment.astimezone(timezone_of_reader()), current_language()
    time = format_time(there, "short", tzinfo=there.tzinfo, locale=language)
    return f"{format_date(there, 'medium', locale=language)}, {time}"


def exact_for(moment: datetime, language: str, zone: str) -> str:
    """Say a moment in full, with its zone, to somebody who is not there now."""
    with force_locale(language):
        return str(format_datetime(moment, "long", tzinfo=get_timezone(zone), locale=language))


def in_words(seconds: int) -> str:
    """Say how long something takes, such as "20 seconds" or "3 hours"."""
    return format_timedelta(timedelta(seconds=max(seconds, 1)), locale=current_language())


def language_tag(language: str) -> str:
    """Return the value of an HTML lang attribute: for a language we do not know, "und"."""
    return language if language in LANGUAGES else "und"
