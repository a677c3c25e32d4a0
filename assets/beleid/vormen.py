"""The shapes in which a province writes down what belongs to its figures: results, money, instruments, signals.

A file of an edition, `edities/<jaar>/beleid/`, is one shape; in a CSV a row is one thing, in YAML a file lists them.
Every row has its source and its place in it. Empty is not given, and never 0. What describes a shape, a field, or what
follows on a day, describes its table for readers too, and is in their language.

`schema/` holds the JSON Schema of each shape for editors, made by `python -m assets.beleid.vormen`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from assets.beleid.velden import Moment, Naar, Rij, Vorm, laatste_dag
from assets.tabel import Als
from begrippen import beleidslijsten as lijst
from begrippen.rijbestand import Geheel, Getal, JaNee, Lijst
from begrippen.schema import make_schema

SCHEMA = Path(__file__).parent / "schema"
# whether more than the norm is better; of a norm that is to be met precisely neither is
_BETER = {"minstens": True, "hoogstens": False}
Deelnummer = Annotated[str, Naar("opgave")]
Kaartnaam = Annotated[str, Naar("kaart")]
Kaarten = Annotated[Lijst, Naar("kaart")]
Opgavenlijst = Annotated[Lijst, Naar("opgave")]
INDELING = Field("", description="id van de indeling; leeg: die van de editie")
Euro = Annotated[Geheel, Als(type="BIGINT", eenheid="euro")]
EuroOfLeeg = Annotated[Geheel | None, Als(type="BIGINT", eenheid="euro")]
EIGEN = Field(False, description="ja: de opgave is door ons gekozen, niet door het stuk")


# opgaven.yaml: what the rest hangs on
class Stuk(Vorm):
    """A paper that rows come from."""

    id: str = Field(min_length=1, description="zoals een rij het bij bron noemt")
    titel: str = Field(min_length=1, description="zoals het rapport het noemt")


class Deel(Vorm):
    """A part of a division: a task, theme or product."""

    nummer: str
    naam: str
    kaarten: Kaarten = Field((), description="indicatoren waaraan de omgeving van dit deel is af te lezen")


class Indeling(Vorm):
    """How results and money are divided. Two divisions are never compared but through `kruistabel.csv`."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    naam: str
    woord: str = Field("opgave", description="hoe een deel heet: opgave, thema, product")
    delen: tuple[Deel, ...] = Field((), description="leeg: de opgaven in beleid.yaml van het gebied")


class Inzetlijn(Rij):
    """Wat de provincie binnen een opgave wil doen."""

    id: str
    opgave: Deelnummer = Field(description="nummer in de eerste indeling")
    naam: str
    rol: str = Field("", description="de rol van de provincie")


class Wens(Rij):
    """De situatie die de provincie wil, in delen. Een wens, en geen cijfer."""

    id: str
    naam: str


class Opgaven(Vorm):
    """The divisions of an edition, the first one its own, and what the province wants within them."""

    stukken: tuple[Stuk, ...] = Field(min_length=1)
    indelingen: tuple[Indeling, ...] = Field(min_length=1)
    inzetlijnen: tuple[Inzetlijn, ...] = ()
    gewenste_situatie: tuple[Wens, ...] = ()


