"""Rules that shift a table that was seen, as a source would; each says beforehand what is right afterwards.

Nothing here uses the code that finds or proposes: what a name of ours stands for is known from the shape before the
shift, and follows it through the rule. So a rule can be wrong, but never in the same way as what it tests.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from random import Random

from assets.bron.bronlijst import Brontabel
from assets.bron.gezienlijst import GezieneDimensie, GezieneTabel, GezienOnderwerp

Plek = tuple[str, tuple[str, ...], str]  # title, path, unit
# of a topic that the source does not have any more: whatever is taken for it is wrong
NERGENS: Plek = ("", (), "")


@dataclass(frozen=True)
class Waarheid:
    """What is right. `onderwerpen`: our name -> where it stands now. `dimensies`: our name -> that of the source.

    `codes`: (our dimension, our code) -> the code of the source. `opvolger`: the table that follows, where one does.
    """

    onderwerpen: dict[str, Plek]
    dimensies: dict[str, str]
    codes: dict[tuple[str, str], str]
    opvolger: str = ""


@dataclass(frozen=True)
class Vorm:
    """A shifted table. `catalogus`: rows (id, title, status) that its catalogue has beside those of the sample.

    `eerder`: whether the answer before the shift is known, with the topics that stand beside ours in it.
    """

    regel: str
    nummer: int
    tabel: str
    nu: GezieneTabel
    toen: GezieneTabel
    waarheid: Waarheid
    eerder: bool
    wat: str = ""
    catalogus: tuple[tuple[str, str, str], ...] = ()

    @property
    def naam(self) -> str:
        """What the shape is called: rule, number and table."""
        return f"{self.regel}-{self.nummer}-{self.tabel}"


@dataclass
class Schuif:
    """A table under change: the shape before and after, what is right, and the draw."""

    tabel: Brontabel
    toen: GezieneTabel
    rng: Random
    onderwerpen: dict[str, GezienOnderwerp] = field(init=False)
    dimensies: dict[str, GezieneDimensie] = field(init=False)
    wat: str = ""

    def __post_init__(self) -> None:
        self.onderwerpen, self.dimensies = dict(self.toen.onderwerpen), dict(self.toen.dimensies)
        self.waarheid = make_waarheid(self.tabel, self.toen)

    def asked(self) -> str:
        """Draw one of the topics that the list asks for."""
        return self.rng.choice([n for n in self.tabel.onderwerpen if n in self.onderwerpen])

    def change(self, naam: str, **fields: object) -> None:
        """Change a topic, and say that it is still the one that the name stands for."""
        o = self.onderwerpen[naam] = self.onderwerpen[naam].model_copy(update=fields)
        self.waarheid.onderwerpen[naam] = (o.titel, o.pad, o.eenheid)
        self.wat = f"{naam}: {self.tabel.onderwerpen[naam].titel} -> {' > '.join((*o.pad, o.titel))} ({o.eenheid})"

    def put_beside(self, naam: str) -> None:
        """Put topics that look like one beside it, half of the times; some of them were there before the shift."""
        o, taken = self.toen.onderwerpen[naam], {t.titel.casefold() for t in self.onderwerpen.values()}
        for number in range(self.rng.choice((0, 0, 1, 2))):
            title, unit = self.rng.choice(BUREN)
            buur = GezienOnderwerp(
                titel=title.format(o.titel), pad=o.pad, eenheid=unit or o.eenheid, decimalen=o.decimalen
            )
            if buur.titel.casefold() in taken and buur.eenheid == o.eenheid:
                continue
            taken.add(buur.titel.casefold())
            key = f"buur_{number}"
            self.onderwerpen = self._between(self.onderwerpen, key, buur)
            if self.rng.random() < 0.6:
                before = self._between(self.toen.onderwerpen, key, buur)
                self.toen = self.toen.model_copy(update={"onderwerpen": before})

    def _between(
        self, onderwerpen: dict[str, GezienOnderwerp], key: str, buur: GezienOnderwerp
    ) -> dict[str, GezienOnderwerp]:
        items = list(onderwerpen.items())
        at = self.rng.randint(0, len(items))
        return dict([*items[:at], (key, buur), *items[at:]])

    @property
    def nu(self) -> GezieneTabel:
        """The table after the shift."""
        return self.toen.model_copy(update={"onderwerpen": self.onderwerpen, "dimensies": self.dimensies})


def make_waarheid(tabel: Brontabel, gezien: GezieneTabel) -> Waarheid:
    """Say what our names stand for in a shape that was not shifted."""
    codes = {}
    for dim, asked in tabel.dimensies.items():
        there = gezien.dimensies[dim].codes
        for code, title in asked.codes.items():
            codes[dim, code] = code if code in there else next(c for c, t in there.items() if t == title)
    topics = {n: o for n, o in gezien.onderwerpen.items() if n in tabel.onderwerpen}
    return Waarheid({n: (o.titel, o.pad, o.eenheid) for n, o in topics.items()}, {d: d for d in tabel.dimensies}, codes)


# Topics that stand beside another in tables of CBS: a part of it, a change of it, the same in another unit.
BUREN = (
    ("{} mannen", ""),
    ("Overige {}", ""),
    ("{}, mutatie", "%"),
    ("{} per inwoner", "euro"),
    ("{}", "index 2010=100"),
    ("Aandeel {}", "%"),
)


# --- the rules ---

NAMEN = {
    "regio": ("RegioS", "Gebieden", "Regio", "RegioIndeling2026", "AlleRegios", "Regiokenmerken2026"),
    "periode": ("Perioden", "Periode", "Tijdvak", "Jaren", "Verslagperiode"),
    "marges": ("Marges", "Betrouwbaarheid", "Waarden", "Onzekerheidsmarges"),
    "uitsplitsing": ("{}2026", "Soort{}", "{}Indeling", "Kenmerk{}", "{}Nieuw", "K{}"),
}


def rename_dimension(s: Schuif) -> None:
    """A dimension has another name; its codes and titles are the same."""
    own = s.rng.choice([d for d in s.tabel.dimensies if d in s.dimensies])
    new = next(
        n
        for name in s.rng.sample(NAMEN[s.dimensies[own].soort], len(NAMEN[s.dimensies[own].soort]))
        if (n := name.format(own)) not in s.dimensies
    )
    s.dimensies = {new if n == own else n: d for n, d in s.dimensies.items()}
    s.waarheid.dimensies[own] = new
    s.wat = f"{own} -> {new}"


TOTALEN = ("Totaal", "Totaal {}", "{}, totaal", "Alle {}")


def change_total(s: Schuif) -> None:
    """The total of a dimension has another code, and sometimes other words; the parts below it are those there were."""
    dim, own = s.rng.choice([(d, c) for (d, c) in s.waarheid.codes if says_total(s.tabel.dimensies[d].codes[c])])
    was = s.waarheid.codes[dim, own]
    new = s.rng.choice(("T00", "A0", "99999", "TOT01", "X000"))[:4] + str(s.rng.randint(10, 99))
    d = s.dimensies[dim]
    title = d.codes[was]
    if s.rng.random() < 0.4 and not d.regios:
        title = s.rng.choice(TOTALEN).format(dim.lower())
    parts = {"M1": "Mannen", "V1": "Vrouwen"} if "Geslacht" in dim else {"D1": "Eerste deel", "D2": "Tweede deel"}
    if s.rng.random() < 0.3:
        parts["D9"] = "Subtotaal van de delen"
    rest = {c: t for c, t in d.codes.items() if c != was}
    s.dimensies[dim] = d.model_copy(update={"codes": {new: title} | rest | ({} if d.regios else parts)})
    s.waarheid.codes[dim, own] = new
    s.wat = f"{dim}: {was} {d.codes[was]} -> {new} {title}"


def says_total(title: str) -> bool:
    """Whether a title of a code names the total in words that the rule can put in others."""
    return any(word in title.lower() for word in ("totaal", "alle ", "nederland"))


ERBIJ = ("(gemiddeld)", "totaal", "per jaar", "in de periode", "1)", "eind van het jaar", "(voorlopige cijfers)")
VOORAF = ("Aantal", "Totaal", "Geregistreerde", "Gemeten")


def retitle(title: str, rng: Random) -> str:
    """Give another title: a word or two more, one less, another order, an abbreviation, another spelling."""
    words = title.split()
    ways: list[Callable[[], str]] = [
        lambda: f"{title} {rng.choice(ERBIJ)}",
        lambda: f"{rng.choice(VOORAF)} {title[0].lower()}{title[1:]}",
        lambda: _respell(title, rng),
    ]
    if len(words) > 2:
        ways += [lambda: " ".join(words[:-1]), lambda: " ".join(w for i, w in enumerate(words) if i != len(words) // 2)]
    if len(words) > 1:
        ways.append(lambda: f"{words[-1].capitalize()} {' '.join(words[:-1]).lower()}".replace(",", ""))
    long = max(words, key=len)
    if len(long) > 6:
        ways.append(lambda: title.replace(long, f"{long[:5]}."))
    return rng.choice(ways)()


def rename_topic(s: Schuif) -> None:
    """A topic has another title."""
    naam = s.asked()
    title = s.onderwerpen[naam].titel
    new = retitle(title, s.rng)
    if new.casefold() in {o.titel.casefold() for o in s.onderwerpen.values()}:
        new = f"{title} (nieuw)"
    old = s.onderwerpen[naam]
    # a column keeps the name that it was made with, or gets that of its new title
    camel = "".join(w.capitalize() for w in title.split() if w.isalnum()) or "K"
    key = old.sleutel or f"{camel}_{200 + s.rng.randint(0, 9)}"
    s.change(naam, titel=new, sleutel=key if s.rng.random() < 0.5 else "", **_lost_code(s, old))
    s.put_beside(naam)


def _lost_code(s: Schuif, old: GezienOnderwerp) -> dict[str, str]:
    """The measure code stays, as it nearly always does, or is a new one."""
    return {"v4_code": f"N{s.rng.randint(100_000, 999_999)}"} if old.v4_code and s.rng.random() < 0.3 else {}


def _respell(title: str, rng: Random) -> str:
    letters = str.maketrans({"é": "e", "ë": "e", "²": "2", "'": "’"})
    ways = (
        title.upper(),
        title.translate(letters).replace("-", " "),
        title.replace(" en ", " & ").replace(",", ";"),
        f"  {title.replace(' ', '  ')} ",
        title.replace(", ", " (", 1) + (")" if ", " in title else "."),
    )
    return rng.choice([w for w in ways if w != title])


EENHEDEN = {
    "%": ("procent", "in %", "Percentage", "% van het totaal"),
    "x 1 000": ("x 1000", "duizend", "x duizend", "1 000", "1 000 personen"),
    "x 1000": ("x 1 000", "duizend"),
    "aantal": ("Aantal", "aantallen", "absoluut aantal", "aantal (absoluut)"),
    "km": ("kilometer", "in km", "KM"),
    "mln euro": ("x mln euro", "miljoen euro", "mln €", "mln. euro", "euro (mln)"),
    "ha": ("hectare", "Ha", "in ha"),
    "per 1 000 inwoners": ("per 1000 inwoners", "per duizend inwoners", "per 1 000 inw."),
    "1 000 euro": ("x 1 000 euro", "duizend euro", "1000 euro"),
    "euro": ("€", "Euro", "in euro"),
    "mln kWh": ("miljoen kWh", "Mln kWh"),
    "mln m3": ("miljoen m³", "mln m³"),
    "aantal inwoners per km²": ("inwoners per km²", "aantal inwoners per km2"),
}


def respell_unit(s: Schuif) -> None:
    """A unit is written in another way, and stays the same unit."""
    naam = s.rng.choice([n for n in s.tabel.onderwerpen if n in s.onderwerpen])
    old = s.onderwerpen[naam].eenheid
    other = EENHEDEN.get(old, (old.upper(), f"in {old}", f" {old}  "))
    s.change(naam, eenheid=s.rng.choice([spelling for spelling in other if spelling != old]))
    s.put_beside(naam)


GROEPEN = ("Kerncijfers", "Cijfers per onderwerp", "Stand van zaken", "Nieuwe indeling", "Bevolking, wonen en werk")


def move_to_group(s: Schuif) -> None:
    """A topic stands under another group, or under one more."""
    naam = s.asked()
    pad = s.onderwerpen[naam].pad
    group = s.rng.choice(GROEPEN)
    ways = [(group, *pad), (*pad, group)]
    if pad:
        ways += [(*pad[:-1], group), pad[1:], (f"{pad[0]} en meer", *pad[1:])]
    s.change(naam, pad=s.rng.choice(ways))
    s.put_beside(naam)


def renumber(s: Schuif) -> None:
    """Topics are put in before ours, so that all columns get another number; in v4 the measure has another code."""
    naam, first = s.asked(), s.rng.randint(1, 40)
    for place, (n, o) in enumerate(list(s.onderwerpen.items())):
        stem = o.sleutel.rpartition("_")[0] or "".join(w.capitalize() for w in o.titel.split() if w.isalnum()) or "K"
        code = {"v4_code": f"{o.v4_code.split('_')[0]}_{first}"} if n == naam and o.v4_code else {}
        s.onderwerpen[n] = o.model_copy(update={"sleutel": f"{stem}_{first + place}"} | code)
    s.change(naam)
    s.put_beside(naam)


def replace_topic(s: Schuif) -> None:
    """A topic is gone, and one that looks like it stands in its place: nothing is right but to say so."""
    naam = s.asked()
    o = s.onderwerpen.pop(naam)
    title, unit = s.rng.choice((*BUREN, *((f"{{}} {more}", "") for more in ("van zelfstandigen", "15 tot 75 jaar"))))
    new = GezienOnderwerp(titel=title.format(o.titel), pad=o.pad, eenheid=unit or o.eenheid, decimalen=o.decimalen)
    s.onderwerpen["buur"] = new
    s.waarheid.onderwerpen[naam] = NERGENS
    s.wat = f"{naam}: {o.titel} is weg, wel {new.titel} ({new.eenheid})"


REGELS: dict[str, Callable[[Schuif], None]] = {
    "dimensie": rename_dimension,
    "totaalcode": change_total,
    "titel": rename_topic,
    "eenheid": respell_unit,
    "groep": move_to_group,
    "nummer": renumber,
}


def shift(regel: str, nummer: int, tabel: Brontabel, gezien: GezieneTabel, poging: int = 0) -> Vorm:
    """Shift a table by a rule; the same number and try give the same shape."""
    rng = Random(f"{regel} {nummer} {poging}")
    s = Schuif(tabel, gezien, rng)
    {**REGELS, "weg": replace_topic}[regel](s)
    return Vorm(regel, nummer, tabel.id, s.nu, s.toen, s.waarheid, rng.random() < 0.5, s.wat)


def can(regel: str, tabel: Brontabel, gezien: GezieneTabel) -> bool:
    """Whether a rule can shift a table."""
    codes = [(d, t) for d, asked in tabel.dimensies.items() for t in asked.codes.values()]
    return set(tabel.onderwerpen) <= set(gezien.onderwerpen) and (
        regel != "totaalcode" or any(says_total(t) for _, t in codes)
    )


def follow(nummer: int, tabel: Brontabel, gezien: GezieneTabel, jaren: tuple[int, ...]) -> Vorm:
    """Let a table be followed by one with a later year in its title. jaren: those in its title, the last moves on."""
    rng = Random(f"opvolger {nummer}")
    last, later = str(jaren[-1]), jaren[-1] + rng.randint(1, 3)

    def titled(year: int, of: str = tabel.titel) -> str:
        head, _, tail = of.rpartition(last)
        return f"{head}{year}{tail}"

    nieuw = f"{90_000 + nummer}NED"
    state = rng.choice(("Gediscontinueerd", "Regulier", "weg"))
    rows = [(nieuw, titled(later).replace(";", rng.choice((";", ",", " -"))), "Regulier")]
    if state != "weg":
        rows.append((tabel.id, tabel.titel, state))
    rows += [
        (f"{91_000 + nummer}NED", titled(jaren[-1] - 2), "Gediscontinueerd"),
        (f"{92_000 + nummer}NED", f"Kerncijfers {titled(later)}", "Regulier"),
        (f"{93_000 + nummer}NED", tabel.titel.replace(last, "").strip(), "Regulier"),
    ]
    rng.shuffle(rows)
    waarheid = replace(make_waarheid(tabel, gezien), opvolger=nieuw)
    nu = gezien.model_copy(update={"titel": titled(later)})
    wat = f"{tabel.titel} -> {titled(later)} ({state})"
    return Vorm("opvolger", nummer, tabel.id, nu, gezien, waarheid, eerder=False, wat=wat, catalogus=tuple(rows))
