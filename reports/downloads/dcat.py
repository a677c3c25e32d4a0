"""The record by which a catalogue such as data.overheid.nl finds the figures: DCAT-AP-NL 3.0, as JSON-LD.

One dataset with a distribution for each form of the same figures, and the record of it in a catalogue, which says by
which profile it was made. Properties and value lists are those of the profile: https://docs.geostandaarden.nl/dcat/
dcat-ap-nl30/. While the address of the report is not known, addresses are relative to the file itself.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reports.getallen import join
from reports.model import Bron, Rapport
from reports.zinnen import lagen

PROFIEL = "https://docs.geostandaarden.nl/dcat/dcat-ap-nl30/"
LIJST = "http://publications.europa.eu/resource/authority/"
LICENTIE = "https://creativecommons.org/licenses/by/4.0/"
NEDERLAND = f"{LIJST}country/NLD"
MEDIATYPE = "https://www.iana.org/assignments/media-types/"
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "dcatap": "http://data.europa.eu/r5r/",
    "adms": "http://www.w3.org/ns/adms#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "spdx": "http://spdx.org/rdf/terms#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
# What the lists of values call in Dutch what the record takes from them: DCAT-AP asks for the name beside the code.
NAMEN = {
    "data-theme/ECON": "Economie en financiën",
    "data-theme/SOCI": "Bevolking en samenleving",
    "data-theme/REGI": "Regio’s en steden",
    "dataset-status/COMPLETED": "Voltooid",
    "dataset-status/DEVELOP": "In ontwikkeling",
    "distribution-status/COMPLETED": "Voltooid",
    "distribution-status/DEVELOP": "In ontwikkeling",
    "planned-availability/STABLE": "Stabiel",
    "planned-availability/EXPERIMENTAL": "Experimenteel",
}
OVERHEID = "http://purl.org/adms/publishertype/RegionalAuthority"
# Ending of a file -> its type in the list of the EU, and its media type.
VORMEN = {
    "xlsx": ("XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "ods": ("ODS", "application/vnd.oasis.opendocument.spreadsheet"),
    "csv": ("CSV", "text/csv"),
    "parquet": ("PARQUET", "application/vnd.apache.parquet"),
}
COROP = "COROP-gebieden"
TREFWOORDEN = (
    *("economie", "brede welvaart", "werkgelegenheid", "arbeidsmarkt", "bevolking", "gemeenten"),
    *(COROP, "indicatoren"),
)


@dataclass(frozen=True)
class Vorm:
    """The figures in one form: path from the folder of the report, what it is, and the bytes."""

    pad: str
    titel: str
    inhoud: bytes


def _text(text: str) -> dict[str, str]:
    return {"@value": text, "@language": "nl"}


def _typed(value: str, soort: str) -> dict[str, str]:
    return {"@value": value, "@type": f"xsd:{soort}"}


def _thing(iri: str, soort: str = "", **meer: Any) -> dict[str, Any]:
    return {"@id": iri, **({"@type": soort} if soort else {}), **meer}


def _concept(lijst: str, code: str) -> dict[str, Any]:
    return _benoemd(f"{LIJST}{lijst}/{code}", NAMEN[f"{lijst}/{code}"])


def _benoemd(iri: str, naam: str) -> dict[str, Any]:
    return _thing(iri, "skos:Concept", **{"skos:prefLabel": _text(naam)})


def make_record(rapport: Rapport, vormen: Sequence[Vorm], jaren: tuple[int, int], *, concept: bool) -> bytes:
    """The record as the bytes of a JSON-LD file. `jaren`: the first and the last year that there are figures of.

    A sample and a draft are described as what they are, and as not public.
    """
    adres, gebied = rapport.adres, rapport.gebied
    openbaar = not concept and rapport.soort != "voorbeeld"
    dag = _typed(rapport.datum.isoformat(), "date")
    woorden = (w for w in TREFWOORDEN if w != COROP or rapport.corop)
    deal = (rapport.beleid.regiodeal.kort,) if rapport.beleid.regiodeal else ()
    titel = f"{rapport.titel} {rapport.editie}: cijfers"
    waar = join([gebied.naam, *(f"de {laag}" for laag in lagen(rapport)), rapport.nederland.naam])
    beschrijving = (
        f"Alle cijfers achter het rapport ‘{rapport.titel}’, editie {rapport.editie}: indicatoren van economie en "
        f"brede welvaart voor {waar}, per jaar, met status, marges, oordeel en bron. Het rapport verschijnt om de "
        "twee jaar."
    )
    if rapport.soort == "voorbeeld":
        titel = f"Voorbeeldcijfers: {titel}"
        beschrijving = f"{rapport.melding or 'Voorbeeldcijfers.'} Niet opnemen in een catalogus. {beschrijving}"
    elif concept:
        beschrijving = f"Concept: nog niet vastgesteld. {beschrijving}"
    # without an entry in the register of government organisations the website stands for the province
    uitgever = gebied.overheid or gebied.website
    provincie = _thing(
        uitgever,
        "foaf:Agent",
        **{
            "foaf:name": _text(gebied.uitgever),
            "dct:type": _benoemd(OVERHEID, "Regionale overheid"),
        },
    )
    nederlands = _thing(f"{LIJST}language/NLD", "dct:LinguisticSystem")
    dataset = _thing(f"{adres}dcat.jsonld#dataset")
    contact = {
        "@type": "vcard:Organization",
        "vcard:fn": _text(gebied.uitgever),
        "vcard:hasURL": _thing(gebied.website),
    }
    van, tot = jaren
    beschreven = {
        **dataset,
        "@type": "dcat:Dataset",
        "dct:title": _text(titel),
        "dct:description": _text(beschrijving),
        "dct:identifier": f"{adres}dcat.jsonld#dataset" if adres else f"{gebied.slug}-{rapport.editie}",
        "dct:publisher": provincie,
        "dct:creator": _thing(uitgever),
        "dcat:contactPoint": contact,
        "dct:accessRights": _thing(
            f"{LIJST}access-right/{'PUBLIC' if openbaar else 'NON_PUBLIC'}", "dct:RightsStatement"
        ),
        "dcat:theme": [_concept("data-theme", code) for code in ("ECON", "SOCI", "REGI")],
        "dcat:keyword": [
            _text(w)
            for w in (*(["voorbeeldcijfers"] if rapport.soort == "voorbeeld" else []), gebied.naam, *woorden, *deal)
        ],
        "dct:language": nederlands,
        "dct:spatial": [_thing(plaats, "dct:Location") for plaats in (gebied.plaats, NEDERLAND) if plaats],
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _typed(f"{van}-01-01", "date"),
            "dcat:endDate": _typed(f"{tot}-12-31", "date"),
        },
        "dcat:temporalResolution": _typed("P1Y", "duration"),
        "dct:accrualPeriodicity": _thing(f"{LIJST}frequency/BIENNIAL", "dct:Frequency"),
        "adms:status": _concept("dataset-status", "COMPLETED" if openbaar else "DEVELOP"),
        "dcat:version": str(rapport.versie),
        "dct:issued": dag,
        "dct:modified": dag,
        "dcat:landingPage": _thing(f"{adres}downloads.html", "foaf:Document"),
        "foaf:page": [
            _thing(f"{adres}{pad}", "foaf:Document")
            for pad in ("verantwoording.html", "verantwoording.pdf", "hoofdrapport.pdf")
        ],
        "dct:source": [_source(b) for b in {b.url: b for b in rapport.bronnen if _is_address(b.url)}.values()],
        "dcat:distribution": [_distribution(rapport, vorm, dag, nederlands, openbaar) for vorm in vormen],
    }
    vermelding = {
        "@id": f"{adres}dcat.jsonld#vermelding",
        "@type": "dcat:CatalogRecord",
        "dct:title": _text(f"Beschrijving van ‘{titel}’"),
        "dct:conformsTo": _thing(PROFIEL, "dct:Standard"),
        "dct:language": _thing(nederlands["@id"]),
        "dct:modified": dag,
        "foaf:primaryTopic": dataset,
    }
    record = {"@context": CONTEXT, "@graph": [beschreven, vermelding]}
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()


def _source(bron: Bron) -> dict[str, Any]:
    """A table of somebody else: not typed as a dataset, so that nobody takes it for one of this record."""
    wie = {"@type": "foaf:Agent", "foaf:name": _text(bron.uitgever or "onbekend")}
    return _thing(bron.url) | {"dct:title": _text(bron.titel), "dct:publisher": wie}


def _is_address(url: str) -> bool:
    return url.startswith("https://")


def _distribution(
    rapport: Rapport, vorm: Vorm, dag: dict[str, str], taal: dict[str, Any], openbaar: bool
) -> dict[str, Any]:
    adres = rapport.adres
    soort, media = VORMEN[vorm.pad.rpartition(".")[2]]
    melding = f" {rapport.melding}" if rapport.soort == "voorbeeld" and rapport.melding else ""
    return {
        "@id": f"{adres}dcat.jsonld#{soort.lower()}",
        "@type": "dcat:Distribution",
        "dct:title": _text(vorm.titel),
        "dct:description": _text(f"{vorm.titel}.{melding}"),
        "dcat:accessURL": _thing(f"{adres}{vorm.pad}"),
        "dcat:downloadURL": _thing(f"{adres}{vorm.pad}"),
        "dct:license": _thing(LICENTIE, "dct:LicenseDocument"),
        "dct:rights": {
            "@type": "dct:RightsStatement",
            "dct:description": _text(
                f"Vermeld de {rapport.gebied.provincie} en de bron van het cijfer (tabel en datum). Cijfers uit "
                "bronnen met een andere licentie staan op het werkblad Bronnen."
            ),
        },
        "dct:format": _thing(f"{LIJST}file-type/{soort}", "dct:MediaTypeOrExtent"),
        "dcat:mediaType": _thing(MEDIATYPE + media, "dct:MediaType"),
        "dct:language": _thing(taal["@id"]),
        "adms:status": _concept("distribution-status", "COMPLETED" if openbaar else "DEVELOP"),
        "dcatap:availability": _concept("planned-availability", "STABLE" if openbaar else "EXPERIMENTAL"),
        "dct:issued": dag,
        "dct:modified": dag,
        "dcat:byteSize": _typed(str(len(vorm.inhoud)), "nonNegativeInteger"),
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": _thing("http://spdx.org/rdf/terms#checksumAlgorithm_sha256", "spdx:ChecksumAlgorithm"),
            "spdx:checksumValue": _typed(hashlib.sha256(vorm.inhoud).hexdigest(), "hexBinary"),
        },
    }
