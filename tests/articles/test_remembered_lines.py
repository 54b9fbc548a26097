"""What rules found of a line is remembered, but no line that would fill the memory."""

import tracemalloc

from corpus_loader.articles.byline import is_byline_line
from corpus_loader.articles.wording import title_key


def test_endless_lines_are_not_remembered() -> None:
    tracemalloc.start()
    for number in range(200):
        line = f"{number} {'word ' * 10_000}"
        assert title_key(line).endswith("word")
        assert not is_byline_line(line)
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < 2_000_000
