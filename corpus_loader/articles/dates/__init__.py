"""When a text speaks of: date expressions in it, and the publication day of a page."""

from corpus_loader.articles.dates.expression import DateExpression, possible_days
from corpus_loader.articles.dates.expressions import find_dates
from corpus_loader.articles.dates.resolve import resolve_date
from corpus_loader.articles.dates.retrieved import find_retrieved

__all__ = ["DateExpression", "find_dates", "find_retrieved", "possible_days", "resolve_date"]
