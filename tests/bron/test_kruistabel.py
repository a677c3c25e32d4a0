"""A table downloaded from StatLine reads as the figures in it, whatever its shape; what is unclear is refused."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.bron.bronlijst import Aanlevering
from assets.bron.kruistabel.lezen import read_statline
from assets.bron.kruistabel.label import LabelError, read_periodelabel
from assets.bron.vellen.lezen import read_vellen
from assets.bron.vellen.vel import VelError, visible_vel
from begrippen.regionaam import RegionaamError, read_regionaam
from tests.bron.kruistabel_vormen import VORMEN, Kruistabel, write, write_csv

ONDERWERPEN = {
    "bb": (("Beroepsbevolking",), "Totaal", "x 1 000"),
    "werkloos": (("Beroepsbevolking", "Werkloos"), "Percentage", "%"),
    "niet_bb": ((), "Niet-beroepsbevolking", "x 1 000"),
}
REGIOS = {
    "NL01": "Nederland",
    "PV22": "Drenthe (PV)",
    "CR08": "Zuidoost-Drenthe (CR)",
    "GM0014": "Groningen (gemeente)",
    "GM0518": "'s-Gravenhage (gemeente)",
    "GM1680": "Aa en Hunze",
}
PERIODEN = {"2022JJ00": "2022", "2023JJ00": "2023**", "2024JJ00": "2024*"}
STATUS = {"": "definitief", "*": "voorlopig", "**": "nader_voorlopig"}


def tabel(cellen=None, **changed) -> Kruistabel:
    fields = {"onderwerpen": ONDERWERPEN, "regios": REGIOS, "perioden": PERIODEN} | changed
    every = [(o, r, p) for o in fields["onderwerpen"] for r in fields["regios"] for p in fields["perioden"]]
    texts = {key: f"{n},{n % 10}" for n, key in enumerate(every)} | (cellen or {})
    return Kruistabel(**fields, cellen=texts)


def mapping(form, onderwerpen=ONDERWERPEN, **changed) -> Aanlevering:
    statline = {"nagekeken": date(2026, 3, 1)} | form | changed.pop("statline", {})
    topics = {
        name: {"titel": titel, "pad": list(pad), "eenheid": eenheid, "zekerheid": "K"}
        for name, (pad, titel, eenheid) in onderwerpen.items()
    }
    fields = {"id": "proef", "titel": "Proef", "licentie": "CC BY 4.0", "bestanden": ["proef*"], "onderwerpen": topics}
    return Aanlevering.model_validate(fields | {"statline": statline} | changed)


def read(path, own: Aanlevering):
    return read_statline(visible_vel(read_vellen(path, own.scheiding, own.codering), path.name), own)


def expected(k: Kruistabel):
    """What must come out of a table: key -> (value, sign for no value, status)."""
    out = {}
    symbols = any("*" in p for p in k.perioden.values())
    for (o, r, p), text in k.cellen.items():
        label = k.perioden[p]
        status = STATUS[label[len(label.rstrip("*")) :]] if symbols else "onbekend"
        blank = {".": ".", "": "Impossible" if symbols or "." in k.cellen.values() else ""}.get(text)
        out[o, r, p] = (None if blank is not None else float(text.replace(",", ".")), blank, status)
    return out


def found(table):
    cells = {(c.indicator, c.regiocode, c.periode): (c.waarde, c.leeg, c.status) for c in table.cellen}
    assert len(cells) == len(table.cellen)
    return cells


@pytest.mark.parametrize("vorm", VORMEN)
def test_every_shape_reads_as_the_same_figures(tmp_path, vorm):
    k = tabel({("bb", "PV22", "2024JJ00"): ".", ("werkloos", "GM1680", "2022JJ00"): ""})
    path, form = write(tmp_path / "proef", k, vorm)
    assert found(read(path, mapping(form))) == expected(k)


teksten = st.one_of(
    st.just("."),
    st.just(""),
    st.integers(-(10**7), 10**7).map(str),
    st.decimals(-1000, 1000, places=1, allow_nan=False).map(lambda d: str(d).replace(".", ",")),
)
perioden = st.sampled_from(
    [
        PERIODEN,
        {"2023JJ00": "2023"},
        {"2015KW01": "2015 1e kwartaal", "2015KW02": "2015 2e kwartaal*"},
        {"2020MM01": "2020 januari", "2020MM02": "2020 februari"},
        {"2018SJ00": "2018/'19", "2019SJ00": "2019/'20*"},
    ]
)


@settings(max_examples=150, deadline=None)
@given(
    vorm=st.sampled_from(VORMEN),
    regio=st.sets(st.sampled_from(sorted(REGIOS)), min_size=1),
    onderwerp=st.sets(st.sampled_from(sorted(ONDERWERPEN)), min_size=1),
    periode=perioden,
    data=st.data(),
)
def test_what_is_written_in_a_shape_is_read(tmp_path_factory, vorm, regio, onderwerp, periode, data):
    topics = {o: ONDERWERPEN[o] for o in sorted(onderwerp)}
    k = tabel(onderwerpen=topics, regios={r: REGIOS[r] for r in sorted(regio)}, perioden=periode)
    k.cellen = {key: data.draw(teksten) for key in k.cellen}
    path, form = write(tmp_path_factory.mktemp("statline") / "proef", k, vorm)
    assert found(read(path, mapping(form, topics))) == expected(k)


@pytest.mark.parametrize("vorm", VORMEN)
def test_every_figure_walks_back_to_its_place(tmp_path, vorm):
    path, form = write(tmp_path / "proef", k := tabel(), vorm)
    own = mapping(form)
    vel = visible_vel(read_vellen(path, ";"), path.name)
    lines = {r.nummer: r for r in vel.regels}
    for cel in read(path, own).cellen:
        text = lines[cel.regel].vak(cel.kolom).tekst
        assert float(text.replace(",", ".")) == cel.waarde
        assert k.cellen[cel.indicator, cel.regiocode, cel.periode].replace(",", ".") == f"{cel.waarde:.1f}"
