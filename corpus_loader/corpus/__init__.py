"""Keep articles: the schema, corpus.toml, the build, the corpus folder, and the checks of all of these."""
