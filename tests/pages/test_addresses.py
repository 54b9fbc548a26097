import pytest

from corpus_loader.pages.addresses import read_url


@pytest.mark.parametrize(
    ("stated", "read"),
    [
        (" https://x.example/a ", "https://x.example/a"),
        ("https://x.ex\0ample/\ta\r\n", "https://x.example/a"),
        ("http://[", "http://["),
        ("\0", None),
        (" ", None),
        (None, None),
    ],
)
def test_a_stated_url_is_one_line(stated, read):
    assert read_url(stated) == read
