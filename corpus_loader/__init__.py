"""Raw news pages in; a validated, evidenced, loadable corpus out.

    >>> import corpus_loader
    >>> articles = corpus_loader.load_dataset()      # the seed corpus, offline
"""

from __future__ import annotations

from corpus_loader.version import __version__

__all__ = ["__version__"]
