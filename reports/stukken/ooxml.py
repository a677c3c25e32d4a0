"""The same bytes for the same Office file: fixed times in the zip, dates from the build, whatever wrote it."""

from __future__ import annotations

import io
import re
import textwrap
import zipfile
from datetime import datetime

# The first moment that a zip can name.
EEN_TIJD = (1980, 1, 1, 0, 0, 0)
KERN = "docProps/core.xml"
_DATUM = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")


# What a property of a file holds at most.
EIGENSCHAP = 255


def kort(tekst: str) -> str:
    """A text as a property of a file, which may not be longer."""
    return textwrap.shorten(tekst, EIGENSCHAP, placeholder=" ...")


def fix(raw: bytes, moment: datetime) -> bytes:
    """The file with every time in it set to `moment`, workbooks within it too. `moment` is in UTC."""
    stamp = f"{moment:%Y-%m-%dT%H:%M:%SZ}".encode()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for naam in source.namelist():
            content = source.read(naam)
            if naam.endswith(".xlsx"):
                content = fix(content, moment)
            elif naam == KERN:
                content = _DATUM.sub(rb"\g<1>" + stamp + rb"\g<3>", content)
            info = zipfile.ZipInfo(naam, EEN_TIJD)
            info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 3, 0o600 << 16
            target.writestr(info, content)
    return out.getvalue()
