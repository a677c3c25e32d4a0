"""The chapters on the economy: jobs, the labour market with commuting, and what those on earning power share."""

from __future__ import annotations

from collections.abc import Sequence

from begrippen.lijsten import STATUS_ORDE
from reports.analyse import BANEN, PENDEL, Balans, Banengroei, Groeideel, Pendelstroom, Specialisatie
from reports.analysezinnen import FIJNER, INDELING, balans_zin, pendel_zin, statuswoord, voorlopig
from reports.cellen import bron_begin
from reports.document import Alinea, Blok, Figuurblok, Kop, Naast, Uitklap
from reports.downloads import analysetabellen
from reports.figuren import Paar, Staaf, Trap, draw_paren, draw_staven, draw_waterval
from reports.getallen import format_getal, format_groei, format_leeg, format_periode, round_half_away
from reports.hoofdstukken import hoe
from reports.hoofdstukken.register import make_register
from reports.hoofdstukken.schrijftafel import REGISTER, Schrijftafel, cellen, downloads
from reports.inhoud import Inhoud
from reports.tabel import Kolom, Rij, Rijgroep, Tabel
from reports.zinnen import haakjes


def heel(waarde: float) -> str:
    """A whole number."""
    return format_getal(waarde, 0)


# the source gives jobs in hundreds, so that what is computed from them is not known closer
BANEN_DECIMALEN = -2


def banen(waarde: float) -> str:
    """A number of jobs, or a part of their growth, as close as the source gives jobs."""
    text = format_getal(waarde, BANEN_DECIMALEN)
    return f"minder dan {format_getal(0.5 * 10**-BANEN_DECIMALEN, 0)}" if waarde and text == "0" else text


def meer(waarde: float) -> str:
    """How a difference is called."""
    return "meer" if waarde > 0 else "minder"


def erbij(waarde: float) -> str:
    """How many jobs came or went: 'meer' would be read as more than there are now."""
    return f"{banen(abs(waarde))} {'bij gekomen' if waarde > 0 else 'af gegaan'}"


def per_saldo(waarde: float) -> str:
    """What a part of a growth is, a balance of branches that gained and lost: '2.500 banen minder'."""
    return f"{banen(abs(waarde))} banen {meer(waarde)}"


def _december(periode: str) -> str:
    """A period of figures that are counted in December: '2024JJ00' -> 'december 2024'."""
    return f"december {periode[:4]}"


def _banen_kop(meeste: Staaf, van: str, tot: str, status: str) -> str:
    """The heading over the change of each branch: none may have gained."""
    if not meeste.waarde or meeste.waarde < 0:
        return f"In geen bedrijfstak kwamen er banen bij van {van} tot {tot}{voorlopig(status)}"
    erbij = haakjes(meeste.tekst, *statuswoord(status))
    return f"Meeste banen erbij van {van} tot {tot}: {meeste.naam.lower()}{erbij}"


def make_trappen(
    begin: tuple[str, float],
    delen: Sequence[tuple[str, float]],
    afronding: float,
    eind: tuple[str, float],
    decimalen: int = 0,
) -> list[Trap]:
    """The steps of a waterfall between two totals; what the source rounded off is a step where it is not nothing."""
    rest = [("Afronding van de bron", afronding)] if round_half_away(afronding, decimalen) else []
    return [
        Trap(*begin, format_getal(begin[1], decimalen), geheel=True),
        *(Trap(naam, w, format_getal(w, decimalen, teken=True)) for naam, w in (*delen, *rest)),
        Trap(*eind, format_getal(eind[1], decimalen), geheel=True),
    ]


def eigen_berekening(tafel: Schrijftafel, tabel: str, wat: str) -> Inhoud:
    """Where an analysis of our own comes from: whose figures, what they are."""
    return (f"{bron_begin(tafel.rapport, tabel)} {wat}; eigen berekening.",)


# --- jobs ---


def has_register(tafel: Schrijftafel) -> bool:
    """Whether figures of the register of jobs are in the report."""
    return any(b.bron == REGISTER for b in tafel.rapport.bronnen)


def begin_werkgelegenheid(tafel: Schrijftafel) -> tuple[Blok, ...]:
    """Before the cards: whether the register is there, how jobs grew, and in which branches the province is strong."""
    a = tafel.analyses
    blokken: list[Blok] = list(make_register(tafel))
    if a.banengroei:
        blokken += _banengroei(tafel, a.banengroei)
    if any(s.quotient is not None for s in a.specialisatie):
        blokken += _specialisatie(tafel, a.specialisatie, a.specialisatie_periode)
    return tuple(blokken)


