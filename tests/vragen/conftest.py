"""What a reader of a build is tested on: the small world of the indicators."""

from tests.indicatoren.conftest import maak_cel, maak_kaart, wereld

__all__ = ["maak_cel", "maak_kaart", "wereld"]
