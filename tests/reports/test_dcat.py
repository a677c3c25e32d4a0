"""The record for a catalogue against DCAT-AP-NL 3.0 (version of 12 December 2024): a closed list, kept by hand.

Of each class that the record uses: which properties it may have, how often (least, most; None: any number), and from
which list or of which kind the value is. A property that is not here is not of the profile.
"""

import hashlib
import re
from dataclasses import replace

import pytest
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF, RDF, SKOS

from reports.downloads.dcat import Vorm, make_record
from reports.model import Rapport
from tests.reports.voorbeeldrapport import make_rapport

DCAT, XSD = Namespace("http://www.w3.org/ns/dcat#"), Namespace("http://www.w3.org/2001/XMLSchema#")
ADMS, VCARD = Namespace("http://www.w3.org/ns/adms#"), Namespace("http://www.w3.org/2006/vcard/ns#")
DCATAP, SPDX = Namespace("http://data.europa.eu/r5r/"), Namespace("http://spdx.org/rdf/terms#")
EU = "http://publications.europa.eu/resource/authority/"
AGENT, DOCUMENT, TEXT, DATE = FOAF.Agent, FOAF.Document, "text", XSD.date
VERPLICHT, EEN, MEER = (1, 1), (0, 1), (0, None)
PROFIEL = {
    DCAT.Dataset: {
        # mandatory
        DCTERMS.title: ((1, None), TEXT),
        DCTERMS.description: ((1, None), TEXT),
        DCTERMS.identifier: (VERPLICHT, "literal"),
        DCTERMS.publisher: (VERPLICHT, AGENT),
        DCTERMS.creator: ((1, None), AGENT),
        DCAT.contactPoint: (VERPLICHT, VCARD.Organization),
        DCTERMS.accessRights: (VERPLICHT, rf"{EU}access-right/(PUBLIC|RESTRICTED|NON_PUBLIC)"),
        DCAT.theme: ((1, None), rf"{EU}data-theme/[A-Z]{{4}}"),
        # recommended
        DCTERMS.language: (MEER, rf"{EU}language/NLD"),
        DCAT.landingPage: (MEER, DOCUMENT),
        FOAF.page: (MEER, DOCUMENT),
        DCAT.distribution: (MEER, DCAT.Distribution),
        # optional
        DCAT.keyword: (MEER, TEXT),
        DCTERMS.spatial: (MEER, rf"({EU}country/[A-Z]{{3}}|https://sws\.geonames\.org/\d+/)"),
        DCTERMS.temporal: (MEER, DCTERMS.PeriodOfTime),
        DCAT.temporalResolution: (EEN, XSD.duration),
        DCTERMS.accrualPeriodicity: (EEN, rf"{EU}frequency/BIENNIAL"),
        ADMS.status: (EEN, rf"{EU}dataset-status/(COMPLETED|DEVELOP)"),
        DCAT.version: (EEN, "literal"),
        DCTERMS.issued: (EEN, DATE),
        DCTERMS.modified: (EEN, DATE),
        # of others: not typed, so that nobody takes them for datasets of this record
        DCTERMS.source: (MEER, r"https://\S+"),
    },
    DCAT.Distribution: {
        DCAT.accessURL: (VERPLICHT, r"\S+"),
        DCTERMS.license: (VERPLICHT, r"https://creativecommons\.org/licenses/by/4\.0/"),
        DCAT.downloadURL: (EEN, r"\S+"),
        DCTERMS.language: (MEER, rf"{EU}language/NLD"),
        DCTERMS.title: (MEER, TEXT),
        DCTERMS.description: (MEER, TEXT),
        DCTERMS.rights: (EEN, DCTERMS.RightsStatement),
        DCTERMS.format: (EEN, rf"{EU}file-type/(XLSX|ODS|CSV|PARQUET)"),
        DCAT.mediaType: (EEN, r"https://www\.iana\.org/assignments/media-types/\w+/\S+"),
        ADMS.status: (EEN, rf"{EU}distribution-status/(COMPLETED|DEVELOP)"),
        DCATAP.availability: (EEN, rf"{EU}planned-availability/(STABLE|EXPERIMENTAL)"),
        DCTERMS.issued: (EEN, DATE),
        DCTERMS.modified: (EEN, DATE),
        DCAT.byteSize: (EEN, XSD.nonNegativeInteger),
        SPDX.checksum: (EEN, SPDX.Checksum),
    },
    DCAT.CatalogRecord: {
        FOAF.primaryTopic: (VERPLICHT, DCAT.Dataset),
        DCTERMS.modified: (VERPLICHT, DATE),
        DCTERMS.language: ((1, None), rf"{EU}language/NLD"),
        DCTERMS.conformsTo: ((1, None), DCTERMS.Standard),
        DCTERMS.title: (MEER, TEXT),
    },
    FOAF.Agent: {
        FOAF.name: ((1, None), TEXT),
        DCTERMS.type: (EEN, r"http://purl\.org/adms/publishertype/\w+"),
    },
    SKOS.Concept: {SKOS.prefLabel: ((1, None), TEXT)},
    VCARD.Organization: {VCARD.fn: ((1, None), TEXT), VCARD.hasURL: (VERPLICHT, r"https://\S+")},
    DCTERMS.PeriodOfTime: {DCAT.startDate: (EEN, DATE), DCAT.endDate: (EEN, DATE)},
    DCTERMS.RightsStatement: {DCTERMS.description: (MEER, TEXT)},
    SPDX.Checksum: {
        SPDX.algorithm: (VERPLICHT, r"http://spdx\.org/rdf/terms#checksumAlgorithm_sha256"),
        SPDX.checksumValue: (VERPLICHT, XSD.hexBinary),
    },
}
VORMEN = [Vorm(f"data/cijfers.{kind}", f"Als {kind}", kind.encode()) for kind in ("xlsx", "ods", "csv", "parquet")]
ADRES = "https://www.provincie.drenthe.nl/stand-2026/"


