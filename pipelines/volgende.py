"""When the next edition is to be opened: once the cycle of the last one is done with, by its `editie.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assets.beleid.cyclus import JAREN
from assets.rapport.editie import list_jaren, read_editie
from pipelines.meldingen.oorzaak import Melding


@dataclass(frozen=True)
class Volgende:
    """The edition after the last one that is described, the day from which it can open, and whether that is past."""

    jaar: int
    vorige: int
    dag: date
    aan_de_beurt: bool

    @property
    def gezegd(self) -> str:
        """How it stands, in words."""
        when = f"{self.dag:%d-%m-%Y}"
        if not self.aan_de_beurt:
            return f"editie {self.jaar} is nog niet aan de beurt: zij kan open vanaf {when}, na editie {self.vorige}"
        return f"editie {self.jaar} kan open sinds {when}: monitor editie open {self.jaar}"

    def as_melding(self) -> Melding:
        """What the data team hears."""
        tekst = (
            f"De cyclus van editie {self.vorige} is rond sinds {self.dag:%d-%m-%Y}. Open editie {self.jaar}, zodat "
            "redactie en beleidsteam eraan kunnen beginnen. Wat is gepubliceerd, verandert daar niet door "
            "(docs/editie-openen.md)."
        )
        return Melding(f"editie:{self.jaar}", f"Editie {self.jaar} kan open", tekst, f"monitor editie open {self.jaar}")


def find_volgende(edities: Path, vandaag: date) -> Volgende | None:
    """The next edition of a tenant; None before its first. Raises BestandError for an edition that can not be read.

    Its day: when the programme of the last one was set; where that is open, when PS had it, or else the last day of its
    year.
    """
    if not (jaren := list_jaren(edities)):
        return None
    vorige = jaren[-1]
    cyclus = read_editie(edities, vorige).editie.dagen
    dag = cyclus.programma or cyclus.ps or date(vorige, 12, 31)
    return Volgende(vorige + JAREN, vorige, dag, dag <= vandaag)
