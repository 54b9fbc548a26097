"""Understand a page: label its lines, find title, body, day, language and outlet, and compose the article."""
