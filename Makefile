# make run    opens the sandbox shop, or runs the bot when BOT_TOKEN is set in the environment or .env
# make test   runs the tests
# make check  what CI runs: formatting, lint, types, tests
# make soak   kills the bot 200 times at random and once at every call (half an hour); make fuzz, make guards: docs/reliability.md
# make test-postgres   runs the tests of the store and the stories on a PostgreSQL server started for them (apt: postgresql)
# Each sets up a virtual environment in .venv by itself; nothing else on the machine is touched.

PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
CODE := bot.py running.py wiring.py minds.py settings.py clock.py core store handlers jobs delivery templates carriers sheets ops console sandbox tests benchmarks

.PHONY: run test soak fuzz guards test-postgres check format bench bench-loads bench-understanding bench-relearning lock clean
.DEFAULT_GOAL := run

run: $(VENV)/.ready
	@$(BIN)/python bot.py

test: $(VENV)/.ready-dev
	@$(BIN)/python -m pytest -n auto --dist worksteal

test-postgres: $(VENV)/.ready-dev
	@$(BIN)/python -m tests.postgres

soak: $(VENV)/.ready-dev
	@$(BIN)/python -m tests.reliability.soak
	@$(BIN)/python -m tests.reliability.seams
	@$(BIN)/python -m tests.reliability.tracking

fuzz: $(VENV)/.ready-dev
	@$(BIN)/python -m tests.reliability.fuzz

guards: $(VENV)/.ready-dev
	@$(BIN)/python -m tests.reliability.guards

check: $(VENV)/.ready-dev
	@$(BIN)/ruff format --check --quiet $(CODE) || { echo "Some files are not formatted: run 'make format'."; exit 1; }
	@$(BIN)/ruff check --quiet $(CODE)
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/coverage erase; $(BIN)/coverage run -m pytest -n auto --dist worksteal --no-header -p no:cacheprovider > $(VENV)/tests.txt 2>&1; status=$$?; \
	  $(BIN)/coverage combine --quiet; $(BIN)/coverage report --skip-empty --format=total 2>/dev/null | sed 's/.*/Coverage: & %/'; cat $(VENV)/tests.txt; exit $$status

format: $(VENV)/.ready-dev
	@$(BIN)/ruff format --quiet $(CODE)
	@$(BIN)/ruff check --quiet --fix $(CODE)

bench: $(VENV)/.ready-dev
	@$(BIN)/python -m benchmarks.replies

bench-loads: $(VENV)/.ready-dev
	@$(BIN)/python -m benchmarks.loads

bench-understanding: $(VENV)/.ready-dev
	@$(BIN)/python -m benchmarks.understanding

bench-relearning: $(VENV)/.ready-dev
	@$(BIN)/python -m benchmarks.relearning

lock: $(VENV)/.ready-dev
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-header --no-emit-index-url --no-annotate --upgrade -o requirements.lock pyproject.toml
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --group dev --no-header --no-emit-index-url --no-annotate -c requirements.lock -o requirements-dev.lock pyproject.toml

clean:
	@rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed: sudo apt install python3"; exit 1; }
	@echo "Setting up $(VENV) (once) …"
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 || { rm -rf $(VENV); \
	  echo "Python's venv is missing: sudo apt install $$($(PYTHON) -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"; exit 1; }

$(VENV)/.ready: requirements.lock | $(VENV)/bin/python
	@echo "Installing what is needed …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.ready-dev: requirements-dev.lock requirements.lock | $(VENV)/bin/python
	@echo "Installing what is needed, and what the tests need …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@ $(VENV)/.ready
