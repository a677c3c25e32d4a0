"""Bring a message to people: by e-mail, a webhook or Teams, as the environment says; and the sign of life of a run."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable
from email.message import EmailMessage
from functools import partial
from queue import Empty, SimpleQueue
from threading import Thread
from urllib.parse import SplitResult, unquote, urlsplit

import requests

from begrippen.gebied import gekozen
from pipelines.instellingen import Instellingen, InstellingError, variabele
from pipelines.meldingen.oorzaak import Melding

# seconds: for a part of an answer, and for all of it, so that a server that never ends keeps no night from its end
WACHT, HOOGSTENS = 20.0, 60.0
# what stays on this machine needs no encryption on its way
EIGEN = {"127.0.0.1", "::1", "localhost"}
Kanaal = Callable[[Melding], None]


def kanalen(instelling: Instellingen) -> dict[str, Kanaal]:
    """The channels that are set: name -> what delivers. Raises InstellingError for one that can not be used.

    A channel raises OSError (smtplib's and requests' errors are) when nobody was reached.
    """
    found: dict[str, Kanaal] = {}
    if instelling.hartslag:
        # no channel, and as useless when it is wrong
        _address("hartslag", instelling.hartslag)
    if instelling.smtp:
        found["e-mail"] = _mail(instelling)
    if instelling.webhook:
        adres = _address("webhook", instelling.webhook)
        found["webhook"] = lambda m: _post(adres, _fields(m))
    if instelling.teams:
        hook = _address("teams", instelling.teams)
        found["Teams"] = lambda m: _post_teams(hook, m)
    return found


def _address(naam: str, text: str) -> str:
    parts = _split(text)
    if parts is None or parts.scheme not in {"http", "https"}:
        # the address itself is a secret: who has it can post
        raise InstellingError(f"{variabele(naam)} is geen adres; geef er een dat begint met https://")
    if parts.scheme == "http" and parts.hostname not in EIGEN:
        raise InstellingError(f"{variabele(naam)}: gebruik https; zonder leest onderweg iedereen mee")
    return text


def _split(text: str) -> SplitResult | None:
    """Take an address apart; None where it is none. What is wrong with it is not told: it can hold a password."""
    try:
        parts = urlsplit(text)
        # read here: a port that is no number is found at the first look
        return parts if parts.hostname and (parts.port is None or parts.port > 0) else None
    except ValueError:
        return None


def _fields(melding: Melding) -> dict[str, str]:
    """What a webhook gets: the message in parts, and whose monitor it is."""
    told = {"sleutel": melding.sleutel, "kop": melding.gezegd, "tekst": melding.tekst, "vervolg": melding.vervolg}
    return {"monitor": gekozen().titel, **told}


def _text(melding: Melding) -> str:
    return f"{melding.tekst.strip()}\n\nWat u doet: {melding.vervolg}\n"


def _post(adres: str, body: dict[str, str]) -> None:
    # of the answer its status is all: what it holds is not read, however much that is
    with requests.post(adres, json=body, timeout=WACHT, allow_redirects=False, stream=True) as response:
        response.raise_for_status()


def _post_teams(adres: str, melding: Melding) -> None:
    # imported here: it brings Dagster along, and a question at the command line must not wait for that
    from dagster_msteams.client import TeamsClient

    blocks = [
        {"type": "TextBlock", "text": melding.gezegd, "weight": "Bolder", "size": "Medium", "wrap": True},
        {"type": "TextBlock", "text": _text(melding), "wrap": True},
    ]
    card = {"type": "AdaptiveCard", "version": "1.4", "body": blocks}
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "content": card}
    TeamsClient(adres, timeout=WACHT).post_message({"type": "message", "attachments": [attachment]})


def _mail(instelling: Instellingen) -> Kanaal:
    server = _split(instelling.smtp)
    aan = [a.strip() for a in instelling.meld_aan.split(",") if a.strip()]
    if server is None or server.scheme not in {"smtp", "smtps"} or not unquote(server.password or "").isascii():
        raise InstellingError(
            f"{variabele('smtp')} is geen adres van een mailserver; geef smtp://server:25 of "
            "smtps://naam:wachtwoord@server. Een # in het wachtwoord schrijft u als %23, een @ als %40, een / als %2F"
        )
    if not aan or not all("@" in a for a in aan):
        raise InstellingError(
            f"{variabele('meld_aan')}: geef de e-mailadressen die bericht krijgen, met komma's ertussen"
        )
    van = instelling.meld_van or aan[0]

    def deliver(melding: Melding) -> None:
        message = EmailMessage()
        message["Subject"] = f"{gekozen().titel}: {melding.gezegd}".replace("\n", " ")
        message["From"], message["To"] = van, ", ".join(aan)
        message.set_content(_text(melding))
        with _open_smtp(server) as smtp:
            smtp.send_message(message)

    return deliver


def _open_smtp(server: SplitResult) -> smtplib.SMTP:
    host, safe = str(server.hostname), ssl.create_default_context()
    if server.scheme == "smtps":
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(host, server.port or 465, timeout=WACHT, context=safe)
    else:
        smtp = smtplib.SMTP(host, server.port or 25, timeout=WACHT)
        smtp.ehlo()
        if smtp.has_extn("starttls"):
            smtp.starttls(context=safe)
        elif server.password and host not in EIGEN:
            smtp.close()
            raise OSError("de mailserver kan niet versleutelen; een wachtwoord gaat er dan niet heen")
    if server.username:
        smtp.login(unquote(server.username), unquote(server.password or ""))
    return smtp


def _in_time(doe: Callable[[], None]) -> None:
    """Do something that others can hold up; what is not done in time is left, and goes with the process.

    Raises what it raises, TimeoutError (an OSError) when it does not end.
    """
    came: SimpleQueue[Exception | None] = SimpleQueue()

    def work() -> None:
        try:
            doe()
        except Exception as error:
            came.put(error)
        else:
            came.put(None)

    Thread(target=work, daemon=True).start()
    try:
        error = came.get(timeout=HOOGSTENS)
    except Empty:
        raise TimeoutError from None
    if error is not None:
        raise error


def deliver(melding: Melding, via: dict[str, Kanaal], fouten: list[str]) -> bool:
    """Deliver by every channel, and say whether one arrived; what failed is added to `fouten`, without its address."""
    reached = False
    for naam, kanaal in via.items():
        try:
            _in_time(partial(kanaal, melding))
            reached = True
        except (OSError, ValueError) as error:
            fouten.append(f"{naam}: {_harmless(error)}")
    return reached


def _harmless(error: Exception) -> str:
    """What went wrong, without an address or password: the texts of the libraries repeat the whole URL."""
    response = getattr(error, "response", None)
    code = getattr(response, "status_code", None) or getattr(error, "smtp_code", None)
    return f"{type(error).__name__}" + (f", code {code}" if code else "")


def give_sign_of_life(instelling: Instellingen, fouten: list[str]) -> None:
    """Ask the address that expects to hear from every run: it warns when a night stays silent."""
    if not instelling.hartslag:
        return

    def ask() -> None:
        adres = _address("hartslag", instelling.hartslag)
        with requests.get(adres, timeout=WACHT, allow_redirects=False, stream=True) as response:
            response.raise_for_status()

    try:
        _in_time(ask)
    except OSError as error:
        fouten.append(f"hartslag: {_harmless(error)}")
