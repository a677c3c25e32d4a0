"""Withdrawing an accepted answer: it stays where it is, nothing uses it any more, and it can be put back."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assets.bouw.assets import collect_invoer
from assets.bron.aanlevering import read_deliveries
from assets.bron.bronlijst import read_aanleveringen, read_bronlijst
from assets.bron.intrekken import IntrekError, find_bron, withdraw
from assets.bron.momentopname import INTREKKINGEN, KOPIE, Archief, hash_file
from assets.bron.poging import write_poging
from assets.keten import Editiekeuze, Maker, Plek
from begrippen.fout import BestandError
from begrippen.redenzinnen import regel, zin
from pipelines.status import read_status, show_status

NU = datetime(2026, 11, 29, 12, tzinfo=UTC)
SJABLOON = find_bron(read_bronlijst().opgehaald, "sjabloon")
NAAM = next(iter(read_aanleveringen()["sjabloon"].onderwerpen))
KOP = "indicator;regiocode;periode;waarde;status;bron;peildatum"


class Loket:
    """A delivery folder with one file of the template, and its archive."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.opslag = folder / "aanlevering", folder / "opslag"
        self.folder.mkdir()
        self.archief = Archief(self.opslag, "cbs")
        self.moment = NU

    def now(self) -> datetime:
        self.moment += timedelta(minutes=1)
        return self.moment

    def take(self, waarde: int | None = None):
        if waarde is not None:
            text = f"{KOP}\n{NAAM};NL01;2024;{waarde};definitief;Wij;2026-01-01\n"
            (self.folder / "sjabloon_a.csv").write_text(text, encoding="utf-8")
        (uitkomst,) = read_deliveries(self.folder, {"sjabloon": SJABLOON}, self.archief, self.now)
        return uitkomst

    def intrek(self, id=None, reden="verkeerd bestand", **how):
        return withdraw(self.archief, SJABLOON, id, reden, self.now(), **how)

    def collect(self):
        plek = Plek("cbs", self.opslag, self.opslag / "uit")
        return collect_invoer(plek, Editiekeuze(2026), read_bronlijst(), Maker(self.now, "toets"))


@pytest.fixture
def loket(tmp_path):
    return Loket(tmp_path)


def hashes(folder: Path) -> dict[str, str]:
    return {str(p.relative_to(folder)): hash_file(p) for p in sorted(folder.rglob("*")) if p.is_file()}


def test_the_one_before_is_used_and_nothing_else_changes(loket):
    first, second = loket.take(1).momentopname, loket.take(2).momentopname
    edition = loket.opslag / "edities" / "cbs" / "2024-v1.zip"
    edition.parent.mkdir(parents=True)
    edition.write_bytes(b"verzegeld")
    before = hashes(loket.opslag)
    assert loket.intrek().id == second.id
    after = hashes(loket.opslag)
    new = set(after) - set(before)
    assert sorted(Path(n).name for n in new) == sorted([INTREKKINGEN, KOPIE])
    assert {n: after[n] for n in before} == before
    assert loket.archief.latest("aanlevering", "sjabloon") == first
    assert [m.aangenomen for m in loket.archief.list("aanlevering", "sjabloon")] == [True, False]


def test_a_build_has_neither_the_withdrawn_one_nor_its_history(loket):
    first, second, third = (loket.take(n).momentopname for n in (1, 2, 3))
    loket.intrek(second.id)
    invoer = loket.collect()
    assert [m.id for m in invoer.momentopnamen] == [third.id]
    assert [m.id for m in invoer.eerdere] == [first.id]
    # the newest is in use: what was withdrawn before it does not make it an older answer
    assert "sjabloon" not in invoer.verouderd
    loket.intrek()
    invoer = loket.collect()
    assert ([m.id for m in invoer.momentopnamen], invoer.eerdere) == ([first.id], ())
    assert "ingetrokken: verkeerd bestand" in zin(invoer.verouderd["sjabloon"])


def test_with_none_left_the_build_says_that_it_was_withdrawn(loket):
    loket.take(1)
    loket.intrek(reden="  dit was   de begroting ")
    invoer = loket.collect()
    assert invoer.momentopnamen == ()
    assert "ingetrokken: dit was de begroting" in zin(invoer.ontbreekt["sjabloon"])


def test_the_file_that_lies_there_still_is_not_taken_in_again(loket):
    first, second = loket.take(1).momentopname, loket.take(2).momentopname
    loket.intrek()
    for _ in range(2):
        again = loket.take()
        assert (again.resultaat, again.momentopname.id) == ("geweigerd", first.id)
        assert "--terug" in again.reden
    assert [m.id for m in loket.archief.list("aanlevering", "sjabloon")] == [first.id, second.id]
    assert (loket.take(3).resultaat, loket.take(1).resultaat) == ("nieuw", "nieuw")


def test_it_can_be_put_back_and_every_step_is_kept(loket):
    second = [loket.take(n).momentopname for n in (1, 2)][-1]
    loket.intrek()
    assert loket.intrek(reden="", terug=True).id == second.id
    assert loket.archief.latest("aanlevering", "sjabloon") == second
    assert loket.take().resultaat == "ongewijzigd"
    loket.intrek(second.id, "toch fout")
    kept = loket.archief.intrekkingen("aanlevering", "sjabloon")
    assert [(i.reden, i.terug) for i in kept] == [("verkeerd bestand", False), ("", True), ("toch fout", False)]


