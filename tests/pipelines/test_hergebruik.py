"""A refresh draws and sets what changed; what it publishes is what would come of drawing and setting everything."""

from pathlib import Path

import pytest

from assets.kast import KAST
from assets.keten import Editiekeuze, Plek
from assets.rapport.assets import read_gekozen_editie
from assets.rapport.schrijven import write_rapport
from pipelines import instellingen, vingerafdruk
from pipelines.instellingen import Instellingen
from pipelines.keteninstellingen import Keteninstellingen
from pipelines.vingerafdruk import open_kast
from tests.rapport.test_hergebruik import digests


@pytest.mark.usefixtures("zelf_getekend")
def test_a_refresh_takes_what_is_the_same_and_publishes_what_a_whole_one_would(
    kleine_publicatie, gewijzigde_publicatie, tmp_path
):
    first, second = (
        {p.name for p in (made.opslag / KAST / "opname").rglob("*") if p.is_file()}
        for made in (kleine_publicatie, gewijzigde_publicatie)
    )
    # of both nights, and no more than that
    assert first < second and len(first) > len(second - first)
    made = gewijzigde_publicatie
    editiemap, tussenstand = read_gekozen_editie(
        Plek("opname", made.opslag, made.uitvoer), Editiekeuze(2026, edities=instellingen.edities())
    )
    write_rapport(made.actueel / "monitor.duckdb", tmp_path, editiemap=editiemap, tussenstand=tussenstand)
    for folder in ("rapport", "stukken"):
        assert digests(tmp_path / folder) == digests(made.actueel / folder)


def is_kept(keten: Keteninstellingen) -> bool:
    """Whether something that is made twice is made once."""
    times: list[int] = []
    for _ in range(2):
        open_kast(keten).neem("figuur", b"iets", lambda: bytes(len(times.append(1) or times)))
    return len(times) == 1


def test_what_is_asked_for_is_kept_and_what_is_not_is_made(tmp_path: Path, monkeypatch):
    keten = Keteninstellingen.van(Instellingen(opslag=tmp_path), bron="voorbeeld")
    for anders in ({"opnieuw": True}, {"hergebruik": False}, {"peildatum": "2026-06-30"}):
        assert not is_kept(keten.model_copy(update=anders))
    assert [p.name for p in (tmp_path / KAST).iterdir()] == ["voorbeeld"]
    monkeypatch.setattr(vingerafdruk, "code_folders", lambda: [Path(__file__)])
    assert is_kept(keten)
    # the same code, another kind of source
    assert is_kept(keten.model_copy(update={"bron": "cbs"}))


def test_a_setting_of_the_environment_turns_it_off():
    assert instellingen.read({}).hergebruik and not instellingen.read({"MONITOR_HERGEBRUIK": "0"}).hergebruik
