"""The same with metadata of CBS itself, where topics stand among all their neighbours; skipped without ../shared."""

from dataclasses import replace
from random import Random

from assets.bron.bronlijst import read_tabellen
from assets.bron.fetch import open_bron
from assets.bron.herkenning import find_exact, find_topics
from assets.bron.http import AfwezigError, Client
from assets.bron.voorbeeld.server import replay_server
from assets.bron.voorstel import make_voorstellen
from tests.bron.verschoven.regels import retitle

TITELS = 6


def read_structuren(folder):
    """Each captured table that the list asks for, in v4, with what CBS says of it."""
    found = []
    with replay_server(folder) as adressen, Client() as client:
        for tabel in read_tabellen().values():
            asked = tabel.model_copy(update={"api": "v4"})
            try:
                found.append((asked, open_bron(asked, adressen, client).read_structuur(asked.id, None)))
            except AfwezigError:
                continue
    return found


def test_a_real_topic_with_another_title_and_code_is_found_or_rightly_proposed(shared_data):
    counts = {"goed": 0, "geen": 0}
    for tabel, structuur in read_structuren(shared_data / "cbs_v4"):
        for naam, o in tabel.onderwerpen.items():
            was = find_exact(o, structuur.onderwerpen).onderwerp
            if was is None:
                continue  # the captured answers are of another year
            rest = [t for t in structuur.onderwerpen if t != was]
            for eerder in (None, structuur):
                known = eerder.onderwerpen if eerder else ()
                assert find_topics({naam: o}, rest, known)[naam].onderwerp is None, f"{naam} is weg"
                for number in range(TITELS):
                    new = replace(was, titel=retitle(was.titel, Random(f"{naam} {number}")), sleutel="N1")
                    now = replace(structuur, onderwerpen=tuple(new if t == was else t for t in structuur.onderwerpen))
                    vondst = find_topics(tabel.onderwerpen, now.onderwerpen, known)[naam].onderwerp
                    assert vondst in (None, new), f"{naam}: {vondst}"
                    offered = [v.kandidaten for v in make_voorstellen(tabel, now, eerder) if v.naam == naam]
                    right = vondst == new or (offered and offered[0] and offered[0][0].wat.startswith(new.regel))
                    counts["goed" if right else "geen"] += 1
    print(counts)
    # of a title that stands in its table three times, and whose code is gone, nobody can know which one it was
    assert counts["goed"] >= 0.9 * sum(counts.values()) > 0