def _banengroei(tafel: Schrijftafel, g: Banengroei) -> list[Blok]:
    verandering = g.banen - g.banen_van
    van, tot = _december(g.periode_van), _december(g.periode)
    zeker = voorlopig(g.status)
    kop = f"{banen(abs(verandering))} banen {meer(verandering)} in {tot} dan in {van}{zeker}"
    zin = (
        f"In {tot}{zeker} telde {g.regio.wie} {banen(g.banen)} banen van werknemers, {banen(abs(verandering))} "
        f"{meer(verandering)} dan in {van}. Waren alle bedrijfstakken even hard gegroeid als alle banen in Nederland "
        f"samen, dan waren er {erbij(g.nationaal)}. In de andere mix van bedrijfstakken zitten "
        f"{per_saldo(g.sectormix)}; in bedrijfstakken die hier harder of minder hard groeiden dan in Nederland zitten "
        f"per saldo {per_saldo(g.regionaal)}. {INDELING}"
    )
    delen = (
        ("Groei als heel Nederland", g.nationaal),
        ("Andere mix van bedrijfstakken", g.sectormix),
        ("Eigen groei van bedrijfstakken", g.regionaal),
    )
    trappen = make_trappen(
        (f"Banen in {van}", g.banen_van), delen, g.afronding, (f"Banen in {tot}", g.banen), BANEN_DECIMALEN
    )
    alt = f"Watervalgrafiek{zeker}. {'; '.join(f'{t.naam}: {t.tekst}' for t in trappen)}. {FIJNER}"
    sql = (
        "FROM monitor.shift_share\n"
        f"WHERE regio = '{g.regio.code}' AND soort = 'venster' AND indeling = 'grof'\nORDER BY bedrijfstak;"
    )
    figuur = tafel.afgeleid(
        "banengroei",
        draw_waterval(tafel.doek, trappen, kop, alt, (FIJNER,)),
        eigen_berekening(tafel, BANEN, "banen van werknemers"),
        analysetabellen.of_banengroei(g),
        (hoe.of_analyse("groei van de banen", sql),),
    )
    staven = [
        Staaf(d.naam, d.verandering, format_getal(d.verandering, 0, teken=True))
        for d in sorted(g.delen, key=lambda d: -d.verandering)
    ]
    per_tak = tafel.afgeleid(
        "banen-per-bedrijfstak",
        draw_staven(
            tafel.doek,
            staven,
            _banen_kop(staven[0], van, tot, g.status),
            f"Staafgrafiek van de verandering van het aantal banen per bedrijfstak, {van} tot {tot}{zeker}. "
            f"{'; '.join(f'{s.naam}: {s.tekst}' for s in staven)}.",
        ),
        eigen_berekening(tafel, BANEN, "banen van werknemers"),
        analysetabellen.of_banengroei(g),
        (hoe.of_analyse("verandering van de banen per bedrijfstak", sql),),
    )
    return [
        Kop(2, "Hoe groeide het aantal banen", "banen"),
        Alinea((zin,)),
        Naast((figuur, per_tak, _takgroei(tafel, g, sql))),
    ]


def takgroei(deel: Groeideel) -> tuple[float, float]:
    """Growth of a branch here and in the country, in percent."""
    begin = deel.banen - deel.verandering
    land = deel.nationaal + deel.sectormix
    return (100 * deel.verandering / begin, 100 * land / begin) if begin else (0.0, 0.0)


def _takgroei(tafel: Schrijftafel, g: Banengroei, sql: str) -> Figuurblok:
    """The growth of each branch beside the country, the fastest first."""
    delen = sorted(((d.naam, *takgroei(d)) for d in g.delen), key=lambda x: -x[1])
    paren = [
        Paar(naam, Staaf("", hier, format_groei(hier)), Staaf("", daar, format_groei(daar)))
        for naam, hier, daar in delen
    ]
    van, tot, eerste = _december(g.periode_van), _december(g.periode), paren[0]
    wanneer = f"van {van} tot {tot}{voorlopig(g.status)}"
    kop = f"Geen bedrijfstak groeide {wanneer}"
    if delen[0][1] > 0:
        kop = f"De hardste groeier {wanneer}: {eerste.naam.lower()}, {eerste.eerste.tekst}; "
        kop += f"in Nederland {eerste.tweede.tekst}"
    namen = (g.regio.naam, tafel.rapport.nederland.naam)
    alt = f"Staafgrafiek van de groei van de banen per bedrijfstak {wanneer}, {namen[0]} en {namen[1]}. " + "; ".join(
        f"{p.naam}: {p.eerste.tekst} en {p.tweede.tekst}" for p in paren
    )
    return tafel.afgeleid(
        "groei-per-bedrijfstak",
        draw_paren(tafel.doek, paren, namen, kop=kop, alt=f"{alt}."),
        eigen_berekening(tafel, BANEN, "banen van werknemers"),
        analysetabellen.of_banengroei(g),
        (hoe.of_analyse("groei van de banen per bedrijfstak", sql),),
    )


