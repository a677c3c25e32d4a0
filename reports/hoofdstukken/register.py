"""The employment register in the chapter on jobs: in tens, with a sign and words for what is suppressed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from begrippen.lijsten import LEEG_UITLEG, LeegReden
from begrippen.taal import telwoord
from reports import cellen, getallen
from reports.document import Alinea, Blok, Feiten, Figuur, Figuurblok, Kerncijfer, Kerncijfers, Kop, Melding, Uitklap
from reports.downloads import analysetabellen
from reports.figuren import Staaf, draw_staven
from reports.hoofdstukken import hoe
from reports.hoofdstukken.schrijftafel import Schrijftafel, downloads
from reports.inhoud import Doel, Inhoud, Klein, Koppeling, Nadruk, Voorlees
from reports.model import Register, Werk
from reports.registerwerk import Begrip
from reports.tabel import Cel, Kolom, Rij, Rijgroep, Tabel

BLAD = "werkgelegenheid"
STUWEND = {
    "a": "Alles buiten de verzorgende secties D, E, G, I, O, P, Q, R en S",
    "b": "Industrie, groothandel, zakelijke dienstverlening, toerisme, transport en communicatie (KEI)",
    "c": "Banen boven het aandeel dat een sectie in Nederland heeft",
}


class Leeg(Protocol):
    """Something that can be empty, and then says why."""

    @property
    def leeg_reden(self) -> LeegReden | None:
        """Why there is no figure."""


def _empty(leeg_reden: LeegReden | None) -> Inhoud:
    """No figure: suppressed where the cell is, else there is nothing to compare with."""
    reden = leeg_reden or "niet_gepubliceerd"
    return (Voorlees(getallen.format_leeg(reden), LEEG_UITLEG[reden]),)


def tien(waarde: float | None, leeg: Leeg) -> Inhoud:
    """A figure of the register, in tens."""
    return _empty(leeg.leeg_reden) if waarde is None else (getallen.format_waarde(waarde, -1),)


def procent(waarde: float | None, leeg: Leeg | None = None, teken: bool = False) -> Inhoud:
    """A share or change of the register with one decimal: '12,3%', '+0,4%'."""
    if waarde is None:
        return _empty(leeg.leeg_reden if leeg else None)
    return (getallen.format_getal(waarde, 1, teken=teken) + "%",)


def _quotient(werk: Werk) -> Inhoud:
    return _empty(werk.leeg_reden) if werk.quotient is None else (getallen.format_getal(werk.quotient, 2),)


def _begrip(begrip: Begrip, regio: str) -> Inhoud:
    """The figure of a notion of jobs in a region, in tens like those of the register that it stands beside."""
    waarde, status, leeg_reden = begrip.waarden.get(regio, (None, "onbekend", None))
    return _empty(leeg_reden) if waarde is None else (getallen.format_waarde(waarde, -1, status),)


def _peildatum(periode: str) -> str:
    return f"1 april {getallen.format_periode(periode)}"


def make_register(tafel: Schrijftafel) -> tuple[Blok, ...]:
    """What the register tells of the province, or why it does not; nothing where the report knows no register."""
    g = tafel.rapport.register
    if g is None:
        return ()
    if g.reden:
        return (
            Melding(
                "let op",
                (
                    Alinea(
                        (
                            f"Het provinciaal werkgelegenheidsregister (PWR) zit niet in dit rapport. {g.reden} Zie ",
                            Koppeling("wat er niet beschikbaar is", Doel("niet-beschikbaar")),
                            ".",
                        )
                    ),
                ),
            ),
        )
    blokken: list[Blok] = [Kop(2, "Volgens het werkgelegenheidsregister", "register")]
    if tafel.voorbeeld:
        blokken.append(
            Alinea(
                (
                    Nadruk("Verzonnen register."),
                    " De vestigingen waarvan deze cijfers zijn geteld, bestaan niet; ze zijn gemaakt om de monitor te "
                    "laten zien.",
                ),
                "noot",
            )
        )
    naam = tafel.rapport.provincie.naam
    blokken += [*_kern(g), *_begin(tafel, g), *_gemeenten(tafel, g), *_secties(tafel, g)]
    if g.klassen:
        wie = f"{naam} naar aantal personen dat er 12 uur of meer werkt, {_peildatum(g.periode)}"
        blokken += [
            Kop(3, "Naar grootte", "register-grootte"),
            _deeltabel("register-klassen", wie, g.klassen, "Grootteklasse"),
        ]
    blokken += [*_groepen(g, naam), *_stuwend(g, naam), *_begrippen(tafel, g)]
    bestanden = tafel.tabel(analysetabellen.of_register(g, tafel.rapport.provincie))
    blokken.append(Alinea(downloads(bestanden, "het werkgelegenheidsregister"), "bron"))
    return tuple(blokken)


def _kern(g: Register) -> list[Blok]:
    totaal = g.totaal
    if totaal is None:
        return []
    op = _peildatum(g.periode)
    since = "" if totaal.groei is None else f"{getallen.format_groei(totaal.groei)} sinds een jaar eerder"

    def item(naam: str, anker: str, waarde: float | None, *uitleg: str) -> Kerncijfer:
        text = getallen.format_leeg(totaal.leeg_reden) if waarde is None else getallen.format_waarde(waarde, -1)
        return Kerncijfer(naam, Doel(BLAD, anker), text, "", tuple(u for u in uitleg if u))

    items = [
        item("Banen", "register", totaal.banen, op, since),
        item("Vestigingen", "register", totaal.vestigingen, op),
        item("Banen van 12 uur of meer", "register", totaal.fulltime, op),
    ]
    zorg = next((w for w in g.groepen if w.code == "zorg" and w.aandeel_banen is not None), None)
    if zorg is not None and zorg.aandeel_banen is not None:
        waarde = getallen.format_getal(zorg.aandeel_banen, 1) + "%"
        naam = "Aandeel van de zorg in de banen"
        items.append(Kerncijfer(naam, Doel(BLAD, "register-groepen"), waarde, "", (_peildatum(g.periode_sbi),)))
    return [Kerncijfers(tuple(items))]


def _begin(tafel: Schrijftafel, g: Register) -> list[Blok]:
    uitleg = Alinea(
        (
            "Het register telt elke vestiging waar iemand werkt, op 1 april. Een baan is iedereen die er werkt: ook "
            "met een kleine baan, als zelfstandige of als uitzendkracht. De cijfers staan hier in tientallen. Een punt "
            "is een onderdrukt cijfer: het zou iets over een enkel bedrijf zeggen.",
        )
    )
    twee = Alinea(
        (
            "Banen en banen van 12 uur of meer zijn twee reeksen. Tot ongeveer 2012 publiceerde de provincie alleen de "
            "tweede: zet ze nooit in een reeks.",
        ),
        "noot",
    )
    return [uitleg, twee]


def _kolommen(eerste: str, *koppen: str) -> tuple[Kolom, ...]:
    return (Kolom((eerste,)), *(Kolom((k,), "eind") for k in koppen))


def _gemeenten(tafel: Schrijftafel, g: Register) -> list[Blok]:
    if not g.gemeenten or g.totaal is None:
        return []

    def rij(kop: Inhoud, w: Werk, grootste: Inhoud) -> Rij:
        cijfers = (tien(w.vestigingen, w), tien(w.banen, w), procent(w.groei, w, teken=True), tien(w.fulltime, w))
        return Rij(kop, (*(Cel(c) for c in cijfers), Cel(grootste)))

    rijen = []
    for x in g.gemeenten:
        namen = "; ".join(f"{w.naam} {getallen.format_getal(w.aandeel_banen or 0, 1)}%" for w in x.grootste)
        weg: Inhoud = (Klein(f" ({x.onderdrukt} onderdrukt)"),) if x.onderdrukt else ()
        rijen.append(rij((tafel.regio(x.regio),), x.totaal, (namen, *weg)))
    provincie = rij((Nadruk(tafel.rapport.provincie.naam),), g.totaal, ())
    koppen = ("Vestigingen", "Banen", "Sinds een jaar eerder", "Banen van 12 uur of meer")
    kolommen = (
        *_kolommen("Gemeente", *koppen),
        Kolom((f"Grootste secties, {getallen.format_periode(g.periode_sbi)}",)),
    )
    noot = "Grootste secties: van de secties die getoond mogen worden. Een onderdrukte sectie kan groter zijn."
    return [
        Kop(3, "Per gemeente", "register-per-gemeente"),
        Tabel(
            "register-gemeenten",
            f"Vestigingen en banen per gemeente, {_peildatum(g.periode)}",
            kolommen,
            (Rijgroep(tuple(rijen)), Rijgroep((provincie,))),
            (noot,),
            dicht=True,
        ),
    ]


def _deeltabel(
    id_: str,
    bijschrift: str,
    rijen: Sequence[Werk],
    eerste: str,
    *,
    letters: bool = False,
    quotient: bool = False,
    groei: bool = True,
    noten: tuple[str, ...] = (),
) -> Tabel:
    """Establishments and jobs with their shares, a row a part."""
    kolommen: list[tuple[str, Callable[[Werk], Inhoud]]] = [
        ("Vestigingen", lambda w: tien(w.vestigingen, w)),
        ("Aandeel in de vestigingen", lambda w: procent(w.aandeel_vestigingen, w)),
        ("Banen", lambda w: tien(w.banen, w)),
        ("Aandeel in de banen", lambda w: procent(w.aandeel_banen, w)),
    ]
    if groei:
        kolommen.append(("Sinds een jaar eerder", lambda w: procent(w.groei, w, teken=True)))
    if quotient:
        kolommen.append(("Naast Nederland", _quotient))

    def kop(w: Werk) -> Inhoud:
        naam = f"{w.code} {w.naam}" if letters and w.code != "onbekend" else w.naam
        return (naam,) if w.bevestigd else (naam, Klein(" eigen lijst"))

    return Tabel(
        id_,
        bijschrift,
        _kolommen(eerste, *(naam for naam, _ in kolommen)),
        (Rijgroep(tuple(Rij(kop(w), tuple(Cel(make(w)) for _, make in kolommen)) for w in rijen)),),
        noten,
        dicht=True,
    )


def _secties(tafel: Schrijftafel, g: Register) -> list[Blok]:
    if not g.secties:
        return []
    blokken: list[Blok] = [Kop(3, "Naar sectie", "register-secties")]
    shown = sorted((w for w in g.secties if w.aandeel_banen is not None), key=lambda w: -(w.aandeel_banen or 0))
    if shown:
        staven = [Staaf(w.naam, w.aandeel_banen, procent_tekst(w.aandeel_banen or 0)) for w in shown]
        # what is suppressed has no bar, and may be larger than what has one
        weg = len(g.secties) - len(shown)
        wie = f"Grootste van de {len(shown)} getoonde secties" if weg else "Grootste sectie"
        zonder = f"{weg} van de {len(g.secties)} secties {'is' if weg == 1 else 'zijn'} onderdrukt." if weg else ""
        kop = f"{wie}: {staven[0].naam.lower()}, {staven[0].tekst} van de banen ({_peildatum(g.periode_sbi)})"
        alt = f"Staafgrafiek van het aandeel in de banen, {_peildatum(g.periode_sbi)}. " + "; ".join(
            f"{s.naam}: {s.tekst}" for s in staven
        )
        onder = (zonder,) if zonder else ()
        figuur = draw_staven(tafel.doek, staven, kop, f"{alt}. {zonder}" if zonder else alt, onder)
        blokken.append(_figuur(tafel, g, figuur))
    noten: tuple[str, ...] = ()
    if g.landelijk:
        wat = (
            "De banen van Nederland zijn die van LISA, hetzelfde begrip."
            if g.landelijk == "lisa"
            else "De banen van Nederland zijn een ander begrip: banen van werknemers (CBS), zonder zelfstandigen. Een "
            "sectie met veel zelfstandigen lijkt daardoor zwaarder dan zij is."
        )
        noten = (
            f"Naast Nederland: het aandeel in de banen van {tafel.rapport.provincie.naam} gedeeld door dat in "
            f"Nederland. Boven 1 weegt de sectie hier zwaarder. {wat}",
        )
    bijschrift = f"{tafel.rapport.provincie.naam} naar sectie (SBI 2008), {_peildatum(g.periode_sbi)}"
    blokken.append(
        _deeltabel(
            "register-secties-tabel",
            bijschrift,
            g.secties,
            "Sectie",
            letters=True,
            quotient=bool(g.landelijk),
            noten=noten,
        )
    )
    if g.secties_2025:
        nieuw = _deeltabel(
            "register-secties-2025",
            f"{tafel.rapport.provincie.naam} naar sectie (SBI 2025), {_peildatum(g.periode)}",
            g.secties_2025,
            "Sectie",
            letters=True,
            groei=False,
            noten=(
                "In de nieuwe indeling zijn andere secties gemaakt. De cijfers zijn niet te vergelijken met die in SBI "
                "2008, ook niet als een sectie dezelfde letter of naam heeft.",
            ),
        )
        blokken.append(Uitklap("Naar sectie in de nieuwe indeling (SBI 2025)", (nieuw,), drukken=True))
    return blokken


def procent_tekst(waarde: float) -> str:
    """A share as a figure writes it."""
    return getallen.format_getal(waarde, 1) + "%"


def _figuur(tafel: Schrijftafel, g: Register, figuur: Figuur) -> Figuurblok:
    kop = cellen.bron_kop(tafel.rapport)
    bron: Inhoud = (f"{kop} het werkgelegenheidsregister (PWR); eigen berekening uit beveiligde cijfers.",)
    provincie = tafel.rapport.provincie
    sql = (
        "SELECT code, aandeel_banen, leeg_reden\nFROM monitor.werkgelegenheid\n"
        f"WHERE regio = '{provincie.code}' AND periode = '{g.periode_sbi}'\n"
        "  AND dimensie = 'Sectie'\nORDER BY code;"
    )
    tabel = analysetabellen.of_register(g, provincie)
    return tafel.afgeleid("banen-per-sectie", figuur, bron, tabel, (hoe.of_analyse("de banen per sectie", sql),))


def _groepen(g: Register, provincie: str) -> list[Blok]:
    if not g.groepen:
        return []
    noot = "Groepen overlappen elkaar: tel ze niet op. Bij ‘eigen lijst’ is de lijst van SBI-codes van deze monitor."
    tabel = _deeltabel(
        "register-groepen-tabel",
        f"{provincie} naar groep, {_peildatum(g.periode_sbi)}",
        g.groepen,
        "Groep",
        noten=(noot,),
    )
    waar = Feiten(tuple((w.naam, (w.herkomst,)) for w in g.groepen if w.herkomst))
    blokken: list[Blok] = [Kop(3, "Eigen groepen van sectoren", "register-groepen"), tabel]
    if waar.paren:
        blokken.append(Uitklap("Waar komen de groepen vandaan", (waar,)))
    return blokken


def _stuwend(g: Register, provincie: str) -> list[Blok]:
    if not g.stuwend:
        return []
    rijen = tuple(
        Rij((STUWEND.get(s.definitie, s.definitie),), (Cel(tien(s.banen, s)), Cel(procent(s.aandeel, s))))
        for s in g.stuwend
    )
    bijschrift = f"Stuwende banen in {provincie}, {_peildatum(g.periode_sbi)}"
    return [
        Kop(3, "Stuwende werkgelegenheid, drie keer geteld", "register-stuwend"),
        Tabel("register-stuwend-tabel", bijschrift, _kolommen("Afbakening", "Banen", "Aandeel"), (Rijgroep(rijen),)),
    ]


def _begrippen(tafel: Schrijftafel, g: Register) -> list[Blok]:
    if not g.begrippen:
        return []
    r = tafel.rapport
    regios = (r.provincie, *r.corop)
    rijen = tuple(
        Rij(
            (b.naam, Klein(f" {b.bron}")),
            (*(Cel(_begrip(b, c.code)) for c in regios), Cel((b.moment,)), Cel((b.telt,))),
        )
        for b in g.begrippen
    )
    kolommen = (*_kolommen("Begrip", *(c.naam for c in regios)), Kolom(("Moment",)), Kolom(("Wat telt mee",)))
    noot = (
        "Tel deze cijfers niet op en zet ze niet in een reeks. Alle begrippen per gemeente staan in het bestand "
        "banenbegrippen."
    )
    hoeveel = telwoord(len(g.begrippen)).capitalize()
    bijschrift = f"{hoeveel} manieren om werk te tellen, {getallen.format_periode(g.begrippen_periode)}"
    return [
        Kop(3, "Waarom er meer cijfers over werk zijn", "register-begrippen"),
        Tabel("register-begrippen-tabel", bijschrift, kolommen, (Rijgroep(rijen),), (noot,), dicht=True),
    ]
