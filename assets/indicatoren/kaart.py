"""The card of an indicator: one indicator, one file under `kaarten/<thema>/<id>.yaml`.

A card holds for every province. In its texts {gebied} and {gebied_bijvoeglijk} stand for the tenant; what is a
tenant's own stands in `gebied/<naam>/kaarten/<thema>/<id>.yaml`, as the fields that differ, or in its policy.

Where its values come from: `assets.indicatoren.kaartbron`.

`kaart.schema.json` is the published JSON Schema of a card, with which an editor completes fields and values. It is made
from the models below by `python -m assets.indicatoren.kaart`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, model_validator

from assets.indicatoren.kaartbron import Bron, Deel
from begrippen import schema
from begrippen.beleid import BESTAND as BELEID
from begrippen.beleid import read_beleid
from begrippen.eenheid import read_eenheid, telt_op
from begrippen.fout import BestandError
from begrippen.gebied import Gebied, gekozen
from begrippen.lagen import fill, find_lagen
from begrippen.lijsten import Aggregatie, Doel, Jaarregel, Meting, Prijzen, Richting
from begrippen.themas import read_themas
from begrippen.veldfout import bedoelt, find_regel
from begrippen.yamlbestand import read_lagen, read_text

KAARTEN = Path(__file__).parent / "kaarten"
SCHEMA = Path(__file__).parent / "kaart.schema.json"


class Breuk(Deel):
    """A series break: values from `vanaf` on can not be compared with those before it."""

    vanaf: int = Field(description="eerste jaar na de breuk")
    reden: str = Field(description="wat er veranderde")


class Bereik(Deel):
    """The values that can occur, with the reason; a value outside blocks the publication."""

    minimum: float
    maximum: float
    reden: str = Field(description="waarom een waarde daarbuiten fout moet zijn")
    datum: date = Field(description="wanneer deze grenzen zijn gezet")

    @model_validator(mode="after")
    def _check(self) -> Bereik:
        if self.minimum >= self.maximum:
            raise ValueError(f"minimum ({self.minimum:g}) is niet kleiner dan maximum ({self.maximum:g})")
        return self


class Dekking(Deel):
    """The coverage that suffices for a composite region: of its members without a value it is then an estimate.

    Only a mean can do without a member: what is left of a sum says nothing about the whole.
    """

    waarde: float = Field(
        ge=0.5, lt=1, description="deel dat een waarde moet hebben: van 0,5 (de helft) tot 1; zonder dekking elk lid"
    )
    maat: Literal["leden", "gewicht", "noemer"] = Field(
        description="waarin dat deel wordt gemeten: leden (hun aantal), gewicht (de kaart waarmee wordt gewogen) of "
        "noemer (de noemer van de kaart)"
    )
    reden: str = Field(min_length=1, description="waarom de rest een goede schatting van het geheel geeft")
    datum: date = Field(description="wanneer deze dekking is gekozen")


class Merkbaar(Deel):
    """The smallest difference that matters: a change or gap below it is 'nagenoeg gelijk', whatever a test says."""

    waarde: float = Field(gt=0, allow_inf_nan=False, description="zo groot is het kleinste verschil dat ertoe doet")
    maat: Literal["eenheid", "procent"] = Field(
        description="waarin: eenheid (die van de kaart) of procent (van de waarde waarmee wordt vergeleken)"
    )
    reden: str = Field(min_length=1, description="waarom een kleiner verschil er niet toe doet")


class Familie(Deel):
    """Cards that measure the same development, so that a count of judgements counts it once: by its leading card.

    A level and its share, a total and its index, one rate from two sources. In a region where the leading card has no
    figure, another card of the family stands in for it.
    """

    naam: str = Field(min_length=1, description="hoe de ontwikkeling heet; hetzelfde op elke kaart van de familie")
    leidend: bool = Field(description="of deze kaart meetelt voor de hele familie; precies een kaart is leidend")
    reden: str = Field(default="", description="waarom deze kaart hetzelfde meet als de leidende kaart")

    @model_validator(mode="after")
    def _check(self) -> Familie:
        if self.leidend == bool(self.reden):
            raise ValueError("reden hoort bij elke kaart van een familie, behalve bij de leidende")
        return self


def _list_themas(schema: dict[str, Any]) -> None:
    """Name the themes of the house in the schema for editors, when it is made."""
    schema["enum"] = list(read_themas())


class Kaart(Deel):
    """One indicator. One unit; two measures are two cards."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$", description="gelijk aan de naam van het bestand")
    naam: str = Field(description="zoals het rapport de indicator noemt")
    en: str = Field(default="", description="de naam in het Engels; elke kernindicator van een editie heeft er een")
    thema: str = Field(description="gelijk aan de naam van de map", json_schema_extra=_list_themas)
    groep: str = Field(pattern=r"^[A-F][0-9]{0,2}$", description="groep in de catalogus: A1 ... F")
    opgave: tuple[int, ...] = Field(
        default=(), description="nummers van de opgaven van de provincie; die staan in beleid.yaml, niet op de kaart"
    )
    eenheid: str = Field(description="een eenheid; een tweede maat is een tweede kaart")
    decimalen: int = Field(ge=-1, le=4, description="zoals de bron ze geeft; -1 rondt af op tientallen (register)")
    richting: Richting = Field(description="de gewenste kant")
    richting_herkomst: str = Field(
        default="keuze van dit project: het beleid van de provincie noemt geen gewenste kant",
        description="wie die kant wenst: stuk en plaats; stukken van de provincie staan in beleid.yaml",
    )
    deflator: str | None = Field(
        default=None,
        description="alleen bij lopende prijzen: id van de kaart met de prijsindex waardoor het bedrag wordt gedeeld. "
        "Trend en oordeel gaan over dat reele bedrag",
    )
    definitie: str = Field(description="wat de bron eronder verstaat")
    bewerking: str = Field(description="wat wij ermee doen")
    aggregatie: Aggregatie = Field(
        description="hoe een samengestelde regio ontstaat: som; verhouding (som tellers door som noemers); gewogen "
        "(benadering); niet (n.b.)"
    )
    gewicht: str | None = Field(default=None, description="bij gewogen: id van de kaart waarmee wordt gewogen")
    dekking: Dekking | None = Field(
        default=None,
        description="alleen bij gewogen en verhouding: hoeveel van een samengestelde regio een waarde moet hebben; de "
        "uitkomst is dan een benadering die de leden zonder waarde noemt. Zonder dekking maakt een lid zonder waarde "
        "het geheel n.b.",
    )
    basisjaar: int | None = Field(
        default=None,
        description="alleen bij een index: het jaar waarin elke regio 100 is; het staat ook in de eenheid. Ligt het in "
        "het venster, dan is er geen kloof met Nederland: die is dat jaar voor iedereen nul",
    )
    jaarregel: Jaarregel = Field(
        default="alleen_jaar",
        description="hoe kwartalen en maanden een jaar worden; ultimo: het vierde kwartaal of december",
    )
    familie: Familie | None = Field(
        default=None,
        description="kaarten die dezelfde ontwikkeling meten; in een telling van oordelen tellen zij samen een keer",
    )
    meting: Meting = Field(default="telling", description="bepaalt welke toets op de trend past")
    gebeurtenissen: bool = Field(
        default=False,
        description="of de teller telt wat mensen of bedrijven overkomt (faillissementen, verhuizingen, starters die "
        "er nog zijn), en geen stand: dan is een verschil pas een verschil als het groter is dan wat toeval bij zo'n "
        "aantal maakt. In een percentage van een groep is dat het toeval van een deel van die groep. Heeft de kaart "
        "die aantallen niet (aggregatie gewogen of niet), dan staat er bij een verschil: als het geen toeval is",
    )
    groei: bool = Field(
        default=False,
        description="of het cijfer zelf zegt hoe hard iets groeit: ook als het daalt, groeit het boven nul nog",
    )
    jaren_later: int = Field(
        default=0,
        ge=0,
        description="zoveel jaar na zijn periode is het cijfer gezien: overleving na vijf jaar staat bij het "
        "startjaar. Hoe oud het is, telt vanaf dat latere jaar",
    )
    volume: str | None = Field(
        default=None,
        description="bij een bedrag van wat er is gemaakt: id van de kaart die zegt hoeveel meer er werd gemaakt. "
        "Zonder inflatie is het bedrag dan koopkracht en geen groei: wat het in twee jaar of in de trend deed, is niet "
        "gunstig of ongunstig",
    )
    eigen_prijzen: bool = Field(
        default=False,
        description="of de prijzen van wat dit bedrag betaalt anders lopen dan consumentenprijzen (machines, goederen "
        "voor het buitenland): zonder inflatie zegt het dan nog niet hoeveel het er waren, en wat het in twee jaar of "
        "in de trend deed is niet gunstig of ongunstig",
    )
    bronnen: tuple[Bron, ...] = Field(
        min_length=1, description="de eerste bron met een waarde in een periode geeft die hele periode"
    )
    breuken: tuple[Breuk, ...] = Field(default=(), description="jaren waarover heen niet te vergelijken is")
    bereik: Bereik | None = Field(default=None, description="waarden daarbuiten houden de publicatie tegen")
    merkbaar: Merkbaar | None = Field(
        default=None,
        description="het kleinste verschil dat ertoe doet; wat kleiner is heet nagenoeg gelijk. Elke kaart in het "
        "rapport heeft er een, behalve van een klasse: daarvan doet elk verschil ertoe",
    )
    doel: Doel = Field(
        default="rapport",
        description="toetsing: alleen om eerdere publicaties na te rekenen; deflator: alleen om bedragen mee om te "
        "rekenen. Beide krijgen geen oordeel en staan niet in het rapport",
    )
    opmerking: str = Field(default="", description="wat een lezer verder moet weten")

    @property
    def telt_op(self) -> bool:
        """Whether it is a total: more of it is a larger region, so it has no place and no gap."""
        return telt_op(self.aggregatie, self.eenheid)

    @property
    def klasse(self) -> bool:
        """Whether it is a class of an order, so that no difference between two is small (`Eenheid.klasse`)."""
        return read_eenheid(self.eenheid).klasse

    @property
    def prijzen(self) -> Prijzen:
        """What may be done with its amounts: of current prices, or of a source that says not which, none is compared
        with another year before its prices are out of it (monitor.reele_waarde)."""
        found = {b.prijzen for b in self.bronnen}
        return "nvt" if found == {None} else "constant" if found == {"constant"} else "lopend"

    @property
    def prijzen_reden(self) -> str:
        """Why of some of its amounts it is not certain whether inflation is out of them; empty where it is."""
        return " ".join(dict.fromkeys(b.prijzen_reden for b in self.bronnen if b.prijzen_reden))

    @property
    def beoordeeld(self) -> bool:
        """Whether it has verdicts: a figure that only is expected has none (sql/reken/reeks.sql)."""
        return self.meting != "verwachting"

    @model_validator(mode="after")
    def _check(self) -> Kaart:
        if (self.aggregatie == "gewogen") != (self.gewicht is not None):
            raise ValueError("gewicht hoort bij aggregatie gewogen, en alleen daarbij")
        if read_eenheid(self.eenheid).basisjaar != self.basisjaar:
            raise ValueError(
                f"basisjaar ({self.basisjaar or 'geen'}) en eenheid ({self.eenheid}) zeggen niet hetzelfde: van een "
                "index staat het jaar dat 100 is in beide, als 'index, 2020 = 100'"
            )
        if self.aggregatie == "verhouding" and not all(b.noemer for b in self.bronnen):
            raise ValueError("aggregatie verhouding vraagt een noemer in elke bron")
        if self.klasse and (self.merkbaar is not None or self.decimalen or self.aggregatie != "niet"):
            raise ValueError(
                "een klasse heeft geen decimalen en geen merkbaar, en telt niet op (aggregatie niet): een halve klasse "
                "bestaat niet, en elk verschil doet ertoe"
            )
        in_euro = read_eenheid(self.eenheid).in_euro
        if in_euro and (stil := [b.tabel for b in self.bronnen if b.prijzen is None]):
            raise ValueError(
                f"een bedrag uit {', '.join(stil)} zegt niet of de inflatie eraf is: prijzen bij elke bron is lopend, "
                "constant (met prijspeil) of onbekend (met prijzen_reden)"
            )
        if in_euro and any(b.prijzen == "constant" and b.prijspeil is None for b in self.bronnen):
            raise ValueError("een bedrag in constante prijzen noemt het jaar daarvan: prijspeil")
        if self.deflator is not None and self.prijzen != "lopend":
            raise ValueError("deflator hoort bij prijzen: lopend, en alleen daarbij")
        if self.volume is not None and self.deflator is None:
            raise ValueError("volume hoort bij een bedrag met een deflator: alleen daarvan is er koopkracht")
        if self.eigen_prijzen and (self.deflator is None or self.volume is not None):
            raise ValueError("eigen_prijzen hoort bij een bedrag met een deflator en zonder volume")
        if self.gebeurtenissen and self.meting not in ("telling", "voortschrijdend"):
            raise ValueError("gebeurtenissen hoort bij telling of voortschrijdend: een schatting heeft een marge")
        if self.dekking is not None:
            own = {"gewogen": "gewicht", "verhouding": "noemer"}.get(self.aggregatie)
            if own is None:
                raise ValueError(
                    f"dekking kan niet bij aggregatie {self.aggregatie}: "
                    + ("een som met een gat is geen som" if self.aggregatie == "som" else "dan is er geen geheel")
                )
            if self.dekking.maat not in ("leden", own):
                raise ValueError(
                    f"dekking.maat {self.dekking.maat} mag niet bij aggregatie {self.aggregatie}; kies leden of {own}"
                )
        return self


