"""Style, script and drawings: many small files on disk, few requests on the wire.

At start, all style sheets become one, in the order of their layers, but for those that only pages
of staff need: they become a second one. All script becomes two files (see core.scripts). The
address carries a hash of the contents, so browsers may keep the answers for a year.
"""

from __future__ import annotations

import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask, Response, current_app, request

from community.core import packing, scripts
from community.core.access import everyone
from community.core.errors import NotFound
from community.core.i18n import _l
from community.core.limits import limited

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

STYLE_ORDER = ("layers.css", "tokens.css", "reset.css", "base.css", "prose.css", "code.css")
STYLE_FOLDERS = ("components", "features")
STAFF_STYLES = "staff"
LATE_STYLES = ("utilities.css", "print.css")

# Brotli's 11 saves a fourteenth more and takes four times as long, at every start.
EFFORTS = (("br", 9), ("gzip", 9))
A_YEAR = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Asset:
    """One file as it is sent: contents plain, and packed once for all; and what kind they are."""

    body: bytes
    packed: dict[str, bytes]
    media_type: str


@dataclass(frozen=True)
class Assets:
    """Every file of one version of the site's looks."""

    version: str
    files: dict[str, Asset]


STATIC = Path(__file__).parents[2] / "static"


def init_app(app: Flask) -> None:
    """Build the assets, serve them, and let templates ask for asset_url("style.css")."""
    app.extensions["assets"] = build(STATIC)
    app.add_url_rule("/assets/<version>/<path:name>", "assets", show)
    app.add_template_global(asset_url)


def asset_url(name: str) -> str:
    """Return the address of an asset, which changes whenever any asset changes."""
    return f"/assets/{_assets().version}/{name}"


@everyone
@limited("1000 per minute", by_address=True)
def show(version: str, name: str) -> Response:
    """Send one asset. An old version gets today's contents, but is not kept."""
    assets = _assets()
    asset = assets.files.get(name)
    if asset is None:
        raise NotFound(_l("There is no such file."))
    encoding = packing.best_of(request.headers.get("Accept-Encoding", ""))
    body = asset.packed.get(encoding, asset.body)
    response = Response(body, mimetype=asset.media_type)
    response.headers["Cache-Control"] = A_YEAR if version == assets.version else "no-cache"
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["X-Content-Type-Options"] = "nosniff"
    if encoding in asset.packed:
        response.headers["Content-Encoding"] = encoding
    return response


def build(static: Path) -> Assets:
    """Read the static folder once and make everything that is sent from it."""
    js = static / "js"
    texts = {
        "style.css": style(static / "css"),
        "staff.css": _joined(sorted((static / "css" / STAFF_STYLES).glob("*.css"))),
        "theme.js": scripts.without_remarks((js / "theme.js").read_text()),
        "community.js": scripts.community(js),
        "more.js": scripts.more(js),
    }
    contents = {name: text.encode() for name, text in texts.items()}
    contents |= {path.name: path.read_bytes() for path in _files(static / "img")}
    digest = hashlib.sha256()
    for name in sorted(contents):
        digest.update(name.encode() + b"\0" + contents[name] + b"\0")
    files = {name: _asset(name, body) for name, body in contents.items()}
    return Assets(version=digest.hexdigest()[:12], files=files)


def style(folder: Path) -> str:
    """Return the style sheets of every page as one, lightest layer first."""
    return _joined(_style_sheets(folder))


def _joined(sheets: Iterable[Path]) -> str:
    return "\n".join(scripts.without_remarks(path.read_text()) for path in sheets)


def _style_sheets(folder: Path) -> Iterator[Path]:
    yield from (folder / name for name in STYLE_ORDER)
    for each in STYLE_FOLDERS:
        yield from sorted((folder / each).glob("*.css"))
    yield from (folder / name for name in LATE_STYLES)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*") if path.is_file())


def _asset(name: str, body: bytes) -> Asset:
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Asset(body=body, packed=_packed(body), media_type=media_type)


def _packed(body: bytes) -> dict[str, bytes]:
    """Pack tightly: it is done once, and sent a thousand times."""
    return {encoding: packing.packed(body, encoding, effort) for encoding, effort in EFFORTS}


def _assets() -> Assets:
    assets: Assets = current_app.extensions["assets"]
    return assets
