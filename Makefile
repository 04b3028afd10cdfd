# make demo    builds the sample archive, finds someone in it, shows the page he stands on
# make test    lint, types, that the README is fresh, and all tests (what CI runs)
# make check   the quick part of it: lint, types
# make readme  runs the commands of the README and writes their output into it
# make bench   the benchmarks, each beside its peer

PYTHON ?= python3
VENV ?= .venv
RUN := $(VENV)/bin
BENCH ?= $(or $(TMPDIR),/tmp)/byname-bench

.PHONY: demo test check readme bench clean

demo: $(VENV)/.installed
	$(RUN)/byname demo

test: check
	$(RUN)/python -m pytest
	$(RUN)/python tools/readme.py --check

check: $(VENV)/.installed-dev
	$(RUN)/ruff check
	$(RUN)/ruff format --check
	$(RUN)/mypy

readme: $(VENV)/.installed-dev
	$(RUN)/python tools/readme.py

bench: $(VENV)/.installed-dev
	$(RUN)/python benchmarks/reading.py
	$(RUN)/python benchmarks/checking.py
	$(RUN)/python benchmarks/variants.py
	$(RUN)/python benchmarks/synthetic_lists.py $(BENCH)/lists --people 300000 --seed 1
	$(RUN)/python benchmarks/linkage.py lists $(BENCH)/lists
	$(RUN)/python benchmarks/linkage.py febrl
	$(RUN)/python benchmarks/linkage.py historical
	$(RUN)/python benchmarks/breaks.py
	$(RUN)/python benchmarks/count.py $(BENCH)/count --rows 1000000
	$(RUN)/python benchmarks/mse_bma.py
	$(RUN)/python benchmarks/mse_loglinear.py
	$(RUN)/python benchmarks/mse_lcmcr.py
	$(RUN)/python benchmarks/mse_coverage.py --populations 100
	$(RUN)/python benchmarks/find.py $(BENCH)/find --people 300000 --queries 1500 --seed 1
	$(RUN)/python benchmarks/openlist_import.py all --pages 20000 --blocks 100000

clean:
	rm -rf $(VENV) byname-demo.duckdb

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "By Name needs Python 3.11 or newer: make PYTHON=python3.12 demo"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(RUN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(RUN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock pyproject.toml | $(VENV)/bin/python
	$(RUN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(RUN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@ $(VENV)/.installed
