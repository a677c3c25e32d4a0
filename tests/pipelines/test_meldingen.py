"""Messages after a night: one for each cause, once, by real e-mail and HTTP on this machine; and never a secret."""

import json
import time
from datetime import timedelta
from types import SimpleNamespace

import dagster as dg
import pytest

from begrippen.redenen import Reden
from pipelines import cli
from pipelines.instellingen import InstellingError, read
from pipelines.meldingen import bezorgen, oorzaak
from pipelines.meldingen.bezorgen import deliver, kanalen
from pipelines.meldingen.nacht import report_run
from tests.bron.test_grenzen import drip, raw
from tests.pipelines.berichten import GOED, MAANDAG, Postbus, fout, gestuurd, koppen, omgeving, poort

ONBEREIKBAAR = Reden("geen_onderwerp", {}, wat="alles")


@pytest.fixture
def post():
    """A mail server."""
    made = Postbus()
    yield made
    made.server.stop()


def test_a_cause_is_told_once_for_as_long_as_it_lasts_and_again_when_it_is_back(keten, web):
    stuk = gestuurd(fout("schijf weg"), geslaagd=False)
    for night, afloop in enumerate([GOED, stuk, stuk, GOED, stuk, GOED]):
        assert report_run(keten, afloop, omgeving(web), MAANDAG + timedelta(days=night)) == []
    assert koppen(web) == ["Week 49: de monitor draait", "De verversing is mislukt", "De verversing is mislukt"]
    assert "schijf weg" in web.berichten[1][1]["tekst"]
    assert "wat er stond, staat er nog" in web.berichten[1][1]["tekst"]


def test_every_week_a_message_says_that_it_runs_and_what_stands_open(keten, web):
    stuk = gestuurd(poort("T1", ONBEREIKBAAR))
    for night in range(9):
        report_run(keten, stuk, omgeving(web), MAANDAG + timedelta(days=night))
    weken = [b for _, b in web.berichten if b["sleutel"].startswith("week:")]
    assert [w["sleutel"] for w in weken] == ["week:2026-49", "week:2026-50"]
    assert "Geen nieuw antwoord van T1 (nieuw)" in weken[0]["tekst"]
    assert "Geen nieuw antwoord van T1 (sinds 2026-11-30)" in weken[1]["tekst"]


def test_after_every_run_whatever_came_of_it_the_sign_of_life_is_given(keten, web):
    instelling = omgeving(MONITOR_HARTSLAG=f"{web.adres}/leeft")
    for afloop in (GOED, gestuurd(fout("x"), geslaagd=False)):
        assert report_run(keten, afloop, instelling, MAANDAG) == []
    assert web.vragen == ["/leeft", "/leeft"]


def test_what_reached_nobody_is_tried_again_after_the_next_run_and_no_address_is_told(keten, web):
    web.code = 503
    afloop = gestuurd(fout("x"), geslaagd=False)
    fouten = report_run(keten, afloop, omgeving(web), MAANDAG)
    assert fouten == ["webhook: HTTPError, code 503"] * 2
    web.code, web.berichten = 200, []
    assert report_run(keten, afloop, omgeving(web), MAANDAG + timedelta(days=1)) == []
    assert koppen(web) == ["De verversing is mislukt", "Week 49: de monitor draait"]


def test_a_folder_that_takes_nothing_does_not_keep_a_message_from_its_reader(keten, web, tmp_path):
    (tmp_path / "meldingen").write_text("geen map")
    fouten = report_run(keten, gestuurd(fout("x"), geslaagd=False), omgeving(web), MAANDAG)
    assert koppen(web) == ["De verversing is mislukt", "Week 49: de monitor draait"]
    assert len(fouten) == 1 and fouten[0].startswith("onthouden wat er is gemeld")


