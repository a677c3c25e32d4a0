"""The analyses as tables of figures: what is downloaded beside their figures, and what their sheets hold."""

from __future__ import annotations

from collections.abc import Sequence

from reports.analyse import (
    Balans,
    Banengroei,
    Leeftijdsprognose,
    Pendelstroom,
    Productiviteitskloof,
    Prognosejaar,
    Specialisatie,
)
from reports.downloads.gegevens import TOTAAL, Cijfertabel, Maat, Tabelrij
from reports.model import Regio, Register, Werk

BEDRIJFSTAK = "Bedrijfstak"
LEEFTIJDEN = {"0_tot_15": "0 tot 15 jaar", "15_tot_75": "15 tot 75 jaar", "75_plus": "75 jaar of ouder"}
_PER_JAAR = "euro per arbeidsjaar"


def of_banengroei(g: Banengroei) -> Cijfertabel:
    """The growth of jobs with its parts, in all and by branch."""
    banen = "banen van werknemers"
    maten = (
        Maat("banen", "Banen aan het eind", banen),
        Maat("verandering", "Verandering", banen),
        Maat("nationaal", "Groei als heel Nederland", banen),
        Maat("sectormix", "Andere mix van bedrijfstakken", banen),
        Maat("regionaal", "Eigen groei van de bedrijfstak", banen),
    )
    whole = (g.banen, g.banen - g.banen_van, g.nationaal, g.sectormix, g.regionaal)
    rijen = [Tabelrij(*TOTAAL, g.regio, g.periode, whole, g.status)]
    rijen += [
        Tabelrij(
            d.code,
            d.naam,
            g.regio,
            g.periode,
            (d.banen, d.verandering, d.nationaal, d.sectormix, d.regionaal),
            g.status,
        )
        for d in g.delen
    ]
    van = g.periode_van[:4]
    return Cijfertabel(
        "banengroei", "Groei van de banen", BEDRIJFSTAK, maten, tuple(rijen),
        (f"Verandering en delen: sinds december {van}. De delen tellen op tot de verandering, op afronding na.",),
    )  # fmt: skip


def of_specialisatie(takken: Sequence[Specialisatie], regio: Regio, periode: str) -> Cijfertabel:
    """The branches beside the Netherlands."""
    maten = (
        Maat("banen", "Banen", "banen van werknemers"),
        Maat("aandeel", f"Aandeel in {regio.naam}", "% van de banen", 1),
        Maat("aandeel_nl", "Aandeel in Nederland", "% van de banen", 1),
        Maat("locatiequotient", f"{regio.naam} gedeeld door Nederland", "verhouding", 2),
    )
    rijen = tuple(
        Tabelrij(
            t.code, t.naam, regio, periode, (t.banen, t.aandeel, t.aandeel_nl, t.quotient), t.status,
            t.leeg_reden or "niet_gepubliceerd",
        )
        for t in takken
    )  # fmt: skip
    return Cijfertabel("bedrijfstakken", "Bedrijfstakken naast Nederland", BEDRIJFSTAK, maten, rijen)


def of_kloof(kloven: Sequence[Productiviteitskloof]) -> Cijfertabel:
    """The productivity gap of regions with its parts, in all and by branch."""
    maten = (
        Maat("aandeel", "Aandeel in de arbeidsjaren", "%", 1),
        Maat("aandeel_nl", "Aandeel in Nederland", "%", 1),
        Maat("productiviteit", "Opbrengst per arbeidsjaar", _PER_JAAR),
        Maat("productiviteit_nl", "Opbrengst in Nederland", _PER_JAAR),
        Maat("structuur", "Andere mix van bedrijfstakken", _PER_JAAR),
        Maat("regiospecifiek", "Zelfde bedrijfstak, andere opbrengst", _PER_JAAR),
        Maat("interactie", "Beide tegelijk", _PER_JAAR),
    )
    rijen = []
    for k in kloven:
        whole = (100.0, 100.0, k.productiviteit, k.productiviteit_nl, k.structuur, k.regiospecifiek, k.interactie)
        rijen.append(Tabelrij(*TOTAAL, k.regio, k.periode, whole, k.status))
        rijen += [
            Tabelrij(
                d.code, d.naam, k.regio, k.periode,
                (d.aandeel, d.aandeel_nl, d.productiviteit, d.productiviteit_nl, d.structuur, d.regiospecifiek,
                 d.interactie),
                k.status,
            )
            for d in k.delen
        ]  # fmt: skip
    return Cijfertabel(
        "productiviteitskloof", "Productiviteitskloof", BEDRIJFSTAK, maten, tuple(rijen),
        ("De laatste drie maten tellen op tot de kloof met Nederland, op de afronding van de bron na.",),
    )  # fmt: skip


