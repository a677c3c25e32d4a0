"""How the report came about: sources, rules, breaks, quality, what is not computed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reports import cellen, zinnen
from reports.analyse import Toets
from reports.document import Alinea, Blad, Blok, Feiten, Kop, Lijst, Uitklap
from reports.getallen import format_datum, format_eenheid, format_getal, format_periode, format_tijdstip
from reports.herziening import Correctie
from reports.hoofdstukken.apart import make_apart
from reports.hoofdstukken.economie import has_register
from reports.hoofdstukken.naslag import GROEP
from reports.hoofdstukken.oordeelsregels import make_oordeelsregels
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.hoofdstukken.schrijftafel import cellen as maak_cellen
from reports.hoofdstukken.terugtoets import make_terugtoets
from reports.inhoud import Code, Doel, Inhoud, Koppeling, Nadruk, Run, met_code
from reports.model import Breuk, Bron, Indicator
from reports.patroon import Vak, tabel
from reports.tabel import Cel, Kolom, Rij, Rijgroep, Tabel


def make_verantwoording(tafel: Schrijftafel, teksten: Sequence[Blok] = ()) -> Blad:
    """The whole account."""
    r = tafel.rapport
    blokken: list[Blok] = [
        Alinea(
            (
                "Elk cijfer in dit rapport is terug te brengen tot cellen in bewaarde antwoorden van een bron. Die "
                "antwoorden worden nooit veranderd. Onder elke indicator staat hoe het cijfer tot stand kwam.",
            ),
            "inleiding",
        ),
        *teksten,
        Kop(2, "Bronnen", "bronnen"),
        _bronnen(tafel, r.bronnen),
        Kop(2, "Regels voor cijfers", "regels"),
        Lijst(tuple(_regels(tafel))),
        Kop(2, "Hoe het oordeel tot stand komt", "oordeel"),
        Alinea(
            (
                "Deze regels zijn eigen keuzes van de monitor, in de geest van de Monitor Brede Welvaart van het "
                "CBS. Het "
                "oordeel is een signaal en geen waardering van beleid.",
            )
        ),
        Feiten(make_oordeelsregels(tafel)),
    ]
    if r.toetsing and (toets := zinnen.toets_zinnen(r.toetsing)):
        blokken.append(Uitklap("Hoe wij toetsen", tuple(Alinea((z,)) for z in toets)))
    blokken += [
        Kop(2, "Hoe vaak het model gelijk had", "terugtoets"),
        *make_terugtoets(tafel),
        Kop(2, "Begrippen voor werk, die niet optellen", "banen"),
        *_banen(tafel),
        Kop(2, "Reeksbreuken", "breuken"),
        *_breuken(tafel),
        Kop(2, "Correcties", "correcties"),
        *_correcties(tafel),
        Kop(2, "Apart gezet", "apart-gezet"),
        *make_apart(tafel),
        Kop(2, "Kwaliteit", "kwaliteit"),
        *_kwaliteit(tafel),
        Kop(2, "Wat de monitor niet berekent", "niet-berekend"),
        *_niet_berekend(tafel),
        Kop(2, "Deze uitgave", "uitgave"),
        Feiten(
            (
                ("Editie", (str(r.editie),)),
                ("Bouw", (r.bouw.id,)),
                ("Gebouwd", (format_tijdstip(r.bouw.gebouwd_op),)),
                ("Versie van de programmatuur", (r.bouw.code_versie,)),
            )
        ),
    ]
    return Blad("verantwoording", "Verantwoording", GROEP, tuple(blokken))


def _bronnen(tafel: Schrijftafel, bronnen: Sequence[Bron]) -> Tabel:
    rijen = []
    for b in bronnen:
        ouder: Inhoud = (" ", Nadruk("Ouder antwoord:"), f" {b.verouderd}") if b.verouderd else ()
        rijen.append(
            Rij(
                cellen.bron_naam(b),
                (
                    Cel((b.titel,)),
                    Cel((format_datum(b.gewijzigd),)),
                    Cel((format_tijdstip(b.opgehaald), *ouder)),
                    Cel((b.status or "onbekend",)),
                    Cel((b.licentie or "onbekend",)),
                ),
            )
        )
    namen = ("Tabel", "Titel", "Gewijzigd door de bron", "Bewaard antwoord", "Status", "Licentie")
    return Tabel(
        "bronnen-tabel",
        f"Gebruikte bronnen ({len(bronnen)})",
        tuple(Kolom((n,)) for n in namen),
        (Rijgroep(tuple(rijen)),),
    )


_REGISTER_REGELS = (
    "Cijfers uit het werkgelegenheidsregister staan in dit rapport in tientallen; wat meer dan 0 en minder dan 5 is, "
    "heet ‘minder dan 5’. Aandelen en de groei sinds een jaar eerder zijn van de cijfers voor die afronding; "
    "een ander verschil is dat van de afgeronde cijfers, en onder duizend staat het niet in procenten. Een cijfer dat "
    "iets over een enkel bedrijf zou zeggen is onderdrukt, en alles wat ervan is afgeleid ook. De database, de CSV- en "
    "de Parquetbestanden hebben de beveiligde cijfers zonder die afronding.",
)


def _regels(tafel: Schrijftafel) -> list[Inhoud]:
    r = tafel.rapport
    regels: list[str | Inhoud] = [
        "Een cijfer wordt pas op het laatst afgerond, en een half gaat van nul af: 2,5 wordt 3 en −2,5 wordt −3. Door "
        "afronding kunnen delen anders optellen dan het totaal. Een verschil is dat tussen de cijfers zoals zij er "
        "staan: met alle decimalen kan het in de laatste decimaal anders zijn.",
        "Een ontbrekend, geheim of voorlopig cijfer blijft dat: het wordt nooit 0 en valt nooit weg.",
        *(_REGISTER_REGELS if has_register(tafel) else ()),
        f"Publiceert de bron zelf een cijfer voor de provincie{' of een COROP-gebied' if r.corop else ''}, dan staat "
        "dat cijfer hier, niet "
        "onze optelling.",
        "De CSV-bestanden hebben puntkomma’s, decimale komma’s en tekenset UTF-8, zijn niet afgerond en noemen bij "
        "elk cijfer de "
        "status en bij elke lege cel de reden.",
        "Een lijn loopt nooit over een reeksbreuk of een ontbrekend jaar heen; voorlopige cijfers hebben een "
        "streepjeslijn en open "
        "punten.",
    ]
    if tafel.landkaart:
        if r.grenzen:
            jaar = f" van {r.grenzen.jaar}" if r.grenzen.jaar else ""
            # the name of a file is the data team's own: a name, not words of ours
            bestand = Code(r.grenzen.bestand)
            kaart: Inhoud = (f"De kaarten tonen de gemeentegrenzen{jaar} uit ", bestand, ", vereenvoudigd.")
        else:
            kaart = ("In de kaarten is elke gemeente een vakje, ongeveer op zijn plaats.",)
        regels.append(
            (
                *kaart,
                " Aantallen en totalen staan niet op een kaart: een grote gemeente valt dan alleen op omdat zij groot "
                "is.",
            )
        )
    return [(regel,) if isinstance(regel, str) else regel for regel in regels]


def _banen(tafel: Schrijftafel) -> list[Blok]:
    a, r = tafel.analyses, tafel.rapport
    rows: list[tuple[str, str, str, str]] = []
    if not has_register(tafel):
        rows.append(
            (
                "Banen in het werkgelegenheidsregister (PWR)",
                "alle banen op de werkplek, 1 april",
                "n.b.",
                "register niet ingelezen",
            )
        )
    if a.banengroei:
        rows.append(
            (
                "Banen van werknemers",
                "op de werkplek, zonder zelfstandigen, december",
                format_getal(a.banengroei.banen, 0),
                f"december {a.banengroei.periode[:4]}",
            )
        )
    if a.balansen and a.balansen[0].regio == r.provincie:
        rows.append(
            (
                "Banen van werknemers naar woonplaats",
                f"van wie in {r.provincie.wie} woont, waar ook het werk is",
                format_getal(a.balansen[0].banen_van_inwoners, 0),
                format_periode(a.balansen[0].periode),
            )
        )
    indicator = tafel.indicator("beroepsbevolking")
    punt = indicator.punt(r.provincie.code) if indicator else None
    if indicator and punt and punt.waarde is not None:
        rows.append(
            (
                "Beroepsbevolking",
                f"inwoners van 15 tot 75 jaar die werken of werk zoeken ({format_eenheid(indicator.eenheid)})",
                format_getal(punt.waarde, indicator.decimalen),
                format_periode(punt.periode),
            )
        )
    rijen = tuple(Rij((naam,), maak_cellen(wat, waarde, wanneer)) for naam, wat, waarde, wanneer in rows)
    kolommen = (Kolom(("Begrip",)), Kolom(("Wat telt mee",)), Kolom((r.provincie.naam,), "eind"), Kolom(("Wanneer",)))
    uitleg = Alinea(
        (
            "Het register, de banen van werknemers, de arbeidsjaren en de beroepsbevolking meten verschillende "
            "dingen: op de "
            "werkplek of naar woonplaats, met of zonder zelfstandigen en kleine banen, geteld in banen of omgerekend "
            "naar voltijd. "
            "Zet ze niet in een reeks en trek ze niet van elkaar af.",
        )
    )
    if not rijen:
        return [uitleg]
    return [uitleg, Tabel("banen-tabel", "Begrippen voor werk naast elkaar", kolommen, (Rijgroep(rijen),))]


def _breuken(tafel: Schrijftafel) -> list[Blok]:
    breuken = [(i, b) for i in tafel.rapport.indicatoren for b in i.breuken]
    if not breuken:
        return [Alinea(("Geen van de indicatoren in dit rapport heeft een reeksbreuk.",))]
    uitleg = Alinea(("Cijfers van voor en na een breuk zijn niet te vergelijken.",))
    kolommen: dict[str, Callable[[tuple[Indicator, Breuk]], Vak]] = {
        "Indicator": lambda rij: (tafel.naam(rij[0]),),
        "Vanaf": lambda rij: str(rij[1].vanaf),
        "Waarom": lambda rij: rij[1].reden,
    }
    return [uitleg, tabel("breuken-tabel", f"Reeksbreuken ({len(breuken)})", breuken, kolommen)]


def _correcties(tafel: Schrijftafel) -> list[Blok]:
    """The known errors of a source that were corrected, cell by cell."""
    correcties = tafel.rapport.correcties
    if not correcties:
        return [Alinea(("Geen enkel cijfer van een bron is gecorrigeerd.",))]
    uitleg = Alinea(
        (
            "In deze cellen gaf de bron een cijfer dat aantoonbaar fout is. Het bewaarde antwoord is niet veranderd; "
            "voor "
            "de berekening is een ander cijfer gebruikt. Dat houdt op zodra de bron iets anders geeft.",
        )
    )
    kolommen: dict[str, Callable[[Correctie], Vak]] = {
        "Cel": lambda c: f"{c.tabel}, {c.onderwerp}, {c.regio}, {format_periode(c.periode)}",
        "De bron geeft": lambda c: cellen.bronwaarde(c.bron_waarde),
        "Gebruikt": lambda c: cellen.bronwaarde(c.wordt),
        "Waarom": lambda c: c.reden,
        "Gemeld aan": lambda c: f"{c.gemeld_aan}, {format_datum(c.datum)}",
        "Indicatoren": lambda c: _indicatoren(tafel, c),
    }
    bijschrift = f"Gecorrigeerde cellen ({len(correcties)})"
    getallen = ("De bron geeft", "Gebruikt")
    return [uitleg, tabel("correcties-tabel", bijschrift, correcties, kolommen, getallen=getallen)]


def _indicatoren(tafel: Schrijftafel, c: Correctie) -> Inhoud:
    namen: list[Run] = []
    for id_, naam in c.indicatoren:
        namen += [", " if namen else "", tafel.naam_van(id_, naam)]
    return tuple(namen)


def _kwaliteit(tafel: Schrijftafel) -> list[Blok]:
    toetsen = tafel.analyses.toetsen
    if not toetsen:
        return [Alinea(("De toetsen van deze bouw staan niet bij de cijfers.",))]
    per_naam: dict[str, list[int]] = {}
    for t in toetsen:
        found = per_naam.setdefault(t.naam, [0, 0, 0])
        found[0] += 1
        found[1] += t.geslaagd
        found[2] += t.blokkeert
    rijen = tuple(
        Rij(
            (naam.replace("_", " "),),
            maak_cellen(str(alle), str(goed), "houdt de publicatie tegen" if blok else "ter beoordeling"),
        )
        for naam, (alle, goed, blok) in per_naam.items()
    )
    kolommen = (
        Kolom(("Toets",)),
        Kolom(("Aantal",), "eind"),
        Kolom(("In orde",), "eind"),
        Kolom(("Als het niet klopt",)),
    )
    gezakt = [t for t in toetsen if not t.geslaagd]
    hoe = (
        "Alle toetsen waren in orde."
        if not gezakt
        else f"Bij {zinnen.tel(len(gezakt), 'toets', 'toetsen')} viel er iets op:"
    )
    blokken: list[Blok] = [
        Alinea((f"Voor publicatie is deze bouw {zinnen.tel(len(toetsen), 'keer', 'keer')} getoetst. {hoe}",))
    ]
    if gezakt:
        blokken.append(Lijst(tuple((Nadruk(f"{t.naam.replace('_', ' ')}: "), _eis(t)) for t in gezakt)))
        alles = Lijst(tuple((Nadruk(f"{t.naam} ({t.tabel}): "), t.melding) for t in gezakt))
        blokken.append(Uitklap("Om welke regels het gaat", (alles,), " bij de toetsen"))
    blokken.append(Tabel("toetsen", "Toetsen naar soort", kolommen, (Rijgroep(rijen),)))
    return blokken


def _eis(toets: Toets) -> str:
    """What a check asks and how often that was not so; the rows themselves are for who opens them."""
    if not toets.aantal:
        return toets.melding
    # 'not so' of what must not be is a riddle
    wijkt = "wijkt" if toets.aantal == 1 else "wijken"
    return f"{toets.uitleg}. {zinnen.tel(toets.aantal, 'regel', 'regels')} {wijkt} daarvan af."


def _niet_berekend(tafel: Schrijftafel) -> list[Blok]:
    niet = tafel.analyses.niet_berekend
    uitleg = Alinea(
        (
            "Dit is wel gevraagd, maar de monitor berekent het niet. Wat wel berekend wordt en deze keer geen cijfer "
            "heeft, staat bij ",
            Koppeling("niet beschikbaar", Doel("niet-beschikbaar")),
            ".",
        )
    )
    lijst = tabel(
        "niet-berekend-tabel",
        "Gevraagd en niet berekend",
        niet,
        {
            "Wat": lambda n: ", ".join(naam.replace("_", " ") for naam in n.namen),
            "Waarom niet": lambda n: met_code(n.reden),
            "Wat ervoor nodig is": lambda n: met_code(n.nodig),
        },
        groep=lambda n: n.onderwerp,
    )
    return [uitleg, lijst] if niet else [Alinea(("Alles wat gevraagd is, wordt berekend.",))]
