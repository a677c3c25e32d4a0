"""What is coming: the population forecast, and what it means for those of working age."""

from __future__ import annotations

from reports.analyse import PROGNOSE
from reports.cellen import bron_begin
from reports.document import Alinea, Blok, Figuurblok, Kop, Naast
from reports.downloads import analysetabellen
from reports.downloads.analysetabellen import LEEFTIJDEN
from reports.figuren import Leeftijdsgroep, draw_piramide, draw_waaier
from reports.getallen import HARDE_SPATIE, format_getal, format_periode, join
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
    last, werkelijk = jaren[-1], [j for j in alle if j.werkelijk is not None]
    top = max(jaren, key=lambda j: j.prognose or 0)
    assert last.prognose is not None and top.prognose is not None
    zin = ""
    if werkelijk and werkelijk[-1].werkelijk is not None:
        nu = werkelijk[-1]
        verschil = last.prognose - (nu.werkelijk or 0)
        zin = (
            f"Op 1 januari {nu.jaar} had {r.provincie.wie} {format_getal(nu.werkelijk or 0, 0)} inwoners. "
            f"De prognose verwacht er {format_getal(last.prognose, 0)} in {last.jaar}: "
            f"{format_getal(abs(verschil), 0)} {'meer' if verschil > 0 else 'minder'}. "
        )
        if nu.onder is not None and nu.boven is not None:
            binnen = nu.onder <= (nu.werkelijk or 0) <= nu.boven
            zin += f"Tot nu toe ligt de werkelijkheid {'binnen' if binnen else 'buiten'} het interval van de prognose. "
    if top.jaar not in (jaren[0].jaar, last.jaar):
        zin += f"De prognose stijgt tot {top.jaar} en daalt daarna. "
    if last.onder is not None and last.boven is not None:
        zin += (
            f"Hoe verder weg, hoe onzekerder: in {last.jaar} loopt het interval van {format_getal(last.onder, 0)} tot "
            f"{format_getal(last.boven, 0)}."
        )
    kop = f"{r.provincie.naam} in {last.jaar}: {format_getal(last.prognose, 0)} inwoners verwacht"
    figuur = tafel.afgeleid(
        "prognose",
        draw_waaier(tafel.doek, alle, kop, f"Lijngrafiek van het aantal inwoners met de prognose. {zin.strip()}"),
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
            Kolom(("Interval van 67%",), "eind"),
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
        Alinea((zin.strip(),)),
        Naast((figuur, tabel)),
    ]


def _of_streep(waarde: float | None) -> str:
    return "" if waarde is None else format_getal(waarde, 0)


def _piramide(tafel: Schrijftafel) -> Figuurblok:
    """Now and forecast by age: both sides from the forecast, so that its change is not mixed with its error."""
    delen = tafel.analyses.leeftijden
    van, tot = format_periode(delen[0].van), format_periode(delen[0].tot)
    groepen = [
        Leeftijdsgroep(
            LEEFTIJDEN.get(d.leeftijd, d.leeftijd),
            d.waarde_van,
            d.waarde_tot,
            f"{format_getal(d.waarde_van, 0)} ({format_getal(d.aandeel_van, 0)}%)",
            f"{format_getal(d.waarde_tot, 0)} ({format_getal(d.aandeel_tot, 0)}%)",
        )
        for d in delen
    ]
    anders = [
        f"{format_getal(abs(d.verandering), 0)} {'meer' if d.verandering > 0 else 'minder'} van "
        f"{LEEFTIJDEN.get(d.leeftijd, d.leeftijd)}"
        for d in reversed(delen)
        if round(d.verandering)
    ]
    kop = f"Verwacht in {tot}: {join(anders) or 'evenveel inwoners van elke leeftijd'} dan in {van}"
    alt = (
        f"Staafdiagram met twee kanten van de inwoners van {tafel.rapport.provincie.naam} naar leeftijd: links {van}, "
        f"rechts de prognose voor {tot}. "
    ) + " ".join(f"{g.naam[0].upper()}{g.naam[1:]}: {g.tekst_links} en {g.tekst_rechts}." for g in groepen)
    noten = (
        "De groepen zijn niet even breed. Mannen en vrouwen staan niet apart: de prognose naar leeftijd kent geen "
        "geslacht.",
    )
    voorbeeld = tafel.rapport.soort == "voorbeeld"
    return tafel.afgeleid(
        "leeftijdsopbouw",
        draw_piramide(tafel.doek, groepen, (van, f"prognose {tot}"), kop=kop, alt=alt, noten=noten),
        (f"{'Voorbeeldcijfers in de vorm van' if voorbeeld else 'Bron:'} een aangeleverde prognose naar leeftijd.",),
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
    zinnen, rijen = [], []
    for d in tafel.analyses.leeftijden:
        naam = LEEFTIJDEN.get(d.leeftijd, d.leeftijd)
        punt = f"{format_getal(abs(d.verandering_aandeel), 1)}{HARDE_SPATIE}procentpunt"
        zinnen.append(
            f"Het aantal inwoners van {naam} {'stijgt' if d.verandering > 0 else 'daalt'} volgens de prognose van "
            f"{format_getal(d.waarde_van, 0)} in {format_periode(d.van)} naar {format_getal(d.waarde_tot, 0)} in "
            f"{format_periode(d.tot)}; hun aandeel {'stijgt' if d.verandering_aandeel > 0 else 'daalt'} met {punt}."
        )
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
        Alinea((" ".join(zinnen),)),
        _piramide(tafel),
        Tabel(
            "leeftijden-tabel",
            f"Prognose naar leeftijd voor {tafel.rapport.provincie.naam}",
            (Kolom(("Leeftijd",)), *(Kolom((n,), "eind") for n in namen)),
            (Rijgroep(tuple(rijen)),),
        ),
    ]