# resultaten.csv
class Resultaat(Rij):
    """Wat is beloofd, en wat daarvan is verantwoord. Met een norm volgt de staat uit norm en realisatie; zonder norm is
    zij wat de provincie meldt. Is er niets verantwoord, dan is dat geen succes en geen mislukking.
    """

    volgt = ("staat", "eigen_opgave", "maat")
    id: str = Field(min_length=1)
    indeling: Annotated[str, Naar("indeling")] = INDELING
    opgave: Deelnummer = Field(min_length=1, description="nummer van de opgave, het thema of het product")
    inzetlijn: Annotated[str, Naar("inzetlijn")] = Field("", description="id van de inzetlijn")
    doelstelling_nr: str = ""
    doelstelling: str = Field("", description="waar het resultaat bij hoort")
    onder: Annotated[str, Naar("resultaat")] = Field("", description="id van het resultaat waar dit onder valt")
    resultaat: str = Field(min_length=1)
    soort: lijst.Resultaatsoort
    norm: Getal | None = Field(None, description="het getal dat is beloofd")
    vergelijking: Literal["minstens", "hoogstens", "precies"] | None = Field(None, description="hoe de norm is bedoeld")
    eenheid: str = Field("", description="waarin norm en realisatie zijn geteld")
    peildatum: Moment | None = Field(None, description="jaar of maand waarin het er moet zijn")
    realisatie: Getal | None = Field(None, description="het getal dat er kwam")
    stand: lijst.Resultaatstand | None = Field(None, description="wat de provincie meldt")
    besluit: lijst.Activiteitbesluit | None = Field(None, description="wat er in het programma mee gebeurt")
    besluit_reden: str = Field("", description="verplicht bij aanpassen en stoppen")
    bijgewerkt: Moment | None = Field(None, description="jaar of maand van die melding")
    toelichting: str = Field("", description="verplicht als het anders liep")
    kaarten: Kaarten = Field((), description="indicatoren die erbij horen")
    partners: Lijst = ()
    trekker: str = Field("", description="een van de partners")
    trekker_reden: str = Field("", description="waarom er geen trekker staat")
    rol: str = ""
    accenten: Annotated[Lijst, Naar("accent")] = ()
    ook_opgaven: Opgavenlijst = Field((), description="andere opgaven waar het ook bij hoort; geld telt bij een")

    def _fouten(self) -> Iterator[str]:
        if (self.norm is None) != (self.vergelijking is None):
            yield "norm en vergelijking horen bij elkaar: vul ze allebei in, of geen van beide"
        if not self.eenheid and (self.norm is not None or self.realisatie is not None):
            yield "een getal zonder eenheid zegt niets: vul eenheid in"
        if self.besluit in ("aanpassen", "stoppen") and not self.besluit_reden:
            yield f"besluit {self.besluit} vraagt een reden: vul besluit_reden in"
        if self.realisatie is not None and self.norm is None and self.stand is None:
            yield "zonder norm volgt uit realisatie niet of het is gelukt: vul ook stand en bijgewerkt in"
        if self.stand is not None and self.bijgewerkt is None:
            yield "bijgewerkt ontbreekt: van welk jaar of welke maand is deze stand?"
        if self.behaald is not None and self.stand == ("niet" if self.behaald else "gerealiseerd"):
            yield (
                f"stand {self.stand} kan niet: de norm is {self.vergelijking} {self.norm:g}, de realisatie is "
                f"{self.realisatie:g}"
            )
        if self.behaald is False and not self.toelichting:
            yield "de norm is niet gehaald en toelichting is leeg: schrijf waardoor het anders liep"
        if self.stand in ("niet", "vervallen") and not self.toelichting:
            yield f"stand {self.stand} en toelichting is leeg: schrijf waardoor het anders liep"
        if self.trekker and self.trekker_reden:
            yield "trekker en trekker_reden staan er allebei; een van de twee moet leeg zijn"
        if self.partners and not (self.trekker or self.trekker_reden):
            yield "noem de trekker, of bij trekker_reden waarom die onbekend is"
        if self.trekker and self.trekker not in self.partners:
            yield f"trekker {self.trekker!r} is geen van de partners: {', '.join(self.partners)}"

    @property
    def behaald(self) -> bool | None:
        """Whether the realisation meets the norm; None without one of both."""
        if self.norm is None or self.realisatie is None:
            return None
        return self.realisatie == self.norm or _BETER.get(self.vergelijking or "") == (self.realisatie > self.norm)

    def staat(self, vandaag: date) -> lijst.Resultaatstaat:
        """Wat het rapport erover zegt."""
        komt_nog = self.peildatum is not None and laatste_dag(self.peildatum) >= vandaag
        if self.stand == "vervallen":
            return self.stand
        if self.behaald is not None:
            return "gerealiseerd" if self.behaald else "loopt" if komt_nog else "niet"
        # a month of a year does not lie before that year
        if self.stand == "loopt" and not komt_nog and self.peildatum and self.bijgewerkt:
            return "niet_bijgewerkt" if self.bijgewerkt < self.peildatum[: len(self.bijgewerkt)] else self.stand
        return self.stand or ("nog_niet" if komt_nog else "geen_opgave")

    def eigen_opgave(self, _: date) -> bool:
        """Waar als de provincie de stand zelf meldt, zonder norm."""
        return self.stand is not None and self.norm is None

    def maat(self, _: date) -> Literal["norm", "kaart", "geen maat"] | None:
        """Waaraan is af te lezen of het is gelukt."""
        if self.norm is not None:
            return "norm"
        return "kaart" if self.kaarten else "geen maat" if self.soort == "effect" else None


