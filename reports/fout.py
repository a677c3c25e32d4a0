"""What a document that cannot be made raises, whatever its form: web pages, PDF, slides."""

from __future__ import annotations

from begrippen.fout import MonitorError


class DocumentError(MonitorError):
    """A document that does not hold together, does not fit, or can not be set so that everyone can read it."""

    code = "document"
    exit_code = 1
