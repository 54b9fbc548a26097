"""Raw news pages in; a validated, evidenced, loadable corpus out.

    >>> import corpus_loader
    >>> articles = corpus_loader.load_dataset()      # the seed corpus, offline
"""

from __future__ import annotations

__version__ = "0.1.0"
