"""Gathering what people read, for the translators: every package's strings, and its catalogs.

A package's strings stand in its Python code, in templates/<package> and templates/mail/<package>.
The frame of all pages (base, parts, macros, errors) belongs to the core. What the core's catalog
translates need not be translated again by the packages above it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir, extract_from_file
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[2]
CORE = "core"
SHARED_TEMPLATES = ("macros", "errors")
METHODS = [("**.py", "python"), ("**.html", "jinja2"), ("**.txt", "jinja2")]
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "_l": None,
    "_n": (1, 2),
    "gettext": None,
    "ngettext": (1, 2),
    # What a setting means: Setting(name, default, "meaning").
    "Setting": (3,),
}
# Without dates and places in the files, changes by two people seldom meet in one line.
HEADER = r"""msgid ""
msgstr ""
"Language: {language}\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

"""
Text = str | tuple[str, ...]


def packages() -> list[str]:
    """Return the names of all packages, the core among them."""
    found = (ROOT / "community").glob("*/__init__.py")
    return sorted(path.parent.name for path in found)


def catalog_path(package: str, language: str) -> Path:
    """Return where a package keeps its translations into a language."""
    return ROOT / "community" / package / "translations" / f"{language}.po"


def texts_of(package: str) -> set[Text]:
    """Return the strings of a package; those that count are pairs of singular and plural."""
    return set(_extracted(package))


def read(package: str, language: str) -> Catalog:
    """Return a package's catalog; an empty one if there is none yet."""
    path = catalog_path(package, language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as source:
        return read_po(source, locale=language)


def translated(catalog: Catalog) -> dict[str, Message]:
    """Return what a catalog translates, by the text in the code (the singular, if it counts)."""
    messages = (message for message in catalog if message.id and not message.fuzzy)
    return {singular(message.id): message for message in messages if _is_complete(message)}


def missing(package: str, language: str) -> set[Text]:
    """Return the strings of a package that nobody has translated, here or in the core."""
    known = set(translated(read(package, language)))
    if package != CORE:
        known |= set(translated(read(CORE, language)))
    return {text for text in texts_of(package) if singular(text) not in known}


def unused(package: str, language: str) -> set[str]:
    """Return what a catalog translates although the package no longer says it."""
    said = {singular(text) for text in texts_of(package)}
    return {singular(message.id) for message in read(package, language) if message.id} - said


def update(package: str, language: str) -> int:
    """Bring a catalog in step with the code: add what is new, drop what is gone.

    Returns how many strings wait for a translation.
    """
    waiting, gone = missing(package, language), unused(package, language)
    before = read(package, language)
    after = Catalog(locale=language)
    for message in before:
        if message.id and singular(message.id) not in gone:
            after.add(message.id, message.string, flags=message.flags)
    for text in waiting:
        if singular(text) not in {singular(each.id) for each in after if each.id}:
            after.add(text)
    if len(after) or catalog_path(package, language).exists():
        _write(after, catalog_path(package, language), language)
    return len(waiting)


def singular(text: Text | Iterable[str]) -> str:
    """Return what a string is known by."""
    return text if isinstance(text, str) else next(iter(text))


def _extracted(package: str) -> Iterator[Text]:
    folders = [ROOT / "community" / package]
    folders += [ROOT / "templates" / package, ROOT / "templates" / "mail" / package]
    if package == CORE:
        folders += [ROOT / "templates" / name for name in SHARED_TEMPLATES]
        for path in sorted((ROOT / "templates").glob("*.html")):
            for _line, text, _comments, _context in extract_from_file("jinja2", path, KEYWORDS):
                yield text
    for folder in folders:
        if folder.is_dir():
            for each in extract_from_dir(folder, METHODS, keywords=KEYWORDS):
                yield each[2]


def _is_complete(message: Message) -> bool:
    forms = [message.string] if isinstance(message.string, str) else list(message.string or [""])
    return all(forms)


def _write(catalog: Catalog, path: Path, language: str) -> None:
    body = BytesIO()
    write_po(body, catalog, width=100, omit_header=True, no_location=True, sort_output=True)
    path.parent.mkdir(exist_ok=True)
    path.write_text(HEADER.format(language=language) + body.getvalue().decode().strip() + "\n")