def test_what_is_not_there_is_said_with_what_is(loket):
    first = loket.take(1).momentopname
    with pytest.raises(IntrekError, match="niet in de bronlijst") as error:
        find_bron(read_bronlijst().opgehaald, "Sjabloom")
    assert "Bedoelt u sjabloon?" in str(error.value) and "rmbw" in str(error.value)
    with pytest.raises(IntrekError, match="is er niet") as error:
        loket.intrek("20200101T000000000000Z")
    assert first.id in str(error.value)
    with pytest.raises(IntrekError, match="zonder reden"):
        loket.intrek(reden="  ")
    with pytest.raises(IntrekError, match="geen ingetrokken antwoord"):
        loket.intrek(terug=True)
    with pytest.raises(IntrekError, match="niet ingetrokken"):
        loket.intrek(first.id, terug=True)
    loket.intrek()
    with pytest.raises(IntrekError, match="al ingetrokken, op 29-11-2026: verkeerd bestand"):
        loket.intrek(first.id)
    with pytest.raises(IntrekError, match="geen aangenomen antwoord"):
        loket.intrek()
    (loket.folder / "sjabloon_a.csv").write_text(f"{KOP}\nonbekend;NL01;2024;1;definitief;Wij;\n", encoding="utf-8")
    loket.take()
    refused = loket.archief.list("aanlevering", "sjabloon")[-1]
    with pytest.raises(IntrekError, match="door de poort geweigerd"):
        loket.intrek(refused.id)


def test_status_names_what_was_withdrawn_and_what_is_used(loket):
    first, second = loket.take(1).momentopname, loket.take(2).momentopname
    loket.intrek()
    write_poging(loket.archief, loket.take(), loket.now())
    text = show_status(read_status(loket.opslag, "cbs", loket.opslag / "uit"))
    (line,) = [r for r in text.splitlines() if "ingetrokken op" in r and "antwoord 2" in r]
    for part in ("sjabloon", "29-11-2026: verkeerd bestand", second.id, f"gebruikt: {first.id}"):
        assert part in line


def _place(loket):
    return loket.opslag / "momentopnamen" / "cbs" / "aanlevering" / "sjabloon"


@pytest.mark.parametrize("damaged", [INTREKKINGEN, KOPIE])
@pytest.mark.parametrize("text", ["{", "", '[{"x": 1}]', "null", "\ud800"])
def test_a_damaged_list_has_a_copy_beside_it(loket, damaged, text):
    loket.take(1)
    loket.intrek()
    (_place(loket) / damaged).write_text(text, encoding="utf-8", errors="surrogatepass")
    assert loket.archief.latest("aanlevering", "sjabloon") is None
    (only,) = loket.archief.list("aanlevering", "sjabloon")
    assert only.ingetrokken.reden == "verkeerd bestand"


def test_a_list_that_cannot_be_read_at_all_withdraws_everything_and_stops_nothing(loket):
    loket.take(1)
    loket.intrek()
    loket.take(2)
    for name in (INTREKKINGEN, KOPIE):
        (_place(loket) / name).write_text("{", encoding="utf-8")
    assert loket.archief.latest("aanlevering", "sjabloon") is None
    gone = loket.archief.withdrawn("aanlevering", "sjabloon")
    assert "niet te lezen" in regel(gone.redenen, "sjabloon")
    with pytest.raises(BestandError, match="beschadigd") as error:
        loket.intrek()
    assert INTREKKINGEN in str(error.value) and "reservekopie" in str(error.value)


@pytest.mark.parametrize("api", ["v3", "v4"])
def test_the_same_answer_of_statline_is_not_accepted_again(bank, api):
    tabel = bank.tabel(api)
    first = bank.fetch(tabel).momentopname
    withdraw(bank.archief, tabel, None, "twee kolommen verwisseld", NU)
    asked = len(bank.storing.verzoeken)
    again = bank.fetch(tabel)
    assert (again.resultaat, again.momentopname, len(bank.storing.verzoeken)) == ("geweigerd", None, asked + 1)
    assert "twee kolommen verwisseld" in regel(again.redenen)
    # asked for again, the same cells are the same answer
    assert bank.fetch(tabel, force=True).resultaat == "geweigerd"
    assert [m.id for m in bank.archief.list(tabel.bron, tabel.id)] == [first.id]
    # nor under another date; only other cells are another answer
    source = bank.stock.find(api, "cbs", tabel.id)
    changed = {**source.eigenschappen, "Modified": "2026-12-01"}
    bank.restock(replace(source, eigenschappen=changed))
    assert bank.fetch(tabel).resultaat == "geweigerd"
    tabel = bank.tabel(api, onderwerpen={"banen": tabel.onderwerpen["banen"].model_dump()})
    last = bank.fetch(tabel)
    assert last.resultaat == "nieuw", last.reden
    assert last.momentopname.aangenomen
