"""The wheel of well-being beside the counts of the same claims: one count, so one picture of it."""

from __future__ import annotations

from dataclasses import replace

from reports.bewering import Beweringen
from reports.document import Figuurblok
from reports.hoofdstukken.samenvatting import make_wiel
from reports.hoofdstukken.schrijftafel import Schrijftafel
from tests.reports.test_beweringzinnen import many, welvaart
from tests.reports.voorbeeldrapport import make_indicator


def test_the_wheel_colours_what_the_counts_count() -> None:
    een, *rest = many(6)
    # a second card of the same development, one without a wanted side, and one that is too old: none is counted
    zelfde = replace(een, id="zelfde", kaart=een.kaart | {"familie": "wonen"})
    een = replace(een, kaart=een.kaart | {"familie": "wonen"})
    zonder = make_indicator(id="zonder", naam="Zonder kant", thema="wonen", richting="neutraal")
    oud = make_indicator(id="oud", naam="Oud", thema="wonen")
    oud = replace(oud, oordelen={c: replace(o, laatste=2019, periode="2019JJ00") for c, o in oud.oordelen.items()})
    desk = welvaart(een, zelfde, *rest, zonder, oud)
    telt = [
        replace(
            b,
            geteld=tuple(n for n in b.geteld if "/zelfde/" not in n),
            aantal=len(b.geteld) - ("zelfde" in str(b.geteld)),
        )
        if b.telling_van is not None
        else b
        for b in desk.rapport.beweringen.rijen
    ]
    desk = Schrijftafel(replace(desk.rapport, beweringen=Beweringen(telt)), desk.analyses)
    wiel, telling = make_wiel(desk), desk.rapport.beweringen.telling("trend", "wonen", "PV22", "provincie")
    assert isinstance(wiel, Figuurblok) and telling is not None
    assert (telling["gunstig"], telling["ongunstig"], telling["gelijk"]) == (6, 0, 0)
    # six of eight developments are judged
    assert "Wiel met 8 indicatoren" in wiel.figuur.alt
    assert "Trend: 6 gunstig, 0 ongunstig, 0 zonder duidelijke verandering, 2 zonder oordeel" in wiel.figuur.alt
