"""What was seen at the source: the shape of its tables, with where it was seen, when, and how sure that is.

`gezien/*.yaml` are facts, carried over from pages and metadata; `tabellen/*.yaml` are what we ask. Neither is made from
the other: the sample serves what was seen, and `bron toets` holds what we ask against it, so that one mistake can not
stand in both. What had to be filled in for a table to be served at all is named in `niet_gezien`.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from begrippen.fout import BestandError
from begrippen.lijsten import Bewijs, Bronperiodesoort
from begrippen.yamlbestand import read_yaml

GEZIEN = Path(__file__).parent / "gezien"

Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9_]+$")]
Api = Literal["v3", "v4"]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Vindplek(_Model):
    """Where something was seen. `niet`: nowhere; what the entry says is what the list of sources hoped for."""

    hoe: Bewijs
    waar: str
    # when it was looked at, or what the copy says of itself ('2026', 'na maart 2024'); empty where nothing was seen
    datum: str = ""
    zekerheid: Literal["zeker", "waarschijnlijk", "niet"]

    @model_validator(mode="after")
    def _check(self) -> Vindplek:
        if (self.hoe == "niet") != (self.zekerheid == "niet"):
            raise ValueError("wat nergens is gezien heeft zekerheid niet, en alleen dat")
        if self.hoe != "niet" and not self.datum:
            raise ValueError("wat is gezien heeft een datum")
        return self


class GezieneDimensie(_Model):
    """A dimension as the source has it."""

    soort: Literal["regio", "periode", "marges", "uitsplitsing"]
    # the title that CBS gives it; empty: not seen
    titel: str = ""
    # code -> title; of an uitsplitsing those that were seen, not all that there are
    codes: dict[str, str] = Field(default_factory=dict)
    # the kinds of region, as prefixes (PV*) or codes; also of an uitsplitsing that holds regions (a second region)
    regios: tuple[str, ...] = ()
    # the kinds of period, the first and last year, or the years themselves
    soorten: tuple[Bronperiodesoort, ...] = ()
    van: int | None = None
    tot: int | None = None
    jaren: tuple[int, ...] = ()
    # of each year only these months; and the last month or quarter of a year that is not complete
    maanden: tuple[int, ...] = ()
    deel_tot: str | None = None
    # codes: the codes themselves, their titles were; titels: some of the titles too, see the remark
    niet_gezien: tuple[Literal["naam", "codes", "titels", "regios", "periodes"], ...] = ()

    @model_validator(mode="after")
    def _check(self) -> GezieneDimensie:
        periods = (self.soorten, self.van, self.tot, self.jaren, self.maanden, self.deel_tot)
        if self.soort == "periode":
            if not self.soorten or not (self.jaren or (self.van and (self.tot or self.deel_tot))):
                raise ValueError("een dimensie van soort periode noemt soorten en jaren: van en tot, of jaren")
        elif any(periods):
            raise ValueError("soorten en jaren horen bij een dimensie van soort periode")
        elif not (self.codes or self.regios):
            raise ValueError("een dimensie noemt de codes of de regio's die zij heeft")
        return self


class GezienOnderwerp(_Model):
    """A topic as the source has it. Its key in the list is the concept that the sample makes its figures from."""

    titel: str
    pad: tuple[str, ...] = ()
    eenheid: str
    decimalen: int = Field(ge=0)
    # v3: the key with the number of its place; v4: the identifier; empty: not seen
    sleutel: str = ""
    v4_code: str = ""
    # 70072ned: the words under which the period description speaks of its status
    statusgroep: str = ""
    # where it was seen, if not where its table was
    gezien: tuple[Vindplek, ...] = ()
    niet_gezien: tuple[Literal["titel", "pad", "eenheid", "decimalen"], ...] = ()


class GezieneTabel(_Model):
    """A table as the source has it. Without dimensions and topics only its line in the catalogue was seen."""

    id: Id
    titel: str
    catalogus: Literal["cbs", "derden"] = "cbs"
    api: tuple[Api, ...] = ("v3", "v4")
    status: Literal["Regulier", "Gediscontinueerd", "Vervallen", "TijdelijkNietBeschikbaar"] = "Regulier"
    opvolger: str = ""
    gezien: tuple[Vindplek, ...] = Field(min_length=1)
    # of a table without that dimension: the region, and the year that it is about
    regio: str | None = None
    jaar: int | None = None
    # the status of a cell stands in the prose of the period description
    status_uit_proza: bool = False
    dimensies: dict[str, GezieneDimensie] = Field(default_factory=dict)
    onderwerpen: dict[str, GezienOnderwerp] = Field(default_factory=dict)
    opmerking: str = ""

    @property
    def gestopt(self) -> bool:
        """Whether the source says that nothing more comes."""
        return self.status in ("Gediscontinueerd", "Vervallen")

    @property
    def alleen_catalogus(self) -> bool:
        """Whether nothing of the table itself was seen, so that it can not be served."""
        return not self.onderwerpen

    def places(self, onderwerp: str) -> tuple[Vindplek, ...]:
        """Where the title and the unit of a topic were seen; none for a topic that is not there, or filled in only.

        The catalogue shows titles of tables, so it is no place of a topic.
        """
        topic = self.onderwerpen.get(onderwerp)
        if topic is None or {"titel", "eenheid"} & set(topic.niet_gezien):
            return ()
        return tuple(v for v in topic.gezien or self.gezien if v.hoe not in ("catalogus", "niet"))

    @model_validator(mode="after")
    def _check(self) -> GezieneTabel:
        if self.alleen_catalogus:
            return self
        count = Counter(d.soort for d in self.dimensies.values())
        if (count["regio"] == 1) == (self.regio is not None) or count["regio"] > 1:
            raise ValueError("geef een dimensie van soort regio, of anders regio")
        if (count["periode"] == 1) == (self.jaar is not None) or count["periode"] > 1:
            raise ValueError("geef een dimensie van soort periode, of anders jaar")
        places = [int(k) for o in self.onderwerpen.values() if (k := o.sleutel.rpartition("_")[2]).isdigit()]
        if len(set(places)) < len(places):
            raise ValueError("twee onderwerpen hebben hetzelfde nummer in hun sleutel")
        return self


@cache
def read_gezien(folder: Path = GEZIEN) -> dict[str, GezieneTabel]:
    """Read what was seen: id -> GezieneTabel, in the order of the files. Raises BestandError for a wrong entry."""
    found: dict[str, GezieneTabel] = {}
    for path in sorted(folder.glob("*.yaml")):
        for tabel in read_yaml(path, tuple[GezieneTabel, ...]):
            if tabel.id in found:
                raise BestandError(f"noemt {tabel.id} twee keer; laat er een staan", waar=str(path))
            found[tabel.id] = tabel
    return found
