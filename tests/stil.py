"""A web server of a test: it says nothing of what it answers, and does not keep an answer back."""

from __future__ import annotations

from http.server import SimpleHTTPRequestHandler
from typing import Any

# how often a server looks whether it may stop, in seconds: with the half second of Python each test would wait for it
KIJK = 0.02


class Stil:
    """How these servers answer, before the class of the library that does.

    Head and body go out as two small packets, and by itself TCP keeps the second back until the first is confirmed: 40
    milliseconds for each question, most of what a test of the source took.
    """

    disable_nagle_algorithm = True

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


class StilleMap(Stil, SimpleHTTPRequestHandler):
    """The same, for the files of a folder."""
