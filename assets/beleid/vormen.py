"""The shapes in which a province writes down what belongs to its figures: results, money, instruments, signals.

A file of an edition, `edities/<jaar>/beleid/`, is one shape; in a CSV a row is one thing, in YAML a file lists them.
Every row has its source and its place in it. Empty is not given, and never 0.

`schema/` holds the JSON Schema of each shape for editors, made by `python -m assets.beleid.vormen`.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from assets.beleid.opgaven import Opgaven
from assets.beleid.velden import (
    EIGEN,
    INDELING,
    Deelnummer,
    Kaarten,
    Kaartnaam,
    Moment,
    Naar,
    Opgavenlijst,
    Rij,
    Vorm,
    laatste_dag,
    volgt,
)
from begrippen import beleidslijsten as lijst
from begrippen.rijbestand import Geheel, Getal, JaNee, Lijst

SCHEMA = Path(__file__).parent / "schema"
# --- resultaten.csv ---


class Resultaat(Rij):
    """An intended result or activity, and what was reported of it. With a norm the state follows from the figures."""

    sleutel = ("id",)
    id: str = Field(min_length=1)
    indeling: Annotated[str, Naar("indeling")] = INDELING
    opgave: Deelnummer = Field(min_length=1, description="nummer van de opgave, het thema of het product")
    inzetlijn: Annotated[str, Naar("inzetlijn")] = Field(default="", description="id van de inzetlijn")
    doelstelling_nr: str = ""
    doelstelling: str = Field(default="", description="waar het resultaat bij hoort")
    onder: Annotated[str, Naar("resultaat")] = Field(default="", description="id van het resultaat waar dit onder valt")
    resultaat: str = Field(min_length=1)
    soort: lijst.Resultaatsoort
    norm: Getal | None = Field(default=None, description="het getal dat is beloofd")
    vergelijking: lijst.Vergelijking | None = Field(default=None, description="hoe de norm is bedoeld")
    eenheid: str = Field(default="", description="waarin norm en realisatie zijn geteld")
    peildatum: Moment | None = Field(default=None, description="jaar of maand waarin het er moet zijn")
    realisatie: Getal | None = Field(default=None, description="het getal dat er kwam")
    stand: lijst.Resultaatstand | None = Field(default=None, description="wat de provincie meldt")
    besluit: lijst.Activiteitbesluit | None = Field(default=None, description="wat er in het programma mee gebeurt")
    besluit_reden: str = Field(default="", description="verplicht bij aanpassen en stoppen")
    bijgewerkt: Moment | None = Field(default=None, description="jaar of maand van die melding")
    toelichting: str = Field(default="", description="verplicht als het anders liep")
    kaarten: Kaarten = Field(default=(), description="indicatoren die erbij horen")
    partners: Lijst = ()
    trekker: str = Field(default="", description="een van de partners")
    trekker_reden: str = Field(default="", description="waarom er geen trekker staat")
    rol: str = ""
    accenten: Annotated[Lijst, Naar("accent")] = ()
    ook_opgaven: Opgavenlijst = Field(
        default=(), description="andere opgaven waar het ook bij hoort; geld telt bij een"
    )

    @model_validator(mode="after")
    def _check(self) -> Resultaat:
        if (self.norm is None) != (self.vergelijking is None):
            raise ValueError("norm en vergelijking horen bij elkaar: vul ze allebei in, of geen van beide")
        if not self.eenheid and (self.norm is not None or self.realisatie is not None):
            raise ValueError("een getal zonder eenheid zegt niets: vul eenheid in")
        if self.besluit in ("aanpassen", "stoppen") and not self.besluit_reden:
            raise ValueError(f"besluit {self.besluit} vraagt een reden: vul besluit_reden in")
        if self.realisatie is not None and self.norm is None and self.stand is None:
            raise ValueError("zonder norm volgt uit realisatie niet of het is gelukt: vul ook stand en bijgewerkt in")
        if self.stand is not None and self.bijgewerkt is None:
            raise ValueError("bijgewerkt ontbreekt: van welk jaar of welke maand is deze stand?")
        if self.behaald is not None and self.stand == ("niet" if self.behaald else "gerealiseerd"):
            raise ValueError(
                f"stand {self.stand} kan niet: de norm is {self.vergelijking} {self.norm:g}, de realisatie is "
                f"{self.realisatie:g}"
            )
        if self.behaald is False and not self.toelichting:
            raise ValueError("de norm is niet gehaald en toelichting is leeg: schrijf waardoor het anders liep")
        if self.stand in ("niet", "vervallen") and not self.toelichting:
            raise ValueError(f"stand {self.stand} en toelichting is leeg: schrijf waardoor het anders liep")
        if self.trekker and self.trekker_reden:
            raise ValueError("trekker en trekker_reden staan er allebei; een van de twee moet leeg zijn")
        if self.partners and not (self.trekker or self.trekker_reden):
            raise ValueError("noem de trekker, of bij trekker_reden waarom die onbekend is")
        if self.trekker and self.trekker not in self.partners:
            raise ValueError(f"trekker {self.trekker!r} is geen van de partners: {', '.join(self.partners)}")
        return self

    @property
    def behaald(self) -> bool | None:
        """Whether the realisation meets the norm; None without one of both."""
        if self.norm is None or self.realisatie is None:
            return None
        more = self.vergelijking == "minstens" and self.realisatie > self.norm
        return (
            self.realisatie == self.norm or more or (self.vergelijking == "hoogstens" and self.realisatie < self.norm)
        )

    @volgt("wat het rapport erover zegt")
    def staat(self, vandaag: date) -> lijst.Resultaatstaat:
        """What the report says: by the norm, else what was reported, else why there is nothing to say."""
        komt_nog = self.peildatum is not None and laatste_dag(self.peildatum) >= vandaag
        if self.stand == "vervallen":
            return self.stand
        if self.behaald is not None:
            return "gerealiseerd" if self.behaald else "loopt" if komt_nog else "niet"
        # a month of a year does not lie before that year
        if self.stand == "loopt" and not komt_nog and self.peildatum and self.bijgewerkt:
            return "niet_bijgewerkt" if self.bijgewerkt < self.peildatum[: len(self.bijgewerkt)] else self.stand
        return self.stand or ("nog_niet" if komt_nog else "geen_opgave")

    @volgt("waar als de provincie de stand zelf meldt, zonder norm")
    def eigen_opgave(self, _: date) -> bool:
        """Whether the province reported the state itself, without a norm."""
        return self.stand is not None and self.norm is None

    @volgt("waaraan is af te lezen of het is gelukt")
    def maat(self, _: date) -> Literal["norm", "kaart", "geen maat"] | None:
        """By what one can tell whether it worked."""
        if self.norm is not None:
            return "norm"
        return "kaart" if self.kaarten else "geen maat" if self.soort == "effect" else None


# --- bedragen.csv, kruistabel.csv ---


class Bedrag(Rij):
    """An amount in euros. Subtotals and totals are there to check the sums with, and are never added up.

    A '-' in the paper is written as '-': the amount is empty, and the page says so.
    """

    sleutel = ("indeling", "opgave", "jaar", "kant", "soort", "begrotingsstand", "fase", "partij", "post")
    indeling: Annotated[str, Naar("indeling")] = INDELING
    opgave: Deelnummer = Field(default="", description="nummer; leeg bij een totaal of bij geld buiten de opgaven")
    jaar: Annotated[Geheel, Field(ge=2000, le=2100)]
    kant: lijst.Kant = Field(default="lasten", description="baten zijn negatief")
    soort: lijst.Bedragsoort
    post: str = Field(min_length=1)
    begrotingsstand: lijst.Begrotingsstand | None = Field(default=None, description="primitief, gewijzigd, realisatie")
    fase: lijst.Fase | None = Field(default=None, description="bij geld van meer partijen, in plaats van de stand")
    partij: str = Field(default="", description="van wie het geld is, bij een fase")
    gebied: str = Field(default="", description="waar het voor is, als dat niet de hele provincie is")
    bedrag: Geheel | None = Field(default=None, description="hele euro's; leeg: niet gegeven; - zoals in het stuk")
    streepje: JaNee = Field(default=False, description="het stuk geeft een -; vult zichzelf in")
    precisie: lijst.Precisie = "exact"
    inclusief: JaNee | None = Field(
        default=None, description="of dit bedrag dat van de andere partij al bevat; leeg: het stuk zegt het niet"
    )
    verschil: Geheel = Field(default=0, description="zoveel scheelt dit totaal in het stuk zelf met zijn posten")

    @model_validator(mode="before")
    @classmethod
    def _dash(cls, data: Any) -> Any:
        if isinstance(data, dict) and data.get("bedrag") == "-":
            return {k: v for k, v in data.items() if k != "bedrag"} | {"streepje": True}
        return data

    @model_validator(mode="after")
    def _check(self) -> Bedrag:
        if (self.begrotingsstand is None) == (self.fase is None):
            raise ValueError("vul begrotingsstand in, of bij geld van meer partijen fase: precies een van de twee")
        if self.fase is not None and not self.partij:
            raise ValueError("fase vraagt een partij: van wie is dit geld?")
        if self.verschil and (self.soort == "post" or not self.opmerking):
            raise ValueError("verschil hoort bij een subtotaal of totaal, met de reden in opmerking")
        if self.soort == "post" and self.fase is None and not self.opgave:
            raise ValueError("een post hangt aan een opgave: vul opgave in")
        return self


class Kruis(Rij):
    """What became of a post where the division changed."""

    sleutel = ("van_indeling", "van_opgave", "naar_indeling", "naar_opgave", "naar_post", "van_post")
    van_indeling: str
    van_opgave: str = ""
    van_post: str = ""
    naar_indeling: str
    naar_opgave: str = ""
    naar_post: str = ""
    verband: lijst.Verband

    @model_validator(mode="after")
    def _check(self) -> Kruis:
        if not (self.van_post or self.naar_post):
            raise ValueError("noem een post: van_post, naar_post of allebei")
        if (self.verband == "geen") == bool(self.van_post and self.naar_post):
            raise ValueError("verband geen hoort bij een post die maar aan een kant staat")
        return self


# --- instrumenten.yaml ---


class Evaluatie(Rij):
    """An evaluation, done or planned. Two places that contradict each other are both named in `plaats`."""

    soort: lijst.Evaluatiesoort = "evaluatie"
    jaar: int | None = Field(default=None, ge=2000, le=2100, description="leeg: het stuk noemt geen jaar")
    stand: lijst.Evaluatiestand
    uitvoerder: str = ""
    vraag: str = Field(default="", description="wat de evaluatie moet beantwoorden")
    link: str = Field(default="", pattern=r"^(https?://\S+)?$")

    @volgt("waar als het jaar voorbij is en zij niet is afgerond; zonder jaar is dat niet te zeggen")
    def voorbij(self, vandaag: date) -> bool:
        """Whether its year has passed and it was not finished."""
        return self.jaar is not None and self.jaar < vandaag.year and self.stand not in ("afgerond", "tegenstrijdig")


class Aanbeveling(Rij):
    """A recommendation, with what was decided and done."""

    tekst: str = Field(min_length=1)
    besluit: lijst.Besluit
    sinds: Moment | None = Field(default=None, description="jaar of maand van de aanbeveling")
    reden: str = Field(default="", description="verplicht als zij niet of deels is overgenomen")
    uitgevoerd: Moment | None = None

    @model_validator(mode="after")
    def _check(self) -> Aanbeveling:
        if self.besluit in ("deels", "niet") and not self.reden:
            raise ValueError(f"besluit {self.besluit} vraagt een reden")
        return self

    @volgt("waar als er na twee jaar nog geen besluit is")
    def lang_open(self, vandaag: date) -> bool:
        """Whether there is no decision two years after it was made."""
        return self.besluit == "open" and self.sinds is not None and laatste_dag(self.sinds, jaren=2) <= vandaag


class Opbrengst(Rij):
    """What an instrument directly brought, as a paper says it; never an effect, and never added up."""

    maat: str = Field(min_length=1, description="wat is geteld; bereik: ondernemers die meededen")
    waarde: float
    eenheid: str = Field(min_length=1)
    jaar: int | None = Field(default=None, ge=2000, le=2100)
    herkomst: lijst.Herkomst
    duur: lijst.Duur = "niet_genoemd"


class Instrument(Rij):
    """What the province uses: a scheme, a fund, an organisation; with what is known of how it went."""

    sleutel = ("id",)
    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    naam: str
    soort: lijst.Instrumentsoort
    opgaven: Opgavenlijst = Field(default=(), description="nummers in de eerste indeling")
    posten: Annotated[Lijst, Naar("post")] = Field(default=(), description="posten in bedragen.csv")
    loopt_tot: int | None = Field(default=None, ge=2000, le=2100)
    aannamen: str = Field(default="", description="waarom het zou werken")
    andere_oorzaken: str = Field(default="", description="wat de uitkomst ook kan bepalen")
    evaluaties: tuple[Evaluatie, ...] = ()
    aanbevelingen: tuple[Aanbeveling, ...] = ()
    opbrengsten: tuple[Opbrengst, ...] = ()


class Instrumenten(Vorm):
    """The instruments of an edition."""

    instrumenten: tuple[Instrument, ...] = Field(min_length=1)


# --- signalen.csv, accenten.csv ---


class Signaal(Rij):
    """What a circle of people sees. With a claim and a card it is laid beside the figures."""

    sleutel = ("id",)
    id: str = Field(min_length=1)
    ontvangen: Moment
    kring: lijst.Kring
    soort: lijst.Signaalsoort = "signaal"
    gebied: Annotated[str, Naar("regio")] = Field(default="", description="code van een regio; leeg: de provincie")
    opgaven: Opgavenlijst = ()
    eigen_toedeling: JaNee = EIGEN
    beeld: str = Field(min_length=1, max_length=160, description="wat wordt gezien, zonder namen")
    bewering: lijst.Bewering | None = None
    kaart: Kaartnaam = Field(default="", description="de indicator die dit meet; leeg: geen indicator meet dit")


class Accent(Rij):
    """What a coalition or programme stresses, with the tasks and cards that belong to it."""

    sleutel = ("id",)
    id: str = Field(min_length=1)
    groep: str = Field(min_length=1)
    accent: str = Field(min_length=1)
    opgaven: Opgavenlijst = Field(default=(), description="nummers, of alle")
    eigen_toedeling: JaNee = EIGEN
    kaarten: Kaarten = ()


# --- gedrukt.csv ---


class Gedrukt(Rij):
    """A figure that a paper printed once, to lay beside that of today: history, and no point of any series.

    With `kaart` the figure of today stands beside it; without it `niet_naast` says why not.
    """

    sleutel = ("id",)
    id: str = Field(min_length=1)
    indeling: Annotated[str, Naar("indeling")] = INDELING
    opgave: Deelnummer = Field(default="", description="nummer van het thema; leeg: van het geheel")
    soort: lijst.Gedruktsoort = Field(description="waar het stuk het cijfer voor gebruikt")
    maatstaf: str = Field(min_length=1, description="wat is gemeten, in de woorden van het stuk")
    gebied: Annotated[str, Naar("regio")] = Field(default="", description="code van een regio; leeg: de provincie")
    tijdvak: str = Field(default="", description="zoals in het stuk; leeg: niet genoemd")
    maat: lijst.Gedruktmaat
    eenheid: str = ""
    waarde: Getal | None = Field(default=None, description="leeg: niet gegeven")
    hoogste: Getal | None = Field(default=None, description="van een bereik: het hoogste; waarde is dan het laagste")
    precisie: lijst.Precisie = "exact"
    kaart: Kaartnaam = Field(default="", description="de indicator die nu hetzelfde meet")
    niet_naast: str = Field(default="", description="waarom er geen cijfer van nu naast komt")

    @model_validator(mode="after")
    def _check(self) -> Gedrukt:
        if bool(self.kaart) == bool(self.niet_naast):
            raise ValueError("vul kaart in, of bij niet_naast waarom er geen cijfer van nu naast komt: een van de twee")
        if self.kaart and self.maat not in ("stand", "groei"):
            raise ValueError(f"naast maat {self.maat} past geen cijfer van nu: haal kaart weg en vul niet_naast in")
        if self.waarde is None and (self.hoogste is not None or not self.opmerking):
            raise ValueError("waarde is leeg: schrijf in opmerking waarom het cijfer er niet is")
        if self.hoogste is not None and self.waarde is not None and self.hoogste <= self.waarde:
            raise ValueError("hoogste is niet hoger dan waarde")
        return self


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


def make_schemas() -> dict[str, str]:
    """The JSON Schema of each shape as text, by the name of its file in `schema/`; of a CSV that of a row."""
    made = {}
    for naam, vorm in (RIJEN | LIJSTEN).items():
        schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **vorm.model_json_schema()}
        text = json.dumps({**schema, "title": naam}, indent=1, ensure_ascii=False)
        made[f"{Path(naam).stem}.schema.json"] = text + "\n"
    return made


if __name__ == "__main__":
    SCHEMA.mkdir(exist_ok=True)
    for naam, text in make_schemas().items():
        (SCHEMA / naam).write_text(text, encoding="utf-8")
    print(f"{len(make_schemas())} schema's geschreven in {SCHEMA.name}/")
