"""The clock stands in one place of the top floor."""

import re

from begrippen.plekken import WORTEL


def test_nothing_else_of_this_floor_asks_the_time():
    asks = re.compile(r"datetime\.(now|today|utcnow)\(|date\.today\(|time\.time\(")
    found = [p.name for p in sorted((WORTEL / "pipelines").rglob("*.py")) if asks.search(p.read_text(encoding="utf-8"))]
    assert found == ["klok.py"]
