"""The year of nights of `tests/jaar`, lived whole and counted: every night is one."""

from __future__ import annotations

import pytest

from tests.jaar.gebeurtenissen import JAAR
from tests.jaar.motor import machine
from tests.jaar.oordeel import leef
from tests.jaar.test_jaar import BEGIN, NACHTEN
from tests.vertrouwen.tellen import aantal

pytestmark = pytest.mark.lang


def test_a_year_of_nights_tells_each_cause_once_and_the_last_report_is_always_whole(tel, tmp_path):
    with tel("jaar") as telling, machine(tmp_path, BEGIN) as m:
        oordeel = leef(m, JAAR, aantal(NACHTEN, minstens=7), telling.proef)
        print(f"\n{oordeel.tabel()}", *oordeel.verhalen, sep="\n\n")