def faults(graph: Graph) -> list[str]:
    """What in a graph is not of the profile."""
    wrong = []
    for kind, rules in PROFIEL.items():
        for node in graph.subjects(RDF.type, kind):
            found = set(graph.predicates(node)) - {RDF.type}
            if not found:  # only pointed at: it stands elsewhere
                continue
            wrong += [f"{kind}: {p} kent het profiel niet" for p in found - set(rules)]
            for prop, ((least, most), values) in rules.items():
                objects = list(graph.objects(node, prop))
                if len(objects) < least or (most is not None and len(objects) > most):
                    wrong.append(f"{kind}: {len(objects)} keer {prop}")
                wrong += [f"{kind}: {prop} is {o!r}" for o in objects if not fits(graph, o, values)]
    return wrong


def fits(graph: Graph, value, kind) -> bool:
    if isinstance(kind, URIRef):
        return value.datatype == kind if isinstance(value, Literal) else (value, RDF.type, kind) in graph
    if kind == TEXT:
        return isinstance(value, Literal) and value.language == "nl" and bool(value.strip())
    if kind == "literal":
        return isinstance(value, Literal) and bool(value.strip())
    return isinstance(value, URIRef) and re.fullmatch(kind, str(value)) is not None


def read(content: bytes) -> Graph:
    return Graph().parse(data=content, format="json-ld", publicID="https://voorbeeld.nl/rapport/dcat.jsonld")


def record(rapport: Rapport, concept: bool = False) -> Graph:
    return read(make_record(rapport, VORMEN, (2006, 2050), concept=concept))


@pytest.fixture
def echt() -> Rapport:
    return make_rapport(soort="cbs", melding=None, adres=ADRES)


def value(graph: Graph, kind, prop) -> list[str]:
    return sorted(str(o) for s in graph.subjects(RDF.type, kind) for o in graph.objects(s, prop))


@pytest.mark.parametrize("adres", ["", ADRES])
@pytest.mark.parametrize("soort", ["voorbeeld", "cbs"])
@pytest.mark.parametrize("concept", [False, True])
def test_the_record_is_of_the_profile(echt: Rapport, adres: str, soort, concept: bool) -> None:
    graph = record(replace(echt, adres=adres, soort=soort), concept)
    assert faults(graph) == []
    assert len(list(graph.subjects(RDF.type, DCAT.Distribution))) == 4
    assert value(graph, DCAT.CatalogRecord, DCTERMS.conformsTo) == ["https://docs.geostandaarden.nl/dcat/dcat-ap-nl30/"]


