"""What all files of Office share: the same bytes for the same file (times in the zip, dates), language and colour."""

from __future__ import annotations

import io
import re
import textwrap
import zipfile
from datetime import datetime
from typing import Any

from pptx.oxml.ns import qn

# The first moment that a zip can name.
EEN_TIJD = (1980, 1, 1, 0, 0, 0)
TAAL = "nl-NL"
KERN = "docProps/core.xml"
_DATUM = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")

# What a property of a file holds at most.
EIGENSCHAP = 255
# What slides say of their form.
BREEDBEELD = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties '
    b'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><PresentationFormat>'
    b"Breedbeeld</PresentationFormat></Properties>"
)


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


def set_taal(root: Any) -> None:
    """Dutch for all words in a part: in a file of Office the language stands with each run."""
    for run in root.iter(qn("a:r")):
        run.get_or_add_rPr()
    for letter in root.iter(qn("a:rPr"), qn("a:endParaRPr"), qn("a:defRPr")):
        letter.set("lang", TAAL)


NAMEN = (
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)


def inkt(code: str) -> str:
    """A fill of one colour, by its six hexadecimal digits."""
    return f'<a:solidFill><a:srgbClr val="{code}"/></a:solidFill>'
