"""How much of what is found among many tests is false, where the series of a family hang together in several ways.

    python tests/bench/bench_veel_toetsen.py [--families 200] [--zaad 1]

A family is an edition's tests of one theme in one kind of region: five indicators of the country, or five in twelve
regions; ten in forty, of which a tenth of the families is drawn. In percent, mean over families; where nothing changes,
that is how often anything at all is found. 'Gevonden' is the part of the real changes, of four standard deviations.
"""

from __future__ import annotations

import argparse

from tests.bench.bench_trendtoets import head, line
from tests.indicatoren.simulatie_familie import Familie, false_share

SAMENHANG: dict[str, dict[str, float]] = {
    "los van elkaar": {},
    "zelfde schok in alle regio's, 0,4": {"landelijk": 0.4},
    "zelfde schok in alle regio's, 0,8": {"landelijk": 0.8},
    "zelfde schok in alle indicatoren van een regio, 0,4": {"regionaal": 0.4},
    "zelfde schok in alle indicatoren van een regio, 0,8": {"regionaal": 0.8},
    "buren lijken op elkaar, 0,4": {"buren": 0.4},
    "buren lijken op elkaar, 0,8": {"buren": 0.8},
    "alle drie: 0,3, 0,3 en buren 0,8": {"landelijk": 0.3, "regionaal": 0.3, "buren": 0.8},
}
SHAPES = ((5, 1, 1.0), (5, 12, 1.0), (10, 40, 0.1))
RHO = (0.0, 0.4, 0.8)


def main() -> None:
    """Print a row for each size, way of hanging together and part that changes: every autocorrelation in its column."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--families", type=int, default=200)
    parser.add_argument("--zaad", type=int, default=1)
    given = parser.parse_args()
    head(
        [
            "familie",
            "samenhang",
            "verandert",
            *(f"vals bij rho {rho}: kleinste kwadraten / los / in gebruik / BY" for rho in RHO),
            "gevonden bij rho 0,8: in gebruik / BY",
        ]
    )
    worst = 0.0
    for indicatoren, regios, part in SHAPES:
        for naam, samen in SAMENHANG.items():
            for deel in (0.0, 0.1, 0.5):
                found = [
                    false_share(
                        given.zaad,
                        Familie(indicatoren, regios, rho, deel=deel, **samen),
                        max(int(part * given.families), 10),
                    )
                    for rho in RHO
                ]
                worst = max(worst, *(f.in_gebruik for f in found))
                line(
                    [
                        f"{indicatoren} x {regios}",
                        naam,
                        f"{100 * deel:.0f}%",
                        *(
                            f"{f.kleinste_kwadraten:.0f} / {f.los:.0f} / {f.in_gebruik:.1f} / {f.yekutieli:.1f}"
                            for f in found
                        ),
                        f"{found[-1].gevonden:.0f} / {found[-1].gevonden_yekutieli:.0f}" if deel else "",
                    ]
                )
    print(f"\nHoogste deel vals met de regel in gebruik: {worst:.1f}%\n")


if __name__ == "__main__":
    main()