def make_schema() -> str:
    """The JSON Schema of a card as text, as `kaart.schema.json` holds it."""
    return schema.make_schema(Kaart, "Kaart van een indicator")


def read_kaart(paths: Sequence[Path], gebied: Gebied) -> Kaart:
    """Read one card from its layers, the first one first. Raises BestandError naming file, field and allowed values."""
    last = paths[-1]
    kaart = read_lagen(
        paths,
        Kaart,
        lambda content: fill(content, gebied, last, behalve=("bronnen",)),
        read_beleid(gebied).fields(paths[0].stem),
    )
    if kaart.thema not in (themas := read_themas(gebied)):
        raise BestandError(
            f"dit klopt niet:\n  thema: {kaart.thema!r} mag hier niet; toegestaan: {', '.join(themas)}", waar=str(last)
        )
    if (last.stem, last.parent.name) != (kaart.id, kaart.thema):
        raise BestandError(f"hoort te staan als {kaart.thema}/{kaart.id}.yaml, naar zijn thema en id", waar=str(last))
    return kaart


def card_paths(gebied: Gebied, folder: Path = KAARTEN, editie: Path | None = None) -> dict[str, tuple[Path, ...]]:
    """The files of each card: id -> that of the house, what the tenant has otherwise, what the edition has otherwise.

    Raises BestandError for a card that stands twice in one folder.
    """
    layers = (folder, gebied.map / "kaarten", *((editie / "kaarten",) if editie else ()))
    return find_lagen(layers, "*/*.yaml")


