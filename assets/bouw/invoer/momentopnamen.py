"""The stored answers as inputs of a build: what is known of each, its topics, its code lists and its cells.

Topics, code lists and cells are read where they stand: their functions give the file in the folder of a momentopname.
"""

from __future__ import annotations

import json
from datetime import datetime

from assets.bouw.invoer.bouwinvoer import Bouwinvoer
from assets.bouw.invoer.kop import Rows, rij
from assets.bron.momentopname import ID_FORMAT
from begrippen.redenzinnen import zin


def momentopname(invoer: Bouwinvoer) -> Rows:
    """List the accepted momentopnamen: the used ones, then the earlier ones.

    ---
    omschrijving: >
      De aangenomen antwoorden van bronnen: de gebruikte, waarvan de cellen in deze bouw zijn, en de eerdere, die er
      alleen voor hun geschiedenis zijn.
    sleutel: [bron, tabel, momentopname]
    zoals:
      monitor.momentopname:
        [titel, api, url, selectie, modified, metadata_modified, version, status, licentie, fetched_at, rijen, sha256,
        waarschuwingen, niet_gevonden, verouderd, verouderd_reden, map]
    kolommen:
      bron: {type: VARCHAR, code: bron, uitleg: bron van de tabel}
      tabel: {type: VARCHAR, code: tabel, uitleg: id van de tabel bij de bron}
      momentopname: {type: VARCHAR, code: momentopname, uitleg: "naam van het antwoord: het moment van ophalen"}
      soort: {type: VARCHAR, uitleg: "voorbeeld, cbs of opname"}
      gebruikt: {type: BOOLEAN, uitleg: de cellen zijn de waarden van deze bouw}
      oordeel: {type: VARCHAR, uitleg: "van de poort: aangenomen"}
      reden: {type: VARCHAR, uitleg: waarom}
    """
    for gebruikt, lijst in ((True, invoer.momentopnamen), (False, invoer.eerdere)):
        for m in lijst:
            e = m.eigenschappen
            missed = [{"onderwerp": o, "reden": zin(r), "kandidaten": list(k)} for o, r, k in m.niet_gevonden]
            older = invoer.verouderd.get(m.tabel, ()) if gebruikt else ()
            yield rij(
                momentopname,
                e,
                bron=m.bron,
                tabel=m.tabel,
                momentopname=m.id,
                soort=m.soort,
                gebruikt=gebruikt,
                modified=e.get("Modified"),
                metadata_modified=e.get("MetaDataModified"),
                version=e.get("Version"),
                fetched_at=datetime.strptime(m.id, ID_FORMAT),
                reden=zin(m.redenen),
                niet_gevonden=json.dumps(missed, ensure_ascii=False),
                waarschuwingen=json.dumps([zin((w,)) for w in m.waarschuwingen], ensure_ascii=False),
                verouderd=zin(older) or None,
                verouderd_reden=older[0].code if older else None,
                map="/".join(("momentopnamen", m.soort, m.bron, m.tabel, m.id)),
            )


def onderwerp() -> str:
    """Name the file with the topics that were found in an answer.

    ---
    omschrijving: De onderwerpen die in een antwoord zijn gevonden.
    sleutel: [bron, tabel, momentopname, onderwerp]
    kolommen:
      bron: {type: VARCHAR, code: bron, uitleg: bron van de tabel}
      tabel: {type: VARCHAR, code: tabel, uitleg: id van de tabel bij de bron}
      momentopname: {type: VARCHAR, code: momentopname, uitleg: het antwoord}
      onderwerp: {type: VARCHAR, code: onderwerp, uitleg: sleutel van de bron}
      naam: {type: VARCHAR, code: onderwerp, uitleg: onze naam}
      titel: {type: VARCHAR, uitleg: titel bij de bron}
      groeppad: {type: VARCHAR, uitleg: groepen waar het bij de bron onder staat}
      eenheid: {type: VARCHAR, uitleg: eenheid bij de bron}
      decimalen: {type: INTEGER, uitleg: aantal decimalen bij de bron}
      beschrijving: {type: VARCHAR, uitleg: wat de bron erover zegt}
    """
    return "onderwerpen.parquet"


def code() -> str:
    """Name the file with the code lists of an answer.

    ---
    omschrijving: De codelijsten van een antwoord.
    sleutel: [bron, tabel, momentopname, dimensie, code]
    kolommen:
      bron: {type: VARCHAR, code: bron, uitleg: bron van de tabel}
      tabel: {type: VARCHAR, code: tabel, uitleg: id van de tabel bij de bron}
      momentopname: {type: VARCHAR, code: momentopname, uitleg: het antwoord}
      dimensie: {type: VARCHAR, uitleg: naam van de dimensie bij de bron}
      soort: {type: VARCHAR, uitleg: "regio, periode, marges of uitsplitsing"}
      code: {type: VARCHAR, uitleg: code bij de bron}
      titel: {type: VARCHAR, uitleg: wat de code betekent}
      beschrijving: {type: VARCHAR, uitleg: wat de bron erover zegt}
      status: {type: VARCHAR, uitleg: status van een periode volgens de bron}
      volgorde: {type: BIGINT, uitleg: plaats in de lijst van de bron}
    """
    return "codelijsten.parquet"


def waarneming_alle() -> str:
    """Name the file with the cells of an answer.

    ---
    omschrijving: >
      De cellen zoals de bron ze gaf, van de gebruikte en de eerdere antwoorden. In dezelfde kolommen staan in
      invoer.waarneming alleen die van de gebruikte.
    sleutel: [bron, tabel, momentopname, onderwerp, regio, periode, uitsplitsing, marge]
    kolommen:
      bron: {type: VARCHAR, code: bron, uitleg: bron van de tabel}
      tabel: {type: VARCHAR, code: tabel, uitleg: id van de tabel bij de bron}
      momentopname: {type: VARCHAR, code: momentopname, uitleg: het antwoord}
      onderwerp: {type: VARCHAR, code: onderwerp, uitleg: sleutel van de bron}
      regio: {type: VARCHAR, code: regio, uitleg: code van de regio bij de bron}
      periode: {type: VARCHAR, code: periode, uitleg: code van de periode bij de bron}
      uitsplitsing: {type: VARCHAR, code: uitsplitsing, uitleg: "Dimensie=code, meer met | ertussen; of totaal"}
      marge: {type: VARCHAR, uitleg: "code van de dimensie marges, waar die er is"}
      waarde: {type: DOUBLE, uitleg: waarde in de eenheid van de bron}
      leeg: {type: VARCHAR, uitleg: hoe de bron zegt dat er geen waarde is}
      status: {type: VARCHAR, uitleg: "status die een levering zelf geeft; leeg bij StatLine"}
    """
    return "waarnemingen.parquet"
