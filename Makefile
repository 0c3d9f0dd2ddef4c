# Needs Python 3.11 or newer and make; everything else comes from requirements.lock into .venv.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { command -v $$p; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready

.DEFAULT_GOAL := help
.PHONY: help setup demo serve test test-wheel check soak bench accuracy docs format lock clean

help: ## What can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' Makefile

setup: $(READY) ## The environment in .venv, from requirements.lock

# Made again when the lock or the project's own declaration changes; otherwise a second run costs nothing.
# An environment that was there before is kept and brought to the lock.
$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Evaltrail needs Python 3.11 or newer; none was found (or give one: make PYTHON=/path/to/python3)." >&2; exit 1; }
	@test -x $(BIN)/python || "$(PYTHON)" -m venv $(VENV) || { \
		echo "Python's venv module is needed (on Debian: apt-get install python3-venv)." >&2; exit 1; }
	@echo "Installing from requirements.lock into $(VENV) …"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-input --only-binary :all: --require-hashes --requirement requirements.lock
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-input --no-deps --no-build-isolation --editable .
	@touch $(READY)

demo: $(READY) ## Read the sample paper and show the result
	@$(BIN)/evaltrail demo

serve: $(READY) ## Start the office on this machine
	@$(BIN)/evaltrail serve

# The tests start the program hundreds of times: where Python is told to keep no bytecode, each start would compile all of it anew.
test test-wheel soak: export PYTHONDONTWRITEBYTECODE :=

# Three at once on two cores: much of what they do is to wait for a browser, a database or another process.
test: $(READY) ## All tests but the long runs; those of the office on SQLite, then on PostgreSQL
	$(BIN)/python -m pytest -n 3 --dist loadfile -m "not alone"
	$(BIN)/python -m pytest -m alone $$(grep -lr --include='test_*.py' 'pytest\.mark\.alone' tests)
	$(BIN)/python -m pytest -n 3 --dist loadfile tests/office --postgres

test-wheel: $(READY) ## The library's tests against the built wheel, with nothing else but pytest and Hypothesis
	$(BIN)/python tools/try_wheel.py

check: $(READY) ## ruff, mypy, import contracts, documentation, dependencies
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	EVALTRAIL_DATA=.mypy_cache/office $(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/audit.py
	$(BIN)/python -m pytest -q tests/house/test_docs.py tests/house/test_lint.py

soak: $(READY) ## The long runs: fuzzing the readers, all papers in all formats, and the many examples of properties
	EVALTRAIL_SOAK=1 $(BIN)/python -m pytest -m soak
	EVALTRAIL_SOAK=1 $(BIN)/python -m pytest -m "hypothesis and not soak" --ignore tests/office

bench: $(READY) ## Speed and memory, as ratios measured in one run
	$(BIN)/python bench/run.py

accuracy: $(READY) ## Measure reading and checking on real papers, and what the rules find, and write the figures into docs
	$(BIN)/python tools/accuracy.py
	$(BIN)/python tools/precision.py --write
	$(BIN)/python tools/recall.py --write

docs: $(READY) ## Write docs/reference anew
	$(BIN)/python tools/reference.py

format: $(READY) ## Put the code into its form
	$(BIN)/ruff check --fix --exit-zero .
	$(BIN)/ruff format .

lock: $(READY) ## Resolve the dependencies anew
	$(BIN)/python tools/lock.py --upgrade

clean: ## Remove the environment and everything made
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