# bedragen.csv, kruistabel.csv
class Bedrag(Rij):
    """De bedragen zoals de stukken ze geven. Een post telt een keer, bij een opgave; subtotalen en totalen staan er om
    de posten mee te controleren. Een leeg bedrag is niet gegeven, en geen nul.
    """

    sleutel = ("indeling", "opgave", "jaar", "kant", "soort", "begrotingsstand", "fase", "partij", "post")
    indeling: Annotated[str, Naar("indeling")] = INDELING
    opgave: Deelnummer = Field("", description="nummer; leeg bij een totaal of bij geld buiten de opgaven")
    jaar: Annotated[Geheel, Field(ge=2000, le=2100, description="jaar van het geld")]
    kant: Literal["lasten", "baten", "saldo"] = Field("lasten", description="baten zijn negatief")
    soort: Literal["post", "subtotaal", "totaal"] = Field(description="met een totaal zijn posten na te kijken")
    post: str = Field(min_length=1)
    begrotingsstand: lijst.Begrotingsstand | None = Field(None, description="primitief, gewijzigd, realisatie")
    fase: lijst.Fase | None = Field(None, description="bij geld van meer partijen, in plaats van de stand")
    partij: str = Field("", description="van wie het geld is, bij een fase")
    gebied: str = Field("", description="waar het voor is, als dat niet de hele provincie is")
    bedrag: EuroOfLeeg = Field(None, description="hele euro's; leeg: niet gegeven; - zoals in het stuk")
    streepje: JaNee = Field(False, description="het stuk geeft een -; vult zichzelf in")
    precisie: lijst.Precisie = "exact"
    inclusief: JaNee | None = Field(
        None, description="of dit bedrag dat van de andere partij al bevat; leeg: het stuk zegt het niet"
    )
    verschil: Euro = Field(0, description="zoveel scheelt dit totaal in het stuk zelf met zijn posten")

    @model_validator(mode="before")
    @classmethod
    def _dash(cls, data: Any) -> Any:
        if isinstance(data, dict) and data.get("bedrag") == "-":
            return {k: v for k, v in data.items() if k != "bedrag"} | {"streepje": True}
        return data

    def _fouten(self) -> Iterator[str]:
        if (self.begrotingsstand is None) == (self.fase is None):
            yield "vul begrotingsstand in, of bij geld van meer partijen fase: precies een van de twee"
        if self.fase is not None and not self.partij:
            yield "fase vraagt een partij: van wie is dit geld?"
        if self.verschil and (self.soort == "post" or not self.opmerking):
            yield "verschil hoort bij een subtotaal of totaal, met de reden in opmerking"
        if self.soort == "post" and self.fase is None and not self.opgave:
            yield "een post hangt aan een opgave: vul opgave in"


class Kruis(Rij):
    """Wat er van een post werd toen de indeling veranderde."""

    sleutel = ("van_indeling", "van_opgave", "naar_indeling", "naar_opgave", "naar_post", "van_post")
    van_indeling: str
    van_opgave: str = ""
    van_post: str = ""
    naar_indeling: str
    naar_opgave: str = ""
    naar_post: str = ""
    verband: lijst.Verband

    def _fouten(self) -> Iterator[str]:
        if not (self.van_post or self.naar_post):
            yield "noem een post: van_post, naar_post of allebei"
        if (self.verband == "geen") == bool(self.van_post and self.naar_post):
            yield "verband geen hoort bij een post die maar aan een kant staat"


