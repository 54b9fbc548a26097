"""`python -m corpus_loader.cli` is `corpus-loader`."""

from corpus_loader.cli import main

main()
