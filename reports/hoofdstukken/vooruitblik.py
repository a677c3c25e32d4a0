"""What is coming: the population forecast, and what it means for those of working age."""

from __future__ import annotations

from reports.analyse import PROGNOSE
from reports.analysezinnen import KANS, LEEFTIJD_BRUG, leeftijd_zin, prognose_nu_zin, prognose_zin
from reports.cellen import bron_begin, bron_kop
from reports.document import Alinea, Blok, Figuurblok, Kop, Naast
from reports.downloads import analysetabellen
from reports.downloads.analysetabellen import LEEFTIJDEN
from reports.figuren import Paar, Staaf, draw_paren, draw_waaier
from reports.getallen import HARDE_SPATIE, format_getal, format_periode, join, round_half_away
from reports.hoofdstukken import hoe
from reports.hoofdstukken.schrijftafel import Schrijftafel, cellen
from reports.tabel import Kolom, Rij, Rijgroep, Tabel


def begin_vooruitblik(tafel: Schrijftafel) -> tuple[Blok, ...]:
    """The forecast of the population and, where a delivery has it, of the age groups."""
    jaren = [j for j in tafel.analyses.prognose if j.prognose is not None]
    blokken: list[Blok] = []
    if len(jaren) > 1:
        blokken += _prognose(tafel)
    if tafel.analyses.leeftijden:
        blokken += _leeftijden(tafel)
    elif jaren:
        blokken.append(
            Alinea(
                (
                    "De prognose naar leeftijd haalde het CBS in 2023 van StatLine. Zonder aanlevering is daarom "
                    "niet te "
                    "zeggen met hoeveel de potentiële beroepsbevolking daalt.",
                ),
                "noot",
            )
        )
    return tuple(blokken)


def _prognose(tafel: Schrijftafel) -> list[Blok]:
    alle, r = tafel.analyses.prognose, tafel.rapport
    jaren = [j for j in alle if j.prognose is not None]
    last = jaren[-1]
    assert last.prognose is not None
    b = r.beweringen
    nu, verwacht = (b.find(soort, "inwoners", r.provincie.code) for soort in ("prognose_nu", "prognose"))
    zin = " ".join(
        z for z in (prognose_nu_zin(nu, r.provincie) if nu else "", prognose_zin(verwacht) if verwacht else "") if z
    )
    kop = f"{r.provincie.naam} in {last.jaar}: {format_getal(last.prognose, 0)} inwoners verwacht"
    figuur = tafel.afgeleid(
        "prognose",
        draw_waaier(tafel.doek, alle, kop, f"Lijngrafiek van het aantal inwoners met de prognose. {zin}"),
        (f"{bron_begin(r, PROGNOSE)}{' de' if r.soort == 'voorbeeld' else ''} regionale bevolkingsprognose.",),
        analysetabellen.of_prognose(alle, r.provincie),
        (
            hoe.of_analyse(
                "de prognose", f"FROM monitor.prognose\nWHERE regio = '{r.provincie.code}'\nORDER BY periode;"
            ),
        ),
    )
    elke_vijf = [j for j in alle if j.jaar % 5 == 0 or j in (alle[0], last)]
    tabel = Tabel(
        "prognose-tabel",
        "Inwoners op 1 januari: werkelijk en volgens de prognose, elke vijf jaar",
        (
            Kolom(("Jaar",)),
            Kolom(("Werkelijk",), "eind"),
            Kolom(("Prognose",), "eind"),
            Kolom((f"Met een {KANS}",), "eind"),
        ),
        (
            Rijgroep(
                tuple(
                    Rij(
                        (format_periode(j.periode),),
                        cellen(
                            _of_streep(j.werkelijk),
                            _of_streep(j.prognose),
                            f"{format_getal(j.onder, 0)} tot {format_getal(j.boven, 0)}"
                            if j.onder is not None and j.boven is not None
                            else "",
                        ),
                    )
                    for j in elke_vijf
                )
            ),
        ),
        ("Leeg: er is nog geen werkelijk cijfer, of er was nog geen prognose.",),
    )
    return [
        Kop(2, "Hoeveel inwoners verwacht de prognose", "prognose-kop"),
        *((Alinea((zin,)),) if zin else ()),
        Naast((figuur, tabel)),
    ]


