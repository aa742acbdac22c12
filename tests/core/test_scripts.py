"""Many small modules become two files that mean the same."""

import re
from pathlib import Path

import pytest

from community.core import scripts

JS = Path("static/js")


@pytest.fixture(scope="module")
def everything():
    return scripts.community(JS), scripts.more(JS)


def test_every_behaviour_is_in_exactly_one_of_the_two_files(everything):
    for path in (JS / "behaviours").glob("*.js"):
        mark = f'modules["behaviours/{path.name}"] = '
        assert sum(text.count(mark) for text in everything) == 1, path


def test_no_import_or_export_is_left_inside(everything):
    community, more = everything
    assert not re.search(r"^(import|export) ", community, re.MULTILINE)
    assert re.findall(r"^(?:import|export) .*", more, re.MULTILINE) == [
        line for line in more.splitlines() if line.startswith("export const behaviours = {")
    ]


def test_a_part_comes_once_and_before_those_who_import_it(tmp_path):
    for folder in ("behaviours", "parts"):
        (tmp_path / folder).mkdir()
    (tmp_path / "parts/low.js").write_text("/** Low. */\nexport function low() {}\n")
    uses_low = 'import { low } from "./low.js";\nexport function mid() { low(); }\n'
    (tmp_path / "parts/mid.js").write_text(uses_low)
    for name in ("a", "b"):
        source = 'import { mid } from "../parts/mid.js";\nexport function attach() { mid(); }\n'
        (tmp_path / f"behaviours/{name}.js").write_text(source)
    text = scripts.join(tmp_path, ["a", "b"])
    order = re.findall(r'^modules\["([^"]+)"\] =', text, re.MULTILINE)
    assert order == ["parts/low.js", "parts/mid.js", "behaviours/a.js", "behaviours/b.js"]
    assert 'const { low } = modules["parts/low.js"];' in text


def test_every_module_keeps_to_the_form_that_can_be_joined():
    for path in [*JS.glob("behaviours/*.js"), *JS.glob("parts/*.js")]:
        source = path.read_text()
        imports = re.findall(r"^import\b.*", source, re.MULTILINE)
        assert all(scripts.IMPORT.fullmatch(line) for line in imports), path
        exports = re.findall(r"^export\b.*", source, re.MULTILINE)
        assert exports, path
        assert all(scripts.EXPORT.match(line) for line in exports), path


def test_every_behaviour_that_a_template_asks_for_exists():
    known = {path.stem for path in (JS / "behaviours").glob("*.js")}
    for template in Path("templates").rglob("*.html"):
        for names in re.findall(r'data-behaviour="([^"{]+)"', template.read_text()):
            assert set(names.split()) <= known, template


def test_remarks_are_left_out_and_strings_are_not():
    source = '/** Sign. */\n// Why.\nconst a = "/* kept */ // kept";\n\n  b();\n'
    assert scripts.without_remarks(source) == 'const a = "/* kept */ // kept";\nb();'
