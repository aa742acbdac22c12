"""Who is told that they were mentioned."""

import time

import pytest

from community.core.text import mentions_in


@pytest.mark.parametrize(
    ("source", "handles"),
    [
        ("@ann and @Ben.", ["ann", "ben"]),
        ("@ann @ANN @ann", ["ann"]),
        ("@ann's, (@ben) **@mia**", ["ann", "ben", "mia"]),
        ("@ann.lee @ann-lee @ann_lee", ["ann", "ann-lee", "ann_lee"]),
        ("Thanks @ann.See you, @ben- _@mia_", ["ann", "ben", "mia"]),
        ("@josé @josefé @jo @" + "x" * 31, []),
        ("ann@example.org https://example.org/@ann", []),
        ("@ @. @-", []),
        ("`@ann` ``a ` @ben`` @mia", ["mia"]),
        ("`@ann", ["ann"]),
        ("```\n@ann\n```\n@ben", ["ben"]),
        ("~~~~\n@ann\n~~~\n@mia\n~~~~\n@ben", ["ben"]),
        ("text\n\n    @ann\n\n@ben", ["ben"]),
        ("text\n    @ann", ["ann"]),
    ],
)
def test_handles_outside_of_code(source, handles):
    assert mentions_in(source) == handles


def test_nobody_can_call_a_crowd():
    assert len(mentions_in(" ".join(f"@member{n}" for n in range(100)))) == 20


@pytest.mark.parametrize(
    "piece", ["`", "` ", "@", "@a", "@a.", "```\n", "a@", "".join("`" * n + "x" for n in range(99))]
)
def test_reading_mentions_takes_linear_time(piece):
    started = time.process_time()
    mentions_in(piece * (200_000 // len(piece)))
    assert time.process_time() - started < 1
