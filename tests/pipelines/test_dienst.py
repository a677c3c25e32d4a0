"""The service: its units are sound and closed, its container starts from what is there, and no file holds a secret."""

import os
import re
import shutil
import subprocess

import pytest

from begrippen.plekken import WORTEL
from pipelines.geschiedenis import INSTELLING, VORM
from pipelines.instellingen import find_onbekend, read

DIENST = WORTEL / "pipelines" / "dienst"
UNITS = sorted(DIENST.glob("monitor-*.*"))
# of 10, where 0 is a service that can do nothing; below 2 systemd calls it 'OK'
OPEN = 2.0

systemd = pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is er niet")


def installed(folder, unit):
    """A unit as it is where the monitor stands in `folder`: systemd asks whether the command is there."""
    text = unit.read_text(encoding="utf-8").replace("/opt/monitor", str(folder))
    (folder / unit.name).write_text(text, encoding="utf-8")
    command = folder / ".venv" / "bin" / "monitor"
    command.parent.mkdir(parents=True, exist_ok=True)
    command.write_text("#!/bin/sh\n", encoding="utf-8")
    command.chmod(0o755)
    return folder / unit.name


@systemd
@pytest.mark.parametrize("unit", UNITS, ids=lambda p: p.name)
def test_a_unit_is_sound(tmp_path, unit):
    for other in UNITS:
        installed(tmp_path, other)
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", str(tmp_path / unit.name)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


@systemd
@pytest.mark.parametrize("unit", [u for u in UNITS if u.suffix == ".service"], ids=lambda p: p.name)
def test_a_service_can_do_little(tmp_path, unit):
    told = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--no-pager", str(installed(tmp_path, unit))],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"LC_ALL": "C", "SYSTEMD_COLORS": "0"},
    ).stdout
    assert float(re.search(r"exposure level for \S+: ([\d.]+)", told)[1]) < OPEN, told
    text = unit.read_text(encoding="utf-8")
    assert "User=monitor" in text and "StateDirectory=monitor" in text and "0.0.0.0" not in text


def test_both_services_are_equally_closed():
    closed = [
        {
            line
            for line in u.read_text(encoding="utf-8").splitlines()
            if re.match(r"(Protect|Private|Restrict|System)", line)
        }
        for u in UNITS
        if u.suffix == ".service"
    ]
    assert len(closed) == 2 and closed[0] == closed[1] and len(closed[0]) > 15


def test_the_settings_of_the_service_are_ones_that_there_are():
    """Also those that are not switched on."""
    lines = (DIENST / "monitor.env").read_text(encoding="utf-8").splitlines()
    given = dict(
        re.match(r"#?(MONITOR_\w+)='?([^']*)'?$", line).groups() for line in lines if "=" in line and "MONITOR" in line
    )
    assert len(given) > 5 and find_onbekend(given) == {}
    assert read(given).bron == "cbs"
    assert given[INSTELLING] == VORM.partition("=")[2]


def test_the_command_of_the_service_takes_its_settings_and_passes_its_words_on(tmp_path):
    text = (DIENST / "monitor").read_text(encoding="utf-8")
    text = text.replace("/etc/monitor/monitor.env", str(tmp_path / "monitor.env")).replace(
        "/var/lib/monitor", str(tmp_path)
    )
    # who it runs as is for the machine; here it is whoever tests
    text = text.replace("runuser -u monitor -- ", "").replace("/opt/monitor/.venv/bin/monitor", str(tmp_path / "zegt"))
    (tmp_path / "monitor").write_text(text, encoding="utf-8")
    (tmp_path / "zegt").write_text('#!/bin/sh\necho "$MONITOR_POSTGRES|$PWD|$#|$2"\n', encoding="utf-8")
    for naam in ("monitor", "zegt"):
        (tmp_path / naam).chmod(0o755)
    (tmp_path / "monitor.env").write_text("MONITOR_POSTGRES='postgresql://a@/b?c=d&e=f'\n", encoding="utf-8")
    done = subprocess.run([tmp_path / "monitor", "tekst", "twee woorden"], capture_output=True, text=True, check=True)
    assert done.stdout == f"postgresql://a@/b?c=d&e=f|{tmp_path}|2|twee woorden\n"


def test_the_container_starts_from_what_is_in_the_project():
    text = (DIENST / "Containerfile").read_text(encoding="utf-8")
    steps = re.findall(r"^([A-Z]+) ", text, re.M)
    assert steps[0] == "FROM" and set(steps) <= {
        "FROM",
        "RUN",
        "WORKDIR",
        "COPY",
        "USER",
        "ENV",
        "VOLUME",
        "ENTRYPOINT",
        "CMD",
    }
    # nothing runs as root after it was made, and no layer holds a setting that is secret
    assert steps.index("USER") > max(n for n, step in enumerate(steps) if step in {"RUN", "COPY"})
    assert not re.search(r"(?i)password|wachtwoord|token|secret", text)
    for target in re.findall(r"make (\S+)", text.replace("apt-get install", "").split("COPY", 1)[1]):
        assert re.search(rf"^{target}:", (WORTEL / "Makefile").read_text(encoding="utf-8"), re.M), target


def test_what_the_page_for_the_machine_names_is_there():
    page = (WORTEL / "docs" / "beheer.md").read_text(encoding="utf-8")
    named = set(re.findall(r"pipelines/dienst/([\w@*-]+(?:\.[\w*-]+)*)", page))
    assert named and all(list(DIENST.glob(naam)) for naam in named), named
    there = {p.name for p in DIENST.iterdir()} - {"dagster.productie.yaml"}
    assert {p for p in there if not any(p == n or (n.endswith("*") and p.startswith(n[:-1])) for n in named)} == set()
