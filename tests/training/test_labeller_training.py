"""The labeller is trained from a folder of labelled pages, from the first page to the weights in a file."""

import gzip
import json
import pickle
from pathlib import Path

import numpy as np
import pytest

from corpus_loader.articles.block_features.table import feature_names
from training import labeller

SENTENCE = (
    "The council of {place} voted on day {n} to rebuild the bridge that the flood had carried away in the spring."
)
SITES = ("north", "south", "east", "west", "hill", "lake", "moor", "dale")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two pages of each of several sites, all with gold: menu, headline, six paragraphs, footer."""
    rows = []
    for number in range(2 * len(SITES)):
        site = SITES[number // 2]
        body = [SENTENCE.format(place=site, n=10 * number + n) for n in range(6)]
        lines = [f"The bridge of {site} {number}", "Home", "News", "Log in", *body, "Contact us", "Privacy policy"]
        html = "".join(f"<p class='text'>{line}</p>" if line in body else f"<div>{line}</div>" for line in lines)
        for name, content in ((f"{number}.html.gz", f"<body>{html}</body>"), (f"{number}.txt.gz", "\n".join(lines))):
            (tmp_path / name).write_bytes(gzip.compress(content.encode()))
        row = {"id": f"{site}-{number}", "corpus": "made", "site": f"{site}.example", "use": "train"}
        rows.append(row | {"html": f"{number}.html.gz", "text": f"{number}.txt.gz", "gold_body": "\n\n".join(body)})
    (tmp_path / "pages.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("kind", labeller.MEDIA_TYPES)
def test_labelled_pages_become_weights_that_find_their_bodies(folder, kind, monkeypatch, tmp_path):
    monkeypatch.setattr(labeller, "RECIPE", labeller.RECIPE._replace(trees=12, penalty=1.0))
    monkeypatch.setattr(labeller, "FINER", labeller.FINER._replace(trees=4, smallest_leaf=5))
    rows = list(labeller.read_rows(folder))
    found = labeller.learn(folder, rows, kind)
    sent = pickle.loads(pickle.dumps(found))  # as from one process to the other
    assert sent.model.names == feature_names(kind)
    assert set(sent.held_out) == {row["id"] for row in rows}
    assert all(len(scores) == 12 for scores in sent.held_out.values())
    assert sent.scores["made"]["f1"] > 0.9
    labeller.save_models(tmp_path / "weights.npz", {kind: sent.model})
    assert np.load(tmp_path / "weights.npz").files
