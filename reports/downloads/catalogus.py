"""What there is to fetch, for programs: a catalogue at a fixed address, and a feed that says when it changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from xml.etree import ElementTree as ET

from begrippen.lijsten import HERZIENINGEN
from reports.getallen import format_datum, format_periode, format_waarde, with_eenheid
from reports.herziening import Wijziging
from reports.model import Indicator, Rapport

ATOM = "http://www.w3.org/2005/Atom"
# The form of the catalogue: one more for a change that a program must know of.
VORM = 1
# Of what was revised, this many are told in the feed.
GENOEMD = 5


def vormen_van(indicator: Indicator) -> dict[str, str]:
    """The files of an indicator, by form, from the folder of the report."""
    naam = f"data/{indicator.id}"
    return {
        "csv": f"{naam}.csv",
        "csvw": f"{naam}.csv-metadata.json",
        "parquet": f"{naam}.parquet",
        "json-stat": f"{naam}.jsonstat.json",
        "sdmx-csv": f"{naam}.sdmx.csv",
    }


def make_catalogus(rapport: Rapport, *, concept: bool) -> bytes:
    """The catalogue as JSON: which publication this is, every indicator with its files, and what changed."""
    h = rapport.herziening
    inhoud = {
        "vorm": VORM,
        "titel": rapport.titel,
        "editie": rapport.editie,
        "versie": rapport.versie,
        "datum": rapport.datum.isoformat(),
        "bouw": rapport.bouw.id,
        "soort": rapport.soort,
        "melding": rapport.melding or "",
        "concept": concept,
        "adres": rapport.adres,
        "alles": {"csv": "data/alle-cijfers.csv", "parquet": "data/alle-cijfers.parquet"},
        "indicatoren": [
            {
                **{"id": i.id, "naam": i.naam, "thema": t.id, "eenheid": i.eenheid, "definitie": i.definitie},
                "bronnen": [{"tabel": b.tabel, "uitgever": b.uitgever, "titel": b.titel} for b in i.bronnen],
                "laatste": max(
                    (p.periode for r in i.reeksen.values() for p in r.punten if p.waarde is not None), default=""
                ),
                "bestanden": vormen_van(i),
            }
            for t in rapport.themas
            for i in t.indicatoren
        ],
        "niet_beschikbaar": [{"id": n.indicator, "naam": n.naam, "reden": n.reden} for n in rapport.niet_beschikbaar],
        "wijzigingen": None
        if h is None
        else {
            "vorige": h.vorige.isoformat() if h.vorige else None,
            "nieuwe_cijfers": h.nieuw,
            "indicatoren": [
                {
                    **{"id": w.indicator, "soorten": w.soorten, "regio": w.regio, "periode": w.periode},
                    **{"oud": w.oud, "nieuw": w.nieuw},
                }
                for w in h.wijzigingen
            ],
            "kaarten": [{"id": k.indicator, "soort": k.soort, "velden": list(k.velden)} for k in h.kaarten],
        },
    }
    return (json.dumps(inhoud, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def wijzigingszinnen(rapport: Rapport) -> tuple[str, ...]:
    """What moved most since the publication before this one, a line each; empty where there was none."""
    h = rapport.herziening
    if h is None:
        return ()
    begin = f"Sinds {format_datum(h.vorige)}" if h.vorige else "Sinds de vorige publicatie"
    lines = [f"{begin}: {h.nieuw} nieuwe cijfers in {h.nieuw_indicatoren} indicatoren."]
    lines += [_zin(w) for w in _largest(h.wijzigingen)]
    return tuple(lines)


def _largest(wijzigingen: Sequence[Wijziging]) -> list[Wijziging]:
    def weight(w: Wijziging) -> float:
        return abs(w.nieuw - w.oud) / abs(w.oud) if w.oud and w.nieuw is not None else 0.0

    return sorted(wijzigingen, key=lambda w: (-weight(w), w.indicator))[:GENOEMD]


def _zin(w: Wijziging) -> str:
    hoe = " en ".join(f"{n} {HERZIENINGEN.get(soort, soort)}" for soort, n in w.soorten.items())
    if w.oud is None or w.nieuw is None:
        return f"{w.naam}: {hoe}."
    van, naar = (with_eenheid(format_waarde(x, w.decimalen), w.eenheid) for x in (w.oud, w.nieuw))
    return f"{w.naam}: {hoe}; het meest in {w.regio}, {format_periode(w.periode)}: van {van} naar {naar}."


def make_feed(rapport: Rapport, *, concept: bool) -> bytes:
    """The feed (Atom): this publication, or rectification, and which sources under it were read anew and when."""
    ET.register_namespace("", ATOM)
    feed = ET.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "nl"})
    moment = rapport.bouw.gebouwd_op
    gemaakt = moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else f"{rapport.datum.isoformat()}T00:00:00Z"
    wortel = rapport.adres or f"urn:monitor:{rapport.gebied.slug}:"
    _add(feed, "id", f"{wortel}feed.atom")
    _add(feed, "title", f"{'Voorbeeldcijfers: ' if rapport.melding else ''}{rapport.titel}")
    _add(feed, "updated", gemaakt)
    author = ET.SubElement(feed, f"{{{ATOM}}}author")
    _add(author, "name", rapport.gebied.uitgever)
    ET.SubElement(feed, f"{{{ATOM}}}link", {"rel": "self", "href": f"{rapport.adres}feed.atom"})
    wat = "rectificatie" if rapport.versie > 1 else "concept" if concept else "nieuwe uitgave"
    titel = f"Editie {rapport.editie}, versie {rapport.versie}: {wat}"
    text = wijzigingszinnen(rapport) or ("Er is geen eerdere publicatie om mee te vergelijken.",)
    melding = (rapport.melding,) if rapport.melding else ()
    _entry(
        feed,
        f"{wortel}{rapport.editie}/{rapport.bouw.id}",
        titel,
        gemaakt,
        text=(*melding, *text),
        href=f"{rapport.adres}veranderd.html",
    )
    for bron in rapport.bronnen:
        if bron.opgehaald is not None:
            when = bron.opgehaald.strftime("%Y-%m-%dT%H:%M:%SZ")
            zin = f"{bron.titel}. Gewijzigd door de bron: {format_datum(bron.gewijzigd)}."
            naam = f"{wortel}bron/{bron.bron}/{bron.tabel}/{bron.momentopname}"
            _entry(
                feed,
                naam,
                f"Bron {bron.tabel} opgehaald",
                when,
                text=(zin,),
                href=f"{rapport.adres}verantwoording.html",
            )
    ET.indent(feed, " ")
    written: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _add(parent: ET.Element, naam: str, text: str) -> None:
    ET.SubElement(parent, f"{{{ATOM}}}{naam}").text = text


def _entry(feed: ET.Element, id_: str, titel: str, moment: str, *, text: Iterable[str], href: str) -> None:
    entry = ET.SubElement(feed, f"{{{ATOM}}}entry")
    _add(entry, "id", id_)
    _add(entry, "title", titel)
    _add(entry, "updated", moment)
    ET.SubElement(entry, f"{{{ATOM}}}link", {"href": href})
    _add(entry, "summary", " ".join(text))