# instrumenten.yaml
class Evaluatie(Rij):
    """De evaluaties van de instrumenten, gedaan en gepland."""

    sleutel, volgt = ("instrument", "volgnummer"), ("voorbij",)
    soort: lijst.Evaluatiesoort = "evaluatie"
    jaar: int | None = Field(None, ge=2000, le=2100, description="leeg: het stuk noemt geen jaar")
    stand: Literal["aangekondigd", "gepland", "loopt", "afgerond", "tegenstrijdig"]
    uitvoerder: str = ""
    vraag: str = Field("", description="wat de evaluatie moet beantwoorden")
    link: str = Field("", pattern=r"^(https?://\S+)?$")

    def voorbij(self, vandaag: date) -> bool:
        """Waar als het jaar voorbij is en zij niet is afgerond; zonder jaar is dat niet te zeggen."""
        return self.jaar is not None and self.jaar < vandaag.year and self.stand not in ("afgerond", "tegenstrijdig")


class Aanbeveling(Rij):
    """De aanbevelingen van evaluaties, met wat ermee is gedaan."""

    sleutel, volgt = ("instrument", "volgnummer"), ("lang_open",)
    tekst: str = Field(min_length=1)
    besluit: lijst.Besluit
    sinds: Moment | None = Field(None, description="jaar of maand van de aanbeveling")
    reden: str = Field("", description="verplicht als zij niet of deels is overgenomen")
    uitgevoerd: Moment | None = None

    def _fouten(self) -> Iterator[str]:
        if self.besluit in ("deels", "niet") and not self.reden:
            yield f"besluit {self.besluit} vraagt een reden"

    def lang_open(self, vandaag: date) -> bool:
        """Waar als er na twee jaar nog geen besluit is."""
        return self.besluit == "open" and self.sinds is not None and laatste_dag(self.sinds, jaren=2) <= vandaag


class Opbrengst(Rij):
    """Wat een instrument direct opbracht. Nooit een effect, en nooit een som."""

    sleutel = ("instrument", "volgnummer")
    maat: str = Field(min_length=1, description="wat is geteld; bereik: ondernemers die meededen")
    waarde: float
    eenheid: str = Field(min_length=1)
    jaar: int | None = Field(None, ge=2000, le=2100)
    herkomst: lijst.Herkomst
    duur: Literal["tijdelijk", "structureel", "niet_genoemd"] = "niet_genoemd"


