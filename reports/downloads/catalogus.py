"""What there is to fetch, for programs: a catalogue at a fixed address, and a feed that says when it changed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from xml.etree import ElementTree as ET

from reports.berichten import Bericht
from reports.model import Indicator, Rapport

ATOM = "http://www.w3.org/2005/Atom"
# The form of the catalogue: one more for a change that a program must know of.
VORM = 1


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


def make_feed(rapport: Rapport, berichten: Sequence[Bericht]) -> bytes:
    """The feed (Atom) of what happened, in the order of `berichten`; the notice of the report stands in the first."""
    ET.register_namespace("", ATOM)
    feed = ET.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "nl"})
    wortel = rapport.adres or f"urn:monitor:{rapport.gebied.slug}:"
    _add(feed, "id", f"{wortel}feed.atom")
    _add(feed, "title", f"{'Voorbeeldcijfers: ' if rapport.melding else ''}{rapport.titel}")
    _add(feed, "updated", _moment(berichten[0].moment))
    author = ET.SubElement(feed, f"{{{ATOM}}}author")
    _add(author, "name", rapport.gebied.uitgever)
    ET.SubElement(feed, f"{{{ATOM}}}link", {"rel": "self", "href": f"{rapport.adres}feed.atom"})
    for n, bericht in enumerate(berichten):
        entry = ET.SubElement(feed, f"{{{ATOM}}}entry")
        _add(entry, "id", f"{wortel}{bericht.naam}")
        _add(entry, "title", bericht.titel)
        _add(entry, "updated", _moment(bericht.moment))
        anker = f"#{bericht.doel.anker}" if bericht.doel.anker else ""
        ET.SubElement(entry, f"{{{ATOM}}}link", {"href": f"{rapport.adres}{bericht.doel.blad}.html{anker}"})
        melding = (rapport.melding,) if rapport.melding and not n else ()
        _add(entry, "summary", " ".join((*melding, *bericht.zinnen)))
    ET.indent(feed, " ")
    written: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _moment(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _add(parent: ET.Element, naam: str, text: str) -> None:
    ET.SubElement(parent, f"{{{ATOM}}}{naam}").text = text