def of_balansen(balansen: Sequence[Balans]) -> Cijfertabel:
    """Living and working."""
    maten = (
        Maat("banen", "Banen in het gebied", "banen van werknemers"),
        Maat("banen_van_inwoners", "Banen van inwoners", "banen van werknemers"),
        Maat("uitgaand", "Inwoners die erbuiten werken", "banen van werknemers"),
        Maat("inkomend", "Van buiten die er werken", "banen van werknemers"),
        Maat("uitgaand_pct", "Werkt erbuiten", "% van de banen van inwoners", 1),
        Maat("inkomend_pct", "Komt van buiten", "% van de banen in het gebied", 1),
        Maat("balans", "Woon-werkbalans", "verhouding", 2),
    )
    rijen = tuple(
        Tabelrij(
            *TOTAAL, b.regio, b.periode,
            (b.banen, b.banen_van_inwoners, b.uitgaand, b.inkomend, b.uitgaand_pct, b.inkomend_pct, b.waarde),
            b.status,
        )
        for b in balansen
    )  # fmt: skip
    return Cijfertabel("balans", "Wonen en werken", "", maten, rijen)


def of_pendel(stromen: Sequence[Pendelstroom], regio: Regio, periode: str) -> Cijfertabel:
    """The jobs between the province and other provinces, both ways."""
    maten = (
        Maat("uitgaand", f"Inwoners van {regio.naam} die daar werken", "banen van werknemers"),
        Maat("inkomend", f"Inwoners van daar die in {regio.naam} werken", "banen van werknemers"),
    )
    rijen = tuple(
        Tabelrij(p.code, p.provincie, regio, periode, (p.naar, p.uit), leeg_reden="onbekend") for p in stromen
    )
    return Cijfertabel("pendelstromen", "Pendel met andere provincies", "Andere provincie", maten, rijen)


def of_prognose(jaren: Sequence[Prognosejaar], regio: Regio) -> Cijfertabel:
    """The forecast of the population beside what came."""
    maten = tuple(
        Maat(id_, naam, "inwoners")
        for id_, naam in (
            ("prognose", "Prognose"),
            ("interval_onder", "Ondergrens van het interval van 67%"),
            ("interval_boven", "Bovengrens van het interval van 67%"),
            ("werkelijk", "Werkelijk"),
        )
    )
    rijen = tuple(
        Tabelrij(
            *TOTAAL, regio, j.periode, (j.prognose, j.onder, j.boven, j.werkelijk), leeg_reden="niet_van_toepassing"
        )
        for j in jaren
    )
    return Cijfertabel("prognose", "Prognose van de bevolking", "", maten, rijen)


def of_leeftijden(leeftijden: Sequence[Leeftijdsprognose], regio: Regio) -> Cijfertabel:
    """The forecast by age: its first and its last year."""
    maten = (Maat("inwoners", "Inwoners", "inwoners"), Maat("aandeel", "Aandeel", "% van de inwoners", 1))
    rijen = tuple(
        Tabelrij(d.leeftijd, LEEFTIJDEN.get(d.leeftijd, d.leeftijd), regio, periode, waarden)
        for d in leeftijden
        for periode, waarden in ((d.van, (d.waarde_van, d.aandeel_van)), (d.tot, (d.waarde_tot, d.aandeel_tot)))
    )
    return Cijfertabel("leeftijden", "Prognose naar leeftijd", "Leeftijd", maten, rijen)


def of_register(g: Register, provincie: Regio) -> Cijfertabel:
    """The employment register: totals of regions, and the parts of the province."""
    maten = (
        Maat("vestigingen", "Vestigingen", "aantal", -1),
        Maat("aandeel_vestigingen", "Aandeel in de vestigingen", "%", 1),
        Maat("banen", "Banen", "aantal", -1),
        Maat("aandeel_banen", "Aandeel in de banen", "%", 1),
        Maat("groei", "Banen sinds een jaar eerder", "%", 1),
        Maat("fulltime", "Banen van 12 uur of meer", "aantal", -1),
        Maat("quotient", "Aandeel gedeeld door dat in Nederland", "verhouding", 2),
    )
    parts: list[tuple[str, str, Werk, Regio, str]] = []
    if g.totaal:
        parts.append((*TOTAAL, g.totaal, provincie, g.periode))
    parts += [(*TOTAAL, x.totaal, x.regio, g.periode) for x in g.gemeenten]
    for id_, soort, werk, periode in (
        ("sbi2008", "Sectie (SBI 2008)", g.secties, g.periode_sbi),
        ("sbi2025", "Sectie (SBI 2025)", g.secties_2025, g.periode),
        ("klasse", "Grootteklasse", g.klassen, g.periode),
        ("groep", "Groep", g.groepen, g.periode_sbi),
    ):
        for w in werk:
            letter = f"{w.code} " if id_.startswith("sbi") and w.code != "onbekend" else ""
            lijst = "" if w.bevestigd else " (lijst van codes niet bevestigd)"
            parts.append((f"{id_}:{w.code}", f"{soort}: {letter}{w.naam}{lijst}", w, provincie, periode))
    rijen = tuple(
        Tabelrij(
            code, naam, regio, periode,
            (w.vestigingen, w.aandeel_vestigingen, w.banen, w.aandeel_banen, w.groei, w.fulltime, w.quotient),
            leeg_reden=w.leeg_reden or "niet_gepubliceerd",
        )
        for code, naam, w, regio, periode in parts
    )  # fmt: skip
    return Cijfertabel(
        "register", "Werkgelegenheidsregister", "Onderdeel", maten, rijen,
        ("Peildatum 1 april. Een baan is iedereen die er werkt. Groepen overlappen elkaar: tel ze niet op.",),
    )  # fmt: skip