def _specialisatie(tafel: Schrijftafel, takken: Sequence[Specialisatie], periode: str) -> list[Blok]:
    naam = tafel.rapport.provincie.naam
    known = [t for t in takken if t.aandeel is not None and t.aandeel_nl is not None and t.quotient is not None]
    known.sort(key=lambda t: -(t.aandeel or 0))
    # one branch that is provisional makes the order so
    status = max((t.status for t in known), key=STATUS_ORDE.index)
    wanneer = f"{_december(periode)}{voorlopig(status)}"
    # what is secret has no bar, and may be larger, or stronger here, than what has one
    weg = len(takken) - len(known)
    zonder = f"Van {weg} van de {len(takken)} bedrijfstakken is er geen cijfer." if weg else ""
    van = f"van de {len(known)} bedrijfstakken met een cijfer " if weg else ""
    sterk = max(known, key=lambda t: t.quotient or 0)
    zwak = min(known, key=lambda t: t.quotient or 0)
    zin = (
        f"In {wanneer} is {van}‘{sterk.naam}’ in {naam} het sterkst aanwezig vergeleken met Nederland "
        f"({format_getal(sterk.quotient or 0, 2)} "
        f"keer het aandeel van Nederland) en ‘{zwak.naam}’ het minst ({format_getal(zwak.quotient or 0, 2)} keer)."
    )

    def staaf(aandeel: float | None, tak: Specialisatie) -> Staaf:
        return Staaf(
            tak.naam, aandeel, f"{format_getal(aandeel, 1)}%" if aandeel is not None else format_leeg(tak.leeg_reden)
        )

    paren = [Paar(t.naam, staaf(t.aandeel, t), staaf(t.aandeel_nl, t)) for t in known]
    deel = f"{format_getal(known[0].aandeel or 0, 1)}% van de banen"
    wie = f"Grootste van de {len(known)} bedrijfstakken met een cijfer" if weg else "Grootste bedrijfstak"
    kop = f"{wie}: {known[0].naam.lower()}, {deel}{haakjes(_december(periode), *statuswoord(status))}"
    alt = f"Staafgrafiek van het aandeel in de banen, {naam} en Nederland, {wanneer}. " + "; ".join(
        f"{p.naam}: {p.eerste.tekst} en {p.tweede.tekst}" for p in paren
    )
    sql = (
        f"FROM monitor.locatiequotient\nWHERE regio = '{tafel.rapport.provincie.code}' AND periode = '{periode}'\n"
        "ORDER BY bedrijfstak;"
    )
    figuur = tafel.afgeleid(
        "bedrijfstakken",
        draw_paren(
            tafel.doek,
            paren,
            (tafel.rapport.provincie.naam, tafel.rapport.nederland.naam),
            kop=kop,
            alt=f"{alt}. {zonder}".rstrip(),
            noten=(zonder,) if zonder else (),
        ),
        eigen_berekening(tafel, BANEN, f"banen van werknemers, {_december(periode)}"),
        analysetabellen.of_specialisatie(takken, tafel.rapport.provincie, periode),
        (hoe.of_analyse("bedrijfstakken", sql),),
    )
    tabel = Tabel(
        "bedrijfstakken-tabel",
        f"Banen van werknemers per bedrijfstak, {wanneer}",
        (
            Kolom(("Bedrijfstak",)),
            Kolom(("Banen",), "eind"),
            Kolom((f"Aandeel {naam}",), "eind"),
            Kolom(("Aandeel Nederland",), "eind"),
            Kolom((f"{naam} gedeeld door Nederland",), "eind"),
        ),
        (
            Rijgroep(
                tuple(
                    Rij(
                        (t.naam,),
                        cellen(
                            _of_leeg(t.banen, 0, t),
                            _of_leeg(t.aandeel, 1, t, "%"),
                            _of_leeg(t.aandeel_nl, 1, t, "%"),
                            _of_leeg(t.quotient, 2, t),
                        ),
                    )
                    for t in takken
                )
            ),
        ),
    )
    return [
        Kop(2, f"In welke bedrijfstakken werkt {naam}", "bedrijfstakken-kop"),
        Alinea((zin,)),
        Naast((figuur,)),
        Uitklap("Cijfers in een tabel", (tabel,), ": bedrijfstakken"),
    ]


def _of_leeg(waarde: float | None, decimalen: int, tak: Specialisatie, achter: str = "") -> str:
    return format_leeg(tak.leeg_reden) if waarde is None else f"{format_getal(waarde, decimalen)}{achter}"