def read_kaarten(folder: Path = KAARTEN, gebied: Gebied | None = None, editie: Path | None = None) -> dict[str, Kaart]:
    """Read all cards as a tenant has them: id -> Kaart, sorted by id.

    `gebied`: the tenant, without it that of this process. `editie`: the folder of an edition that may have cards of its
    own. Raises BestandError for a wrong card or one that stands twice, a weight that is no card that adds up, and a
    policy that names no card.
    """
    return _read_kaarten(folder, gebied or gekozen(), editie)


def no_kaarten(unknown: Iterable[str], kaarten: Iterable[str], path: Path) -> BestandError:
    """The error of a file that names cards that are not there: each with its line and the names that look like it."""
    lines, known = read_text(path).splitlines(), list(kaarten)
    told = []
    for id in unknown:
        line = find_regel(lines, id)
        told.append(f"  {f'regel {line}, ' if line else ''}{id}: dat is geen kaart{bedoelt(id, known, 0.6)}")
    return BestandError(
        "dit klopt niet:\n" + "\n".join(told), waar=str(path), vervolg="Alle kaarten toont: monitor indicator"
    )


@cache
def _read_kaarten(folder: Path, gebied: Gebied, editie: Path | None) -> dict[str, Kaart]:
    kaarten = {id: read_kaart(paths, gebied) for id, paths in card_paths(gebied, folder, editie).items()}
    if unknown := sorted(read_beleid(gebied).indicatoren - kaarten.keys()):
        raise no_kaarten(unknown, kaarten, gebied.map / BELEID)
    sums = [k.id for k in kaarten.values() if k.aggregatie == "som"]
    indices = [k.id for k in kaarten.values() if k.doel == "deflator"]
    growth = [k.id for k in kaarten.values() if k.groei]
    for kaart in kaarten.values():
        for veld, named, allowed, what in (
            ("gewicht", kaart.gewicht, sums, "geen kaart die optelt (aggregatie som)"),
            ("deflator", kaart.deflator, indices, "geen kaart van een prijsindex (doel deflator)"),
            ("volume", kaart.volume, growth, "geen kaart die zegt hoe hard iets groeit (groei)"),
        ):
            if named is not None and named not in allowed:
                raise BestandError(
                    f"{veld}: {named!r} is {what}; toegestaan: {', '.join(allowed) or 'geen'}",
                    waar=f"{folder / kaart.thema / kaart.id}.yaml",
                )
    for naam in {k.familie.naam: None for k in kaarten.values() if k.familie}:
        members = [k for k in kaarten.values() if k.familie and k.familie.naam == naam]
        leading = [k.id for k in members if k.familie and k.familie.leidend]
        if len(leading) != 1:
            raise BestandError(
                f"familie {naam!r} heeft als leidende kaart: {', '.join(leading) or 'geen'}; het hoort er precies een "
                f"te zijn van: {', '.join(k.id for k in members)}",
                waar=f"{folder / members[0].thema / members[0].id}.yaml",
                vervolg="Zet bij een van deze kaarten leidend: true, en bij de andere leidend: false met een reden.",
            )
    return kaarten


if __name__ == "__main__":
    SCHEMA.write_text(make_schema(), encoding="utf-8")
    print(f"{SCHEMA.name} geschreven")
