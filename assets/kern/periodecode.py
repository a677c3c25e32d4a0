"""The period codes that occur in the stored answers, read: which period, how final. A table of the build in Python."""

from __future__ import annotations

import duckdb

from assets.kern.periode import PeriodeError, kwartaal_of_maand, read_periode
from assets.kern.status import read_status, status_from_prose
from assets.tabel import documented

_OCCURRING = """
    SELECT w.bron, w.tabel, w.momentopname, w.onderwerp, w.periode AS code,
        coalesce(c.titel, '') AS titel, coalesce(c.beschrijving, '') AS beschrijving, c.status,
        coalesce(t.status_uit_proza, false) AS status_uit_proza,
        coalesce(t.kwartaal_in_maand, false) AS kwartaal_in_maand, coalesce(o.statusgroepen, []) AS statusgroepen
    FROM (SELECT DISTINCT bron, tabel, momentopname, onderwerp, periode FROM invoer.waarneming_alle) AS w
    LEFT JOIN invoer.brontabel AS t USING (bron, tabel)
    LEFT JOIN invoer.onderwerp AS s USING (bron, tabel, momentopname, onderwerp)
    LEFT JOIN invoer.code AS c
        ON c.soort = 'periode' AND (c.bron, c.tabel, c.momentopname, c.code)
            = (w.bron, w.tabel, w.momentopname, w.periode)
    LEFT JOIN invoer.bron_onderwerp AS o ON (o.bron, o.tabel, o.naam) = (w.bron, w.tabel, s.naam)
    ORDER BY ALL
"""


def periodecode(db: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyRelation:
    """Read every period code that occurs in a stored answer, for each topic.

    Raises PeriodeError naming the table for a code that we do not know.

    ---
    omschrijving: >
      Hoe een periodecode van een bron is gelezen, per onderwerp: welke periode het is en hoe definitief de cijfers
      zijn.
      Een jaarcode die volgens zijn titel een deel van het jaar is, krijgt een eigen code (2026DJ04). Zet de bron het
      cijfer van een kwartaal bij zijn eerste maand, dan is de periode dat kwartaal.
    uit: [invoer.waarneming_alle, invoer.code, invoer.brontabel, invoer.onderwerp, invoer.bron_onderwerp]
    sleutel: [bron, tabel, momentopname, onderwerp, code]
    kolommen:
      bron: {type: VARCHAR, uitleg: bron van de tabel}
      tabel: {type: VARCHAR, uitleg: id van de tabel bij de bron}
      momentopname: {type: VARCHAR, uitleg: het bewaarde antwoord waarin de code staat}
      onderwerp: {type: VARCHAR, uitleg: sleutel van het onderwerp bij de bron}
      code: {type: VARCHAR, uitleg: periodecode van de bron}
      periode: {type: VARCHAR, code: true, uitleg: onze periodecode}
      soort: {type: VARCHAR, uitleg: 'JJ, SJ, HJ, KW, MM, of DJ voor een deel van een jaar'}
      begin: {type: DATE, uitleg: eerste dag}
      eind: {type: DATE, uitleg: laatste dag}
      jaar: {type: INTEGER, uitleg: jaar waarin de periode begint}
      deel_van_jaar: {type: BOOLEAN, uitleg: de periode is korter dan een jaar}
      status: {type: VARCHAR, uitleg: 'definitief, nader_voorlopig, voorlopig of onbekend'}
    """
    rows: list[tuple[object, ...]] = []
    for bron, tabel, momentopname, onderwerp, code, titel, beschrijving, status, proza, kwartaal, groepen in db.execute(
        _OCCURRING
    ).fetchall():
        try:
            p = read_periode(kwartaal_of_maand(code) if kwartaal else code, titel)
        except PeriodeError as error:
            raise PeriodeError(f"{bron} {tabel}, momentopname {momentopname}: {error}") from None
        final = status_from_prose(beschrijving, groepen) if proza else read_status(status, beschrijving)
        rows.append(
            (
                bron,
                tabel,
                momentopname,
                onderwerp,
                code,
                p.periode,
                p.soort,
                p.begin,
                p.eind,
                p.jaar,
                p.deel_van_jaar,
                final,
            )
        )
    return db.from_arrow(documented(periodecode, rows))
