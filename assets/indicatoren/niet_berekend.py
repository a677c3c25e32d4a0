"""What was asked of the monitor and is not computed: a list of the tenant, and the page of `docs/` that is made of it.

`python -m assets.indicatoren.niet_berekend` writes the page anew; a test compares the two.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from begrippen.gebied import Gebied, gekozen
from begrippen.yamlbestand import read_yaml

BESTAND = "niet_berekend.yaml"
BLADZIJDE = Path(__file__).parents[2] / "docs" / "niet-berekend.md"

# The closed list of why not. tabel, oordeel, kaarten: it is there, in another form. levering: a column of a delivery.
# metadata: codes or titles were never seen. regio_onbekend: not in our list of regions. geheim: few enterprises.
Waarom = Literal[
    "tabel",
    "oordeel",
    "kaarten",
    "levering",
    "metadata",
    "geen_bron",
    "intern",
    "geheim",
    "geen_getal",
    "ander_begrip",
    "regio_onbekend",
]

KOP = f"""\
# Wat de monitor niet berekent, en waarom

Elke indicator uit de catalogus is een kaart, of staat hier met de reden. Een kaart zonder waarde staat niet hier: het
rapport en `monitor.niet_beschikbaar` noemen die met de reden van die dag.

Deze bladzijde wordt gemaakt uit `gebied/<naam>/{BESTAND}`: verander daar wat niet klopt, haal er weg waar een kaart
van is (`docs/kaart-toevoegen.md`), en maak haar opnieuw met `python -m assets.indicatoren.niet_berekend`.
"""


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Niet(_Model):
    """Names that share a reason. `uitleg`: what is missing; `nodig`: the next step, empty where there is none."""

    namen: tuple[str, ...] = Field(min_length=1)
    reden: Waarom
    uitleg: str = Field(min_length=1)
    nodig: str = ""

    @property
    def stap(self) -> str:
        """The next step in words; of a column that we cannot name there is nothing to say."""
        return self.nodig or ("" if self.reden == "levering" else "niets")


class Groep(_Model):
    """A subject: what of it is not computed, and what else there is to say. `deel`: the part of the catalogue."""

    onderwerp: str
    deel: str = ""
    niet: tuple[Niet, ...] = ()
    tekst: str = ""


def read_niet_berekend(gebied: Gebied | None = None) -> tuple[Groep, ...]:
    """Read the list of a tenant, by default of this process; empty where it has none. Raises BestandError."""
    path = (gebied or gekozen()).map / BESTAND
    if not path.is_file():
        return ()
    return read_yaml(path, tuple[Groep, ...])


def make_bladzijde(groepen: tuple[Groep, ...]) -> str:
    """The page for people, in Markdown."""
    parts = [KOP]
    for g in groepen:
        part = [f"## {g.onderwerp}" + (f" ({g.deel})" if g.deel else "")]
        if g.niet:
            part += ["| indicator | reden | wat ervoor nodig is |", "|---|---|---|"]
            part += [f"| {', '.join(f'`{n}`' for n in i.namen)} | {i.uitleg} | {i.stap} |" for i in g.niet]
        if g.tekst:
            part += ["", g.tekst.rstrip()] if g.niet else [g.tekst.rstrip()]
        parts.append("\n".join(part) + "\n")
    return "\n".join(parts)


if __name__ == "__main__":
    BLADZIJDE.write_text(make_bladzijde(read_niet_berekend()), encoding="utf-8")