def test_a_record_that_lacks_or_adds_something_is_found_out(echt: Rapport) -> None:
    graph = record(echt)
    (dataset,) = set(graph.subjects(DCAT.distribution))
    for prop in (DCTERMS.creator, DCAT.theme, DCTERMS.identifier):
        graph.remove((dataset, prop, None))
    graph.add((dataset, DCTERMS.hasPart, URIRef("https://x")))
    graph.set((dataset, DCTERMS.accessRights, URIRef(f"{EU}access-right/SENSITIVE")))
    text = " ".join(faults(graph))
    for part in ("0 keer http://purl.org/dc/terms/creator", "theme", "identifier", "hasPart", "SENSITIVE"):
        assert part in text, part


def test_what_is_published_is_public_and_has_addresses_that_work_from_anywhere(echt: Rapport) -> None:
    graph = record(echt)
    assert value(graph, DCAT.Dataset, DCTERMS.accessRights) == [f"{EU}access-right/PUBLIC"]
    assert value(graph, DCAT.Dataset, ADMS.status) == [f"{EU}dataset-status/COMPLETED"]
    assert value(graph, DCAT.Dataset, DCTERMS.identifier) == [f"{ADRES}dcat.jsonld#dataset"]
    assert f"{ADRES}data/cijfers.xlsx" in value(graph, DCAT.Distribution, DCAT.downloadURL)
    assert hashlib.sha256(b"csv").hexdigest() in value(graph, SPDX.Checksum, SPDX.checksumValue)
    assert value(graph, DCTERMS.PeriodOfTime, DCAT.endDate) == ["2050-12-31"]
    assert "https://opendata.cbs.nl/statline" in " ".join(value(graph, DCAT.Dataset, DCTERMS.source))


def test_a_source_is_named_with_whose_it_is(echt: Rapport) -> None:
    cbs = echt.bronnen[0]
    rivm = replace(
        cbs, bron="derden", tabel="50120NED", titel="Gezondheid", uitgever="RIVM", url="https://derden/50120NED"
    )
    graph = record(replace(echt, bronnen=(cbs, rivm)))
    whose = {
        str(s): str(graph.value(graph.value(s, DCTERMS.publisher), FOAF.name))
        for s in graph.objects(predicate=DCTERMS.source)
    }
    assert whose == {cbs.url: "CBS", "https://derden/50120NED": "RIVM"}
    assert faults(graph) == []


def test_without_an_address_links_are_beside_the_record_itself() -> None:
    graph = record(make_rapport())
    assert "https://voorbeeld.nl/rapport/data/cijfers.ods" in value(graph, DCAT.Distribution, DCAT.accessURL)
    assert value(graph, DCAT.Dataset, DCTERMS.identifier) == ["stand-van-drenthe-2026"]


@pytest.mark.parametrize(("soort", "concept"), [("voorbeeld", False), ("cbs", True)])
def test_a_sample_and_a_draft_say_so_and_are_not_public(echt: Rapport, soort, concept: bool) -> None:
    graph = record(replace(echt, soort=soort, melding="Voorbeeldcijfers: verzonnen."), concept)
    assert value(graph, DCAT.Dataset, DCTERMS.accessRights) == [f"{EU}access-right/NON_PUBLIC"]
    assert value(graph, DCAT.Dataset, ADMS.status) == [f"{EU}dataset-status/DEVELOP"]
    (text,) = value(graph, DCAT.Dataset, DCTERMS.description)
    if soort == "voorbeeld":
        assert text.startswith("Voorbeeldcijfers: verzonnen. Niet opnemen in een catalogus.")
        assert all("Voorbeeldcijfers" in t for t in value(graph, DCAT.Dataset, DCTERMS.title))
        assert all("verzonnen" in t for t in value(graph, DCAT.Distribution, DCTERMS.description))
    else:
        assert text.startswith("Concept: nog niet vastgesteld.")
