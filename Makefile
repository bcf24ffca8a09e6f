# Every command of the project. `make` alone lists them.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
export QT_QPA_PLATFORM ?= offscreen

help: ## what can be done here
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | sort | awk -F'\t' '{printf "  make %-14s %s\n", $$1, $$2}'

$(STAMP): requirements/app.txt requirements/dev.txt pyproject.toml tools/check_system.py
	@$(PYTHON) tools/check_system.py
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/app.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	$(BIN)/python -m compileall -q csa_desk
	@touch $(STAMP)

setup: $(STAMP) ## .venv with everything pinned, and .venv/bin/csa-desk

demo: setup ## the main job, end to end, on invented children: leaves build/demo
	@rm -rf build/demo
	$(BIN)/csa-desk demo --out build/demo

run: setup ## the window
	@$(PYTHON) tools/check_system.py --window
	@QT_QPA_PLATFORM= $(BIN)/csa-desk

test: setup ## all tests but those of check-system
	$(BIN)/python -m pytest -q -n 2 --dist worksteal --ignore=tests/system

check-system: setup ## what needs more of the machine: a system bus that locks and sleeps (dbus-daemon python3-dbus python3-gi)
	$(BIN)/python -m pytest -q tests/system

faults: setup ## every kill, full disk, missing permission and changed byte; `make check` runs a tenth of them
	DESK_FAULTS=all $(BIN)/python -m pytest -q -n 2 --dist worksteal tests/faults

fuzz: setup ## spoilt files for each importer: CASES of them (100,000) from SEED (0) on, or ONLY="csv xlsx"
	$(BIN)/python -m tests.fuzz

check: setup ## format, lint, types, import contracts, tests: what CI runs
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo 2>/dev/null || $(BIN)/lint-imports
	$(MAKE) --no-print-directory test

fix: setup ## format, and mend what the linter can
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: setup ## measure the budgets of the design against floors, in one run
	$(BIN)/python -m tests.bench

screenshots: demo ## pictures of every page, light and dark: they stand in build/demo/screens

lock: ## write requirements/*.txt anew from pyproject.toml and dev.in (needs uv)
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-annotate --no-emit-index-url --no-emit-find-links --no-header --quiet -o requirements/app.txt
	uv pip compile requirements/dev.in --universal --python-version 3.11 --generate-hashes --no-annotate --no-emit-index-url --no-emit-find-links --no-header --quiet -o requirements/dev.txt

clean: ## remove what was built
	rm -rf build .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

.PHONY: help setup demo run test check-system faults fuzz check fix bench screenshots lock clean
