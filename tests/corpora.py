"""Inputs from outside the repository; tests that need them are skipped aloud without them."""

import json
from pathlib import Path

import pytest

FOLDER = Path("../shared/corpora")


def corpus(name):
    """Return the path of a file of hostile inputs, or skip the test."""
    path = FOLDER / name
    if not path.exists():
        pytest.skip(f"{path} is not here")
    return path


def rows(name):
    """Return the rows of a file with one JSON object a line, or skip the test."""
    with corpus(name).open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
