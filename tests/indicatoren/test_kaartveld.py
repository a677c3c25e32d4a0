"""A field that a card gets reaches the database and the page by two files: the model, and the page that shows it."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

# The first four lines stand for a line in kaart.py, the last before the report for one in hoofdstukken/indicator.py.
SCRIPT = """
from pydantic import Field
from assets.indicatoren import kaart as model
class Kaart(model.Kaart):
    bijnaam: str = Field(default="", description="hoe mensen de indicator noemen")
model.Kaart = Kaart

from tests.indicatoren.conftest import build, cel, kaart
from assets.tabel import read_queries
db = build([kaart("maat", bijnaam="de meetlat"), kaart("kaal")], [cel("a", "PV22", 2024, 1.0)])
rows = db.execute("SELECT * FROM monitor.indicator ORDER BY id").to_arrow_table().to_pylist()
assert [r["bijnaam"] for r in rows] == ["", "de meetlat"], rows
header = next(t for t in read_queries() if t.naam == "monitor.indicator")
assert [(k.type, k.uitleg) for k in header.kolommen if k.naam == "bijnaam"] == [
    ("VARCHAR", "hoe mensen de indicator noemen")
]
assert list(rows[0])[-1] == "bijnaam"

from reports.hoofdstukken.indicator import KAARTVELDEN
KAARTVELDEN["Bijnaam"] = "bijnaam"

from reports.samenstelling import make_document
from tests.reports.voorbeeldrapport import make_indicator, make_rapport, seen
kaal, maat = (make_indicator(id=r["id"], naam=r["naam"], kaart=r) for r in rows)
text = seen(make_document(make_rapport(maat, kaal)).blad("arbeidsmarkt").blokken)
assert text.count("Bijnaam") == text.count("de meetlat") == 1, text
print("gezien")
"""


def test_a_new_field_of_the_card_reaches_the_database_and_the_page() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "gezien\n"), done.stderr[-2000:]
