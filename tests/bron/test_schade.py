"""A stored answer that is damaged is set aside and named; nothing else stops for it, however often it comes back."""

import shutil

import pytest

from assets.bron.momentopname import Archief
from assets.bron.schade import STUK, set_aside
from tests.bron import rauw


@pytest.fixture
def archief(tmp_path):
    tabel = rauw.make_tabel("v4")
    (found,) = rauw.fetch(rauw.Antwoorden(rauw.MAKE["v4"]()), [tabel], tmp_path)
    assert found.momentopname is not None
    return Archief(tmp_path, "voorbeeld"), tabel, found.momentopname.folder


def test_what_is_put_back_and_is_damaged_still_is_set_aside_beside_the_first(archief, tmp_path):
    kept, tabel, folder = archief
    shutil.copytree(folder, tmp_path / "kopie")
    for time in (1, 2, 3):
        (folder / "waarnemingen.parquet").write_bytes(b"stuk")
        (reden,) = set_aside(kept, tabel.bron, tabel.id)
        assert reden.gegevens == {"momentopname": folder.name, "bestand": "waarnemingen.parquet"}
        assert not folder.exists() and kept.latest(tabel.bron, tabel.id) is None
        assert len(list(folder.parent.glob(f"{STUK}{folder.name}*"))) == time
        shutil.copytree(tmp_path / "kopie", folder)
    assert set_aside(kept, tabel.bron, tabel.id) == ()
    latest = kept.latest(tabel.bron, tabel.id)
    assert latest is not None and latest.folder == folder
