"""Learning from decisions: a process of its own, for the libraries take 150 MB while it runs.

`python -m community.moderation.spam.learning` reads lessons from its input, one JSON object a
line, and writes what it learned as one JSON object. Nothing of the forum imports this module.
"""

from __future__ import annotations

import json
import sys
from typing import Any
from zlib import crc32

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold

from community.moderation.spam.features import Letter, features_of

Lesson = dict[str, Any]
FIFTHS = 5
MOST_FEATURES = 8000
# Strong words of few spam posts must not drown in what everybody writes.
REGULARISATION = 20.0
SEED = 20


def learned(lessons: list[Lesson], wanted: float) -> dict[str, Any]:
    """Learn from four fifths, and try it on the last one.

    Posts of one author stay in one part, for a spammer's posts are alike. The threshold is the
    lowest one that would have been right in at least the wanted share of its warnings, found
    inside the four fifths; the held-out fifth is only counted.
    """
    labels = np.array([bool(each["is_spam"]) for each in lessons])
    held_out = np.array([_is_held_out(each["author"]) for each in lessons])
    study = [each for each, out in zip(lessons, held_out, strict=True) if not out]
    threshold = _threshold(study, labels[~held_out], wanted)
    vectorizer, model = _fitted(study, labels[~held_out])
    test = [each for each, out in zip(lessons, held_out, strict=True) if out]
    scores = model.predict_proba(vectorizer.transform(test))[:, 1] if test else np.array([])
    return {
        "threshold": threshold,
        **_counted(scores >= threshold, labels[held_out]),
        "bias": float(model.intercept_[0]),
        "features": _weights(vectorizer, model),
    }


def _is_held_out(author: int) -> bool:
    return crc32(str(author).encode()) % FIFTHS == 0


def _features(lesson: Lesson) -> list[str]:
    return features_of(
        Letter(
            title=lesson["title"],
            text=lesson["text"],
            hosts=tuple(lesson["hosts"]),
            circumstances=tuple(lesson["circumstances"]),
        )
    )


def _fitted(lessons: list[Lesson], labels: Any) -> tuple[TfidfVectorizer, LogisticRegression]:  # noqa: ANN401
    vectorizer = TfidfVectorizer(
        analyzer=_features, sublinear_tf=True, min_df=2, max_features=MOST_FEATURES
    )
    matrix = vectorizer.fit_transform(lessons)
    model = LogisticRegression(C=REGULARISATION, class_weight="balanced", max_iter=1000)
    return vectorizer, model.fit(matrix, labels)


def _threshold(lessons: list[Lesson], labels: Any, wanted: float) -> float:  # noqa: ANN401
    """Return from which score on a warning is right often enough."""
    groups = [each["author"] for each in lessons]
    scores = np.zeros(len(lessons))
    folds = StratifiedGroupKFold(n_splits=4, shuffle=True, random_state=SEED)
    for study, test in folds.split(lessons, labels, groups):
        vectorizer, model = _fitted([lessons[i] for i in study], labels[study])
        rows = vectorizer.transform([lessons[i] for i in test])
        scores[test] = model.predict_proba(rows)[:, 1]
    order = np.argsort(-scores)
    right = np.cumsum(labels[order]) / np.arange(1, len(lessons) + 1)
    enough = np.nonzero(right >= wanted)[0]
    found = float(scores[order][enough[-1]]) if len(enough) else 0.99
    return min(max(found, 0.5), 0.99)


def _counted(warned: Any, is_spam: Any) -> dict[str, int]:  # noqa: ANN401
    return {
        "caught": int((warned & is_spam).sum()),
        "missed": int((~warned & is_spam).sum()),
        "wronged": int((warned & ~is_spam).sum()),
        "cleared": int((~warned & ~is_spam).sum()),
    }


def _weights(vectorizer: TfidfVectorizer, model: LogisticRegression) -> dict[str, Any]:
    names = vectorizer.get_feature_names_out()
    pairs = zip(names, vectorizer.idf_, model.coef_[0], strict=True)
    return {str(name): (round(float(a), 4), round(float(b), 4)) for name, a, b in pairs}


def main() -> None:
    """Read the wanted precision and the lessons, write what was learned."""
    wanted = float(sys.argv[1])
    lessons = [json.loads(line) for line in sys.stdin]
    json.dump(learned(lessons, wanted), sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main()
