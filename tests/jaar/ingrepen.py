"""What can be done to the world and to the machine in a night: functions, each of which gives one that does it."""

from __future__ import annotations

import errno
import os
import resource
import signal
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from typing import Any

from assets.bouw import assets as bouwassets
from assets.bron import assets as bronassets
from assets.kern.correctie import Correctie
from pipelines import edities, nachten, resources, run
from pipelines.meldingen import bezorgen
from pipelines.status import withdraw_answer
from tests.jaar import kleinrapport
from tests.jaar.motor import Machine
from tests.jaar.wereld import levering

Ingreep = Callable[[Machine], None]
_SCHRIJVEN = os.O_WRONLY | os.O_RDWR | os.O_CREAT
# bytes that a file may grow to on a disk of which only a little is left: the notes of a night, and no build
RUIM = 200_000
LEVERING = "sjabloon_kvk.csv"


def samen(*ingrepen: Ingreep) -> Ingreep:
    """One after the other."""

    def doe(m: Machine) -> None:
        for ingreep in ingrepen:
            ingreep(m)

    return doe


def zet(id: str, **anders: Any) -> Ingreep:
    """Publish a table otherwise: with a new date, and these of its fields changed."""

    def doe(m: Machine) -> None:
        tabel = m.voorraad.tabellen[id]
        tabel.gewijzigd = m.echt
        for naam, value in anders.items():
            setattr(tabel, naam, value)

    return doe


def herzie(id: str) -> Ingreep:
    """Publish a table with every figure a little other than it was, as a revision does."""
    return lambda m: zet(id, stand=m.voorraad.tabellen[id].stand + 1)(m)


def noem_stil(id: str, status: str) -> Ingreep:
    """Change what a table says of itself, and not its date."""
    return lambda m: setattr(m.voorraad.tabellen[id], "status", status)


