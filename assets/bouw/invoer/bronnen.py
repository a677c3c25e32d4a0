"""The source list and the closed lists of `kern`, as inputs of a build."""

from __future__ import annotations

import pandas as pd

from assets.bouw.invoer.bouwinvoer import Bouwinvoer, InvoerError
from assets.bouw.invoer.kop import Rows, rij
from assets.bron.bronlijst import Aanlevering, Registertabel
from begrippen.redenen import Reden
from begrippen.redenzinnen import zin


def brontabel(invoer: Bouwinvoer) -> Rows:
    """List the tables of the source list: of StatLine, delivered, and of the register.

    ---
    omschrijving: De tabellen van de bronlijst, met de aangeleverde bestanden en de tabellen van het register.
    sleutel: [bron, tabel]
    kolommen:
      bron: {type: VARCHAR, code: bron, uitleg: "cbs, derden, aanlevering of register"}
      tabel: {type: VARCHAR, code: tabel, uitleg: id van de tabel bij de bron}
      titel: {type: VARCHAR, uitleg: titel volgens de bronlijst}
      api: {type: VARCHAR, uitleg: "v3 of v4 van StatLine, bestand of register"}
      regio_vast: {type: VARCHAR, code: regio, uitleg: de ene regio van een tabel zonder regio's}
      status_uit_proza: {type: BOOLEAN, uitleg: de status van een periode staat alleen in de beschrijving}
      kwartaal_in_maand: {type: BOOLEAN, uitleg: het cijfer van een kwartaal staat bij zijn eerste maand}
      gestopt: {type: BOOLEAN, uitleg: de bron werkt de tabel niet meer bij}
      uitgever: {type: VARCHAR, uitleg: "wie de cijfers uitgeeft; leeg: dat verschilt per onderwerp"}
      licentie: {type: VARCHAR, uitleg: licentie van de cijfers}
    """
    for t in invoer.tabellen.values():
        yield rij(brontabel, t, tabel=t.id)
    files: list[Aanlevering | Registertabel] = [*invoer.aanleveringen.values(), *invoer.register.values()]
    for a in files:
        api = "bestand" if isinstance(a, Aanlevering) else "register"
        yield rij(
            brontabel,
            a,
            tabel=a.id,
            api=api,
            uitgever=a.uitgever or None,
            regio_vast=None,
            status_uit_proza=False,
            kwartaal_in_maand=False,
            gestopt=False,
        )


def uitgever(invoer: Bouwinvoer) -> Rows:
    """List whose the topics of a delivery are, where its lines say so and the source list does not.

    ---
    omschrijving: Van wie een onderwerp is, bij een aanlevering waarvan elke regel dat noemt.
    sleutel: [bron, tabel, onderwerp, uitgever]
    kolommen:
      bron: {type: VARCHAR, code: bron, uitleg: bron van de tabel}
      tabel: {type: VARCHAR, code: tabel, uitleg: id van de tabel}
      onderwerp: {type: VARCHAR, code: onderwerp, uitleg: onze naam van het onderwerp}
      uitgever: {type: VARCHAR, uitleg: wie de cijfers uitgeeft}
    """
    for m in invoer.momentopnamen:
        if m.bron == "aanlevering" and not invoer.aanleveringen[m.tabel].uitgever:
            found = {(o["indicator"], o["bron"]) for o in m.eigenschappen.get("herkomst") or []}
            for naam, wie in sorted(found):
                yield {"bron": m.bron, "tabel": m.tabel, "onderwerp": naam, "uitgever": wie}


def bron_onderwerp(invoer: Bouwinvoer) -> Rows:
    """List the topics that the source list expects.

    ---
    omschrijving: De onderwerpen die de bronlijst in een tabel verwacht.
    sleutel: [bron, tabel, naam]
    kolommen:
      bron: {type: VARCHAR, code: bron, uitleg: bron van de tabel}
      tabel: {type: VARCHAR, code: tabel, uitleg: id van de tabel bij de bron}
      naam: {type: VARCHAR, code: onderwerp, uitleg: "onze naam, het onderwerp in elke andere tabel"}
      titel: {type: VARCHAR, uitleg: titel die de bron het onderwerp geeft}
      eenheid: {type: VARCHAR, uitleg: eenheid die de bron ervoor geeft}
      statusgroepen: {type: "VARCHAR[]", uitleg: groepen van het onderwerp in de proza over de status}
    """
    for t in invoer.bronnen.values():
        for naam, o in t.onderwerpen.items():
            yield rij(bron_onderwerp, o, bron=t.bron, tabel=t.id, naam=naam)


def ontbreekt(invoer: Bouwinvoer) -> Rows:
    """List every table of the source list without a momentopname, also when no reason came.

    ---
    omschrijving: De tabellen zonder een aangenomen antwoord.
    sleutel: [bron, tabel]
    kolommen:
      bron: {type: VARCHAR, code: bron, uitleg: bron van de tabel}
      tabel: {type: VARCHAR, code: tabel, uitleg: id van de tabel bij de bron}
      reden: {type: VARCHAR, uitleg: "waarom er geen antwoord is: een code van begrippen.redenen"}
      uitleg: {type: VARCHAR, uitleg: dezelfde reden in gewone taal}
    """
    there = {m.tabel for m in invoer.momentopnamen}
    for t in invoer.bronnen.values():
        if t.id not in there:
            redenen = invoer.ontbreekt.get(t.id) or (Reden("nooit_opgehaald"),)
            yield {"bron": t.bron, "tabel": t.id, "reden": redenen[0].code, "uitleg": zin(redenen)}


