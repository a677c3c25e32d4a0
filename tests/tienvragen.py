"""What the answers to the ten questions must hold, read from the published database by queries of their own."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import duckdb

from reports.vraag import Vraag


def getal(waarde: float, decimalen: int = 0) -> str:
    """A number as Dutch text writes it."""
    rounded = Decimal(repr(abs(waarde))).quantize(Decimal(1).scaleb(-decimalen), ROUND_HALF_UP)
    text = f"{rounded:,.{decimalen}f}".translate(str.maketrans(",.", ".,"))
    return f"\N{MINUS SIGN}{text}" if waarde < 0 and rounded else text


class Gepubliceerd:
    """A published database, for the tenant that it says it is of."""

    def __init__(self, database: Path, provincie: str) -> None:
        self.db = duckdb.connect(str(database), read_only=True)
        self.provincie = provincie

    def row(self, sql: str, *values: Any) -> dict[str, Any]:
        """The one row of a query."""
        found = self.db.execute(sql, values)
        names = [d[0] for d in found.description or ()]
        (row,) = found.fetchall()
        return dict(zip(names, row, strict=True))

    def telling(self, soort: str, groep: str, regio: str) -> list[str]:
        """Out of how many, and how many on either side, as they stand in a sentence."""
        delen = dict(
            self.db.execute(
                "SELECT b.oordeel, count(g.bewering) FROM monitor.bewering AS b LEFT JOIN monitor.bewering AS g "
                "ON list_contains(b.geteld, g.bewering) WHERE b.soort = ? AND b.groep = ? AND b.regio = ? "
                "AND b.laag = (SELECT soort FROM kern.regio WHERE code = b.regio AND geldig_tot IS NULL) GROUP BY ALL",
                [f"telling_{soort}", groep, regio],
            ).fetchall()
        )
        assert delen, f"geen telling {soort} {groep} {regio}"
        zijden = [n for o, n in delen.items() if o in ("gunstig", "ongunstig", "bovenste_kwart", "onderste_kwart")]
        return [str(sum(delen.values())), *(str(n) if n else "geen" for n in zijden)]

    def toestand(self) -> list[str]:
        """Better and worse than two years ago, and the trends."""
        return [*self.telling("verandering", "alles", self.provincie), *self.telling("trend", "alles", self.provincie)]

    def cijfer(self, indicator: str, regio: str) -> list[str]:
        """A value with its year, beside the Netherlands where the gap has a verdict, and the word of its trend."""
        s = self.row(
            "SELECT s.waarde, s.laatste_periode, s.waarde_nl, i.decimalen, i.eenheid, o.trend, i.richting "
            "FROM monitor.stand AS s JOIN monitor.indicator AS i ON i.id = s.indicator "
            "JOIN monitor.oordeel AS o USING (indicator, uitsplitsing, regio) "
            "WHERE s.indicator = ? AND s.regio = ? AND s.uitsplitsing = 'totaal'",
            indicator,
            regio,
        )
        words = {"stijgend": "steeg", "dalend": "daalde", "gunstig": "gunstig", "ongunstig": "ongunstig"}
        gang = words.get(s["trend"], "nagenoeg gelijk" if s["trend"] == "nagenoeg gelijk" else "")
        found = [getal(s["waarde"], s["decimalen"]), s["laatste_periode"][:4], gang]
        if "euro" in s["eenheid"] and s["waarde_nl"]:
            # of what is printed, as a reader computes it
            eigen, land = (
                Decimal(getal(s[k], s["decimalen"]).replace(".", "").replace(",", ".")) for k in ("waarde", "waarde_nl")
            )
            found += [f"{getal(float(abs(100 * (eigen / land - 1))), 1)}%", "dan in Nederland"]
        return [f for f in found if f]

    def bedrijfstakken(self) -> list[str]:
        """The branch that gained most jobs, how many, and its growth here and in the Netherlands."""
        s = self.row(
            "SELECT b.naam, s.* FROM monitor.shift_share AS s JOIN kern.bedrijfstak AS b USING (bedrijfstak) "
            "WHERE s.regio = ? AND s.soort = 'venster' AND s.indeling = 'grof' AND s.bedrijfstak <> 'T001081' "
            "ORDER BY s.verandering DESC LIMIT 1",
            self.provincie,
        )
        return [
            s["naam"].lower(),
            getal(s["verandering"]),
            f"{getal(100 * s['verandering'] / s['banen_van'], 1)}%",
            f"{getal(100 * (s['verandering'] - s['regionaal'] - s['afronding']) / s['banen_van'], 1)}%",
            s["periode_van"][:4],
            s["periode"][:4],
        ]

    def pendel(self) -> list[str]:
        """Jobs outside and jobs taken by others, with their shares."""
        b = self.row(
            "SELECT * FROM monitor.woon_werkbalans WHERE regio = ? AND waarde IS NOT NULL "
            "ORDER BY periode DESC LIMIT 1",
            self.provincie,
        )
        aandelen = [f"{getal(b[k], 1)}%" for k in ("uitgaand_pct", "inkomend_pct")]
        return [getal(b["uitgaand"]), getal(b["inkomend"]), *aandelen, b["periode"][:4]]

    def prognose(self) -> list[str]:
        """Counted and expected: two numbers of two series, each with its year."""
        later = self.db.execute(
            "SELECT waarde, left(periode, 4) FROM monitor.prognose_leeftijd WHERE leeftijd = '15_tot_75' AND regio = ? "
            "AND waarde IS NOT NULL ORDER BY periode DESC LIMIT 1",
            [self.provincie],
        ).fetchall()
        geteld = self.cijfer("potentiele_beroepsbevolking", self.provincie)[:2]
        if later:
            return [*geteld, getal(later[0][0]), later[0][1]]
        p = self.row(
            "SELECT * FROM monitor.prognose WHERE regio = ? AND waarde IS NOT NULL ORDER BY periode DESC LIMIT 1",
            self.provincie,
        )
        return [*geteld, getal(p["waarde"]), p["periode"][:4]]

    def gebied(self, regio: str) -> list[str]:
        """How often an area stands high and low, and better or worse than two years ago."""
        return [*self.telling("plaats", "alles", regio), *self.telling("verandering", "alles", regio)]

    def kloof(self) -> list[str]:
        """Whether the gap grew, and how large it is."""
        o = self.row(
            "SELECT kloof FROM monitor.oordeel WHERE indicator = 'tw_per_arbeidsjaar' AND regio = ? "
            "AND uitsplitsing = 'totaal'",
            self.provincie,
        )
        k = self.row(
            "SELECT * FROM monitor.productiviteitskloof WHERE regio = ? AND indeling = 'grof' "
            "AND bedrijfstak = 'T001081' AND structuur IS NOT NULL ORDER BY periode DESC, tabel DESC LIMIT 1",
            self.provincie,
        )
        words = {
            "groter": "groter geworden",
            "kleiner": "kleiner geworden",
            "gelijk": "groter of kleiner werd is niet te zeggen",
        }
        # the difference of what is printed
        verschil = abs(round(k["productiviteit"]) - round(k["productiviteit_nl"]))
        return [words[o["kloof"]], getal(k["productiviteit"]), getal(verschil), k["periode"][:4]]

    def vorige_editie(self, indicator: str) -> list[str]:
        """Both figures with their years, and the three parts."""
        v = self.row(
            "SELECT * FROM monitor.editieverschil WHERE indicator = ? AND regio = ? AND uitsplitsing = 'totaal'",
            indicator,
            self.provincie,
        )
        delen = [getal(v[k]) for k in ("verandering", "herziening", "definitie")]
        return [getal(v["waarde_toen"]), v["periode_toen"][:4], getal(v["waarde_nu"]), v["periode_nu"][:4], *delen]

    def buren(self, *codes: str) -> list[str]:
        """Per neighbour how often better and worse."""
        return [part for code in codes for part in self.telling("verschil_buur", f"buur_{code}", self.provincie)]

    def expected(self, vraag: Vraag, buren: tuple[str, ...]) -> list[str]:
        """What the answer to a question must hold."""
        match vraag.over:
            case "cijfer":
                return self.cijfer(vraag.indicator, vraag.regio or self.provincie)
            case "gebied":
                return self.gebied(vraag.regio)
            case "vorige_editie":
                return self.vorige_editie(vraag.indicator)
            case "buren":
                return self.buren(*buren)
            case "toestand":
                return self.toestand()
            case "bedrijfstakken":
                return self.bedrijfstakken()
            case "pendel":
                return self.pendel()
            case "prognose":
                return self.prognose()
            case "kloof":
                return self.kloof()


def missing(antwoord: str, parts: list[str]) -> list[str]:
    """What of the parts does not stand in an answer, as words of their own."""
    text = re.sub(r"[().,;:]+(?=\s)|(?<=\s)[(+]+", "", f" {antwoord} ".replace("\xa0", " "))
    return [p for p in parts if f" {p.replace(chr(160), ' ')} " not in text]
