"""The rules of a verdict in plain words, for who wants to know what it means and how often it is wrong."""

from __future__ import annotations

from begrippen.oordeellijsten import TREND_WOORDEN
from begrippen.rekenregels import REKENREGELS
from begrippen.taal import decimaal, procent, telwoord
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.inhoud import Inhoud
from reports.zinnen import toeval_zin


def make_oordeelsregels(tafel: Schrijftafel) -> tuple[tuple[str, Inhoud], ...]:
    """The rules of a verdict: what it is called -> when it is called so, and how often that would be wrong."""
    oordelen = [o for i in tafel.rapport.indicatoren for o in i.oordelen.values()]
    venster = (
        f"de jaren {oordelen[0].van} tot en met {oordelen[0].tot}, voor alle indicatoren gelijk" if oordelen else "geen"
    )
    r = tafel.rapport
    getoetst = f" {toeval_zin(r.toetsing, r.provincie.wie)}" if r.toetsing else ""
    return (
        ("Venster", (venster,)),
        (
            "Trend",
            (
                "Rechte lijn door de jaren met een tweezijdige t-toets, p kleiner dan "
                f"{decimaal(REKENREGELS.alfa)}, minstens {telwoord(REKENREGELS.minste_punten)} cijfers. De toets "
                "rekent ermee dat een jaar lijkt op het jaar ervoor; hoe sterk, zeggen alle gebieden van dezelfde "
                "soort samen. Heeft elk cijfer een marge, dan weegt een onzeker cijfer minder. Bij een meting om de "
                "paar jaar: het verschil tussen de laatste en de eerste meting tegen zijn marge.",
            ),
        ),
        (
            "Gunstig of ongunstig",
            (
                "Alleen als er een gewenste richting is. Bij inflatie groeit elk bedrag. Daarom gaat het oordeel over "
                "een bedrag over wat ermee te koop is: het bedrag gedeeld door de consumentenprijzen van het CBS, in "
                "prijzen van het laatste jaar van die index. Het gepubliceerde bedrag staat ernaast. Is er van een "
                "jaar geen index, dan is er van dat jaar geen bedrag zonder inflatie.",
            ),
        ),
        (
            "Reeksbreuk",
            (
                "Alleen de jaren na de laatste breuk tellen mee, als het er minstens "
                f"{telwoord(REKENREGELS.minste_punten)} zijn.",
            ),
        ),
        (
            "Plaats",
            (
                "Rang onder alle regio’s van dezelfde soort met een cijfer: 12 provincies, "
                f"{'40 COROP-gebieden, ' if tafel.rapport.corop else ''}alle gemeenten. "
                "Plaats 1 is het gunstigst; zonder gunstige kant het hoogst. Het gunstigste en het ongunstigste kwart "
                "krijgen een kleur en een teken. Heeft minder dan de helft van de gebieden van een soort een cijfer, "
                "dan is er geen plaats.",
            ),
        ),
        (
            "Nagenoeg gelijk",
            (
                "Er is wel een verandering gevonden, maar zij is te klein om ertoe te doen: kleiner dan de marge, dan "
                "wat afronden kan maken, of dan het kleinste verschil dat bij de indicator staat. Zij heet dan niet "
                "gunstig of ongunstig. Zo ook het verschil met Nederland en dat met twee jaar eerder.",
            ),
        ),
        (
            "Geen duidelijke verandering",
            (
                "Er is geen stijging of daling gevonden die meer is dan toeval. Dat is niet hetzelfde als ‘er "
                "verandert niets’. Daarom staat erbij hoe groot een verandering moest zijn om haar met "
                f"{procent(REKENREGELS.onderscheidend)} kans te vinden, of dat alleen een grote was gezien. Is dat "
                "meer dan gebieden van elkaar "
                f"verschillen, dan staat er ‘{TREND_WOORDEN['te weinig gegevens']}’, en zo ook bij te weinig cijfers.",
            ),
        ),
        (
            "Robuust",
            (
                "Ook met andere keuzes wordt de verandering gevonden en gaat zij dezelfde kant op: een andere toets, "
                "een venster een jaar eerder, zonder voorlopige cijfers, zonder het eerste of het laatste jaar, en "
                "zonder allebei. Van wat toeval is, krijgt hooguit drie van de tien dit woord. Bij ‘geen duidelijke "
                "verandering’ betekent het dat ook die andere keuzes er geen vinden.",
            ),
        ),
        (
            "Hoe vaak klopt het niet",
            (
                "Een reeks waarin niets verandert, noemt de toets op zichzelf in hooguit zeven van de honderd gevallen "
                "toch een stijging of daling. Daarna telt mee hoeveel trends er in een thema zijn getoetst. Van alles "
                "wat dan nog gunstig of ongunstig, stijgend of dalend heet, is gemiddeld hooguit "
                f"{procent(REKENREGELS.vals_onder_gevonden)} toeval. Dat is nagegaan met nagebootste reeksen. Andersom "
                "mist de toets ook iets: een kleine verandering vindt zij vaak niet. En als een jaar nog meer op het "
                f"vorige lijkt dan wij kunnen meten, vergist zij zich vaker.{getoetst}",
            ),
        ),
        (
            "Sinds twee jaar",
            (
                "Het verschil met twee jaar voor het laatste cijfer. Het is geen trend. Geeft de bron marges, dan "
                "staat erbij of het "
                "verschil groter is dan de marge; geeft zij die niet, dan kan een klein verschil in een steekproef "
                "toeval zijn.",
            ),
        ),
    )
