"""When a text speaks of: date expressions in it, and the publication day of a page."""

from corpus_loader.articles.dates.expression import DateExpression, possible_days
from corpus_loader.articles.dates.expressions import find_dates

__all__ = ["DateExpression", "find_dates", "possible_days"]
