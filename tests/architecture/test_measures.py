"""Nothing and nobody is restricted but by a measure: who may write the columns that do it."""

import ast
from pathlib import Path

import pytest

RESTRICTING = {
    *("hidden_at", "hidden_as", "locked_at", "demoted_at", "slow_seconds", "slow_until"),
    *("suspended_at", "suspended_until", "muted_until", "ended_at"),
}
WRITERS = {
    Path("community/posts/services/hiding.py"),
    Path("community/members/services/restricting.py"),
}
# What an import brings along hidden gets its measures in the same transaction; see its test.
BRINGS_HIDDEN = Path("community/imports/writers/rows.py")
PRIVATE = {"hiding", "restricting"}
CALLER = Path("community/moderation/services/effects.py")
MODULES = sorted(Path("community").rglob("*.py"))


def written_in(tree: ast.AST) -> set[str]:
    """Return the restricting columns that code sets: by name, as an argument, or as a key."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store | ast.Del):
            found.add(node.attr)
        elif isinstance(node, ast.Call):
            found |= {each.arg for each in node.keywords if _writes(node)}
            if ast.unparse(node.func).endswith("setattr"):
                found |= {each.value for each in node.args if isinstance(each, ast.Constant)}
        elif isinstance(node, ast.Dict):
            found |= {each.value for each in node.keys if isinstance(each, ast.Constant)}
    return found & RESTRICTING


def _writes(call: ast.Call) -> bool:
    name = ast.unparse(call.func).rpartition(".")[2]
    return name in {"values", "Post", "Question", "Answer", "Comment", "Member", "update"}


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_only_measures_write_what_restricts(path):
    allowed = RESTRICTING if path in WRITERS else set()
    allowed = allowed | ({"hidden_at", "hidden_as"} if path == BRINGS_HIDDEN else set())
    assert written_in(ast.parse(path.read_text())) <= allowed


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_only_the_effects_of_measures_call_what_restricts(path):
    imported = {
        alias.name.rpartition(".")[2]
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
        if "services" in (getattr(node, "module", "") or alias.name)
    }
    if path != CALLER:
        assert not imported & PRIVATE, path


@pytest.mark.parametrize(
    "line",
    [
        "post.hidden_at = now()",
        "update(Post).values(hidden_as=None)",
        'setattr(member, "muted_until", x)',
        'row = {"suspended_at": 1}',
        "Member(suspended_at=x)",
        "del post.locked_at",
    ],
)
def test_the_check_sees_every_way_to_write(line):
    assert written_in(ast.parse(line))


@pytest.mark.parametrize("line", ["if post.hidden_at: pass", "Post.hidden_at.is_(None)"])
def test_the_check_lets_reading_be(line):
    assert not written_in(ast.parse(line))
