"""Judging a post with what was learned: plain arithmetic, so that nobody waits for it."""

from __future__ import annotations

import json
import math
import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from community.moderation.spam.features import Letter, features_of

MOST_REASONS = 6


@dataclass(frozen=True)
class Weights:
    """What was learned: of each feature how rare it is, and how much it speaks for spam."""

    bias: float
    features: Mapping[str, tuple[float, float]]


@dataclass(frozen=True)
class Judgement:
    """How likely a post is spam, from 0 to 1, and the features that decided, strongest first.

    A feature's number is what it added to the logarithm of the odds; below 0 it speaks against.
    """

    score: float
    reasons: tuple[tuple[str, float], ...]


def judge(weights: Weights, letter: Letter) -> Judgement:
    """Return how likely a post is spam. The same arithmetic as logistic regression on tf-idf."""
    counts = Counter(each for each in features_of(letter) if each in weights.features)
    values = {
        name: (1 + math.log(count)) * weights.features[name][0] for name, count in counts.items()
    }
    length = math.sqrt(sum(value * value for value in values.values())) or 1.0
    parts = {name: value / length * weights.features[name][1] for name, value in values.items()}
    odds = weights.bias + sum(parts.values())
    ranked = sorted(parts.items(), key=lambda part: -abs(part[1]))[:MOST_REASONS]
    reasons = tuple((name, round(part, 2)) for name, part in ranked)
    return Judgement(1 / (1 + math.exp(-max(min(odds, 50.0), -50.0))), reasons)


def packed(weights: Weights) -> bytes:
    """Return the weights as they are stored."""
    plain = {"bias": weights.bias, "features": weights.features}
    return zlib.compress(json.dumps(plain, ensure_ascii=False).encode())


def unpacked(stored: bytes) -> Weights:
    """Return the weights that were stored."""
    plain = json.loads(zlib.decompress(stored))
    return Weights(plain["bias"], {name: (a, b) for name, (a, b) in plain["features"].items()})
