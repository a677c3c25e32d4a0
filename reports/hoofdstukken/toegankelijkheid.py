"""How accessible the report is: the statement, on the Dutch model."""

from __future__ import annotations

from reports.document import Alinea, Blad, Lijst, deel
from reports.getallen import format_datum
from reports.hoofdstukken.naslag import GROEP
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.inhoud import Klein, Koppeling

BESLUIT = "https://wetten.overheid.nl/BWBR0040936"
GEDAAN = (
    "Elke pagina heeft een titel, één hoofdkop, een link naar de inhoud en vaste onderdelen om naar toe te springen.",
    "Elke figuur heeft een tekst die de boodschap zegt; de cijfers staan ook in een tabel en in een bestand.",
    "Tabellen hebben een bijschrift, en koppen die bij hun rij of kolom horen.",
    "Kleur is nooit het enige: bij elk oordeel staat een woord of een teken.",
    "De pagina’s werken zonder muis, zonder script, op een telefoon vanaf 320 pixels breed, en op papier.",
    "Er is een PDF met bladwijzers, labels en alternatieve teksten (PDF/UA), gemaakt uit hetzelfde document.",
)


def make_toegankelijkheid(tafel: Schrijftafel) -> Blad:
    """The statement, on the Dutch model. It claims no more than was checked."""
    r = tafel.rapport
    begin = (
        f"De {r.gebied.provincie} wil dat iedereen dit rapport kan lezen en gebruiken, en werkt volgens het ",
        Koppeling("Besluit digitale toegankelijkheid overheid", BESLUIT),
        f". Deze verklaring gaat over ‘{r.titel}’, editie {r.editie}: de webpagina’s en de PDF.",
    )
    status = (
        "Voor dit rapport zijn de eerste maatregelen genomen. Het is gebouwd om te voldoen aan EN 301 549 en WCAG 2.1 "
        "niveau AA (en ook aan WCAG 2.2 niveau AA), en het is door programma’s getoetst. Een onderzoek door een "
        "deskundige is er nog niet; tot dat er is, verklaart de provincie niet dat het rapport volledig voldoet."
    )
    bekend = (
        "Er zijn geen afwijkingen bekend. Brede tabellen schuiven op een smal scherm opzij; WCAG staat dat voor "
        "tabellen met cijfers toe."
    )
    toets = (
        "Bij elke wijziging van de programmatuur toetst een programma de pagina’s op 320, 768 en 1280 pixels breed en "
        "op papier, en de PDF. Daarnaast zijn de pagina’s met het oog bekeken."
    )
    contact = (
        "Kunt u iets niet lezen of gebruiken, of hebt u de cijfers in een andere vorm nodig? Neem contact op met de ",
        Koppeling(r.gebied.provincie, r.gebied.website),
        " en noem de pagina. Bent u niet tevreden met de reactie, dan kunt u een klacht indienen bij de provincie en "
        "daarna bij de Nationale ombudsman.",
    )
    blokken = (
        Alinea(begin, "inleiding"),
        *deel("Status", "status", status),
        *deel("Wat er is gedaan", "maatregelen", Lijst(tuple((regel,) for regel in GEDAAN))),
        *deel("Wat nog niet voldoet", "bekend", bekend),
        *deel("Hoe het is getoetst", "toets", toets),
        *deel("Loopt u ergens tegenaan?", "contact", Alinea(contact)),
        Alinea((Klein(f"Deze verklaring is van {format_datum(r.datum)} en hoort bij deze uitgave."),)),
    )
    return Blad("toegankelijkheid", "Toegankelijkheidsverklaring", GROEP, blokken)
