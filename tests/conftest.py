"""What the tests share: where things lie, and one corpus built once."""

from pathlib import Path

import pytest
from hypothesis import settings

# A busy machine is not a broken promise.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The five pages and their corpus.toml."""
    return ROOT / "seeds"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The labelled pages of the workshop; a test that needs them is skipped where they are not."""
    if not (SHARED / "eval" / "pages.jsonl").is_file():
        pytest.skip(f"needs the labelled pages in {SHARED.name}/, which are not part of the project")
    return SHARED


@pytest.fixture(scope="session")
def built(tmp_path_factory, seeds) -> Path:
    """The corpus of the seeds, built the way the command line builds it."""
    from corpus_loader.corpus.build import build
    from corpus_loader.publishing import COMPANIONS

    out = tmp_path_factory.mktemp("built") / "corpus"
    build(seeds, out, workers=1, companions=COMPANIONS)
    return out
