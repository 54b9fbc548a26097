"""`python -m corpus_loader` is `corpus-loader`."""

from corpus_loader.cli import main

main()
