"""Made-up sites: pages that share their furniture, two paragraphs of it where the labeller takes it for body."""

import json
from pathlib import Path

__all__ = ["FORMS", "LANGUAGES", "Site", "write_rows"]

_SITES = json.loads(Path(__file__).with_name("made_sites.json").read_text(encoding="utf-8"))
LANGUAGES = tuple(_SITES)
FORMS = ("text", "html")


class Site:
    """One site in one form, with twelve articles about as many places."""

    def __init__(self, language, form):
        self.form = form
        self._facts = _SITES[language]
        self.inside, self.below, self.subheading, self.author = (
            self._facts[key] for key in ("inside", "below", "subheading", "author")
        )

    def article(self, number):
        """The article's own paragraphs."""
        return [text.format(place=self._facts["places"][number], day=number + 1) for text in self._facts["paragraphs"]]

    def row(self, number, *, paragraphs=None, address=None):
        """The page of one article as a row of a web corpus."""
        facts = {key: value for key, value in self._facts.items() if isinstance(value, str)}
        place, day = self._facts["places"][number], number + 1
        facts |= {key: facts[key].format(place=place, day=day) for key in ("title", "stamp")}
        a, b, c, d = paragraphs or self.article(number)
        body = [a, b, self.inside, self.subheading, c, d, self.below]
        render = self._dump if self.form == "text" else self._markup
        return {"url": f"https://www.{facts['host']}/news/bridge-{address or number}", self.form: render(facts, body)}

    def _dump(self, facts, body):
        head = [facts["title"], facts["byline"], facts["stamp"]]
        return "\n".join([*self._facts["menu"], *head, *body, *self._facts["foot"]])

    def _markup(self, facts, body):
        menu = "".join(f"<li><a href='/{i}'>{name}</a></li>" for i, name in enumerate(self._facts["menu"]))
        lines = "".join(f"<h2>{t}</h2>" if t == self.subheading else f"<p>{t}</p>" for t in body)
        head = f"<h1>{facts['title']}</h1><p class='byline'>{facts['byline']}</p><p>{facts['stamp']}</p>"
        foot = "".join(f"<p>{line}</p>" for line in self._facts["foot"])
        return (
            f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{facts['title']}</title></head><body>"
            f"<nav><ul>{menu}</ul></nav><main><article>{head}{lines}</article></main><footer>{foot}</footer></body></html>"
        )


def write_rows(path, rows):
    """A file of JSON lines."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path
