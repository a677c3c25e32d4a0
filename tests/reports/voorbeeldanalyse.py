"""Small analyses made by hand, for tests of the chapters that tell them. Shapes: see `reports.analyse`."""

from reports.analyse import (
    Analyses,
    Balans,
    Banengroei,
    Groeideel,
    Kloofdeel,
    Pendelstroom,
    Productiviteitskloof,
    Specialisatie,
)
from tests.reports.voorbeeldrapport import DRENTHE

ANALYSES = Analyses(
    kloof=Productiviteitskloof(
        DRENTHE, "85925NED", "2023JJ00", 80.0, 100.0, -3.0, -20.0, 3.0, 0.0, -20.0, "voorlopig",
        (
            Kloofdeel("Landbouw", 60.0, 50.0, 80.0, 100.0, -1.0, -12.0, 1.0),
            Kloofdeel("Rest", 40.0, 50.0, 80.0, 100.0, -2.0, -8.0, 2.0),
        ),
    ),
    banengroei=Banengroei(
        DRENTHE, "2018JJ00", "2024JJ00", 100.0, 110.0, 12.0, -1.0, -1.0, 0.0, "definitief",
        (Groeideel("Landbouw", 60.0, 4.0, 7.0, -2.0, -1.0), Groeideel("Rest", 50.0, 6.0, 5.0, 1.0, 0.0)),
    ),
    specialisatie=(
        Specialisatie("Landbouw", 60.0, 60.0, 50.0, 1.2),
        Specialisatie("Rest", None, None, 50.0, None, "definitief", "geheim"),
    ),
    specialisatie_periode="2024JJ00",
    balansen=(Balans(DRENTHE, "2024MM12", 100.0, 120.0, 50.0, 30.0, 41.7, 30.0, 0.83, "voorlopig"),),
    pendel=(Pendelstroom("Groningen", 40.0, 20.0), Pendelstroom("Zeeland", None, 1.0)),
)  # fmt: skip
