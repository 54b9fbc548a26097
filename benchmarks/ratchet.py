"""Pinned scores that only go up: a JSON file beside the benchmarks, with the digest of the pages they were made on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Baseline", "read_baseline", "write_baseline"]

#: Scores are pinned to four digits; two machines can differ in the last bit of a float, hardly in the fourth digit.
_DIGITS = 4
_SLACK = 0.0002


@dataclass(frozen=True)
class Baseline:
    """Scores by key, and the digest of the labelled pages under which they hold."""

    pages: str
    scores: Mapping[str, float]

    def complaints(self, today: Baseline) -> list[str]:
        """What today is worse than this baseline, one line each, in the order of the keys."""
        if today.pages != self.pages:
            return [
                f"the labelled pages are others than those of the pinned scores ({today.pages[:12]}, pinned under "
                f"{self.pages[:12]}): pin again with --update --allow-lower"
            ]
        return [
            f"{key}: {now:.4f}, pinned {pinned:.4f}"
            for key, pinned in sorted(self.scores.items())
            if (now := round(today.scores.get(key, 0.0), _DIGITS)) < pinned - _SLACK
        ]


def read_baseline(path: Path) -> Baseline:
    """The pinned scores. Raises FileNotFoundError where nothing is pinned yet."""
    stored = json.loads(path.read_text(encoding="utf-8"))
    return Baseline(stored["pages"], stored["scores"])


def write_baseline(path: Path, baseline: Baseline) -> None:
    """Pin the scores; the file is replaced at once or not at all."""
    scores = {key: round(value, _DIGITS) for key, value in sorted(baseline.scores.items())}
    text = json.dumps({"pages": baseline.pages, "scores": scores}, ensure_ascii=False, indent=1) + "\n"
    beside = path.with_suffix(".tmp")
    beside.write_text(text, encoding="utf-8", newline="\n")
    beside.replace(path)
