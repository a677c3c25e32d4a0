"""What the rest hangs on, `opgaven.yaml`: papers, divisions with their parts, and what is wanted within them."""

from __future__ import annotations

from pydantic import Field

from assets.beleid.velden import Deelnummer, Kaarten, Rij, Vorm


class Stuk(Vorm):
    """A paper that rows come from."""

    id: str = Field(min_length=1, description="zoals een rij het bij bron noemt")
    titel: str = Field(min_length=1, description="zoals het rapport het noemt")


class Deel(Vorm):
    """A part of a division: a task, theme or product."""

    nummer: str
    naam: str
    kaarten: Kaarten = Field(default=(), description="indicatoren waaraan de omgeving van dit deel is af te lezen")


class Indeling(Vorm):
    """How results and money are divided. Two divisions are never compared but through `kruistabel.csv`."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    naam: str
    woord: str = Field(default="opgave", description="hoe een deel heet: opgave, thema, product")
    delen: tuple[Deel, ...] = Field(default=(), description="leeg: de opgaven in beleid.yaml van het gebied")


class Inzetlijn(Rij):
    """What a province sets out to do within a task."""

    sleutel = ("id",)
    id: str
    opgave: Deelnummer = Field(description="nummer in de eerste indeling")
    naam: str
    rol: str = Field(default="", description="de rol van de provincie")


class Wens(Rij):
    """A part of the situation that the province wants."""

    sleutel = ("id",)
    id: str
    naam: str


class Opgaven(Vorm):
    """The divisions of an edition, the first one its own, and what the province wants within them."""

    stukken: tuple[Stuk, ...] = Field(min_length=1)
    indelingen: tuple[Indeling, ...] = Field(min_length=1)
    inzetlijnen: tuple[Inzetlijn, ...] = ()
    gewenste_situatie: tuple[Wens, ...] = ()
