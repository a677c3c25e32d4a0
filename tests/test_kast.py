"""What was made before is taken only where it is exactly what would be made now."""

import os
import threading
from pathlib import Path

import pytest

from assets.kast import Kast


class Maker:
    """Makes bytes, and counts how often."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, invoeren):
        self.times += len(invoeren)
        return [b"van " + invoer for invoer in invoeren]


def take(kast: Kast, maker: Maker, invoer: bytes = b"iets", soort: str = "figuur") -> bytes:
    return kast.neem_alle(soort, [invoer], maker)[0]


def files(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.is_file())


def test_the_same_is_made_once_and_anything_else_anew(tmp_path):
    maker = Maker()
    for kast, soort, invoer in [
        (Kast(tmp_path, "code"), "figuur", b"iets"),
        (Kast(tmp_path, "code"), "figuur", b"iets anders"),
        (Kast(tmp_path, "code"), "plaat", b"iets"),
        (Kast(tmp_path, "andere code"), "figuur", b"iets"),
        # what follows one another is not what runs into another
        (Kast(tmp_path, "codef"), "iguur", b"iets"),
        (Kast(tmp_path, "code"), "figuuri", b"ets"),
    ]:
        before = maker.times
        assert take(kast, maker, invoer, soort) == b"van " + invoer == take(kast, maker, invoer, soort)
        assert maker.times == before + 1
        assert (kast.gemaakt[soort], kast.genomen[soort]) == (1, 1)
    assert len(files(tmp_path)) == 6


def test_of_many_what_is_not_there_is_made_in_one_go_and_all_come_in_their_order(tmp_path):
    gone: list[list[bytes]] = []

    def make(invoeren):
        gone.append(list(invoeren))
        return Maker()(invoeren)

    kast = Kast(tmp_path, "code")
    kast.neem_alle("plaat", [b"2", b"4"], make)
    assert kast.neem_alle("plaat", [b"1", b"2", b"3", b"4"], make) == [b"van 1", b"van 2", b"van 3", b"van 4"]
    assert gone == [[b"2", b"4"], [b"1", b"3"]]
    assert kast.neem_alle("plaat", [], make) == [] and len(gone) == 2


@pytest.mark.parametrize(
    "damage",
    [
        lambda path, other: path.write_bytes(b""),
        lambda path, other: path.write_bytes(path.read_bytes()[:-1]),
        lambda path, other: path.write_bytes(path.read_bytes() + b"x"),
        lambda path, other: path.write_bytes(bytes([path.read_bytes()[-1] ^ 1]) + path.read_bytes()[1:]),
        # whole, but of something else
        lambda path, other: path.write_bytes(other.read_bytes()),
        lambda path, other: (path.unlink(), path.mkdir()),
    ],
    ids=["empty", "cut off", "longer", "one bit", "foreign", "a folder"],
)
def test_what_is_damaged_or_of_something_else_is_made_again(tmp_path, damage):
    maker = Maker()
    kast = Kast(tmp_path, "code")
    take(kast, maker)
    (one,) = files(tmp_path)
    take(kast, maker, b"iets anders")
    (other,) = (p for p in files(tmp_path) if p != one)
    damage(one, other)
    assert take(kast, maker) == b"van iets" and maker.times == 3
    # and stands there again, where that can be
    assert take(kast, maker) == b"van iets" and maker.times == (4 if one.is_dir() else 3)


def test_a_store_that_can_not_be_written_costs_only_time(tmp_path):
    (tmp_path / "bestand").write_text("geen map")
    for kast in (Kast(tmp_path / "bestand" / "kast", "code"), Kast()):
        maker = Maker()
        assert take(kast, maker) == take(kast, maker) == b"van iets" and maker.times == 2
        assert kast.prune(float("inf")) == 0


def test_a_fault_in_making_is_heard_and_leaves_nothing(tmp_path):
    kast = Kast(tmp_path, "code")
    with pytest.raises(ZeroDivisionError):
        kast.neem("figuur", b"iets", lambda: bytes(1 // 0))
    assert files(tmp_path) == []


def test_all_again_makes_all_and_keeps_it(tmp_path):
    maker = Maker()
    take(Kast(tmp_path, "code"), maker)
    assert take(Kast(tmp_path, "code", opnieuw=True), maker) == b"van iets" and maker.times == 2
    take(Kast(tmp_path, "code"), maker)
    assert maker.times == 2


def test_two_at_once_give_the_same_and_leave_nothing_half(tmp_path):
    kasten = [Kast(tmp_path, "code") for _ in range(2)]
    invoeren = [str(n).encode() * 1000 for n in range(100)]
    made: list[list[bytes]] = []
    threads = [
        threading.Thread(target=lambda k=k: made.append(k.neem_alle("plaat", invoeren, Maker()))) for k in kasten
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made[0] == made[1] == [b"van " + i for i in invoeren]
    assert len(files(tmp_path)) == 100
    maker = Maker()
    assert Kast(tmp_path, "code").neem_alle("plaat", invoeren, maker) == made[0] and maker.times == 0


def test_what_nobody_asked_for_since_goes_and_what_is_taken_stays(tmp_path):
    maker, kast = Maker(), Kast(tmp_path, "code")
    take(kast, maker)
    take(kast, maker, b"iets anders")
    for path in files(tmp_path):
        os.utime(path, (1000, 1000))
    take(kast, maker)
    assert kast.prune(2000) == 1
    assert take(kast, maker) == b"van iets" and maker.times == 2
    assert take(kast, maker, b"iets anders") == b"van iets anders" and maker.times == 3
