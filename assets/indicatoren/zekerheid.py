"""How certain a card is: as certain as the least certain topic or code that it asks, with where topics were seen.

A card says nothing of it itself: how certain a topic is stands in the list of sources (`assets/bron/bronlijst.py`),
where it was seen in the list of what was seen (`assets/bron/gezienlijst.py`).
`python -m assets.indicatoren.zekerheid` counts the cards.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from assets.bron.bronlijst import (
    Aanlevering,
    Brontabel,
    Registertabel,
    read_aanleveringen,
    read_registertabellen,
    read_tabellen,
)
from assets.bron.gezienlijst import GezieneTabel, Vindplek, read_gezien
from assets.indicatoren.kaart import Kaart, read_kaarten
from begrippen.lijsten import BEWIJZEN, LIJSTEN, Bewijs, Zekerheid

Bronnen = Mapping[str, Brontabel | Aanlevering | Registertabel]


def asked(kaart: Kaart, bronnen: Bronnen) -> list[tuple[str, str]]:
    """The topics that a card asks, (table, topic), in its own order; those that the list of sources has."""
    terms = [(t.tabel or b.tabel, t.onderwerp) for b in kaart.bronnen for t in (*b.teller, *b.noemer)]
    return [(t, o) for t, o in dict.fromkeys(terms) if t in bronnen and o in bronnen[t].onderwerpen]


def _expects(kaart: Kaart, bronnen: Bronnen) -> bool:
    """Whether a card asks a code of which nobody saw the title."""
    for bron in kaart.bronnen:
        for term in (*bron.teller, *bron.noemer):
            tabel = bronnen.get(term.tabel or bron.tabel)
            if not isinstance(tabel, Brontabel):
                continue
            for naam, codes in term.uitsplitsing.items():
                wanted = {codes} if isinstance(codes, str) else {*codes}
                if naam in tabel.dimensies and wanted & {*tabel.dimensies[naam].vermoed}:
                    return True
    return False


def zekerheid(kaart: Kaart, bronnen: Bronnen) -> Zekerheid:
    """The certainty of a card: the least of the topics and codes that it asks; U for one that asks nothing known."""
    order = LIJSTEN["zekerheid"]
    found: list[Zekerheid] = [bronnen[t].zekerheid_van(o) for t, o in asked(kaart, bronnen)]
    if found and _expects(kaart, bronnen):
        found.append("V")
    return max(found, key=order.index, default="U")


def places(
    tabel: Brontabel | Aanlevering | Registertabel, onderwerp: str, gezien: Mapping[str, GezieneTabel]
) -> tuple[Vindplek, ...]:
    """Where a topic of the list of sources was seen; empty for one that was not, or is not called confirmed (K)."""
    if tabel.zekerheid_van(onderwerp) != "K":
        return ()
    if isinstance(tabel, Brontabel):
        return gezien[tabel.id].places(onderwerp) if tabel.id in gezien else ()
    return (tabel.gezien,) if tabel.gezien else ()


def gezien_regels(kaart: Kaart, bronnen: Bronnen, gezien: Mapping[str, GezieneTabel]) -> list[str]:
    """Where the confirmed topics of a card were seen: a line for each table and place, in the order of the card."""
    found = [(t, v) for t, o in asked(kaart, bronnen) for v in places(bronnen[t], o, gezien)]
    return list(dict.fromkeys(f"{t} {BEWIJZEN[v.hoe]}: {v.waar} ({v.datum})" for t, v in found))


def bewijs(kaart: Kaart, bronnen: Bronnen, gezien: Mapping[str, GezieneTabel]) -> Bewijs:
    """The weakest evidence under a card; `niet` where a topic was not seen or is not called confirmed."""
    order = LIJSTEN["bewijs"]
    found: list[Bewijs] = [
        max((v.hoe for v in places(bronnen[t], o, gezien)), key=order.index, default="niet")
        for t, o in asked(kaart, bronnen)
    ]
    return max(found, key=order.index, default="niet")


def main() -> None:
    """Print how many cards are confirmed, partly confirmed and not, and by what evidence at the weakest."""
    bronnen: Bronnen = {**read_tabellen(), **read_aanleveringen(), **read_registertabellen()}
    kaarten = read_kaarten().values()
    counted = Counter[str](zekerheid(k, bronnen) for k in kaarten)
    print(", ".join(f"{z} {counted[z]}" for z in LIJSTEN["zekerheid"]), f"van {len(kaarten)} kaarten")
    by = Counter[str](bewijs(k, bronnen, read_gezien()) for k in kaarten if zekerheid(k, bronnen) == "K")
    print("K naar het zwakste bewijs: " + ", ".join(f"{b} {by[b]}" for b in LIJSTEN["bewijs"] if by[b]))


if __name__ == "__main__":
    main()
