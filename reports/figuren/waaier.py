"""The population forecast: what was, what is expected, and the interval around it."""

from __future__ import annotations

from collections.abc import Sequence

from begrippen.huisstijl import BAND, BLAUW, GRIJS, INKT, LICHT
from reports.analyse import Prognosejaar
from reports.document import Figuur
from reports.figuren.doek import Doek, breedte
from reports.figuren.papier import hertekenbaar
from reports.figuren.stijl import HOOG, STREEP, tick_marks
from reports.getallen import format_getal


@hertekenbaar
def draw_waaier(doek: Doek, jaren: Sequence[Prognosejaar], kop: str, alt: str) -> Figuur:
    """Draw the population so far and the forecast with its interval, in thousands. Needs a forecast of two years."""
    werkelijk = [(j.jaar, j.werkelijk / 1000) for j in jaren if j.werkelijk is not None]
    prognose = [(j.jaar, j.prognose / 1000) for j in jaren if j.prognose is not None]
    band = [(j.jaar, j.onder / 1000, j.boven / 1000) for j in jaren if j.onder is not None and j.boven is not None]
    values = [v for _, v in werkelijk + prognose] + [v for _, low, high in band for v in (low, high)]
    room = (max(values) - min(values)) * 0.08 or 1.0
    low, high = min(values) - room, max(values) + room
    ticks, decimalen = tick_marks(low, high)
    ticks = [t for t in ticks if low <= t <= high]
    labels = [format_getal(t, decimalen) for t in ticks]
    left, bottom, top = 10 + max(map(breedte, labels)), 26, HOOG - 30
    last = format_getal(prognose[-1][1], 1)
    right = doek.breed - 20 - max(breedte(last, vet=True), breedte("prognose", vet=True))
    begin, end = jaren[0].jaar, jaren[-1].jaar

    def x(jaar: float) -> float:
        return left + (right - left) * (jaar - begin) / max(end - begin, 1)

    def y(waarde: float) -> float:
        return bottom + (top - bottom) * (waarde - low) / (high - low)

    with doek.vel(doek.breed, HOOG):
        doek.tekst(2, HOOG - 14, "x 1.000 inwoners", GRIJS)
        if band:
            upper = [(x(j), y(h)) for j, _, h in band]
            lower = [(x(j), y(b)) for j, b, _ in reversed(band)]
            doek.vlak(upper + lower, BAND)
            jaar, _, boven = band[-1]
            # above the band, and clear of the lines of the axis
            base = y(boven) + 4
            for tick in ticks:
                if base - 3 < y(tick) < base + 12:
                    base = y(tick) + 3
            doek.tekst(x(jaar) - 4, base, "kans twee op de drie", GRIJS, plaats="right")
        for tick, label in zip(ticks, labels, strict=True):
            doek.lijn([(left, y(tick)), (right, y(tick))], LICHT, 0.8)
            doek.tekst(left - 6, y(tick) - 4.5, label, GRIJS, plaats="right")
        doek.lijn([(left, bottom), (right, bottom)], GRIJS, 0.8)
        for jaar in range(-(-begin // 10) * 10, end + 1, 10):
            doek.tekst(x(jaar), 8, str(jaar), GRIJS, plaats="center")
        doek.lijn([(x(j), y(w)) for j, w in prognose], BLAUW, 2, STREEP)
        if len(werkelijk) > 1:
            doek.lijn([(x(j), y(w)) for j, w in werkelijk], INKT, 2)
        if werkelijk:
            doek.stippen([(x(werkelijk[-1][0]), y(werkelijk[-1][1]))], INKT)
            jaar, waarde = werkelijk[len(werkelijk) // 2]
            doek.tekst(x(jaar), y(waarde) + 10, "werkelijk", INKT, plaats="right", vet=True)
        jaar, waarde = prognose[-1]
        doek.stippen([(x(jaar), y(waarde))], BLAUW, vol=False)
        doek.tekst(x(jaar) + 8, y(waarde) + 3, "prognose", BLAUW, vet=True)
        doek.tekst(x(jaar) + 8, y(waarde) - 12, last, BLAUW)
        noot = (
            "Streepjeslijn: prognose. In twee van de drie gevallen ligt de werkelijkheid volgens de makers in het vlak."
        )
        return Figuur(doek.save(), kop, alt, (noot,))
