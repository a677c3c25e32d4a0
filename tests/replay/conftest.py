"""A local CBS for the tests of its own behaviour: a sample of a few tables, one of each kind."""

from collections.abc import Iterator

import pytest

from assets.bron.bronlijst import Brontabel
from assets.bron.fetch import Adressen
from assets.bron.voorbeeld.server import sample_server
from begrippen.regio import read_leden, read_regios
from tests.gezien import as_seen

REGIO = {"soort": "regio", "regios": ["NL*", "LD*", "PV*", "CR*", "GM*"]}
LEEFTIJD = {"10000": "Totaal", "70100": "0 tot 15 jaar", "52052": "15 tot 75 jaar", "21600": "75 jaar of ouder"}
TABELLEN = [
    {
        "id": "90001NED",
        "titel": "Bevolking; leeftijd en regio",
        "api": "v4",
        "zekerheid": "K",
        "dimensies": {
            "Leeftijd": {"soort": "uitsplitsing", "codes": LEEFTIJD},
            "RegioS": REGIO,
            "Perioden": {"soort": "periode", "vanaf": 2008},
        },
        "onderwerpen": {
            "bevolking": {"titel": "Bevolking op 1 januari", "eenheid": "aantal", "decimalen": 0, "zekerheid": "K"},
            "bijstand": {"titel": "Bijstand", "eenheid": "aantal", "decimalen": 0, "zekerheid": "K"},
        },
    },
    {
        "id": "90002NED",
        "titel": "Vergrijzing; marges en regio",
        "api": "v3",
        "zekerheid": "K",
        "dimensies": {
            "Geslacht": {"soort": "uitsplitsing", "codes": {"T001038": "Totaal mannen en vrouwen"}},
            "Marges": {
                "soort": "marges",
                "codes": {"MW00000": "Waarde", "MOG0095": "Ondergrens", "MBG0095": "Bovengrens"},
            },
            "RegioS": REGIO,
            "Perioden": {"soort": "periode", "vanaf": 2010},
        },
        "onderwerpen": {
            "armoede": {"titel": "Armoede, relatief", "pad": ["Inkomen"], "eenheid": "%", "zekerheid": "K"},
            "schoolverlaters": {"titel": "Uitval", "pad": ["Onderwijs", "Mbo"], "eenheid": "aantal", "zekerheid": "K"},
        },
    },
    {
        "id": "90003NED",
        "titel": "Sporters; gemeente",
        "api": "v3",
        "catalogus": "derden",
        "uitgever": "RIVM",
        "zekerheid": "K",
        "dimensies": {"WijkenEnBuurten": {"soort": "regio", "regios": ["NL*", "GM*"]}},
        "periode_vast": "2022JJ00",
        "onderwerpen": {"wekelijkse_sporters": {"titel": "Sporters", "eenheid": "%", "zekerheid": "K"}},
    },
]


def read_sample() -> dict[str, Brontabel]:
    tabellen = [Brontabel.model_validate(t) for t in TABELLEN]
    return {t.id: t for t in tabellen}


@pytest.fixture(scope="session")
def tabellen() -> dict[str, Brontabel]:
    return read_sample()


@pytest.fixture(scope="session")
def regios() -> tuple:
    return read_regios(), read_leden()


@pytest.fixture(scope="session")
def voorbeeld(tabellen, regios) -> Iterator[Adressen]:
    with sample_server(as_seen(tabellen), *regios) as adressen:
        yield adressen