def niet_gevonden(invoer: Bouwinvoer) -> Rows:
    """List the topics of the source list that the used momentopname does not hold.

    ---
    omschrijving: De onderwerpen van de bronlijst die het gebruikte antwoord niet heeft.
    sleutel: [bron, tabel, onderwerp]
    kolommen:
      bron: {type: VARCHAR, code: bron, uitleg: bron van de tabel}
      tabel: {type: VARCHAR, code: tabel, uitleg: id van de tabel bij de bron}
      onderwerp: {type: VARCHAR, code: onderwerp, uitleg: onze naam van het onderwerp}
      reden: {type: VARCHAR, uitleg: "waarom het niet is gevonden: een code van begrippen.redenen"}
      uitleg: {type: VARCHAR, uitleg: dezelfde reden in gewone taal}
    """
    for m in invoer.momentopnamen:
        for naam, redenen, _ in m.niet_gevonden:
            code = redenen[0].code if redenen else None
            row = {"bron": m.bron, "tabel": m.tabel, "onderwerp": naam}
            yield row | {"reden": code, "uitleg": zin(redenen) or None}


def correctie(invoer: Bouwinvoer) -> Rows:
    """List the corrections of known errors, for this kind of run.

    Raises InvoerError for a table or topic that the source list does not have.

    ---
    omschrijving: De cellen van een bron waarvan bekend is dat zij fout zijn, voor deze soort bron.
    sleutel: [correctie]
    kolommen:
      correctie: {type: VARCHAR, uitleg: naam van de correctie}
      bron: {type: VARCHAR, code: bron, uitleg: bron van de cel}
      tabel: {type: VARCHAR, code: tabel, uitleg: tabel van de cel}
      onderwerp: {type: VARCHAR, code: onderwerp, uitleg: onderwerp van de cel}
      uitsplitsing: {type: VARCHAR, code: uitsplitsing, uitleg: uitsplitsing van de cel}
      regio: {type: VARCHAR, code: regio, uitleg: regio van de cel}
      periode: {type: VARCHAR, uitleg: periode van de cel}
      verwacht: {type: DOUBLE, uitleg: "wat de bron geeft, zolang de fout er is"}
      wordt: {type: DOUBLE, uitleg: "wat het moet zijn; leeg: geen waarde"}
      reden: {type: VARCHAR, uitleg: waarom het cijfer fout is}
      gemeld_aan: {type: VARCHAR, uitleg: wie het is gemeld}
      datum: {type: DATE, uitleg: wanneer de correctie is gemaakt}
    """
    for c in invoer.correcties:
        if invoer.soort not in c.soorten:
            continue
        tabel = invoer.bronnen.get(c.tabel)
        if tabel is None or tabel.bron != c.bron or c.onderwerp not in tabel.onderwerpen:
            raise InvoerError(
                f"correctie {c.id} gaat over {c.bron} {c.tabel} {c.onderwerp}, en dat staat niet in de bronlijst; "
                "verbeter haar in assets/kern/gegevens/correcties.yaml of haal haar weg"
            )
        yield rij(correctie, c, correctie=c.id, wordt=None if c.wordt == "leeg" else c.wordt)


def gebied(invoer: Bouwinvoer) -> Rows:
    """Name the tenant, in one row.

    ---
    omschrijving: Het gebied waarvoor deze bouw is gemaakt.
    sleutel: [id]
    kolommen:
      id: {type: VARCHAR, uitleg: naam van de map onder gebied/}
      naam: {type: VARCHAR, uitleg: naam zoals in een zin}
      code: {type: VARCHAR, code: regio, uitleg: code van de provincie}
      buren: {type: "VARCHAR[]", uitleg: de provincies waarmee zij wordt vergeleken}
    """
    g = invoer.gebied
    yield {"id": g.id, "naam": g.naam, "code": g.code, "buren": list(g.buren)}


def regio(regios: pd.DataFrame) -> pd.DataFrame:
    """Give the closed list of regions, as `begrippen.regio` reads it.

    ---
    omschrijving: De gesloten lijst van regio's.
    sleutel: [code]
    kolommen:
      code: {type: VARCHAR, code: regio, uitleg: code van de regio}
      naam: {type: VARCHAR, uitleg: naam}
      soort: {type: VARCHAR, uitleg: "soort regio, zie kern.regio"}
      stedelijkheid: {type: INTEGER, uitleg: stedelijkheidsklasse van het CBS}
      geldig_van: {type: DATE, uitleg: eerste dag waarop de regio bestaat}
      geldig_tot: {type: DATE, uitleg: eerste dag waarop de regio niet meer bestaat}
    """
    return regios


def regio_lid(leden: pd.DataFrame) -> pd.DataFrame:
    """Give which region is a member of which, and when.

    ---
    omschrijving: De leden van regio's.
    sleutel: [regio, lid, geldig_van]
    kolommen:
      regio: {type: VARCHAR, code: regio, uitleg: de regio}
      lid: {type: VARCHAR, code: regio, uitleg: de regio die er lid van is}
      geldig_van: {type: DATE, uitleg: eerste dag van het lidmaatschap}
      geldig_tot: {type: DATE, uitleg: eerste dag na het lidmaatschap}
      herkomst: {type: VARCHAR, uitleg: waar de regel vandaan komt}
    """
    return leden


def regio_alias(aliassen: pd.DataFrame) -> pd.DataFrame:
    """Give the codes that a source uses for one of our regions.

    ---
    omschrijving: Codes die een bron gebruikt voor een van onze regio's.
    sleutel: [alias]
    kolommen:
      alias: {type: VARCHAR, code: regio, uitleg: code van de bron}
      code: {type: VARCHAR, code: regio, uitleg: onze code}
    """
    return aliassen