def test_a_message_arrives_by_mail_and_in_teams(web, post):
    instelling = omgeving(
        MONITOR_SMTP=f"smtp://127.0.0.1:{post.poort}",
        MONITOR_MELD_AAN="team@example.org, chef@example.org",
        MONITOR_TEAMS=f"{web.adres}/kanaal",
    )
    melding = oorzaak.Melding("s", "Kop\nmet regel", "De tekst é.", "monitor status")
    fouten = []
    assert deliver(melding, kanalen(instelling), fouten)
    assert fouten == []
    ((aan, brief),) = post.brieven
    assert aan == ["team@example.org", "chef@example.org"]
    assert "Kop met regel" in brief and "Wat u doet: monitor status" in brief
    ((path, card),) = web.berichten
    assert path == "/kanaal"
    told = json.dumps(card, ensure_ascii=False)
    assert "De tekst é." in told and "monitor status" in told


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        ({"MONITOR_WEBHOOK": "http://example.org/geheim"}, "gebruik https"),
        ({"MONITOR_TEAMS": "geheim"}, "MONITOR_TEAMS is geen adres"),
        ({"MONITOR_SMTP": "server:25"}, "MONITOR_SMTP is geen adres"),
        ({"MONITOR_SMTP": "smtps://naam:ge#heim@server"}, "MONITOR_SMTP is geen adres"),
        ({"MONITOR_SMTP": "smtps://naam:gehéim@server"}, "MONITOR_SMTP is geen adres"),
        ({"MONITOR_HARTSLAG": "https://[geheim"}, "MONITOR_HARTSLAG is geen adres"),
        ({"MONITOR_HARTSLAG": "http://example.org/geheim"}, "gebruik https"),
        ({"MONITOR_SMTP": "smtp://server", "MONITOR_MELD_AAN": "geen adres"}, "MONITOR_MELD_AAN"),
    ],
)
def test_a_channel_that_can_not_be_used_is_refused_without_its_secret(environ, said):
    with pytest.raises(InstellingError, match=said) as refused:
        kanalen(read(environ))
    assert "geheim" not in str(refused.value) and "naam:ge" not in str(refused.value)
    assert refused.value.__cause__ is None


def test_a_wrong_channel_is_told_before_the_work_and_not_after_it(monkeypatch, tmp_path, capsys):
    for naam, value in {"OPSLAG": tmp_path / "opslag", "UITVOER": tmp_path / "uitvoer", "TEAMS": "geheim"}.items():
        monkeypatch.setenv(f"MONITOR_{naam}", str(value))
    with pytest.raises(SystemExit) as end:
        cli.cli.main(["run", "--meld"], prog_name="monitor")
    assert end.value.code == 2
    assert "MONITOR_TEAMS is geen adres" in capsys.readouterr().err
    assert not (tmp_path / "opslag" / "momentopnamen").exists()


def test_a_password_does_not_go_where_it_can_be_read(post, monkeypatch):
    monkeypatch.setattr("pipelines.meldingen.bezorgen.EIGEN", set())
    instelling = omgeving(
        MONITOR_SMTP=f"smtp://naam:wachtwoord@127.0.0.1:{post.poort}", MONITOR_MELD_AAN="team@example.org"
    )
    fouten = []
    assert not deliver(oorzaak.Melding("s", "k", "t", "v"), kanalen(instelling), fouten)
    assert fouten == ["e-mail: OSError"]
    assert post.brieven == []


def test_a_full_disk_is_told_before_it_is_full():
    (melding,) = oorzaak.from_schijf(int(1.5 * oorzaak.GIGABYTE), 5)
    assert "nog 1,5 GB vrij; minder dan 5 GB" in melding.tekst
    assert oorzaak.from_schijf(5 * oorzaak.GIGABYTE, 5) == []


def test_a_table_that_cbs_stopped_is_told_and_one_that_the_list_knows_as_such_is_not():
    archief = SimpleNamespace(latest=lambda bron, tabel: SimpleNamespace(eigenschappen={"status": "Gediscontinueerd"}))
    tabellen = [
        SimpleNamespace(id="A", bron="cbs", titel="Nieuw", gestopt=False),
        SimpleNamespace(id="B", bron="cbs", titel="Bekend", gestopt=True),
    ]
    assert [m.sleutel for m in oorzaak.from_tabellen(tabellen, archief)] == ["gestopt:A"]


def test_a_failed_night_in_dagster_reaches_the_reader(keten, web, monkeypatch):
    for naam, value in {"BRON": "cbs", "OPSLAG": keten.opslag, "WEBHOOK": f"{web.adres}/x", "SCHIJF_GB": "0"}.items():
        monkeypatch.setenv(f"MONITOR_{naam}", value)
    from pipelines.schedules import meld_mislukt

    @dg.op
    def stuk():
        raise ValueError("de bron is weg")

    @dg.job(name="verversen")
    def verversen():
        stuk()

    with dg.DagsterInstance.ephemeral() as instance:
        result = verversen.execute_in_process(instance=instance, raise_on_error=False)
        (event,) = [e for e in result.all_events if e.event_type_value == "PIPELINE_FAILURE"]
        context = dg.build_run_status_sensor_context(
            sensor_name="meld_mislukt", dagster_event=event, dagster_instance=instance, dagster_run=result.dagster_run
        )
        meld_mislukt(context)
        monkeypatch.delenv("MONITOR_BRON")
        # started by hand, of the sample: nobody hears of a trial
        assert "alleen over cbs" in meld_mislukt(context).skip_message
    assert len(web.berichten) == 2
    assert "de bron is weg" in web.berichten[0][1]["tekst"]


