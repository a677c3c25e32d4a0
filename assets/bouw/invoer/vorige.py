"""The build itself and what it takes of earlier ones: the previous publication, the previous edition, frozen peers.

What an earlier build said is read from its Parquet: these functions give the folders of which it is read. Their columns
are those of the table of then, and are text: they may hold codes of then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC
from pathlib import Path

from assets.bouw.invoer.bouwinvoer import EDITIE, PUBLICATIE, Bouwinvoer
from assets.bouw.invoer.kop import Rows

Folders = Mapping[str, Path]


def bouw(invoer: Bouwinvoer) -> Rows:
    """Describe this build, in one row.

    ---
    omschrijving: Deze bouw.
    sleutel: [bouw]
    kolommen:
      bouw: {type: VARCHAR, uitleg: "naam van de bouw: haar moment"}
      soort: {type: VARCHAR, uitleg: "voorbeeld, cbs of opname"}
      code_versie: {type: VARCHAR, uitleg: versie van de code}
      built_at: {type: TIMESTAMP, uitleg: wanneer de bouw is gemaakt, eenheid: UTC}
      invoer_sha256: {type: VARCHAR, uitleg: "gelijk voor bouwen van gelijke invoer, wanneer ook gemaakt"}
      vorige: {type: VARCHAR, uitleg: de bouw van de vorige publicatie}
      vorige_editie: {type: VARCHAR, uitleg: de bouw van de vorige editie}
      soortgenoten: {type: VARCHAR, uitleg: de vastgestelde soortgenoten van deze editie}
    """
    manifests = invoer.manifests
    yield {
        "bouw": invoer.bouw,
        "soort": invoer.soort,
        "code_versie": invoer.code_versie,
        "built_at": invoer.built_at.astimezone(UTC).replace(tzinfo=None),
        "invoer_sha256": invoer.sha256,
        "vorige": manifests.get(PUBLICATIE, {}).get("bouw"),
        "vorige_editie": manifests.get(EDITIE, {}).get("bouw"),
        "soortgenoten": "; ".join(s.naam for s in invoer.soortgenoten) or None,
    }


def editie(invoer: Bouwinvoer) -> Rows:
    """Name the edition, in one row: apart from the build, whose name is another one each night.

    ---
    omschrijving: De editie waarvoor deze bouw is gemaakt.
    sleutel: [editie]
    kolommen:
      editie: {type: INTEGER, uitleg: jaar van de editie, eenheid: jaar}
    """
    yield {"editie": invoer.editie}


def soortgenoot(invoer: Bouwinvoer) -> Rows:
    """List the peers of this edition as they were frozen; none before its first publication.

    ---
    omschrijving: De soortgenoten van deze editie zoals zij zijn vastgesteld.
    sleutel: [regio, soortgenoot]
    kolommen:
      regiosoort: {type: VARCHAR, uitleg: gemeente of corop}
    zoals:
      monitor.soortgenoot: [regio, soortgenoot, rang, afstand, reden, vergeleken_op, vastgesteld]
    """
    for lijst in invoer.soortgenoten:
        for row in lijst.soortgenoten:
            yield {"vergeleken_op": None} | row | {"regiosoort": lijst.regiosoort, "vastgesteld": lijst.bouw}


def soortgenoot_kenmerk(invoer: Bouwinvoer) -> Rows:
    """List the figures by which they were chosen.

    ---
    omschrijving: De cijfers waarop die soortgenoten zijn gekozen.
    sleutel: [regio, aspect, kenmerk]
    kolommen:
      regiosoort: {type: VARCHAR, uitleg: gemeente of corop}
    zoals:
      monitor.soortgenoot_kenmerk: [regio, aspect, kenmerk, jaar, waarde, standaard]
    """
    for lijst in invoer.soortgenoten:
        for row in lijst.kenmerken:
            yield row | {"regiosoort": lijst.regiosoort}


def vorige(compared_with: Iterable[str]) -> Rows:
    """List the earlier builds that this one is compared with.

    ---
    omschrijving: De eerdere bouwen waarmee deze wordt vergeleken.
    sleutel: [tegenover]
    kolommen:
      tegenover: {type: VARCHAR, uitleg: vorige_publicatie of vorige_editie}
    """
    for naam in compared_with:
        yield {"tegenover": naam}


def vorige_indicator(folders: Folders) -> Folders:
    """Give the builds of which the cards are read.

    ---
    omschrijving: De kaarten van eerdere bouwen.
    sleutel: [tegenover, id]
    kolommen:
      tegenover: {type: VARCHAR, uitleg: vorige_publicatie of vorige_editie}
    zoals:
      monitor.indicator:
        [id, eenheid, prijzen, definitie, bewerking, aggregatie, gewicht, jaarregel, dekking, dekking_maat, recept]
    """
    return folders


def vorige_indicatorwaarde(folders: Folders) -> Folders:
    """Give the builds of which the values are read.

    ---
    omschrijving: De waarden van eerdere bouwen.
    sleutel: [tegenover, indicator, uitsplitsing, regio, periode]
    kolommen:
      tegenover: {type: VARCHAR, uitleg: vorige_publicatie of vorige_editie}
    zoals:
      monitor.indicatorwaarde: [indicator, uitsplitsing, regio, periode, waarde]
    """
    return folders


def vorige_stand(folders: Folders) -> Folders:
    """Give the builds of which is read what they said last: of the previous edition only.

    ---
    omschrijving: De laatste waarden van de vorige editie.
    sleutel: [tegenover, indicator, uitsplitsing, regio]
    kolommen:
      tegenover: {type: VARCHAR, uitleg: vorige_editie}
    zoals:
      monitor.stand: [indicator, uitsplitsing, regio, laatste_periode, waarde]
    """
    return {naam: folder for naam, folder in folders.items() if naam == EDITIE}


def vorige_herkomst(folders: Folders) -> Folders:
    """Give the builds of which is read from which cells they were made: of the previous edition only.

    ---
    omschrijving: De cellen van de bron achter de waarden van de vorige editie.
    sleutel: [tegenover, indicator, uitsplitsing, regio, periode, rol, lid, term, cel_periode]
    kolommen:
      tegenover: {type: VARCHAR, uitleg: vorige_editie}
    zoals:
      monitor.herkomst:
        [indicator, uitsplitsing, regio, periode, rol, lid, term, gewicht, nulpunt, factor, bron, tabel, onderwerp,
        cel_uitsplitsing, cel_regio, cel_periode]
    """
    return {naam: folder for naam, folder in folders.items() if naam == EDITIE}
