"""Cells that change under the same date and version are found all the same; a delivery is held against its level."""

from datetime import date, timedelta

import pytest

from assets.bron.aanlevering import read_deliveries
from assets.bron.bronlijst import Niveau, read_bronlijst
from assets.bron.fetch import NAGAAN
from assets.bron.momentopname import NAGEKEKEN, Archief
from tests.bron import rauw

MAAND = int(NAGAAN / timedelta(minutes=1)) + 60


def _raise_one(api, answers):
    """One figure a little higher, as a revision is, and nothing else."""
    row = answers[rauw.ROWS[api]]["value"][0]
    name = {"v3": "Banen_1", "v4": "Value"}[api]
    row[name] = "     101.5" if api == "v3" else 101.5


@pytest.mark.parametrize("api", ["v3", "v4"])
def test_other_cells_under_the_same_date_are_found_within_a_month(api, tmp_path):
    tabel, answers = rauw.make_tabel(api), rauw.Antwoorden(rauw.MAKE[api]())
    (first,) = rauw.fetch(answers, [tabel], tmp_path)
    _raise_one(api, answers.inhoud)
    (soon,) = rauw.fetch(answers, [tabel], tmp_path, later=60)
    assert soon.resultaat == "ongewijzigd" and soon.momentopname.id == first.momentopname.id
    (later,) = rauw.fetch(answers, [tabel], tmp_path, later=MAAND)
    assert later.resultaat == "nieuw", later.reden
    assert 101.5 in {c[3] for c in rauw.read_cells(later)}


@pytest.mark.parametrize("api", ["v3", "v4"])
@pytest.mark.parametrize("damaged", [False, True])
def test_the_same_cells_are_not_kept_twice_nor_asked_for_each_night(api, damaged, tmp_path):
    tabel, answers = rauw.make_tabel(api), rauw.Antwoorden(rauw.MAKE[api]())
    (first,) = rauw.fetch(answers, [tabel], tmp_path)
    (later,) = rauw.fetch(answers, [tabel], tmp_path, later=MAAND)
    assert later.resultaat == "ongewijzigd" and later.momentopname.id == first.momentopname.id
    archief = Archief(tmp_path, "voorbeeld")
    assert len(archief.list(tabel.bron, tabel.id)) == 1
    if damaged:
        (first.momentopname.folder.parent / NAGEKEKEN).write_text("{")
    answers.gevraagd.clear()
    (again,) = rauw.fetch(answers, [tabel], tmp_path, later=MAAND + 60)
    assert again.resultaat == "ongewijzigd"
    assert any(rauw.ROWS[api] in p for p in answers.gevraagd) is damaged  # a note that is gone only costs a fetch


KOP = "indicator;regiocode;periode;waarde;status;bron;peildatum"


def deliver(folder, archief, factor, lijst, later=0):
    lines = [
        f"{naam};GM{code:04d};{jaar};{waarde * factor:.3f};definitief;Wij;2026-01-01".replace(".", ",")
        for naam, waarde in zip(list(lijst["sjabloon"].onderwerpen)[:2], (400, 0.5), strict=True)
        for code in (109, 114, 118, 119, 106, 1680)
        for jaar in (2022, 2023)
    ]
    (folder / "sjabloon_a.csv").write_text("\n".join([KOP, *lines, ""]), encoding="utf-8")
    (found,) = read_deliveries(folder, lijst, archief, rauw.Klok(later))
    return found


@pytest.mark.parametrize("factor", [1000, 1.5, 0.01])
def test_a_delivery_in_another_unit_is_refused_unless_signed_for(factor, tmp_path):
    sjabloon = read_bronlijst().aanleveringen["sjabloon"].model_copy(update={"zonder_duizendtallen": True})
    namen = list(sjabloon.onderwerpen)[:2]
    archief, folder = Archief(tmp_path, "cbs"), tmp_path / "in"
    folder.mkdir()
    first = deliver(folder, archief, 1, {"sjabloon": sjabloon})
    assert first.resultaat == "nieuw", first.reden
    assert deliver(folder, archief, 1.02, {"sjabloon": sjabloon}, 5).resultaat == "nieuw"
    refused = deliver(folder, archief, factor, {"sjabloon": sjabloon}, 10)
    assert refused.resultaat == "geweigerd"
    assert {(r.code, r.wat) for r in refused.redenen} == {("niveau", n) for n in namen}
    signed = tuple(
        Niveau(onderwerp=naam, factor=factor / 1.02, reden="andere eenheid", door="A. de Vries", datum=date(2026, 3, 2))
        for naam in namen
    )
    allowed = sjabloon.model_copy(update={"niveaus": signed})
    assert deliver(folder, archief, factor, {"sjabloon": allowed}, 20).resultaat == "nieuw"
