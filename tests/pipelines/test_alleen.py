"""A mark that only what was killed leaves."""

import os
import signal

import pytest

from pipelines.alleen import is_left, marked
from pipelines.nachten import describe_last, find_mark


def _killed(mark):
    pid = os.fork()
    if pid == 0:
        with marked(mark):
            os.kill(os.getpid(), signal.SIGKILL)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL


def test_a_mark_is_left_by_what_is_killed_and_found_once(tmp_path):
    mark = tmp_path / "nachten" / "cbs.loopt"
    with marked(mark) as left:
        assert not left and mark.exists() and not is_left(mark)
    assert not mark.exists()
    _killed(mark)
    assert is_left(mark)
    with marked(mark) as left:
        assert left
    with marked(mark) as left:
        assert not left


def test_whatever_ends_by_itself_leaves_none_however_that_is(tmp_path):
    with pytest.raises(OSError, match="vol"), marked(tmp_path / "x"):
        raise OSError("vol")
    assert not is_left(tmp_path / "x")


def test_one_that_is_still_busy_is_not_taken_for_killed(tmp_path):
    mark = tmp_path / "x"
    with marked(mark):
        with marked(mark) as left:
            assert not left
        # the second one does not take the mark of the first away
        assert mark.exists() and not is_left(mark)


def test_where_no_mark_can_be_made_nothing_is_stopped(tmp_path):
    (tmp_path / "bestand").write_text("")
    with marked(tmp_path / "bestand" / "x") as left:
        assert not left


def test_the_status_tells_of_one_that_was_killed_before_it_was_written_down_that_it_began(tmp_path):
    assert describe_last(tmp_path, "cbs") == ""
    _killed(find_mark(tmp_path, "cbs"))
    assert "begonnen en afgebroken" in describe_last(tmp_path, "cbs")
