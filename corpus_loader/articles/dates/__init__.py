"""When a text speaks of: date expressions in it, and the publication day of a page."""

from corpus_loader.articles.dates.expression import DateExpression, possible_days

__all__ = ["DateExpression", "possible_days"]