def _of_streep(waarde: float | None) -> str:
    return "" if waarde is None else format_getal(waarde, 0)


def _leeftijdsfiguur(tafel: Schrijftafel) -> Figuurblok:
    """Now and later by age, the oldest on top: both from the forecast, so that its change holds none of its error."""
    delen = tafel.analyses.leeftijden
    van, tot = format_periode(delen[0].van), format_periode(delen[0].tot)

    def staaf(waarde: float, aandeel: float) -> Staaf:
        return Staaf("", waarde, f"{format_getal(waarde, 0)} ({format_getal(aandeel, 0)}%)")

    paren = [
        Paar(
            LEEFTIJDEN.get(d.leeftijd, d.leeftijd),
            staaf(d.waarde_van, d.aandeel_van),
            staaf(d.waarde_tot, d.aandeel_tot),
        )
        for d in reversed(delen)
    ]
    anders = [
        f"{format_getal(abs(d.verandering), 0)} {'meer' if d.verandering > 0 else 'minder'} van "
        f"{LEEFTIJDEN.get(d.leeftijd, d.leeftijd)}"
        for d in reversed(delen)
        if round_half_away(d.verandering, 0)
    ]
    kop = f"Verwacht in {tot}: {join(anders) or 'evenveel inwoners van elke leeftijd'} dan in {van}"
    alt = (
        f"Staafgrafiek van de inwoners van {tafel.rapport.provincie.naam} naar leeftijd, {van} en de prognose voor "
        f"{tot}. "
    ) + " ".join(f"{p.naam[0].upper()}{p.naam[1:]}: {p.eerste.tekst} en {p.tweede.tekst}." for p in paren)
    noten = (
        "De groepen zijn niet even breed. Mannen en vrouwen staan niet apart: de prognose naar leeftijd kent geen "
        "geslacht.",
    )
    return tafel.afgeleid(
        "leeftijdsopbouw",
        draw_paren(tafel.doek, paren, (van, f"prognose {tot}"), kop=kop, alt=alt, noten=noten),
        (f"{bron_kop(tafel.rapport)} een aangeleverde prognose naar leeftijd.",),
        analysetabellen.of_leeftijden(delen, tafel.rapport.provincie),
        (
            hoe.of_analyse(
                "de leeftijdsopbouw",
                f"FROM monitor.prognose_leeftijd\nWHERE regio = '{tafel.rapport.provincie.code}'\n"
                "ORDER BY leeftijd, periode;",
            ),
        ),
    )


def _leeftijden(tafel: Schrijftafel) -> list[Blok]:
    r, zinnen, rijen = tafel.rapport, [], []
    for d in tafel.analyses.leeftijden:
        naam = LEEFTIJDEN.get(d.leeftijd, d.leeftijd)
        if bewering := r.beweringen.find("prognose_leeftijd", d.leeftijd, r.provincie.code):
            zinnen.append(leeftijd_zin(bewering))
        rijen.append(
            Rij(
                (naam,),
                cellen(
                    format_getal(d.waarde_van, 0),
                    format_getal(d.waarde_tot, 0),
                    format_getal(d.verandering, 0, teken=True),
                    f"{format_getal(d.aandeel_van, 1)}%",
                    f"{format_getal(d.aandeel_tot, 1)}%",
                    f"{format_getal(d.verandering_aandeel, 1, teken=True)}{HARDE_SPATIE}%-punt",
                ),
            )
        )
    d = tafel.analyses.leeftijden[0]
    van, tot = format_periode(d.van), format_periode(d.tot)
    namen = (
        f"Inwoners {van}",
        f"Inwoners {tot}",
        "Verandering",
        f"Aandeel {van}",
        f"Aandeel {tot}",
        "Verandering aandeel",
    )
    return [
        Kop(2, "De leeftijdsopbouw in de prognose", "leeftijden"),
        Alinea((" ".join((*zinnen, LEEFTIJD_BRUG)),)),
        _leeftijdsfiguur(tafel),
        Tabel(
            "leeftijden-tabel",
            f"Prognose naar leeftijd voor {tafel.rapport.provincie.naam}",
            (Kolom(("Leeftijd",)), *(Kolom((n,), "eind") for n in namen)),
            (Rijgroep(tuple(rijen)),),
        ),
    ]
