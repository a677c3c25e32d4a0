"""The colours of the house, once: figures, pages, PDF, slides, letter and workbook take theirs from here.

Tokens of our own: the house style of the national government is forbidden to a province. Two colours that people with
any form of colour blindness tell apart, and never colour alone. Contrast on white: ink 14.6, grey 6.2, blue 8.0,
orange 5.4 (22-11-2026; `tests/reports/test_html.py` holds it).
"""

from __future__ import annotations

WIT = "#ffffff"
INKT, KOP, GRIJS = "#1b2733", "#0e2a47", "#55626f"
BLAUW, ORANJE = "#0b5394", "#b34700"
# lines, grounds
LICHT, STREEP, VLAK, MELDING, BAND = "#d9dee3", "#8a97a3", "#f4f6f8", "#fff3d6", "#dbe8f4"
# lines of areas that somebody chose, in this order; at least 4.5 to 1 on white, and each has a name and a dash too
REEKSEN = (BLAUW, "#7a3e9d", "#0f6e84", "#8a5a00", "#a3246b", "#3d5a1e")
# a verdict has colours of its own everywhere: those of regions (blue, orange) never serve it
GUNSTIG, ONGUNSTIG = "#0b5d4b", "#8c1c3f"
# the line above a printed page, such as that these are sample data
KOPREGEL = "#7a3000"
GUNSTIG_VLAK, ONGUNSTIG_VLAK = "#d5ece3", "#f8dde4"
# high or low without a wanted side: no verdict, so a ground of neither
KANTLOOS_VLAK = "#e6e9ee"
# maps: four classes from high to low with the ink that stands out on it (at least 4.5 to 1), and the COROP areas
TINTEN = (("#0b3f75", WIT), ("#3b74ab", WIT), ("#a3c4e2", INKT), ("#e4eef7", INKT))
COROP_TINTEN = ("#d3e4f3", "#f7e3d0", "#e6e9e2", "#f3dce6", "#fbf3c9", "#d6efe6", "#e4dcf3")
# the tint of a cell by its class
TINT = {"gunstig": GUNSTIG_VLAK, "ongunstig": ONGUNSTIG_VLAK} | dict.fromkeys(("hoog", "laag"), KANTLOOS_VLAK)

# Custom properties of the style sheet, named as NL Design System names them, without '--svd-color-'.
TOKENS = {
    "document": INKT,
    "gedempt": GRIJS,
    "achtergrond": WIT,
    "vlak": VLAK,
    "rand": LICHT,
    "rand-sterk": STREEP,
    "link": BLAUW,
    "provincie": BLAUW,
    "kop": KOP,
    "melding": MELDING,
    "melding-rand": ORANJE,
    "gunstig": GUNSTIG,
    "gunstig-vlak": GUNSTIG_VLAK,
    "ongunstig": ONGUNSTIG,
    "ongunstig-vlak": ONGUNSTIG_VLAK,
    "kantloos-vlak": KANTLOOS_VLAK,
}
# What the template of the PDF asks for by name.
PAPIER = {
    "inkt": INKT,
    "kop": KOP,
    "grijs": GRIJS,
    "blauw": BLAUW,
    "oranje": ORANJE,
    "licht": LICHT,
    "streep": STREEP,
    "vlak": VLAK,
    "melding": MELDING,
    "band": BAND,
    "lichtblauw": TINTEN[2][0],
    "gunstig": GUNSTIG,
    "ongunstig": ONGUNSTIG,
    "gunstig_vlak": GUNSTIG_VLAK,
    "ongunstig_vlak": ONGUNSTIG_VLAK,
    "kantloos_vlak": KANTLOOS_VLAK,
}


def css() -> str:
    """The rules of the style sheet that set the colours; the box of a printed page has no custom properties."""
    tokens = "".join(f"  --svd-color-{naam}: {kleur};\n" for naam, kleur in TOKENS.items())
    return f":root {{\n{tokens}}}\n@page {{ @top-center {{ color: {KOPREGEL}; }} }}\n"


def office(kleur: str) -> str:
    """A colour as Office files write it: '#0b5394' is '0B5394'."""
    return kleur.removeprefix("#").upper()
