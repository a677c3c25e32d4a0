"""The sources of a card: which cells of which table make its values, and in which prices an amount stands.

A value is `factor * sum(teller) / sum(noemer)`; without a noemer it is `factor * sum(teller)`. A term is a cell of a
source table: a topic (by the name that the list of sources gives it) at a combination of codes.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, model_validator

from begrippen import schema
from begrippen.lijsten import Prijsbasis, Regiosoort


class Deel(BaseModel):
    """A part of a card: nothing in it that has no name here, and it does not change."""

    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_extra=schema.drop_docstring)


class Term(Deel):
    """A cell of a source table, or several that are added up (a list of codes adds up)."""

    onderwerp: str = Field(description="naam van het onderwerp in de bronlijst")
    uitsplitsing: dict[str, str | tuple[str, ...]] = Field(
        default_factory=dict,
        description="dimensie: code, of een lijst codes die wordt opgeteld; '{regio}' staat voor de regio zelf; "
        "een dimensie waarvan de bronlijst maar een code vraagt hoeft er niet in",
    )
    regio: str | None = Field(default=None, description="vaste regio (NL01), in plaats van de regio van de waarde")
    tabel: str | None = Field(default=None, description="andere tabel dan die van de bron")
    periode_verschuiving: int = Field(default=0, description="jaren erbij: -1 is de cel van een jaar eerder")
    gewicht: float = Field(default=1.0, description="waarmee de cel meetelt in de som; -1 trekt af")
    nulpunt: float = Field(
        default=0.0, description="gaat van de cel af voor zij meetelt: met gewicht -1 en nulpunt 100 is het 100 - cel"
    )


class Bron(Deel):
    """Where the values come from. Of several sources the first that has a value in a period gives that period.

    A source may be for some kinds of region only: the regions of one kind still have one source in a period.
    """

    tabel: str = Field(description="id van een tabel of aanlevering in de bronlijst")
    teller: tuple[Term, ...] = Field(min_length=1, description="cellen die worden opgeteld")
    noemer: tuple[Term, ...] = Field(default=(), description="cellen waardoor wordt gedeeld; leeg: niet delen")
    factor: float = Field(default=1.0, description="waarmee de uitkomst wordt vermenigvuldigd, 100 voor een percentage")
    prijzen: Prijsbasis | None = Field(
        default=None,
        description="van een bedrag, bij elke bron: lopend (met de prijzen van het jaar zelf; de trend wordt getoetst "
        "na deflatie), constant (de inflatie is er al af) of onbekend (dan is er alleen een bedrag per jaar: geen "
        "verandering, geen trend)",
    )
    prijspeil: int | None = Field(
        default=None, description="bij constante prijzen: het jaar in welks prijzen de bron het bedrag geeft"
    )
    prijzen_reden: str = Field(
        default="", description="bij prijzen onbekend: waarom niet zeker is of de inflatie eraf is, voor de lezer"
    )
    vanaf: int | None = Field(default=None, description="eerste jaar waarvoor deze bron geldt")
    tot_en_met: int | None = Field(default=None, description="laatste jaar waarvoor deze bron geldt")
    regiosoorten: tuple[Regiosoort, ...] = Field(
        default=(), description="de bron geldt alleen voor deze soorten regio; leeg: voor alle"
    )

    @model_validator(mode="after")
    def _check(self) -> Bron:
        if self.vanaf is not None and self.tot_en_met is not None and self.vanaf > self.tot_en_met:
            raise ValueError(f"vanaf ({self.vanaf}) ligt na tot_en_met ({self.tot_en_met})")
        if bool(self.prijzen_reden) != (self.prijzen == "onbekend"):
            raise ValueError("prijzen_reden hoort bij prijzen: onbekend, en alleen daarbij")
        if self.prijspeil is not None and self.prijzen != "constant":
            raise ValueError("prijspeil hoort bij prijzen: constant, en alleen daarbij")
        return self
