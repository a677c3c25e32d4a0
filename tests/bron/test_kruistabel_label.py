"""Periods in words and regions by name, as StatLine and people write them."""

import pytest

from assets.bron.kruistabel.label import LabelError, read_periodelabel
from begrippen.regionaam import RegionaamError, read_regionaam

PERIODELABELS = {
    "2023": ("2023JJ00", None),
    "2023*": ("2023JJ00", "voorlopig"),
    "2023**": ("2023JJ00", "nader_voorlopig"),
    "2023 *": ("2023JJ00", "voorlopig"),
    "2015 1e kwartaal": ("2015KW01", None),
    "2015 4e kwartaal**": ("2015KW04", "nader_voorlopig"),
    "het eerste kwartaal van 2015": ("2015KW01", None),
    "1e kwartaal 2015": ("2015KW01", None),
    "2015  derde kwartaal": ("2015KW03", None),
    "januari 2020": ("2020MM01", None),
    "2020 december*": ("2020MM12", "voorlopig"),
    "2018/'19*": ("2018SJ00", "voorlopig"),
    "2018/2019": ("2018SJ00", None),
    "2015 2e halfjaar": ("2015HJ02", None),
    "eerste half jaar van 2015": ("2015HJ01", None),
    "2019JJ00": ("2019JJ00", None),
}


@pytest.mark.parametrize("label", PERIODELABELS)
def test_periods_in_words(label):
    read = read_periodelabel(label)
    assert (read.code, read.status) == PERIODELABELS[label]


@pytest.mark.parametrize("label", ["", "20233", "1823", "2018/'21", "5e kwartaal 2015", "2015 1e kwart", "1-1-2020"])
def test_what_is_no_period_is_refused(label):
    with pytest.raises(LabelError, match="geen periode"):
        read_periodelabel(label)


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("Drenthe (PV)", "PV22"),
        ("  drenthe\N{NO-BREAK SPACE}(pv) ", "PV22"),
        ("Friesland (PV)", "PV21"),
        ("Zuidoost-Drenthe (CR)", "CR08"),
        ("NL13", "PV22"),
        ("NL132", "CR08"),
        ("s-Gravenhage (gemeente)", "GM0518"),
        ("Bergen (L.)", "GM0893"),
        ("Noord-Nederland (LD)", "LD01"),
        ("Niet in te delen (PV)", "PV99"),
        ("GM0106", "GM0106"),
    ],
)
def test_regions_by_name(label, code):
    assert read_regionaam(label) == code


@pytest.mark.parametrize("label", ["Bergen", "Drenthe", "Utrecht", "Assen (PV)", "", "Totaal"])
def test_a_name_of_none_or_more_regions_is_refused(label):
    with pytest.raises(RegionaamError):
        read_regionaam(label)


def test_every_nuts_code_is_a_region_of_its_level():
    from begrippen.regio import GEGEVENS, known_codes

    rows = [line.split(";") for line in (GEGEVENS / "regio_nuts.csv").read_text("utf-8").splitlines()[1:]]
    levels = {2: "NL", 3: "LD", 4: "PV", 5: "CR"}
    assert len({r[0] for r in rows}) == len({r[1] for r in rows}) == len(rows)
    assert [r for r in rows if r[1] not in known_codes() or not r[1].startswith(levels[len(r[0])])] == []


def test_every_label_of_real_code_lists_is_read(shared_data):
    """What CBS itself calls its regions and periods, in answers that were kept."""
    import json

    wrong, seen = [], 0
    for path in shared_data.glob("cbs_v4/*/codes-*.json"):
        for row in json.loads(path.read_text("utf-8"))["value"]:
            code, title = row["Identifier"].strip(), row["Title"]
            if path.stem == "codes-RegioS":
                result = read_regionaam(title, "gemeente")
            elif path.stem == "codes-Perioden" and "-" not in title:
                result = read_periodelabel(title).code
            else:
                continue
            seen += 1
            wrong += [(code, title, result)] if result != code else []
    assert (wrong, seen > 2000) == ([], True)
