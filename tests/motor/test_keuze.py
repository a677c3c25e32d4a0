"""One setting chooses; without it nothing of Spark is loaded."""

import subprocess
import sys

import pytest

from assets.motor import spark
from assets.motor.keuze import Motorkeuze
from assets.tabel import Tabel
from pipelines.instellingen import InstellingError, read
from pipelines.keteninstellingen import Keteninstellingen


def keuze(**environ):
    return Keteninstellingen.van(read({"MONITOR_BRON": "voorbeeld", **environ})).registerkeuze().motor


def test_duckdb_unless_the_environment_says_spark():
    assert keuze() == Motorkeuze("duckdb", "")
    assert keuze(MONITOR_MOTOR="spark", MONITOR_SPARK="spark://rekenserver:7077") == Motorkeuze(
        "spark", "spark://rekenserver:7077"
    )


def test_another_engine_is_refused_by_the_name_of_its_variable():
    with pytest.raises(InstellingError, match="MONITOR_MOTOR"):
        read({"MONITOR_MOTOR": "hadoop"})


def test_duckdb_makes_its_own_tables(tmp_path):
    with Motorkeuze().open(tmp_path) as motor:
        assert motor is Tabel.create
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("there", "java", "said"), [(False, True, "make spark"), (True, False, "default-jre-headless")]
)
def test_what_is_missing_is_said_with_the_next_command(tmp_path, monkeypatch, there, java, said):
    monkeypatch.setattr(spark, "find_spec", lambda naam: object() if there else None)
    monkeypatch.setattr(spark.shutil, "which", lambda naam: "/java" if java else None)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(spark.MotorError) as raised, Motorkeuze("spark").open(tmp_path):
        pass
    assert said in str(raised.value.vervolg)
    assert list(tmp_path.iterdir()) == []


def test_without_spark_nothing_of_it_is_loaded():
    code = (
        "import sys, pipelines.definitions\n"
        "print(sorted({m.split('.')[0] for m in sys.modules} & {'pyspark', 'sqlglot', 'py4j'}))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip().endswith("[]")


def test_nothing_is_shown_kept_or_logged_and_what_is_spilled_is_encrypted(tmp_path):
    settings = spark.settings(tmp_path, "spark://rekenserver:7077", "2g")
    assert settings["spark.ui.enabled"] == settings["spark.eventLog.enabled"] == "false"
    assert settings["spark.log.level"] == "OFF"
    assert settings["spark.io.encryption.enabled"] == "true"
    assert settings["spark.local.dir"] == settings["spark.sql.warehouse.dir"] == str(tmp_path)
    # a cluster must find the machine that asks
    assert "spark.driver.host" not in settings
    assert spark.settings(tmp_path, "local[2]", "2g")["spark.driver.host"] == "127.0.0.1"
