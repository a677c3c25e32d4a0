"""What the protection of the register must withstand; the values themselves come from the environment."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Parameters:
    """Rules and the attacker's means. The defaults serve the sample only; the province sets its own.

    minimum: fewest enterprises behind a figure.
    p: percent within which nobody may estimate a contribution of another enterprise.
    jaarmarge: percent within which the attacker knows a cell from the same cell in a neighbouring published year.
    """

    minimum: int = 3
    p: float = 10.0
    jaarmarge: float = 25.0

    def __post_init__(self) -> None:
        if self.minimum < 1 or not 0 < self.p <= 100 or not 0 < self.jaarmarge <= 1000:
            raise ValueError(
                "De regels voor onthulling kloppen niet: het minimum is ten minste 1, p ligt boven 0 en is hoogstens "
                "100, de jaarmarge ligt boven 0 en is hoogstens 1000. Pas MONITOR_REGISTER_MINIMUM, "
                "MONITOR_REGISTER_P en MONITOR_REGISTER_JAARMARGE aan."
            )
