"""The cycle of two years as what is there says: nine steps, what each still misses, and which day comes next."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.dataclasses import dataclass

from assets.beleid.lezen import Beleidsmap
from assets.beleid.vormen import Evaluatie, Resultaat, Signaal
from assets.tabel import Als

Staat = Literal["klaar", "nog te doen", "kan nog niet"]
# how many years there are between two Standen
JAREN = 2
# what comes first, and what not before it, whatever of what lies between is still open
_VOLGORDE = (
    *(("stand", "gs"), ("gs", "ps"), ("stand", "ps"), ("stand", "stakeholders")),
    *(("gs", "programma"), ("stakeholders", "programma")),
)


class Cyclus(BaseModel):
    """The days of a cycle, `[cyclus]` in `editie.toml`; each may still be open."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    stand: date | None = None
    gs: date | None = None
    ps: date | None = None
    stakeholders: date | None = None
    programma: date | None = None

    @model_validator(mode="after")
    def _check(self) -> Cyclus:
        for first, then in _VOLGORDE:
            a, b = getattr(self, first), getattr(self, then)
            if a and b and b < a:
                raise ValueError(f"{then} ({b:%d-%m-%Y}) ligt voor {first} ({a:%d-%m-%Y}); dat kan niet")
        return self


@dataclass(frozen=True)
class Stap:
    """De stappen van de tweejaarlijkse cyclus, zoals zij stonden toen deze bouw werd gemaakt. Of een stap klaar is
    volgt uit wat er is: niemand vult het in.
    """

    stap: int = Field(description="nummer van de stap")
    naam: str = Field(description="wat er gebeurt")
    staat: Staat = Field(description="hoe het ervoor staat")
    dag: date | None = Field(description="dag uit editie.toml; leeg is niet bekend")
    komt_nog: bool = Field(description="waar als die dag na de bouw ligt")
    mist: Annotated[tuple[str, ...], Als(type="VARCHAR")] = Field(description="welke stappen eerst klaar moeten zijn")
    jaren: int = Field(default=JAREN, description="hoeveel jaar er tussen twee edities zit")


# name, the day of the cycle that it is planned for, the steps that come first
_STAPPEN: tuple[tuple[str, str, tuple[int, ...]], ...] = (
    ("publicatie van de Stand", "stand", ()),
    ("bespreking in Gedeputeerde Staten", "gs", (1,)),
    ("gedeeld met Provinciale Staten", "ps", (2,)),
    ("signalen verzameld", "", ()),
    ("bijeenkomst met partners", "stakeholders", (1, 4)),
    ("resultaten en geld verantwoord", "", ()),
    ("instrumenten geëvalueerd", "", ()),
    ("uitvoeringsprogramma vastgesteld", "programma", (3, 5, 6, 7)),
    ("nieuwe voorstellen langs het afwegingskader", "", (8,)),
)


def make_stappen(cyclus: Cyclus, beleid: Beleidsmap | None, verzegeld: bool, vandaag: date) -> list[Stap]:
    """The nine steps, derived from what is there: nothing is filled in to say that a step is done.

    Only what is of this cycle makes a step done: an edition begins with all that the one before it had.
    """
    vanaf = str(beleid.editie - JAREN + 1) if beleid else ""
    signalen = [s.ontvangen >= vanaf for _, s in beleid.of(Signaal)] if beleid else []
    own = [r for _, r in beleid.of(Resultaat) if not r.onder and r.indeling == beleid.indeling.id] if beleid else []
    stil = sum((r.stand is None and r.realisatie is None) or (r.bijgewerkt or vanaf) < vanaf for r in own)
    evaluaties = [e for _, e in beleid.of(Evaluatie)] if beleid else []
    late, nieuw = sum(e.voorbij(vandaag) for e in evaluaties), any(str(e.jaar or "") >= vanaf for e in evaluaties)
    # what a step waits for by itself, where it is not its day
    klaar = {1: verzegeld, 4: any(signalen), 6: bool(own) and not stil, 7: nieuw and not late, 9: False}
    oud = "" if nieuw or not evaluaties else f"geen evaluatie is van {vanaf} of later"
    open_ = {
        4: f"elk signaal is van voor {vanaf}" if signalen and not klaar[4] else "",
        6: f"{stil} van de {len(own)} resultaten zijn niet verantwoord" if stil else "",
        7: f"van {late} {'evaluatie' if late == 1 else 'evaluaties'} is het jaar voorbij" if late else oud,
    }
    found: list[Stap] = []
    for n, (naam, veld, eerst) in enumerate(_STAPPEN, start=1):
        dag: date | None = getattr(cyclus, veld, None)
        first = [f"stap {e}: {_STAPPEN[e - 1][0]}" for e in eerst if found[e - 1].staat != "klaar"]
        done = klaar.get(n, dag is not None and dag <= vandaag) and not first
        staat: Staat = "klaar" if done else "kan nog niet" if first else "nog te doen"
        komt_nog = dag is not None and dag > vandaag
        found.append(Stap(n, naam, staat, dag, komt_nog, (*first, *filter(None, [open_.get(n)]))))
    return found
