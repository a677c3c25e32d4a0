"""Which indicators and areas of a report a browser chooses: taken from that report, so any province will do."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from begrippen.lijsten import LEEG_ORDE

# What `make_indicatorscript` writes for a figure that the page divides by itself.
DEELT = True
Stap = tuple[str, ...]


def read_script(path: Path) -> Any:
    """What a script of the page to explore hands over: the last thing that it calls with."""
    text = path.read_text(encoding="utf-8").strip().removesuffix(";").removesuffix(")")
    return json.loads(re.sub(r'^Verken\.\w+\((?:"[^"]*",)?', "", text))


@dataclass(frozen=True)
class Keuze:
    """What stands in the scripts of a report in `folder`."""

    folder: Path

    @cached_property
    def lijst(self) -> dict[str, Any]:
        return read_script(self.folder / "verken" / "lijst.js")

    @cached_property
    def indicatoren(self) -> dict[str, str]:
        """Id -> how it is added up."""
        return {i[0]: i[9] for i in self.lijst["indicatoren"]}

    @cached_property
    def totalen(self) -> frozenset[str]:
        """What is no size beside another area: it has no map."""
        return frozenset(i[0] for i in self.lijst["indicatoren"] if i[6] == "geen")

    @cached_property
    def provincie(self) -> tuple[str, str]:
        """Code and name."""
        code = self.lijst["provincie"]
        return code, next(r[1] for r in self.lijst["regios"] if r[0] == code)

    def eigen(self, soort: str) -> list[str]:
        """The areas of the province of this kind."""
        return [r[0] for r in self.lijst["regios"] if r[2] == soort and r[0] in self.lijst["eigen"]]

    def cijfers(self, indicator: str) -> dict[str, list[str]]:
        """The periods in which each area has a figure; an area without any is there with none."""
        data = read_script(self.folder / "verken" / "data" / f"{indicator}.js")
        found = {r[0]: [] for r in self.lijst["regios"]} | {
            code: [p for p, w in zip(data["p"], regio["w"], strict=True) if is_cijfer(w)]
            for code, regio in data["r"].items()
        }
        return found

    @cached_property
    def rollen(self) -> tuple[str, str, str]:
        """A line of every layer; what is added up; and what a municipality has no figure of, where there is such."""
        gemeenten = self.eigen("gemeente")
        per = {i: self.cijfers(i) for i in self.indicatoren}
        nodig = [self.provincie[0], self.lijst["nederland"], *gemeenten[:3], *self.eigen("corop")[:1]]
        lijnen = [i for i, c in per.items() if all(len(c[code]) > 1 for code in nodig)]
        sommen = [i for i in lijnen if self.indicatoren[i] == "som"]
        gaten = [i for i, c in per.items() if c[self.provincie[0]] and not c[gemeenten[2]]]
        assert lijnen and sommen, f"{self.folder}: geen indicator voor alle lagen, of geen die wordt opgeteld"
        som = sommen[0]
        # of a total the page draws no map, and says so
        lijn = next((i for i in lijnen if i != som and i not in self.totalen), som)
        assert lijn != som, f"{self.folder}: er is geen indicator met cijfers in alle lagen die op een kaart kan"
        # not added up before added up: the refusal is on the screen too
        gaten.sort(key=lambda i: self.indicatoren[i] != "niet")
        return lijn, som, gaten[0] if gaten else lijn

    @property
    def heeft_gat(self) -> bool:
        """Is there an indicator without a figure for a municipality that is chosen?"""
        return self.rollen[2] != self.rollen[0]

    @property
    def jaar(self) -> str:
        """A period before the last of what is added up."""
        return self.cijfers(self.rollen[1])[self.eigen("gemeente")[2]][-2]

    def standen(self) -> tuple[str, ...]:
        """States in an address: each picture, own region, refused sum, comparisons, set in another page, nonsense."""
        (lijn, som, gat), (een, ander, derde, *_) = self.rollen, self.eigen("gemeente")
        streek, leden = (self.eigen("corop") or [derde])[0], f"e={een}+{ander}"
        return (
            f"#i={lijn}&g={een},{ander},{streek}&v=nl,pv,soort,buren&t=lijn",
            f"#i={som}&g={een},eigen&v=nl&t=stippen&{leden}&n=Mijn+gebied",
            f"#i={lijn}&g={een}&v=nl&t=kaart&p={self.cijfers(lijn)[een][-2]}",
            f"#i={gat}&g={self.provincie[0]},eigen&v=nl&t=lijn&{leden}&n=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E",
            f"#i={lijn}&g={self.provincie[0]}&v=nl&t=lijn&kaal=1",
            "#i=bestaat-niet&g=NERGENS&v=x&t=y&p=z",
        )

    def gemaakt(self) -> tuple[tuple[Stap, ...], ...]:
        """States made by hand, as a reader does; one has an area without a figure, where the report has such."""
        (lijn, som, gat), (een, ander, derde, *_) = self.rollen, self.eigen("gemeente")
        streek = (self.eigen("corop") or [derde])[0]
        return (
            (("kies", "verken-indicator", lijn), ("erbij", een), ("erbij", streek), ("vink", "verken-v-pv")),
            (
                *(("kies", "verken-indicator", som), ("eigen", 'Hier; "samen"', een, ander)),
                *(("vink", "verken-t-stippen"), ("erbij", derde), ("kies", "verken-periode", self.jaar)),
            ),
            (("kies", "verken-indicator", lijn), ("vink", "verken-t-kaart"), ("vink", "verken-v-buren")),
            (
                *(("kies", "verken-indicator", gat), ("eigen", "Mijn & uw <gebied>", een, ander)),
                *(("vink", "verken-v-soort"), ("erbij", derde)),
            ),
            (
                *(("kies", "verken-indicator", lijn), ("erbij", een), ("weg", self.provincie[1])),
                ("vink", "verken-v-nl"),
            ),
        )

    def haperend(self) -> dict[str, str]:
        """Two indicators of which figures do not come, or come late; `naam`: what the page calls the second."""
        lijn, som, _ = self.rollen
        naam = next(i[1] for i in self.lijst["indicatoren"] if i[0] == lijn)
        return {"een": som, "ander": lijn, "naam": naam}


def is_cijfer(waarde: Any) -> bool:
    """Is a place in a script a figure: a number, or what the page divides by itself; text is a reason."""
    if isinstance(waarde, str):
        assert int(waarde) < len(LEEG_ORDE)
        return False
    return waarde is DEELT or waarde is not None
