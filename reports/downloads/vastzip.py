"""A zip file that is the same to the byte whenever, and on whatever machine, it is made."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Mapping

VAST = (1980, 1, 1, 0, 0, 0)


def write_zip(delen: Mapping[str, bytes], los: Collection[str] = ()) -> bytes:
    """Files by their names as one zip, in this order. `los`: those that are not packed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in delen.items():
            info = zipfile.ZipInfo(name, VAST)
            info.compress_type = zipfile.ZIP_STORED if name in los else zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            info.create_system = 3
            archive.writestr(info, content)
    return out.getvalue()