def zet_terug(id: str, dagen: int) -> Ingreep:
    """Put an older copy of a table back: its date goes back too."""

    def doe(m: Machine) -> None:
        tabel = m.voorraad.tabellen[id]
        tabel.gewijzigd = tabel.gewijzigd.replace(year=tabel.gewijzigd.year - dagen // 365 - 1)

    return doe


def volg_op(oud: str, nieuw: str) -> Ingreep:
    """Put a table in the catalogue that has the title of another one."""
    return lambda m: m.voorraad.opvolgers.update({nieuw: oud})


def haal_weg(id: str) -> Ingreep:
    """Take a table out of the catalogue and off the line."""
    return lambda m: setattr(m.voorraad.tabellen[id], "aanwezig", False)


def breng_terug(id: str) -> Ingreep:
    """Put it back as it was."""
    return lambda m: setattr(m.voorraad.tabellen[id], "aanwezig", True)


def lijn(patroon: str, wat: str) -> Ingreep:
    """Let the line fail for addresses that hold a pattern; with an empty `wat` no longer."""
    return lambda m: m.lijn.stuk.update({patroon: wat}) if wat else m.lijn.stuk.pop(patroon, None) and None


def lever(naam: str, text: str) -> Ingreep:
    """Lay a file in the folder of deliveries; without a text it is taken away."""

    def doe(m: Machine) -> None:
        path = m.root / "aanlevering" / naam
        path.write_text(text, encoding="utf-8") if text else path.unlink()

    return doe


def lever_in(stand: int) -> Ingreep:
    """Deliver a new state, which is to be used."""
    return lambda m: gebruik(stand)(m) or lever(LEVERING, levering(stand))(m)


def gebruik(stand: int) -> Ingreep:
    """From now on this state of the delivery is to be used."""
    return lambda m: setattr(m, "geleverd", stand)


def trek_in(naam: str, *, terug: bool = False) -> Ingreep:
    """Withdraw the answer of a source that is in use, or put it back, as `monitor bron intrekken` does."""
    return lambda m: withdraw_answer(m.opslag, "cbs", naam, None, "kolommen verwisseld", terug=terug) and None


def vrij(gigabytes: float) -> Ingreep:
    """So much room is left on the disk."""
    return lambda m: setattr(m, "vrij", gigabytes)


def open_editie(jaar: int) -> Ingreep:
    """Begin an edition: its folder is there, and the refresh makes it."""
    toml = schrijf(f"gebied/edities/{jaar}/editie.toml", f'jaar = {jaar}\nstaat = "concept"\n')
    return lambda m: toml(m) or setattr(m, "editie", jaar)


def omgeving(**anders: str) -> Ingreep:
    """Set variables of the environment; an empty text is one that is not set."""
    return lambda m: m.extra.update({f"MONITOR_{k}": v for k, v in anders.items()})


def schrijf(plek: str, text: str) -> Ingreep:
    """Write a file of the code or of the tenant; without a text it is taken away."""

    def doe(m: Machine) -> None:
        path = m.root / plek
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8") if text else path.unlink()

    return doe


def verlies(plek: str) -> Ingreep:
    """Lose a file of what is published."""
    return lambda m: (m.actueel / plek).unlink()


def corrigeer(*correcties: Correctie) -> Ingreep:
    """Have these corrections."""

    def doe(m: Machine) -> None:
        m.correcties = correcties
        schrijf("gebied/correcties.yaml", "".join(c.id for c in correcties) or "geen")(m)

    return doe


def bevries(jaar: int) -> Ingreep:
    """Seal what is published as an edition, as `monitor editie bevries` does."""

    def doe(_: Machine) -> None:
        with redirect_stdout(StringIO()):
            command: Any = edities.bevries.callback
            command(jaar, "cbs", None)

    return doe


def web(code: int) -> Ingreep:
    """Let the webhook and what listens for the sign of life answer with a status."""
    return lambda m: setattr(m.web, "code", code)


# What is done in the process of the night itself, before it begins.
Kwaad = Callable[[Machine], None]


def _dood(*_: Any, **__: Any) -> Any:
    os.kill(os.getpid(), signal.SIGKILL)


def _na(module: Any, naam: str, keer: int = 1) -> Kwaad:
    """Kill the process when a function was called so often and did its work."""

    def doe(_: Machine) -> None:
        echt, geteld = getattr(module, naam), [0]

        def daarna(*args: Any, **kwargs: Any) -> Any:
            made = echt(*args, **kwargs)
            geteld[0] += 1
            if geteld[0] == keer:
                _dood()
            return made

        setattr(module, naam, daarna)

    return doe


def _voor(module: Any, naam: str) -> Kwaad:
    """Kill the process where it would call a function."""
    return lambda _: setattr(module, naam, _dood)


def tweede_bericht(_: Machine) -> None:
    """Kill the process where it would send its second message."""
    echt, geteld = bezorgen.deliver, [0]

    def deliver(*args: Any) -> bool:
        geteld[0] += 1
        return bool(_dood()) if geteld[0] == 2 else echt(*args)

    bezorgen.deliver = deliver  # type: ignore[assignment]


# the moments at which a night is killed, in the order in which it passes them
MOMENTEN: dict[str, Kwaad] = {
    "bij de vraag aan de catalogus": _voor(nachten, "changed_tabellen"),
    "voor de run begint": _voor(run, "_refresh"),
    "bij het opruimen": _voor(resources, "clear_left"),
    "onder het ophalen": _na(bronassets, "write_poging", 3),
    "na het bouwen": _voor(bouwassets, "note_invoer"),
    "bij het rapport": _voor(kleinrapport, "write_klein"),
    "voor het publiceren": _voor(bouwassets, "publish"),
    "na het publiceren": _na(bouwassets, "publish"),
    "voor het melden": _voor(run, "report_run"),
}


def schijf_vol(keer: int) -> Kwaad:
    """No room is left from the n-th time on that a file is written; what is there can be removed."""

    def doe(m: Machine) -> None:
        geteld, root = [0], str(m.root)

        def hook(event: str, args: tuple[Any, ...]) -> None:
            if event == "open" and isinstance(args[2], int) and args[2] & _SCHRIJVEN and root in str(args[0]):
                geteld[0] += 1
                if geteld[0] >= keer:
                    raise OSError(errno.ENOSPC, "No space left on device")

        # it can not be taken away: the night has a process of its own
        sys.addaudithook(hook)

    return doe


def schijf_bijna_vol(_: Machine) -> None:
    """What is small can still be written, and a build can not."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (RUIM, RUIM))
