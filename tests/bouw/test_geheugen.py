import ctypes

import pytest

from assets.bouw.geheugen import kept_memory


class Glibc:
    def __init__(self):
        self.kept, self.given_back = {}, 0

    def mallopt(self, what, size):
        self.kept[what] = size

    def malloc_trim(self, _):
        self.given_back += 1


def test_what_is_freed_is_kept_until_the_end_also_of_what_fails(monkeypatch):
    libc = Glibc()
    monkeypatch.setattr(ctypes, "CDLL", lambda _: libc)
    with pytest.raises(ZeroDivisionError), kept_memory():
        during = dict(libc.kept)
        assert not libc.given_back
        raise ZeroDivisionError
    trim = -1
    assert libc.kept[trim] < during[trim]
    assert libc.given_back == 1


def test_elsewhere_memory_is_as_it_was(monkeypatch):
    class Musl:
        given_back = 0

        def malloc_trim(self, _: int) -> None:
            self.given_back += 1

    libc = Musl()
    monkeypatch.setattr(ctypes, "CDLL", lambda _: libc)
    with kept_memory():
        built = True
    assert built and not libc.given_back
