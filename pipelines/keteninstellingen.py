"""The settings of one run of the chain, and what follows from them; a catalogue to ask is the one thing it starts."""

from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, cast

import dagster as dg
from pydantic import Field

from assets.beleid.besloten import Project, read_beslotenmap, read_kader
from assets.beleid.lezen import read_edities
from assets.beleid.projecten import make_effecten
from assets.bron.fetch import Adressen
from assets.bron.gezienlijst import read_gezien
from assets.bron.grenzen import MB, Grenzen
from assets.keten import Bronnen, Editiekeuze, Maker, Plek, Registerkeuze
from assets.motor.keuze import Motorkeuze, Motornaam
from assets.rapport.editie import EditieError, cards_of, read_editie
from assets.register.bescherming.parameters import Parameters
from begrippen.beleid import read_beleid
from begrippen.gebied import gekozen
from begrippen.regio import read_leden, read_regios, registergebieden
from pipelines import instellingen
from pipelines.instellingen import Instellingen

if TYPE_CHECKING:
    from assets.register.vooruit import Beveiligen

_FIELDS = Instellingen.model_fields


def _field(naam: str) -> Any:
    """A setting of a run that is one of the environment: explained there."""
    return Field(description=_FIELDS[naam].description)


def make_path(text: str) -> Path | None:
    """A path of a setting; None for an empty one."""
    return Path(text).resolve() if text else None


def read_besloten(folder: Path) -> list[Project]:
    """Read what is confidential of policy: its projects. Raises BeleidError, BestandError, that repeat none of it."""
    opgaven = [str(o.nummer) for o in read_beleid(gekozen()).opgaven]
    return read_beslotenmap(folder, instellingen.edities(), read_kader(gekozen()), opgaven)


@dataclass(frozen=True)
class Keten:
    """One run of the chain, whole: what it stands on together. No asset sees it; each asks for parts (`DELEN`)."""

    plek: Plek
    bronnen: Bronnen
    editie: Editiekeuze
    register: Registerkeuze
    beveiligen: "Beveiligen"
    maker: Maker


