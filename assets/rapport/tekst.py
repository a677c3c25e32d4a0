"""The texts of an edition against the figures of a build: what `monitor tekst controleer` and the build both do."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from assets.rapport.brief import read_brief
from assets.rapport.editie import Editiemap, Rectificatie, is_concept
from assets.vragen.lezen import open_monitor, strip_soort
from assets.vragen.rapport import read_rapport
from assets.vragen.tekstcijfers import read_sectoren, read_soortgenoten
from begrippen.themas import read_themas
from reports.document import Alinea, Melding
from reports.getallen import format_datum
from reports.herziening import Rectificatie as Uitgegeven
from reports.hoofdstukken.beleidsblad import BLADEN
from reports.inhoud import Nadruk
from reports.model import Rapport
from reports.tekst.cijfers import Cijfers, Record
from reports.tekst.fout import Tekstfout
from reports.tekst.teksten import Tekst, read_tekst, read_teksten

# The pages that texts may stand on beside those of themes and regions.
VASTE_BLADEN = (*("index", "samenvatting", "brede-welvaart", "verschillen", "veranderd", "verantwoording"),)


def read_cijfers(database: Path, rapport: Rapport | None = None) -> Cijfers:
    """Read what a text may refer to from a built database, which is opened read-only."""
    rapport = rapport or read_rapport(database)
    indicatoren = {i.id: i for i in rapport.indicatoren}
    regios = {reeks.regio.code: reeks.regio for i in rapport.indicatoren for reeks in i.reeksen.values()}
    regios |= {r.code: r for r in (rapport.provincie, rapport.nederland, *rapport.corop, *rapport.gemeenten)}
    with open_monitor(database) as db:
        records = db.execute(
            """
            SELECT indicator, regio, record, mag, reeks_van, uitleg FROM monitor.record
            WHERE uitsplitsing = 'totaal' AND list_contains(?, regio) ORDER BY indicator, regio
            """,
            [list(regios)],
        ).fetchall()
        elders = db.execute(
            "SELECT DISTINCT naam FROM kern.regio WHERE soort = 'provincie' AND NOT list_contains(?, code) ORDER BY 1",
            [list(regios)],
        ).fetchall()
        sectoren, genoten = read_sectoren(db, list(regios)), read_soortgenoten(db, list(regios))
    return Cijfers(
        editie=rapport.editie,
        provincie=rapport.provincie.code,
        indicatoren=indicatoren,
        regios=regios,
        records={(r[0], r[1]): Record(r[2], bool(r[3]), r[4] or "", r[5] or "") for r in records},
        afwezig={n.indicator: n for n in rapport.niet_beschikbaar},
        gemeenten=tuple(g.code for g in rapport.gemeenten),
        beweringen=rapport.beweringen,
        elders=tuple(strip_soort(naam) for (naam,) in elders),
        sectoren=sectoren,
        soortgenoten=genoten,
        uitvoering=rapport.uitvoering,
    )


def all_bladen(rapport: Rapport) -> list[str]:
    """The ids of the pages that a report can have, also those that are not in this one for want of figures."""
    regios = [f"regio/{g.code}" for g in (*rapport.corop, *rapport.gemeenten)]
    beleid = rapport.beleid
    policy = BLADEN if rapport.uitvoering else ()
    eigen = [blad for blad, there in (("regiodeal", beleid.regiodeal), ("opgaven", beleid.opgaven)) if there]
    themas = [t.blad for t in read_themas(rapport.gebied).values()]
    return list(dict.fromkeys((*VASTE_BLADEN, *eigen, *policy, *themas, *regios)))


def check_teksten(editiemap: Editiemap, rapport: Rapport, cijfers: Cijfers) -> tuple[list[Tekst], list[Tekstfout]]:
    """The texts of an edition with everything that is wrong with them; rectifications and the letter to PS included.

    Raises TekstError for a letter that is no document of Word.
    """
    bladen = all_bladen(rapport)
    namen = editiemap.editie.namen_met_cijfer
    teksten, fouten = read_teksten(editiemap.teksten, cijfers, bladen, namen)
    for n, rectificatie in enumerate(editiemap.rectificaties, start=1):
        tekst, own = read_rectificatie(editiemap.editie.jaar, n, rectificatie, cijfers, namen)
        fouten += own
        for blad in rectificatie.bladen:
            if blad not in bladen:
                wat, advies = f"het rapport heeft geen blad '{blad}'", f"Er zijn: {', '.join(bladen)}."
                fouten.append(Tekstfout(tekst.bestand, 1, wat, advies))
            teksten.append(replace(tekst, hoofdstuk=blad))
    return teksten, fouten + read_brief(editiemap, cijfers).fouten


def read_rectificatie(
    jaar: int, nummer: int, rectificatie: Rectificatie, cijfers: Cijfers, namen: tuple[str, ...]
) -> tuple[Tekst, list[Tekstfout]]:
    """The note that a rectification puts on its pages. What was wrong is quoted as it stood, so it may hold digits."""
    bestand = f"edities/{jaar}/rectificaties/{nummer:02d}.toml"
    tekst, fouten = read_tekst(
        bestand, f"{rectificatie.wat}\n\nHet moet zijn: {rectificatie.moet}", cijfers, None, namen
    )
    wat, *moet = tekst.blokken
    kop = Alinea((Nadruk(f"Rectificatie, {format_datum(rectificatie.datum)} (versie {nummer + 1})."),))
    was = Alinea((f"Er stond: ‘{rectificatie.was}’",))
    # a field has no lines that a reader of the file would know
    fouten = [replace(f, regel=1) for f in fouten]
    return Tekst(bestand, "", "begin", (Melding("rectificatie", (kop, wat, was, *moet)),)), fouten


def as_editie(rapport: Rapport, editiemap: Editiemap) -> Rapport:
    """The report as that of an edition: what every page, slide and sheet says of it, its address and its version."""
    editie = editiemap.editie
    moment = rapport.bouw.gebouwd_op
    assert moment is not None
    notices = [rapport.melding] if rapport.melding else []
    embargo = editie.embargo if is_concept(editie, moment) else None
    if embargo is not None:
        notices.append(f"Onder embargo tot {format_datum(embargo.date())}, {embargo:%H.%M} uur.")
    if editiemap.rectificaties:
        notices.append(f"Versie {editiemap.versie}, met {tel_rectificaties(len(editiemap.rectificaties))}.")
    gekozen = editie.regios.samengesteld if editie.regios else ()
    return replace(
        rapport,
        melding=" ".join(notices) or None,
        adres=editie.adres,
        versie=editiemap.versie,
        rectificaties=tuple(
            Uitgegeven(n + 1, r.datum, r.was, r.bladen) for n, r in enumerate(editiemap.rectificaties, start=1)
        ),
        kern=tuple(k.indicator for k in editie.kern),
        embargo=embargo,
        samengesteld=tuple(s for s in rapport.samengesteld if not gekozen or s.code in gekozen),
    )


def tel_rectificaties(aantal: int) -> str:
    """'1 rectificatie', '2 rectificaties'."""
    return "1 rectificatie" if aantal == 1 else f"{aantal} rectificaties"
