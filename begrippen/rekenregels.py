"""The rules in force: every number that decides what the monitor says, once, with its reason.

Python reads `REKENREGELS`; SQL reads the same from the one row of `invoer.rekenregel`, some in words
(`minste_punten_woord`) for sentences. A number of these stands nowhere else: who changes one here changes every
verdict, sentence and table that rests on it. Thresholds of a check stand with that check, those of a card with it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

from begrippen.taal import telwoord


@dataclass(frozen=True)
class Rekenregels:
    """The rules of a judgement and of the analyses. More on each stands in docs/keuzes.md, under Oordeel.

    Shares are parts of one, years and points whole numbers. 'Kwart' in the code of a place is a name: other parts ask
    for other codes.
    """

    # -- trend --
    # a trend is significant when p is below it: the customary one in twenty
    alfa: float = 0.05
    # of what is significant after correction at most such a part is chance, on average over the families of tests: by
    # simulation, also where regions and indicators move together (29-11-2026, tests/bench/bench_veel_toetsen.py: 9.5%
    # at most). Benjamini-Hochberg alone promises alfa, of p-values that are exact in their far tail
    vals_onder_gevonden: float = 0.1
    # a change is held for detectable when a test of it would succeed so often: the customary four in five
    onderscheidend: float = 0.8
    # the window is the so many years before the edition: a trend of fewer is chance, of more it is history
    venster: int = 8
    # a line through three points nearly always fits
    minste_punten: int = 4
    # measured every few years: the last minus the first, against their margins
    minste_metingen: int = 2
    # Mann-Kendall over four points never gets below 0.05 (1/12 at least), so it says nothing there
    minste_punten_kendall: int = 5
    # life expectancy: the only moving average among the cards runs over so many years
    voortschrijdend_jaren: int = 4
    # the autocorrelations that are weighed for a pool of series: from 0 to the highest, in so many values. Above 0.95 a
    # series of eight years has nearly as little to say as one point
    rho_hoogste: float = 0.95
    rho_stappen: int = 20
    # with so much certainty the autocorrelation of a pool is no higher than the one it is judged with. By simulation
    # (29-11-2026, tests/bench/bench_trendtoets.py): at 0.7 a pool of one has 9% false signals, at 0.9 power is lost
    rho_zekerheid: float = 0.8
    # the years on which the model is tried afterwards: as many as two editions
    terugtoets_jaren: int = 4
    # margins of a source are an interval of 95%: so many standard errors to either side
    marge_se: float = 1.96
    # a difference below this part of the values is rounding in the computer: 0.3 - 0.1 is not 0.4 - 0.2
    ruis: float = 1e-10
    # two orders of calculating the same differ less than this part of it
    rekenfout: float = 1e-9

    # -- latest figure --
    # the report appears every two years, so a figure is put beside that of two years earlier
    editie_jaren: int = 2
    # an enquiry every four years has a newest figure of at most four years old; what is older says nothing of now, and
    # is not counted under the heading of an edition (29-11-2026)
    actueel_jaren: int = 4

    # -- place --
    # the ranks in so many equal parts, of which the first and the last have a name: a quarter. Who shares a value has
    # the middle of the ranks that they take together: by the first of those the top was 18% larger than the bottom
    plaats_delen: int = 4
    # among fewer than so many regions a place says nothing
    minste_regios: int = 4
    # nor where a smaller part of the regions of that kind has a rank than the indicator that most have
    minste_deel_met_rang: float = 0.5
    # a quotient of rounded counts whose rounding can make more than this part of the spread between regions (their
    # 25th to 75th percentile) gets no place: at this part one label in ten would be another (29-11-2026)
    grofste_deel: float = 0.25
    # values that are equal in so many digits share a rank
    rang_cijfers: int = 10

    # -- record --
    # 'never so high' asks for a series of so many years
    record_jaren: int = 8

    # -- parts and whole --
    # the Extra-regio and what can not be placed count in the Netherlands and in no province (22-11-2026)
    buiten_provincies: float = 0.05
    # whether a source rounds to multiples shows in so many cells
    cellen_afronding: int = 30
    # so many cells of a region, all of them whole numbers: a source that says one decimal gives that region without.
    # By chance that is one in 100,000
    cellen_grof: int = 5
    # a country this many times as large as the province: both are totals, whatever their unit. No rate on a card
    # differs that much. Of the largest provinces (a fifth of the country) only the unit tells it: reports.totaal
    totaal_vanaf: float = 10

    # -- branches --
    # the source gives jobs in hundreds: two cells differ by rounding by as much as a hundred. And a growth that differs
    # by less than half a percent over the whole window is no other one for any reader
    tak_banen: float = 100
    tak_deel: float = 0.005

    # -- peers --
    soortgenoten: int = 10
    # a characteristic that a tenth of the regions lack would make them peers of nobody
    soortgenoten_dekking: float = 0.9
    # peers on fewer of the four aspects would be peers in name only
    soortgenoten_aspecten: int = 3

    # -- report --
    # the wheel of well-being is drawn when this part of it has a judgement
    wiel_minste_deel: float = 0.25
    # so many messages in the summary
    boodschappen: int = 5
    # of fewer judgements a count says nothing of the whole
    minste_telling: int = 5

    def window(self, editie: int) -> tuple[int, int]:
        """The first and the last year of the window of an edition."""
        return editie - self.venster, editie - 1

    def row(self) -> dict[str, float | int | str]:
        """The row of `invoer.rekenregel`: each rule that a query reads, or its count in words."""
        values = asdict(self)
        return {naam: values[naam] for naam in IN_SQL} | {
            f"{naam}_woord": telwoord(values[naam]) for naam in IN_WOORDEN
        }

    def types(self) -> dict[str, str]:
        """The columns of that row: name -> DuckDB type."""
        return {naam: _TYPES[type(value)] for naam, value in self.row().items()}


# what queries read, and of what they read the number in words; all else is for Python alone
IN_SQL = (
    *("alfa", "venster", "marge_se", "ruis", "rekenfout", "editie_jaren", "actueel_jaren", "record_jaren"),
    *("buiten_provincies", "totaal_vanaf", "minste_telling", "tak_banen", "tak_deel"),
    *("plaats_delen", "minste_regios", "minste_deel_met_rang", "grofste_deel", "rang_cijfers"),
    *("cellen_afronding", "cellen_grof", "soortgenoten_dekking"),
)
IN_WOORDEN = ("minste_punten", "minste_metingen", "minste_regios")
_TYPES: dict[type, str] = {int: "INTEGER", float: "DOUBLE", str: "VARCHAR"}

REKENREGELS = Rekenregels()