class Keteninstellingen(dg.ConfigurableResource[Keten]):
    """The settings of one run, all of them, so that its configuration shows what it ran on; an empty path is none."""

    bron: str = _field("bron")
    opslag: str = _field("opslag")
    uitvoer: str = Field(description="waar wordt gepubliceerd: de map waarin de koppeling actueel staat")
    aanlevering: str = Field(description="map met aangeleverde bestanden; leeg: geen")
    geo: str = Field(description="gemeentegrenzen (GeoJSON), bestand of map; leeg: geen")
    beleid: str = Field(description="map met vertrouwelijke projecten en voorstellen; leeg: geen")
    editie: int = Field(description="jaar van de editie")
    peildatum: str = Field(default="", description="bouw van de antwoorden van deze dag en haal niets op; leeg: van nu")
    opnieuw: bool = Field(default=False, description="ook ophalen wat niet gewijzigd is")
    hergebruik: bool = _field("hergebruik")
    met_register: bool = Field(description="neem het werkgelegenheidsregister mee")
    cbs_v3: str = _field("cbs_v3")
    cbs_v4: str = _field("cbs_v4")
    cbs_derden: str = _field("cbs_derden")
    bron_minuten: int = _field("bron_minuten")
    bron_mb: int = _field("bron_mb")
    tabel_minuten: int = _field("tabel_minuten")
    tabel_mb: int = _field("tabel_mb")
    register_minimum: int = _field("register_minimum")
    register_p: float = _field("register_p")
    register_jaarmarge: float = _field("register_jaarmarge")
    motor: str = _field("motor")
    spark: str = _field("spark")

    @classmethod
    def van(cls, instelling: Instellingen, **keuzes: Any) -> Self:
        """The run that the environment asks for, a schedule's; `keuzes` are other values of fields.

        What is read beside the source is what `find_mappen` says. Raises InstellingError for a source that can not be
        used.
        """
        values = {naam: getattr(instelling, naam) for naam in cls.model_fields if naam in _FIELDS}
        values |= {"met_register": None} | keuzes
        keuze = instellingen.parse_bron(values["bron"] or "cbs")
        values["bron"] = f"opname:{keuze.folder.resolve()}" if keuze.folder else keuze.soort
        values["uitvoer"] = keuzes.get("uitvoer") or instelling.uitvoer / keuze.soort
        if values["met_register"] is None:
            values["met_register"] = instelling.register_
        if values["met_register"] is None:
            # the generated register belongs to the sample of a tenant that has one, and to nothing else
            values["met_register"] = keuze.soort == "voorbeeld" and gekozen().register.is_dir()
        if values.get("peildatum"):
            # a folder of its own below the usual one: what is published stays what it is
            values["uitvoer"] = Path(values["uitvoer"]) / "peildatum" / values["peildatum"]
        values |= instellingen.find_mappen(instelling, values["bron"], keuzes)
        for naam in ("opslag", "uitvoer", *instellingen.MAPPEN):
            values[naam] = str(Path(values[naam]).resolve()) if values[naam] else ""
        return cls(**values)

    @classmethod
    def op_de_pagina(cls, instelling: Instellingen, **keuzes: Any) -> Self:
        """The run that is started by hand on Dagster's page: of the sample, unless the environment names a source.

        `keuzes` are other values of fields.

        So the first click of somebody who looks around does not go out to CBS. Raises as `van`.
        """
        return cls.van(instelling, **{"bron": instelling.bron or "voorbeeld"} | keuzes)

    def adressen(self) -> Adressen:
        """Where the catalogues of CBS answer."""
        given = {"v3": self.cbs_v3, "v4": self.cbs_v4, "derden": self.cbs_derden}
        return Adressen(**{naam: text.rstrip("/") for naam, text in given.items() if text})

    def grenzen(self) -> Grenzen:
        """How long a source may take and how much it may give."""
        gewoon = Grenzen()
        return replace(
            gewoon,
            tabel=replace(gewoon.tabel, seconden=60 * self.tabel_minuten, bytes=self.tabel_mb * MB),
            run=replace(gewoon.run, seconden=60 * self.bron_minuten, bytes=self.bron_mb * MB),
        )

    def plek(self) -> Plek:
        """Where this kind of source is kept and published. Raises InstellingError."""
        dag = date.fromisoformat(self.peildatum) if self.peildatum else None
        return Plek(instellingen.parse_bron(self.bron).soort, Path(self.opslag), Path(self.uitvoer), dag)

    def registerkeuze(self) -> Registerkeuze:
        """Whether the register goes along, and by which rules. Raises InstellingError for rules that can not be."""
        try:
            regels = Parameters(self.register_minimum, self.register_p, self.register_jaarmarge)
        except ValueError as error:
            raise instellingen.InstellingError(str(error)) from None
        motor = Motorkeuze(cast("Motornaam", self.motor), self.spark)
        return Registerkeuze(self.met_register, regels, registergebieden(date(self.editie, 1, 1)), motor)

    def editiekeuze(self) -> Editiekeuze:
        """The edition as its folder describes it. Raises EditieError for one that is not for this kind of source."""
        soort = self.plek().soort
        editiemap = read_editie(instellingen.edities(), self.editie)
        if soort not in editiemap.editie.soorten:
            soorten = ", ".join(editiemap.editie.soorten)
            raise EditieError(f"editie {self.editie} is alleen voor {soorten}, niet voor {soort}")
        return Editiekeuze(
            self.editie,
            edities=instellingen.edities(),
            kaarten=cards_of(editiemap) if editiemap.map is not None else {},
            beleid=read_edities(instellingen.edities(), self.editie),
            cyclus=editiemap.editie.dagen,
            effecten=tuple(make_effecten(read_besloten(Path(self.beleid)))) if self.beleid else (),
            # the sample and a replay are fetched anew each time, of answers that lie fast: only live ones have a day
            peildatum=editiemap.editie.bronnen.peildatum if soort == "cbs" else None,
            lock=instellingen.LOCK,
            geo=make_path(self.geo),
        )

    def open_catalogi(self, stack: ExitStack) -> Adressen:
        """Where the catalogues of this kind of source answer; what was started for that stops with `stack`."""
        keuze = instellingen.parse_bron(self.bron)
        if keuze.soort == "voorbeeld":
            from assets.bron.voorbeeld.server import sample_server

            return stack.enter_context(sample_server(read_gezien(), read_regios(), read_leden()))
        if keuze.folder is not None:
            from assets.bron.voorbeeld.server import replay_server

            return stack.enter_context(replay_server(keuze.folder))
        return self.adressen()
