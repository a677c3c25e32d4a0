"""The chapter on earning power: the productivity gap with the Netherlands, and which branches make it."""

from __future__ import annotations

from collections.abc import Sequence

from reports.analyse import Productiviteitskloof
from reports.analysezinnen import kloof_status, kloof_zin, statuswoord
from reports.document import Alinea, Blok, Kop, Naast
from reports.downloads import analysetabellen
from reports.figuren import Staaf, draw_staven, draw_waterval
from reports.getallen import format_euro as euro
from reports.getallen import format_getal, format_periode
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
            f"{k.regio.naam}: {euro(abs(k.kloof))} per arbeidsjaar {meer(k.kloof)} dan {naam} ({jaar})",
            f"Watervalgrafiek van de toegevoegde waarde per arbeidsjaar in {jaar}, in euro. "
            f"{'; '.join(f'{t.naam}: {t.tekst}' for t in trappen)}.",
            ("Toegevoegde waarde per arbeidsjaar, in euro, lopende prijzen.",),
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
            f"Grootste bijdrage aan de kloof: {staven[0].naam.lower()} ({staven[0].tekst} euro in {jaar})",
            f"Staafgrafiek van de bijdrage van elke bedrijfstak aan de kloof, in euro per arbeidsjaar, {jaar}. "
            f"{'; '.join(f'{s.naam}: {s.tekst}' for s in staven)}.",
            ("Bijdrage aan het verschil met Nederland, in euro per arbeidsjaar.",),
        ),
        eigen_berekening(tafel, k.tabel, f"regionale rekeningen, tabel {k.tabel}"),
        cijfers,
        (hoe.of_analyse("de bijdrage van elke bedrijfstak aan de kloof", sql),),
    )
    blokken: list[Blok] = [
        Kop(2, "Waarom brengt een arbeidsjaar hier minder of meer op", "kloof"),
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
                *(format_getal(w, 0, teken=True) for w in (k.kloof, k.structuur, k.regiospecifiek, k.interactie)),
            ),
        )
        for k in kloven
    )
    namen = ("Jaar", "Opbrengst per arbeidsjaar", "Kloof met Nederland", "Mix", "Zelfde bedrijfstak", "Beide")
    return Tabel(
        "kloof-corop",
        f"De productiviteitskloof in {tafel.rapport.provincie.naam} en zijn COROP-gebieden, in euro per arbeidsjaar",
        (Kolom(("Gebied",)), *(Kolom((n,), "eind") for n in namen)),
        (Rijgroep(rijen),),
        ("De delen tellen op tot de kloof, op de afronding van de bron na.",),
    )
