"""Why something is not there, is old or was refused: a record of fields, never a sentence to take apart.

A room that meets trouble names its code and what goes with it; a room further on looks at those fields. The Dutch
sentence is made where it is shown, by `begrippen.redenzinnen`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Gegeven = str | int | float | Sequence[str]

# The next step for a code -> the command that does it; `{tabel}` is the table that the reason is about.
OPDRACHTEN: dict[str, str] = {
    "toets": "monitor bron toets {tabel}",
    "gemeenten": "monitor bron gemeenten",
    "neem_op": "monitor bron opnemen --bron cbs --naar MAP {tabel}",
    "haal_op": "monitor run",
    "lever_aan": "monitor run --aanlevering MAP",
    "neem_mee": "monitor run --register",
    "lees_in": "monitor register lees",
    "zet_terug": "monitor bron intrekken {tabel} --terug",
    "trek_in": "monitor bron intrekken {tabel} --reden 'WAAROM'",
    "stel_voor": "monitor aanlevering voorstel {tabel}",
}

# The closed list: code -> (the names of its `gegevens`, the next step). `vrij` is a reason kept as text alone, from
# before reasons had codes or from another program; it is shown as it is and never looked into.
REDENEN: dict[str, tuple[tuple[str, ...], str]] = {
    "vrij": ((), ""),
    # the source was asked and did not give it
    "afwezig": ((), "toets"),
    # a recording does not hold it, which says nothing of the source
    "niet_opgenomen": ((), "neem_op"),
    "adres_onbekend": (("http",), "toets"),
    "vraag_geweigerd": (("http",), "neem_op"),
    "antwoord_met_code": (("http",), ""),
    "half_antwoord": ((), ""),
    "verbinding": (("soort", "melding"), ""),
    "beschadigd": (("melding",), ""),
    "geen_pagina": ((), ""),
    "geen_json": ((), ""),
    "kring": ((), "neem_op"),
    "opgegeven": (("pogingen",), "haal_op"),
    # `van`: aanvraag, tabel or run
    "duurt_te_lang": (("van", "seconden"), "haal_op"),
    "te_groot": (("van", "mb"), "haal_op"),
    "te_veel_antwoorden": (("van", "aantal"), "haal_op"),
    "omleiding": (("doel",), "neem_op"),
    "andere_pagina": (("doel",), "neem_op"),
    "foutobject": (("melding",), ""),
    "antwoord_past_niet": (("deel", "plaats", "melding"), "neem_op"),
    "onverwacht": (("soort", "melding"), "neem_op"),
    "archief_stuk": (("momentopname", "bestand"), "haal_op"),
    "niet_bewaard": (("naam",), ""),
    # what came is not what the source list expects
    "titel_ontbreekt": (("titel",), "toets"),
    "ander_pad": (("titel", "pad"), "toets"),
    "andere_eenheid": (("titel", "eenheden", "verwacht"), "toets"),
    "meer_keer": (("titel", "eenheid", "aantal"), "toets"),
    "andere_maatcode": (("titel", "gevonden", "maatcode"), "toets"),
    "anders_gevonden": (("naam", "hoe", "gevonden"), "toets"),
    "geen_onderwerp": ((), "toets"),
    "andere_dimensies": (("gevonden", "verwacht"), "toets"),
    "code_ontbreekt": (("code", "titel"), "toets"),
    "code_andere_titel": (("dimensie", "code", "titel", "verwacht"), "toets"),
    "regio_ontbreekt": (("regio",), "toets"),
    "geen_code": (("dimensie",), "toets"),
    "periode_onbekend": (("periodes",), "toets"),
    "leeg": ((), "toets"),
    "telling": (("verwacht", "gekregen"), "toets"),
    "regio_onbekend": (("regios", "aantal"), "gemeenten"),
    "dubbel": (("cellen",), "toets"),
    "gekrompen": (("cellen", "over", "dekking", "weg"), "toets"),
    "niveau": (("factor", "cellen"), "toets"),
    "verspreid": (("deel", "cellen"), "toets"),
    "niveau_regio": (("regios", "aantal"), "toets"),
    "terug": (("kenmerk", "vorige", "nu"), "trek_in"),
    "bewoog": (("eerst", "daarna"), "haal_op"),
    "geen_telling": ((), ""),
    "onderwerp_weg": (("onderwerp",), ""),
    "herhaald": ((), ""),
    # a page cannot be read as figures
    "pagina_stuk": (("pagina",), "toets"),
    "pagina_geen_rijen": (("pagina",), "toets"),
    "pagina_kolom": (("pagina", "kolommen", "gevonden"), "toets"),
    "pagina_code": (("pagina", "dimensie", "code"), "toets"),
    "pagina_onderwerp": (("pagina", "onderwerp"), "toets"),
    "pagina_getal": (("pagina", "tekst", "cel"), "toets"),
    "pagina_leeg": (("pagina", "cel"), "toets"),
    "rijen_passen_niet": (("aantal",), "toets"),
    "paginas_onleesbaar": (("melding",), "toets"),
    # a delivery
    "niet_aangeleverd": ((), "lever_aan"),
    "bestand": ((), ""),
    "koppeling": (("bestand",), ""),
    "vreemde_naam": (("bestand",), ""),
    "geen_mapping": (("bestand", "namen", "mapping"), "stel_voor"),
    "oud_bestand": (("bestand", "raad"), ""),
    "andere_tekens": (("bestand", "verwacht"), ""),
    "verborgen_blad": (("bestand", "bladen"), ""),
    "opmerkingen": (("bestand", "aantal"), ""),
    "overgeslagen": (("bestanden",), ""),
    "vervangt_geheel": ((), ""),
    "indicator_ontbreekt": (("indicator",), ""),
    # somebody withdrew it
    "ingetrokken": (("dag", "waarom"), "zet_terug"),
    # the register
    "register_niet_mee": ((), "neem_mee"),
    "register_leeg": ((), "lees_in"),
    "niet_in_leveringen": ((), ""),
    # the build
    "nooit_opgehaald": ((), "haal_op"),
    "peildatum": (("dag",), ""),
    "niet_op_dag": (("dag",), ""),
}

# A source that did not answer well, which asking again may mend: it says nothing of what a table holds.
ONDERWEG = frozenset(
    {"antwoord_met_code", "half_antwoord", "verbinding", "beschadigd", "geen_pagina", "geen_json", "opgegeven"}
    | {"duurt_te_lang", "te_veel_antwoorden", "bewoog", "foutobject", "onverwacht"}
)


def _showable(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()


def _shown(gegeven: Gegeven) -> Gegeven:
    if isinstance(gegeven, str):
        return _showable(gegeven)
    if isinstance(gegeven, tuple | list):
        return tuple(_showable(g) if isinstance(g, str) else g for g in gegeven)
    return gegeven


@dataclass(frozen=True)
class Reden:
    """One reason. `wat`: the topic that it is about; `waar`: an address or file; `toelichting`: free text.

    `gegevens`: what the sentence names, by the names that REDENEN gives for the code. Raises ValueError for a code
    that is not in the list, or with other names.
    """

    code: str
    gegevens: Mapping[str, Gegeven] = field(default_factory=dict)
    wat: str = ""
    waar: str = ""
    toelichting: str = ""

    def __post_init__(self) -> None:
        names, _ = REDENEN.get(self.code, ((), ""))
        if self.code not in REDENEN or set(self.gegevens) != set(names):
            raise ValueError(f"reason {self.code!r} with {sorted(self.gegevens)}; the list has {list(names)}")
        # it repeats what a source said, which need not be text: half a character can be neither stored nor shown
        shown = {k: _shown(g) for k, g in self.gegevens.items()}
        for naam, value in (("gegevens", shown), ("wat", _showable(self.wat)), ("waar", _showable(self.waar))):
            object.__setattr__(self, naam, value)

    def opdracht(self, tabel: str) -> str:
        """The command to run next; empty where there is none."""
        _, step = REDENEN[self.code]
        return OPDRACHTEN[step].format(tabel=tabel) if step else ""


Redenen = tuple[Reden, ...]


def to_json(redenen: Iterable[Reden]) -> list[dict[str, Any]]:
    """Write reasons as JSON keeps them: what is empty is left out."""
    return [
        {
            k: v
            for k, v in (
                ("code", r.code),
                ("wat", r.wat),
                ("waar", r.waar),
                ("gegevens", {n: list(g) if isinstance(g, tuple) else g for n, g in r.gegevens.items()}),
                ("toelichting", r.toelichting),
            )
            if v
        }
        for r in redenen
    ]


def from_json(stored: object) -> Redenen:
    """Read reasons as they were kept, or as they were written before there were codes: a text.

    A record that this version does not know (a code of a later one) is kept with its code as text.
    """
    if not stored:
        return ()
    if isinstance(stored, str):
        return (Reden("vrij", toelichting=stored),)
    return tuple(_from_record(r) for r in (stored if isinstance(stored, list) else [stored]))


def _from_record(record: Any) -> Reden:
    if isinstance(record, str):
        return Reden("vrij", toelichting=record)
    gegevens = {n: tuple(g) if isinstance(g, list) else g for n, g in record.get("gegevens", {}).items()}
    try:
        return Reden(
            record["code"], gegevens, record.get("wat", ""), record.get("waar", ""), record.get("toelichting", "")
        )
    except ValueError:
        return Reden("vrij", toelichting=record.get("toelichting") or record["code"].replace("_", " "))
