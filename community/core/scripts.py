"""Script: many small modules on disk become two files on the wire.

Our modules keep to one form (`import { a, b } from "../parts/x.js";` and `export function a`), so
joining them needs no bundler: each becomes a function that is called once and returns its exports.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

# These travel with every page. The others come in one more file when a page asks for one of them.
EVERYDAY = (
    "autosubmit",
    "cards",
    "confirm",
    "copy-link",
    "menu",
    "moved-reply",
    "open-target",
    "scrollers",
    "sent",
    "theme",
    "vote",
)
LOADER = "community.js"
BUNDLE_MARK = "const bundled = {};"

IMPORT = re.compile(r'^import \{ ([\w, ]+) \} from "(\.[^"]+)";$', re.MULTILINE)
EXPORT = re.compile(r"^export ((?:async )?function) (\w+)", re.MULTILINE)


def community(folder: Path) -> str:
    """Return the script of every page: the loader with the everyday behaviours inside it."""
    joined = join(folder, EVERYDAY) + f"\nconst bundled = {_listed(EVERYDAY)};"
    return without_remarks((folder / LOADER).read_text()).replace(BUNDLE_MARK, joined)


def more(folder: Path) -> str:
    """Return the other behaviours, such as those for writing."""
    names = [path.stem for path in sorted((folder / "behaviours").glob("*.js"))]
    others = [name for name in names if name not in EVERYDAY]
    return join(folder, others) + f"\nexport const behaviours = {_listed(others)};"


def join(folder: Path, names: Iterable[str]) -> str:
    """Return behaviours with the parts that they import, each part once and before its users."""
    modules: dict[str, str] = {}
    for name in names:
        _add(folder, f"behaviours/{name}.js", modules)
    return "\n".join(["const modules = {};", *modules.values()])


def without_remarks(source: str) -> str:
    """Leave out comments, blank lines and indentation: whoever wants to read has the files."""
    bare = re.sub(r"^[ \t]*/\*.*?\*/", "", source, flags=re.DOTALL | re.MULTILINE)
    lines = (line.strip() for line in bare.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def _add(folder: Path, name: str, modules: dict[str, str]) -> None:
    if name in modules:
        return
    source = without_remarks((folder / name).read_text())
    for needed in _imports(name, source):
        _add(folder, needed, modules)

    def fetched(match: re.Match[str]) -> str:
        return f'const {{ {match[1]} }} = modules["{_resolved(name, match[2])}"];'

    exports = ", ".join(match[2] for match in EXPORT.finditer(source))
    body = EXPORT.sub(r"\1 \2", IMPORT.sub(fetched, source))
    modules[name] = f'modules["{name}"] = (() => {{\n{body}\nreturn {{ {exports} }};\n}})();'


def _imports(name: str, source: str) -> Iterator[str]:
    yield from (_resolved(name, match[2]) for match in IMPORT.finditer(source))


def _resolved(name: str, target: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), target))


def _listed(names: Iterable[str]) -> str:
    pairs = (f'"{name}": modules["behaviours/{name}.js"]' for name in names)
    return "{ " + ", ".join(pairs) + " }"
