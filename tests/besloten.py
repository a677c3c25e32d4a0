"""A confidential folder of projects and proposals, with marks in all that could be told of them."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

from assets.beleid.besloten import Project

# of a party, a theme that is too small, an amount, an identifier, a reason: none may be seen
MERKEN = ("Zwarte Zwaan", "7654321", "geheim-42", "om een reden die niemand leest", "Gouden Gans")


def write_besloten(folder: Path) -> Path:
    """Write the folder; give it back."""
    folder.mkdir()
    rows = [
        *(
            {"id": f"geheim-42-{n}", "thema": "terreinen", "partij": f"Zwarte Zwaan {n}", "provincie": "100"}
            | {"privaat": "300", "mensjaar": "2,5", "onderbouwing": MERKEN[3]}
            for n in range(3)
        ),
        {"id": "geheim-42-x", "thema": "klein", "partij": "Zwarte Zwaan 9", "provincie": "7654321", "privaat": "1"},
    ]
    kop = [*Project.model_fields]
    text = StringIO()
    writer = csv.DictWriter(text, kop, delimiter=";", restval="", lineterminator="\n")
    writer.writeheader()
    same = {"soort": "financieel", "fase": "gerealiseerd", "banen": "nieuw", "raming_door": "aanvrager"}
    writer.writerows(r | same for r in rows)
    (folder / "projecten.csv").write_text(text.getvalue(), "utf-8")
    (folder / "voorstellen.yaml").write_text(
        "voorstellen:\n  - id: geheim-42\n    naam: Gouden Gans\n    partij: Zwarte Zwaan\n    publiek_belang: ja\n"
        f"    publiek_belang_motivering: {MERKEN[3]}\n    opgaven: ['3', '4']\n"
        "    andere_financiering: niet mogelijk\n",
        "utf-8",
    )
    return folder
