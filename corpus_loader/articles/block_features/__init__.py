"""What the labeller looks at in each block of a page, as rows of one table; compiled, page by page."""
