# Every target sets up its own environment from uv.lock first, and is quick when that stands already. A run needs less than
# who works on the code: half of all that is fetched and unpacked is for tests, types and notebooks.
PYTHON ?= python3
BIN := .venv/bin
RUNS := .venv/.draait
READY := .venv/.klaar
# What a run imports is compiled when it first does so, and kept, also where the environment asks to write nothing: that
# is a sixth of all that is installed. What may not write there later, a service, has all of it compiled (`dienst`).
export PYTHONDONTWRITEBYTECODE :=

.PHONY: monitor test test-lang toegankelijk verken check lint types bench vertrouwen stuklijst kwetsbaar spark dagster dienst clean

monitor: $(RUNS)
	@$(BIN)/monitor run --bron voorbeeld

test: $(READY)
	@$(BIN)/pytest -n auto

# With the second opinion on the register (pytauargus) and what PostgreSQL and Spark need, which nothing else does.
test-lang: $(READY)
	@UV_PROJECT_ENVIRONMENT=.venv $(BIN)/uv sync --locked --quiet --group lang --extra postgres --extra spark
	@$(BIN)/pytest -m lang -n auto

# What is promised when a source, a disk or a file fails, tried and counted, in docs/betrouwbaarheid.md; the size in
# percent, and a part by its file (VERTROUWEN_DEEL=test_gestopt.py): the rest of the page stays as it was.
VERTROUWEN_MAAT ?= 100
vertrouwen: $(READY)
	@rm -rf .vertrouwen
	@VERTROUWEN_MAAT=$(VERTROUWEN_MAAT) VERTROUWEN_UIT=.vertrouwen $(BIN)/pytest tests/vertrouwen/$(VERTROUWEN_DEEL) -m lang \
	  $(if $(VERTROUWEN_KERNEN),-n $(VERTROUWEN_KERNEN),-n auto); klaar=$$?; \
	  $(BIN)/python -m tests.vertrouwen.verslag .vertrouwen && exit $$klaar

# Every page and the PDF: a small report, or the one in RAPPORT (make toegankelijk RAPPORT=uitvoer/voorbeeld/actueel/rapport).
toegankelijk: $(READY)
	@tests/toegankelijk/installeer.sh
	@$(BIN)/pytest tests/toegankelijk -m toegankelijk $(if $(RAPPORT),--rapport "$(RAPPORT)")

# Of the page to explore: its weight, the first answer on a slow telephone (VERKEN_KEER times, on a quiet machine) and axe.
VERKEN_KEER ?= 5
verken: $(READY)
	@tests/toegankelijk/installeer.sh
	@VERKEN_KEER=$(VERKEN_KEER) $(BIN)/pytest tests/toegankelijk/test_verken.py -n 0 -s -m toegankelijk -k 'telephone or axe' \
	  $(if $(RAPPORT),--rapport "$(RAPPORT)")

check: lint types test

lint: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(READY)
	@$(BIN)/mypy

bench: $(READY)
	@$(BIN)/python -m tests.bench

# What goes with a release: every locked package with its version and hashes (CycloneDX), in dist/.
stuklijst: $(READY)
	@$(BIN)/python -m pipelines.uitgave stuklijst dist

# Is a locked package known to be unsafe? Asks api.osv.dev; ends with 1 for yes, 3 when it did not answer.
kwetsbaar: $(READY)
	@$(BIN)/python -m pipelines.uitgave kwetsbaar

# The environment of a service: with what PostgreSQL needs (docs/beheer.md).
dienst: $(READY)
	@UV_PROJECT_ENVIRONMENT=.venv $(BIN)/uv sync --locked --quiet --compile-bytecode --extra postgres

# Where the register is counted on Spark (docs/schaal.md); it needs Java beside it.
spark: $(READY)
	@UV_PROJECT_ENVIRONMENT=.venv $(BIN)/uv sync --locked --quiet --inexact --extra spark

dagster: $(RUNS)
	@$(BIN)/monitor dagster

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis

# uv comes from the same registry as everything else, in the version and with the hashes that uv.lock holds for it: the pip
# that comes with Python installs it into the environment, from where it lies (unpacking it there as well takes two
# seconds of processor time, and nobody uses it again), and uv does the rest.
UV_PIN := import tomllib; uv = next(p for p in tomllib.load(open("uv.lock", "rb"))["package"] if p["name"] == "uv"); \
  print("uv==" + uv["version"], *("--hash=" + w["hash"] for w in uv["wheels"]))
PIP := import ensurepip, pathlib, sysconfig; own = pathlib.Path(ensurepip.__file__).parent / "_bundled"; \
  shared = pathlib.Path(sysconfig.get_config_var("WHEEL_PKG_DIR") or "/usr/share/python-wheels"); \
  print(next((w for d in (own, shared) for w in d.glob("pip-*.whl")), ""))
$(RUNS): uv.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || \
	  { echo "Python 3.11, 3.12 of 3.13 is nodig; '$(PYTHON)' is iets anders. Kies er een met: make PYTHON=python3.11 ..."; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "De module venv van Python ontbreekt. Installeer haar met: apt-get install python3-venv"; exit 2; }
	@test -x $(BIN)/python || { echo "Omgeving maken in .venv ..."; $(PYTHON) -m venv --without-pip .venv; }
	@test -x $(BIN)/uv || { $(BIN)/python -c '$(UV_PIN)' > .venv/uv.txt && pip="$$($(BIN)/python -c '$(PIP)')" && \
	  { test -n "$$pip" || $(BIN)/python -m ensurepip >/dev/null; } && \
	  PYTHONPATH="$$pip" $(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes -r .venv/uv.txt; }
	@UV_PROJECT_ENVIRONMENT=.venv $(BIN)/uv sync --locked --quiet $(if $(wildcard $(READY)),,--no-dev --inexact)
	@touch $(RUNS)

$(READY): $(RUNS)
	@UV_PROJECT_ENVIRONMENT=.venv $(BIN)/uv sync --locked --quiet
	@touch $(READY)
