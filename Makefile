# Everything a developer or a newcomer does.  `make` alone lists it.
SHELL := /bin/sh
.DEFAULT_GOAL := help
PYTHON ?= python3
PORT ?= 8000
FRESH ?=
V := .venv/bin
PIP := $(V)/pip --disable-pip-version-check --quiet --no-input
PYTEST := $(V)/pytest -q -p no:cacheprovider -n 2 --dist worksteal
SUMMARY := build/journeys.txt

export PORT
export PYTHONDONTWRITEBYTECODE = 1

.PHONY: help setup run demo test check bench proofs docs catalogues locks migration clean

help: ## List what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# --- the virtual environment: a stamp for each lock, so that a second run starts at once

.venv/stamp-venv:
	@scripts/need-packages python
	@test -x $(V)/python || $(PYTHON) -m venv .venv
	@touch $@

.venv/stamp-runtime: .venv/stamp-venv requirements.lock setup.cfg pyproject.toml
	@echo "Installing what the service needs (once) ..."
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

.venv/stamp-dev: .venv/stamp-runtime requirements-dev.lock
	@echo "Installing what its tests need (once) ..."
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

setup: .venv/stamp-dev ## Create .venv with everything, from the locks

run: .venv/stamp-runtime ## Run the web server with the settings of the environment
	@$(V)/tourism-odr serve

demo: .venv/stamp-runtime ## Run the demo on http://127.0.0.1:8000 (PORT=..., FRESH=1 to start anew)
	@exec $(V)/tourism-odr demo --port $(PORT) $(if $(FRESH),--fresh)

check: setup ## Style, types, import contracts, structure, catalogues, generated docs, migrations
	@$(V)/ruff check .
	@$(V)/mypy
	@$(V)/lint-imports --no-cache
	@$(PYTEST) tests/architecture

test: check ## Everything, on SQLite, on PostgreSQL and in a browser
	@scripts/need-packages browser
	@mkdir -p build && rm -f $(SUMMARY)
	@ODR_TEST_SUMMARY=$(SUMMARY) ODR_TEST_DATABASE=sqlite $(PYTEST) -m "not browser" --ignore tests/architecture
	@ODR_TEST_SUMMARY=$(SUMMARY) ODR_TEST_DATABASE=postgresql $(PYTEST) -m "not browser" --ignore tests/architecture
	@ODR_TEST_SUMMARY=$(SUMMARY) ODR_TEST_DATABASE=sqlite $(PYTEST) --dist loadfile -m browser; s=$$?; test $$s = 5 || exit $$s
	@echo "All green."; cat $(SUMMARY) 2>/dev/null || echo "No journeys ran."

bench: setup ## Measure submit, inbox, case page and sweep at two sizes on PostgreSQL
	@$(V)/python -m tests.bench

proofs: setup ## The long proofs, whole: volume, kill, fuzz; prints the tally of docs/proofs.md
	@scripts/need-packages browser
	@ODR_TEST_PROOFS=whole ODR_TEST_DATABASE=postgresql $(V)/pytest -q -p no:cacheprovider -n 0 -s -m proof

docs: setup ## Write the generated pages of docs/ anew
	@$(V)/python -m tests.architecture.generated

catalogues: .venv/stamp-runtime ## Collect all sentences into the catalogues and say what is not translated
	@$(V)/python scripts/catalogue.py

locks: setup ## Choose the newest allowed versions and write both locks
	@$(PIP) install uv
	@scripts/lock --upgrade

migration: setup ## Draft a migration from the models: make migration SAY="Add a table"
	@test -n "$(SAY)" || { echo 'Say what it does: make migration SAY="Add a table"'; exit 2; }
	@ODR_DATA_DIR=build/migration $(V)/tourism-odr keys make > /dev/null
	@ODR_DATA_DIR=build/migration $(V)/tourism-odr migrate
	@ODR_DATA_DIR=build/migration $(V)/tourism-odr migrate --draft "$(SAY)"

clean: ## Remove what was built; the demo's data in var/ too
	@rm -rf build var artefacts .mypy_cache .ruff_cache .import_linter_cache .hypothesis *.egg-info
	@find tourism_odr templates migrations tests -name __pycache__ -prune -exec rm -rf {} +
