"""All figures, for the report and for the notebooks: what a figure shows, worked out first, and then drawn.

A kind of figure is a module: `make_...` works out what there is to see (None where that is nothing), `draw_...` draws
it on a `Doek` and gives a `Figuur`, with its message as heading and in full for who does not see it. All share one
size, one font, one set of colours (`stijl.py`); the same input gives the same bytes. Import from here, not from the
modules.
"""

from begrippen.huisstijl import BLAUW, GRIJS, INKT, LICHT, ORANJE
from reports.figuren.beeld import Lijnbeeld, Puntbeeld, Stip, make_lijnbeeld, make_puntbeeld
from reports.figuren.doek import Doek, breedte
from reports.figuren.landkaart import Landkaartbeeld, Landkaarttekenaar, make_landkaartbeeld
from reports.figuren.lijn import draw_lijn, lijn_kop
from reports.figuren.ondergrond import make_ondergrond
from reports.figuren.staven import Paar, Staaf, Trap, draw_paren, draw_staven, draw_waterval
from reports.figuren.stijl import PAPIER
from reports.figuren.stippen import draw_stippen
from reports.figuren.veelluik import Veelluik, draw_veelluik, make_veelluik
from reports.figuren.waaier import draw_waaier
from reports.figuren.wiel import Spaak, Vak, draw_wiel

__all__ = [
    "BLAUW",
    "GRIJS",
    "INKT",
    "LICHT",
    "ORANJE",
    "PAPIER",
    "Doek",
    "Landkaartbeeld",
    "Landkaarttekenaar",
    "Lijnbeeld",
    "Paar",
    "Puntbeeld",
    "Spaak",
    "Staaf",
    "Stip",
    "Trap",
    "Vak",
    "Veelluik",
    "breedte",
    "draw_lijn",
    "draw_paren",
    "draw_staven",
    "draw_stippen",
    "draw_veelluik",
    "draw_waaier",
    "draw_waterval",
    "draw_wiel",
    "lijn_kop",
    "make_landkaartbeeld",
    "make_lijnbeeld",
    "make_ondergrond",
    "make_puntbeeld",
    "make_veelluik",
]