def test_the_command_shows_what_stands_and_sends_a_trial(keten, web, monkeypatch, capsys):
    monkeypatch.setenv("MONITOR_OPSLAG", keten.opslag)
    report_run(keten, gestuurd(poort("T1", ONBEREIKBAAR)), omgeving(), MAANDAG)
    for command in (["melden", "--bron", "cbs"], ["melden", "--proef"]):
        with pytest.raises(SystemExit):
            cli.cli.main(command, prog_name="monitor")
    said = capsys.readouterr()
    assert "sinds 2026-11-30, nog niemand bereikt: Geen nieuw antwoord van T1" in said.out
    with pytest.raises(SystemExit):
        cli.cli.main(["melden", "--bron", "cbs", "--json"], prog_name="monitor")
    (row,) = [r for r in json.loads(capsys.readouterr().out)["open"] if "T1" in r["kop"]]
    assert row["gemeld"] is False and row["sinds"].startswith("2026-11-30")
    assert "geen kanaal ingesteld" in said.out and "geen kanaal ingesteld" in said.err
    monkeypatch.setenv("MONITOR_WEBHOOK", f"{web.adres}/x")
    with pytest.raises(SystemExit) as end:
        cli.cli.main(["melden", "--proef"], prog_name="monitor")
    assert end.value.code in (0, None)
    assert koppen(web) == ["Proefbericht"]


HOOFD = b"HTTP/1.1 200 OK\r\n"
OPHOUDEN = {
    "een kop zonder einde": drip(HOOFD + b"X: ", b"x"),
    "een antwoord zonder einde": drip(HOOFD + b"Transfer-Encoding: chunked\r\n\r\n", b"0"),
    "100 Continue": drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "een groet zonder einde": drip(b"", b"220-x\r\n"),
}


@pytest.mark.parametrize(
    ("naam", "hoe", "komt_aan"),
    [
        ("webhook", "een kop zonder einde", False),
        ("webhook", "100 Continue", False),
        # nobody reads what a webhook says: it said that it took the message
        ("webhook", "een antwoord zonder einde", True),
        ("teams", "een antwoord zonder einde", False),
        ("smtp", "een groet zonder einde", False),
        ("hartslag", "een kop zonder einde", False),
    ],
)
def test_a_server_that_never_ends_holds_no_night_up(naam, hoe, komt_aan, monkeypatch):
    monkeypatch.setattr(bezorgen, "HOOGSTENS", 0.5)
    fouten = []
    with raw(OPHOUDEN[hoe], hoort=naam != "smtp") as url:
        environ = {f"MONITOR_{naam.upper()}": url.removesuffix("/lijst")}
        if naam == "smtp":
            environ = {
                "MONITOR_SMTP": environ["MONITOR_SMTP"].replace("http", "smtp"),
                "MONITOR_MELD_AAN": "a@example.org",
            }
        instelling, start = read(environ), time.monotonic()
        if naam == "hartslag":
            bezorgen.give_sign_of_life(instelling, fouten)
        else:
            assert deliver(oorzaak.from_afgebroken(), kanalen(instelling), fouten) == komt_aan
    assert time.monotonic() - start < 5
    assert [f.partition(": ")[2] for f in fouten] == ([] if komt_aan else ["TimeoutError"])


def test_what_a_server_says_of_a_message_is_not_read_however_much_it_is(monkeypatch):
    sent = []

    def flood(connection):
        connection.sendall(HOOFD + b"\r\n")
        while len(sent) < 2_000:
            connection.sendall(b"x" * 65_536)
            sent.append(1)

    with raw(flood) as url:
        instelling, fouten = read({"MONITOR_WEBHOOK": url, "MONITOR_HARTSLAG": url}), []
        assert deliver(oorzaak.from_afgebroken(), kanalen(instelling), fouten)
        bezorgen.give_sign_of_life(instelling, fouten)
    # no more than what the system holds of a connection on its way
    assert fouten == [] and len(sent) < 500
