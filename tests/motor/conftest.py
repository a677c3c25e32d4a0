"""Spark for the tests of this room: once for each file, in local mode."""

import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def java() -> None:
    """Skip where Spark can not be started, with what is missing."""
    if find_spec("pyspark") is None or find_spec("sqlglot") is None:
        pytest.skip("Spark is niet geïnstalleerd: make spark")
    if shutil.which("java") is None:
        pytest.skip("Spark heeft Java nodig: apt-get install -y default-jre-headless")


@pytest.fixture(scope="module")
def spark(java: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    """A session of Spark on this machine."""
    from assets.motor import spark

    settings = spark.settings

    def small(*given: str) -> dict[str, str]:
        # a hundred queries of a few rows: Java may compile in haste, and a table is in few parts
        own = settings(*given)
        haste = own["spark.driver.extraJavaOptions"] + " -XX:TieredStopAtLevel=1"
        parts = {"spark.sql.shuffle.partitions": "2", "spark.sql.codegen.wholeStage": "false"}
        return own | parts | {"spark.driver.extraJavaOptions": haste}

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spark, "settings", small)
        with spark.open_spark(tmp_path_factory.mktemp("spark")) as session:
            yield session


@pytest.fixture
def leeg(tmp_path: Path) -> Path:
    """A closed folder for a session of its own."""
    (tmp_path / "kluis").mkdir(mode=0o700)
    return tmp_path / "kluis"
