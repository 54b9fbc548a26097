"""Use a corpus: as a `datasets.Dataset`, as Polars frames, as typed records; from a folder, JSONL, or the Hub."""