# --- labour market ---


def begin_arbeidsmarkt(tafel: Schrijftafel) -> tuple[Blok, ...]:
    """Links to the labour indicators of well-being, and commuting."""
    blokken: list[Blok] = []
    elders = tafel.gekozen(("werkloosheid", "netto_arbeidsparticipatie", "bruto_arbeidsparticipatie", "vacaturegraad"))
    if elders:
        blokken.append(
            Alinea(
                (
                    "Werk hoort ook bij brede welvaart; in het thema Arbeid en vrije tijd staan: ",
                    *tafel.namen(elders),
                    ".",
                )
            )
        )
    if tafel.analyses.balansen:
        blokken += _pendel(tafel)
    return tuple(blokken)


def _pendel(tafel: Schrijftafel) -> list[Blok]:
    a, r = tafel.analyses, tafel.rapport
    blokken: list[Blok] = [Kop(2, "Wonen en werken: de pendel", "pendel")]
    wanneer = f"{format_periode(a.balansen[0].periode)}{voorlopig(a.balansen[0].status)}"
    zinnen = [zin for make in (pendel_zin, balans_zin) if (zin := make(r.beweringen, r.provincie))]
    if zinnen:
        blokken.append(Alinea((" ".join((*zinnen, "Zelfstandigen tellen niet mee.")),)))
    if any(p.naar is not None or p.uit is not None for p in a.pendel):
        blokken.append(_pendelfiguur(tafel, a.pendel, a.balansen[0]))
    rijen = tuple(
        Rij(
            (tafel.regio(b.regio),) if b.regio in r.corop else (b.regio.naam,),
            cellen(
                heel(b.banen),
                heel(b.banen_van_inwoners),
                f"{format_getal(b.uitgaand_pct, 1)}%",
                f"{format_getal(b.inkomend_pct, 1)}%",
                format_getal(b.waarde, 2),
            ),
        )
        for b in a.balansen
    )
    namen = ("Banen in het gebied", "Banen van inwoners", "Werkt erbuiten", "Komt van buiten", "Woon-werkbalans")
    blokken.append(
        Tabel(
            "balans",
            f"Wonen en werken van werknemers, {wanneer}",
            (Kolom(("Gebied",)), *(Kolom((n,), "eind") for n in namen)),
            (Rijgroep(rijen),),
            (
                "Woon-werkbalans: banen in het gebied gedeeld door banen van inwoners. Onder 1 is het meer een "
                "woongebied. "
                "De tabel van de bedrijfstakken telt de banen van een gebied anders, en heeft een iets ander totaal.",
            ),
        )
    )
    blokken.append(Alinea(downloads(tafel.tabel(analysetabellen.of_balansen(a.balansen)), "wonen en werken"), "bron"))
    return blokken


def _pendelfiguur(tafel: Schrijftafel, stromen: Sequence[Pendelstroom], balans: Balans) -> Figuurblok:
    r, periode = tafel.rapport, balans.periode
    wanneer = f"{format_periode(periode)}{voorlopig(balans.status)}"

    def staaf(waarde: float | None) -> Staaf:
        return Staaf("", waarde, "." if waarde is None else heel(waarde))

    getoond = stromen[:6]
    paren = [Paar(p.provincie, staaf(p.naar), staaf(p.uit)) for p in getoond]
    eerste, naam = getoond[0].provincie, r.provincie.wie
    # the order is that of both ways together: one way alone another province can come first
    slot = haakjes(format_periode(periode), *statuswoord(balans.status))
    kop = f"Heen en terug samen is de meeste pendel met {eerste}{slot}"
    alt = f"Staafgrafiek van banen van werknemers, {wanneer}. " + "; ".join(
        f"{p.naam}: {p.eerste.tekst} banen daar van inwoners van {naam}, {p.tweede.tekst} banen in {naam} van inwoners "
        "daarvan"
        for p in paren
    )
    return tafel.afgeleid(
        "pendelstromen",
        draw_paren(
            tafel.doek,
            paren,
            (f"Vanuit {r.provincie.naam}", f"Naar {r.provincie.naam}"),
            kop=kop,
            alt=f"{alt}.",
            noten=("De zes provincies met de meeste pendel. De bron rondt af op honderd banen.",),
        ),
        eigen_berekening(tafel, PENDEL, f"banen naar woon- en werkregio, {wanneer}"),
        analysetabellen.of_pendel(stromen, r.provincie, periode),
        (
            hoe.of_analyse(
                "de pendel",
                f"FROM monitor.pendel\nWHERE periode = '{periode}' AND '{r.provincie.code}' IN (woonregio, werkregio)\n"
                "ORDER BY woonregio, werkregio;",
            ),
        ),
    )
