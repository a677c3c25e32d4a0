"""The chapter on earning power: the productivity gap with the Netherlands, and which branches make it."""

from __future__ import annotations

from collections.abc import Sequence

from reports.analyse import Productiviteitskloof
from reports.analysezinnen import AFGEROND, FIJNER, WAAR, kloof_status, kloof_zin, statuswoord, telt_niet_op
from reports.document import Alinea, Blok, Kop, Naast
from reports.downloads import analysetabellen
from reports.figuren import Staaf, draw_staven, draw_waterval
from reports.getallen import afgetrokken, format_getal, format_periode
from reports.getallen import format_euro as euro
from reports.hoofdstukken import hoe
from reports.hoofdstukken.economie import eigen_berekening, heel, make_trappen, meer
from reports.hoofdstukken.schrijftafel import Schrijftafel, cellen
from reports.inhoud import Inhoud
from reports.model import Regio
from reports.tabel import Kolom, Rij, Rijgroep, Tabel


def begin_verdienvermogen(tafel: Schrijftafel) -> tuple[Blok, ...]:
    """The productivity gap with the Netherlands, and which branches make it."""
    kloof = tafel.analyses.kloof
    return tuple(_kloof(tafel, kloof)) if kloof else ()


def _kloof(tafel: Schrijftafel, k: Productiviteitskloof) -> list[Blok]:
    naam = tafel.rapport.nederland.naam
    stappen = (
        ("Andere mix van bedrijfstakken", k.structuur),
        ("Zelfde bedrijfstak, andere opbrengst", k.regiospecifiek),
        ("Beide tegelijk", k.interactie),
    )
    trappen = make_trappen((naam, k.productiviteit_nl), stappen, k.afronding, (k.regio.naam, k.productiviteit))
    verschil = afgetrokken(k.productiviteit, k.productiviteit_nl)
    bedragen = (k.structuur, k.regiospecifiek, k.interactie, k.afronding)
    rond = (AFGEROND,) if telt_niet_op(bedragen, verschil) else ()
    # inside brackets and behind a comma
    jaar = ", ".join((format_periode(k.periode), *statuswoord(k.status)))
    cijfers = analysetabellen.of_kloof((k, *tafel.analyses.kloof_corop))
    sql = (
        "FROM monitor.productiviteitskloof\n"
        f"WHERE regio = '{k.regio.code}' AND tabel = '{k.tabel}' AND periode = '{k.periode}'\n"
        "  AND indeling = 'grof'\nORDER BY bedrijfstak;"
    )
    waterval = tafel.afgeleid(
        "productiviteitskloof",
        draw_waterval(
            tafel.doek,
            trappen,
            f"{k.regio.naam}: {euro(abs(verschil))} per arbeidsjaar {meer(verschil)} dan {naam} ({jaar})",
            f"Watervalgrafiek van de toegevoegde waarde per arbeidsjaar in {jaar}, in euro. "
            f"{'; '.join(f'{t.naam}: {t.tekst}' for t in trappen)}. {' '.join((*rond, FIJNER))}",
            ("Toegevoegde waarde per arbeidsjaar, in euro, lopende prijzen.", *rond, FIJNER),
        ),
        eigen_berekening(tafel, k.tabel, f"regionale rekeningen, tabel {k.tabel}"),
        cijfers,
        (hoe.of_analyse("de productiviteitskloof", sql),),
    )
    # what makes the gap larger comes first, whichever side of the Netherlands the province is on
    kant = -1 if k.kloof > 0 else 1
    delen = sorted(k.delen, key=lambda d: kant * (d.structuur + d.regiospecifiek + d.interactie))
    staven = [
        Staaf(d.naam, w, format_getal(w, 0, teken=True))
        for d in delen
        if (w := d.structuur + d.regiospecifiek + d.interactie) is not None
    ]
    takken = tafel.afgeleid(
        "kloof-per-bedrijfstak",
        draw_staven(
            tafel.doek,
            staven,
            f"Bijdrage van elke bedrijfstak aan het verschil ({jaar})",
            f"Staafgrafiek van de bijdrage van elke bedrijfstak aan het verschil met Nederland, in euro per "
            f"arbeidsjaar, {jaar}. {'; '.join(f'{s.naam}: {s.tekst}' for s in staven)}. {FIJNER}",
            ("Bijdrage aan het verschil met Nederland, in euro per arbeidsjaar.", FIJNER),
        ),
        eigen_berekening(tafel, k.tabel, f"regionale rekeningen, tabel {k.tabel}"),
        cijfers,
        (hoe.of_analyse("de bijdrage van elke bedrijfstak aan het verschil", sql),),
    )
    blokken: list[Blok] = [
        Kop(2, WAAR, "kloof"),
        Naast((waterval, takken)),
    ]
    if zin := kloof_zin(tafel.rapport.beweringen, k.regio):
        blokken.insert(1, Alinea((f"{zin}{kloof_status(k)}",)))
    if tafel.analyses.kloof_corop:
        blokken.append(_kloof_corop(tafel, (k, *tafel.analyses.kloof_corop)))
    return blokken


def _kloof_corop(tafel: Schrijftafel, kloven: Sequence[Productiviteitskloof]) -> Tabel:
    def kop(regio: Regio) -> Inhoud:
        return (tafel.regio(regio),) if regio in tafel.rapport.corop else (regio.naam,)

    rijen = tuple(
        Rij(
            kop(k.regio),
            cellen(
                format_periode(k.periode),
                heel(k.productiviteit),
                format_getal(afgetrokken(k.productiviteit, k.productiviteit_nl), 0, teken=True),
            ),
        )
        for k in kloven
    )
    # no parts: in most areas the sign of the mix turns with the number of branches that are told apart
    namen = ("Jaar", "Opbrengst per arbeidsjaar", "Verschil met Nederland")
    return Tabel(
        "kloof-corop",
        f"Opbrengst per arbeidsjaar in {tafel.rapport.provincie.naam} en zijn COROP-gebieden, in euro",
        (Kolom(("Gebied",)), *(Kolom((n,), "eind") for n in namen)),
        (Rijgroep(rijen),),
    )
