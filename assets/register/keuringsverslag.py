"""What is said of a delivery that was checked: the reasons in words, and the account in counts."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from assets.bron.momentopname import Rij

# An establishment that grew or shrank by more than this factor and by at least so many jobs is looked at. Own choice of
# 2026-11-25: of the generated register some five a year; a typing error is mostly a factor of ten.
SPRONG_FACTOR = 3
SPRONG_BANEN = 20
# The largest employer of a province has a few thousand.
VEEL_BANEN = 5000

GROEPEN_ENQTYPE = {
    "rechtstreeks": ("01", "11"),
    "andere bron": ("09", "30"),
    "verdeeld uit een concerntotaal": ("20", "40"),
    "opgehoogd": ("50", "51"),
    "geïmputeerd": ("60", "61", "62"),
    "geschat": ("72",),
    "overgenomen uit een ander jaar": ("73", "76"),
    "tijdelijk geen personeel": ("08",),
    "oud type of onbekend": ("74", "00"),
}

# Lines that are no record (`lezen`), then reasons that are no fault of the delivery.
REDENEN = {
    "lege_regel": "lege regel",
    "te_lang": "regel te lang",
    "teken": "teken dat niet in een tekst hoort",
    "aanhalingsteken": "aanhalingsteken niet gesloten",
    "te_weinig_velden": "te weinig velden",
    "te_veel_velden": "te veel velden",
    "opgeheven": "opgeheven voor de peildatum",
    "dubbel": "lisanr komt vaker voor, met andere inhoud",
    "dubbel_gelijk": "lisanr komt vaker voor, met dezelfde inhoud",
    "lisanr_vorm": "lisanr langer dan 30 tekens",
    "wetenschappelijk": "lisanr of kvkdosnr staat er als 1,05E+11 en mist cijfers (zet de kolom op Tekst)",
    "foutcode": "lisanr of kvkdosnr is een foutcode van een rekenblad (#N/B)",
    "sbi_nullen": "SBI met een cijfer te weinig: misschien is de nul ervoor weg (lever afdeling of sectie mee)",
    "gemeente": "gemeente bestaat niet of ligt niet in de provincie",
    "som_banen": "banen is niet wpft + wppt",
    "som_wpft": "wpft is niet manf + vrouwf",
    "som_wppt": "wppt is niet manp + vrouwp",
    "grootteklasse": "grtklas past niet bij wpft",
    "sbi_leeg": "SBI ontbreekt",
    "sbi_onbekend": "SBI bestaat niet",
    "sbi_verschil": "sectie of afdeling past niet bij de SBI",
    "datum_ver": "datum voor 1600 of ver na de peildatum",
}
GEEN_FOUT = ("lege_regel", "opgeheven", "dubbel_gelijk")
NAKIJKEN = {
    "sprong": f"banen meer dan {SPRONG_FACTOR} keer zo veel of zo weinig als een jaar eerder "
    f"(verschil minstens {SPRONG_BANEN})",
    "veel_banen": f"meer dan {VEEL_BANEN} banen",
    "som_mannen": "mannen is niet manf + manp",
    "som_vrouwen": "vrouwen is niet vrouwf + vrouwp",
    "kvk_vorm": "kvkdosnr heeft niet de vorm van een KvK-nummer",
    "datum_later": "oprichting of verandering na de peildatum",
    "einde_voor_begin": "opgeheven voor de oprichting of verandering",
}


def describe(code: str) -> str:
    """Give the code of a reason in words; those of a field (`leeg:banen`) name the field."""
    kind, _, name = code.partition(":")
    match kind:
        case "leeg":
            return f"{name} is leeg"
        case "getal":
            return f"{name} is geen geheel getal van 0 of meer"
        case "code":
            return f"{name} staat niet in de codelijst"
        case "datum":
            return f"{name} is geen datum (jjjj-mm-dd)"
    return REDENEN.get(code) or NAKIJKEN[code]


@dataclass(frozen=True)
class Verslag:
    """The account of a delivery: counts only."""

    regels: int
    aangenomen: int
    redenen: dict[str, int]  # of rejected lines; a line can have several
    geweigerd: int
    fout: int  # rejected for what is a fault of the delivery
    nakijken: dict[str, int]
    leeg: int  # accepted, nobody at work
    banen: int
    fulltime: int
    enqtype: dict[str, int]
    banen_enqtype: dict[str, int]
    sbi: str  # 2008, 2025, beide, concordantie
    zonder_2008: int
    niet_getoetst: list[str]
    vorm: str
    codering: str
    scheiding: str
    onbekende_kolommen: int
    gegenereerd: int
    bronjaar: str  # what most answers that came directly are of; blank where it is not said
    bekend: float | None  # share of the establishments of a year earlier that is here too

    def to_json(self) -> Rij:
        """Give it as it is kept."""
        return asdict(self)