class Instrument(Rij):
    """Wat de provincie inzet: regelingen, fondsen, programma's."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    naam: str
    soort: Literal["programma", "regeling", "fonds", "organisatie", "project", "kader"]
    opgaven: Opgavenlijst = Field((), description="nummers in de eerste indeling")
    posten: Annotated[Lijst, Naar("post")] = Field((), description="posten in bedragen.csv")
    loopt_tot: int | None = Field(None, ge=2000, le=2100)
    aannamen: str = Field("", description="waarom het zou werken")
    andere_oorzaken: str = Field("", description="wat de uitkomst ook kan bepalen")
    evaluaties: tuple[Evaluatie, ...] = ()
    aanbevelingen: tuple[Aanbeveling, ...] = ()
    opbrengsten: tuple[Opbrengst, ...] = ()


class Instrumenten(Vorm):
    """The instruments of an edition."""

    instrumenten: tuple[Instrument, ...] = Field(min_length=1)


# signalen.csv, accenten.csv
class Signaal(Rij):
    """Wat kringen van mensen zien."""

    id: str = Field(min_length=1)
    ontvangen: Moment
    kring: Literal["bedrijven", "onderwijs", "gemeenten", "partners", "intern"]
    soort: lijst.Signaalsoort = "signaal"
    gebied: Annotated[str, Naar("regio")] = Field("", description="code van een regio; leeg: de provincie")
    opgaven: Opgavenlijst = ()
    eigen_toedeling: JaNee = EIGEN
    beeld: str = Field(min_length=1, max_length=160, description="wat wordt gezien, zonder namen")
    bewering: lijst.Bewering | None = None
    kaart: Kaartnaam = Field("", description="de indicator die dit meet; leeg: geen indicator meet dit")
    deels: JaNee = Field(
        False,
        description="ja: de indicator meet er maar een deel van, of iets dat erop lijkt; dan volgt er geen uitspraak",
    )


class Accent(Rij):
    """De punten van een akkoord of programma, met hun opgaven en indicatoren."""

    id: str = Field(min_length=1)
    groep: str = Field(min_length=1)
    accent: str = Field(min_length=1)
    opgaven: Opgavenlijst = Field((), description="nummers, of alle")
    eigen_toedeling: JaNee = EIGEN
    kaarten: Kaarten = ()


# gedrukt.csv
class Gedrukt(Rij):
    """Cijfers die een stuk van toen noemt."""

    id: str = Field(min_length=1)
    indeling: Annotated[str, Naar("indeling")] = INDELING
    opgave: Deelnummer = Field("", description="nummer van het thema; leeg: van het geheel")
    soort: lijst.Gedruktsoort = Field(description="waar het stuk het cijfer voor gebruikt")
    maatstaf: str = Field(min_length=1, description="wat is gemeten, in de woorden van het stuk")
    gebied: Annotated[str, Naar("regio")] = Field("", description="code van een regio; leeg: de provincie")
    tijdvak: str = Field("", description="zoals in het stuk; leeg: niet genoemd")
    # only a level and a growth have a figure of today that measures the same
    maat: Literal["stand", "groei", "verschil", "prognose", "rang", "richting"]
    eenheid: str = ""
    waarde: Getal | None = Field(None, description="leeg: niet gegeven")
    hoogste: Getal | None = Field(None, description="van een bereik: het hoogste; waarde is dan het laagste")
    precisie: lijst.Precisie = "exact"
    kaart: Kaartnaam = Field("", description="de indicator die nu hetzelfde meet")
    niet_naast: str = Field("", description="waarom er geen cijfer van nu naast komt")

    def _fouten(self) -> Iterator[str]:
        if bool(self.kaart) == bool(self.niet_naast):
            yield "vul kaart in, of bij niet_naast waarom er geen cijfer van nu naast komt: een van de twee"
        if self.kaart and self.maat not in ("stand", "groei"):
            yield f"naast maat {self.maat} past geen cijfer van nu: haal kaart weg en vul niet_naast in"
        if self.waarde is None and (self.hoogste is not None or not self.opmerking):
            yield "waarde is leeg: schrijf in opmerking waarom het cijfer er niet is"
        if self.hoogste is not None and self.waarde is not None and self.hoogste <= self.waarde:
            yield "hoogste is niet hoger dan waarde"


# The file of an edition -> what a row of it is, or the whole of it.
RIJEN: dict[str, type[Rij]] = {
    "resultaten.csv": Resultaat,
    "bedragen.csv": Bedrag,
    "kruistabel.csv": Kruis,
    "signalen.csv": Signaal,
    "accenten.csv": Accent,
    "gedrukt.csv": Gedrukt,
}
LIJSTEN: dict[str, type[Vorm]] = {"opgaven.yaml": Opgaven, "instrumenten.yaml": Instrumenten}
# a table -> the shape of its rows
VORMEN: dict[str, type[Rij]] = {vorm.__name__.lower(): vorm for vorm in Rij.__subclasses__()}


def make_schemas() -> dict[str, str]:
    """The JSON Schema of each shape as text, by the name of its file in `schema/`; of a CSV that of a row."""
    files = (RIJEN | LIJSTEN).items()
    return {f"{Path(naam).stem}.schema.json": make_schema(vorm, naam, indent=1) for naam, vorm in files}


if __name__ == "__main__":
    for naam, text in make_schemas().items():
        (SCHEMA / naam).write_text(text, encoding="utf-8")
    print(f"{len(make_schemas())} schema's geschreven in {SCHEMA.name}/")
