"""Deliveries as people send them: each case is a folder, made by code, and what has to come of it.

The names are those of the invented inputs in `../shared/gevallen`, which the tests read too where they are.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

KOP = ["indicator", "regiocode", "periode", "waarde", "status", "bron", "peildatum"]
NAAM = "sjabloon_proef"
Cel = tuple[str, str, str]

_ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0">'
    "<office:automatic-styles>{stijlen}</office:automatic-styles>"
    "<office:body><office:spreadsheet>{tabellen}</office:spreadsheet></office:body></office:document-content>"
)


def write_ods(path: Path, tabellen: str, stijlen: str = "") -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", _ODS.format(stijlen=stijlen, tabellen=tabellen))
    return path


@dataclass(frozen=True)
class Geval:
    """A delivery: how its folder is made, and its cells (value and status) or the words of its refusal."""

    maak: Callable[[Path], object]
    cellen: dict[Cel, tuple[float, str]] = field(default_factory=dict)
    geweigerd: tuple[str, ...] = ()
    waarschuwingen: tuple[str, ...] = ()


def csv(*regels: str, kop: str = ";".join(KOP), naam: str = f"{NAAM}.csv", codering: str = "utf-8", eind: str = "\n"):
    def maak(folder: Path) -> None:
        text = "".join(f"{regel}{eind}" for regel in (kop, *regels) if regel is not None)
        (folder / naam).write_bytes(text.encode(codering))

    return maak


def bytes_as(naam: str, content: bytes):
    return lambda folder: (folder / naam).write_bytes(content)


def xlsx(*rijen: list[Any], kop: list[str] | None = None, daarna: Callable[[Any], object] | None = None):
    """A workbook of one sheet with a header and rows, and what is done to it after."""

    def maak(folder: Path) -> None:
        book = openpyxl.Workbook()
        for rij in (KOP if kop is None else kop, *rijen):
            book.active.append(rij)
        if daarna:
            daarna(book)
        book.save(folder / f"{NAAM}.xlsx")

    return maak


_ODS_VAK = '<table:table-cell office:value-type="{}"><text:p>{}</text:p></table:table-cell>'


def _vak(value: Any) -> str:
    if isinstance(value, str) and value.startswith("<"):
        return value
    if isinstance(value, int | float):
        return _ODS_VAK.format(f'float" office:value="{value}', value)
    return _ODS_VAK.format("string", value)


def ods(*rijen: list[Any], staart: str = ""):
    def maak(folder: Path) -> None:
        rows = "".join(f"<table:table-row>{''.join(map(_vak, rij))}</table:table-row>" for rij in (KOP, *rijen))
        write_ods(folder / f"{NAAM}.ods", f'<table:table table:name="blad">{rows}{staart}</table:table>')

    return maak


def samen(*delen: Callable[[Path], object]):
    def maak(folder: Path) -> None:
        for deel in delen:
            deel(folder)

    return maak


def rij(
    waarde: Any = 4350, *, indicator="starters", regio="PV22", periode: Any = "2025JJ00", **anders: Any
) -> list[Any]:
    return [
        indicator, regio, periode, waarde, anders.get("status", "definitief"), anders.get("bron", "KvK"),
        anders.get("peildatum", "2026-03-01"),
    ]  # fmt: skip


def regel(waarde: Any = 4350, **anders: Any) -> str:
    return ";".join(map(str, rij(waarde, **anders)))


def cel(waarde: float = 4350.0, indicator="starters", regio="PV22", periode="2025JJ00", status="definitief"):
    return {(indicator, regio, periode): (waarde, status)}


# --- what is done to a workbook ---


def opmaak(code: str, *cellen: str):
    def daarna(book) -> None:
        for place in cellen:
            book.active[place].number_format = code

    return daarna


def _blad_per_jaar(book) -> None:
    book.active.title = "2024"
    other = book.create_sheet("2025")
    for row in (KOP, rij()):
        other.append(row)


def _verborgen_blad(book) -> None:
    book.active.title = "levering"
    old = book.create_sheet("oud", 0)
    for row in (KOP, rij(3999, status="voorlopig", peildatum="2026-01-01")):
        old.append(row)
    old.sheet_state = "hidden"
    book.active = 1


def _samengevoegd(book) -> None:
    for column in "EFG":
        for row in (3, 4):
            book.active[f"{column}{row}"] = None
        book.active.merge_cells(f"{column}2:{column}4")


def _verborgen_rij(book) -> None:
    book.active.row_dimensions[3].hidden = True


def _titel(book) -> None:
    book.active.insert_rows(1, 2)
    book.active["A1"] = "Levering KvK 2025"


_OPMERKING = "<office:annotation><text:p>{}</text:p></office:annotation>"
_MET_OPMERKING = '<table:table-cell office:value-type="string">' + _OPMERKING + "<text:p>{}</text:p></table:table-cell>"
_LEEG = (
    '<table:table-row table:number-rows-repeated="1048574">'
    '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
)
_TWEE_ALINEAS = '<table:table-cell office:value-type="string"><text:p>4</text:p><text:p>350</text:p></table:table-cell>'
_EURO = '<table:table-cell office:value-type="currency" office:value="4350"><text:p>€ 4.350</text:p></table:table-cell>'
_BREEDBAND = {"indicator": "breedband", "bron": "RDI"}
_SPANNING = {"indicator": "spanningsindicator", "regio": "AM03", "periode": "2026KW01", "bron": "UWV"}
_TWEE_LEZINGEN = "een getal met twee lezingen"

GEVALLEN: dict[str, Geval] = {
    "b01_procentopmaak": Geval(
        xlsx(rij(0.985, **_BREEDBAND), rij(0.991, regio="NL01", **_BREEDBAND), daarna=opmaak("0.0%", "D2", "D3")),
        geweigerd=("regel 2", "regel 3", "0,985 of 98,5%", "Zet de opmaak op Getal"),
    ),
    "b02_blad_per_jaar": Geval(
        xlsx(rij(4100, periode="2024JJ00"), daarna=_blad_per_jaar), geweigerd=("2 bladen", "'2024', '2025'")
    ),
    "b03_verborgen_blad": Geval(xlsx(rij(), daarna=_verborgen_blad), cel(), waarschuwingen=("verborgen_blad",)),
    "b04_formule_zonder_uitkomst": Geval(
        xlsx(rij("=4000+350"), rij(220000, regio="NL01")), geweigerd=("regel 2", "formule zonder uitkomst", "rekenen")
    ),
    "b05_samengevoegde_status": Geval(
        xlsx(
            *(rij(v, regio=r, status="voorlopig") for v, r in ((100, "GM0106"), (200, "GM0109"), (300, "GM0114"))),
            daarna=_samengevoegd,
        ),
        geweigerd=("regel 2", "E2:E4", "samengevoegd", "vul elke cel"),
    ),
    "b06_kop_met_spatie_dubbel": Geval(
        xlsx([*rij()[:4], 5.2, *rij()[4:]], kop=[*KOP[:4], "waarde ", *KOP[4:]]),
        geweigerd=("regel 1", "waarde", "kolom D en E", "laat er een staan"),
    ),
    "b07_kop_dubbel": Geval(
        csv("starters;PV22;2025JJ00;4100;4350;definitief;KvK;2026-03-01", kop=";".join([*KOP[:4], "waarde", *KOP[4:]])),
        geweigerd=("regel 1", "waarde", "2 keer"),
    ),
    "b08_nul_punt_drie": Geval(
        csv(regel("0.875", **_SPANNING), regel("1.250", **_SPANNING | {"indicator": "spanning_zorg"})),
        geweigerd=("regel 2", "'0.875'", "decimale komma", "regel 3", _TWEE_LEZINGEN, "1250 of 1,25"),
    ),
    "b09_wetenschappelijk": Geval(
        csv(
            regel("1,55E+09", indicator="zvw_kosten", periode="2024JJ00"),
            regel("5.512E+10", indicator="zvw_kosten", periode="2024JJ00", regio="NL01"),
        ),
        geweigerd=("regel 2", "regel 3", "wetenschappelijke notatie", "op Getal"),
    ),
    "b10_vaste_spatie": Geval(
        csv(regel("4\u00a0350"), regel("220\u202f000", regio="NL01")), cel() | cel(220000.0, regio="NL01")
    ),
    "b11_code_zonder_nullen": Geval(
        csv(*(regel(100, regio=r) for r in ("106", "GM106", "gm0106"))),
        geweigerd=("regel 2", "'106'", "regel 3", "'GM106'", "misschien GM0106"),
    ),
    "b12_regeleinde_in_veld": Geval(
        csv(regel(bron='"KvK\nmaatwerk"')), geweigerd=("regel 2", "een veld loopt over regels")
    ),
    "b13_utf16_zonder_merk": Geval(
        csv(regel(), codering="utf-16-le"), geweigerd=("UTF-16 zonder merkteken", "CSV UTF-8")
    ),
    "b14_statline_export": Geval(
        csv(
            '"Perioden";"2025"', ";".join(KOP), regel(), '"Bron: CBS"',
            kop='"Arbeidsdeelname; provincie"', codering="utf-8-sig",
        ),
        geweigerd=("regel 1", "boven de kop (regel 3)", "Arbeidsdeelname"),
    ),
    "b15_voetregel": Geval(
        csv(regel(), "", "© Centraal Bureau voor de Statistiek, Den Haag 1-3-2026"),
        geweigerd=("regel 4", "evenveel kolommen", "Centraal Bureau"),
    ),
    "b16_oud_xls": Geval(
        bytes_as(f"{NAAM}.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        geweigerd=(".xls", "'Opslaan als'", ".xlsx"),
    ),
    "b17_datum_in_waarde": Geval(
        xlsx(rij(date(2026, 5, 3), **_SPANNING), daarna=opmaak("d-m", "D2")),
        geweigerd=("regel 2", "een datum in plaats van een getal", "typ het getal opnieuw"),
    ),
    "b18_periode_als_datum": Geval(
        xlsx(rij(periode=date(2025, 1, 1)), daarna=opmaak("yyyy", "C2")),
        geweigerd=("regel 2", "kolom periode", "datum"),
    ),
    "b19_peildatum_getal": Geval(
        csv(
            regel(peildatum="46082"), regel(220000, regio="NL01", peildatum="1-3-2026"), regel(600, regio="GM0106"),
        ),
        geweigerd=("regel 2", "'46082'", "regel 3", "'1-3-2026'", "jjjj-mm-dd"),
    ),
    "b20_tekens_x": Geval(csv(regel("x", regio="GM0106")), geweigerd=("regel 2", "'x'", "onbekend of geheim")),
    "b21_tekens_streepje": Geval(csv(regel("-", regio="GM0106")), geweigerd=("regel 2", "'-'", "een nul is een 0")),
    "b22_periode_met_ster": Geval(csv(regel(periode="2025*", status="")), geweigerd=("regel 2", "'2025*'", "status")),
    "b23_percentteken": Geval(csv(regel("98,5%", **_BREEDBAND)), geweigerd=("regel 2", "'98,5%'", "zonder teken")),
    "b24_verborgen_rij": Geval(
        xlsx(rij(), rij(220000, regio="NL01"), daarna=_verborgen_rij), geweigerd=("regel 3", "verborgen", "haal ze weg")
    ),
    "b25_titel_boven_kop": Geval(
        xlsx(rij(), daarna=_titel), geweigerd=("regel 1", "boven de kop (regel 3)", "Levering KvK 2025")
    ),
    "b26_getal_als_tekst": Geval(
        xlsx(rij("4.350"), rij("220000", regio="NL01"), rij("98.500", regio="NL01", **_BREEDBAND)),
        geweigerd=("regel 2", "4350 of 4,35", "regel 4", "98500 of 98,5"),
    ),
    "b27_waar_in_waarde": Geval(xlsx(rij(True)), geweigerd=("regel 2", "'WAAR'", "in plaats van een getal")),
    "b28_slotbestand": Geval(
        samen(
            csv(regel()),
            *(bytes_as(n, b"x") for n in (f".~lock.{NAAM}.csv#", "Thumbs.db", "desktop.ini", f"~${NAAM}.xlsx")),
        ),
        cel(),
        waarschuwingen=("overgeslagen",),
    ),
    "b29_sep_regel": Geval(csv(";".join(KOP), regel(), kop="sep=;"), cel()),
    "b30_hoofdletters": Geval(csv(regel(), naam="Sjabloon_Proef.CSV"), cel()),
    "b31_lege_kolommen_erachter": Geval(
        csv(f"{regel()};;;", ";;;;;;;;;", kop=f"{';'.join(KOP)};;;"), cel()
    ),
    "b32_alleen_cr": Geval(csv(regel(), eind="\r"), cel()),
    "b33_min_erachter": Geval(csv(regel("12-", **_SPANNING)), geweigerd=("regel 2", "'12-'", "Schrijf de min ervoor")),
    "b34_haakjes": Geval(
        csv(regel("(1,5)", indicator="uitgifte_bedrijventerrein", bron="IBIS")),
        geweigerd=("regel 2", "'(1,5)'", "Schrijf de min ervoor"),
    ),
    "b35_nbsp_achter_code": Geval(
        csv("starters\u00a0;PV22\u00a0;2025JJ00 ;4350\u00a0;definitief ;KvK;2026-03-01"), cel()
    ),
    "b36_nul_breedte": Geval(csv(regel(regio="\u200bPV22")), cel()),
    "b37_week_en_dag": Geval(csv(regel(43, periode="2025W101")), geweigerd=("regel 2", "'2025W101'", "2019KW01")),
    "b38_buurjaar_nul": Geval(csv(regel(43, regio="GM0000")), geweigerd=("regel 2", "onbekende regio", "'GM0000'")),
    "b39_nl00": Geval(
        csv(regel(43, regio="NL00"), regel(44, regio="NL01")), geweigerd=("regel 2", "regel 3", "meer dan een keer")
    ),
    "b40_opgeheven_gemeente": Geval(
        csv(regel(43, regio="GM0083")), geweigerd=("regel 2", "GM0083 bestaat niet meer sinds 2011-01-01")
    ),
    "b41_nuts": Geval(
        csv(regel(93, indicator="bbp_per_inwoner_eu", regio="NL13", periode="2023JJ00", bron="Eurostat")),
        geweigerd=("regel 2", "'NL13'", "NUTS", "PV.."),
    ),
    "b51_ods_opmerking": Geval(
        ods(rij(regio=_MET_OPMERKING.format("nog nakijken", "PV22"))), cel(), waarschuwingen=("opmerkingen",)
    ),
    "b52_ods_opmerking_bij_status": Geval(
        ods(rij(status=_MET_OPMERKING.format("zie mail", "voorlopig"))),
        cel(status="voorlopig"),
        waarschuwingen=("opmerkingen",),
    ),
    "b54_ods_herhaalde_lege_rijen": Geval(ods(rij(), staart=_LEEG), cel()),
    "b55_ods_tekst_met_regels": Geval(ods(rij(_TWEE_ALINEAS)), geweigerd=("regel 2", "tekst in een getal")),
    "b56_ods_euro": Geval(ods(rij(_EURO)), cel()),
    "d02_samen_stil_fout": Geval(
        samen(
            xlsx(rij(0.985, **_BREEDBAND), daarna=opmaak("0.0%", "D2")),
            csv(regel("3.125", **_SPANNING), regel("0.875", **_SPANNING | {"periode": "2026KW02"})),
        ),
        geweigerd=("een procentopmaak", _TWEE_LEZINGEN, "3125 of 3,125"),
    ),
}  # fmt: skip
