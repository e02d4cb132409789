# Every door of the checkout; each does its own set-up. Plain enough for the make of macOS (3.81).
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo serve test check agree requirements engines bench docs lock core dev clean
MAKEFLAGS += --no-print-directory

BIN := .venv/bin
ARGS :=
export PYTHON

help:
	@echo "make TARGET    (ARGS='...' goes on to pytest)"
	@sed -n 's/^\([a-z]*\):.*## /  \1	/p' Makefile

demo: ## the quick guide, two patients, an audit of 20,000, and what to try next
	@tools/setup.sh demo
	@tools/demo.sh

serve: ## the pages on this machine: ask, a sample patient, a first card
	@tools/setup.sh demo
	@$(BIN)/gradeline serve --demo

test: check ## everything: check, then every test
	@$(BIN)/python -m pytest --numprocesses auto --dist worksteal $(ARGS)

check: dev ## format, lint, strict types, import layers, house rules
	@$(BIN)/ruff format --quiet --check . || { echo "cure: .venv/bin/ruff format ."; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/python -m pytest tests/test_layers.py tests/test_house.py

agree: dev ## the evaluators against the oracle, and the doors against bent calls, with many more drawn cases
	@HYPOTHESIS_PROFILE=agree $(BIN)/python -m pytest --numprocesses auto tests/agree tests/doors/serve/test_faults.py $(ARGS)

requirements: dev ## the requirements of CDS Hooks that bind us, each with its tests
	@$(BIN)/python -m tools.requirements

engines: ## other people's engines, which run what we export (needs node, npm, mvn and a JDK)
	@tools/engines.sh

bench: dev ## how long it takes, as a table
	@$(BIN)/python -m tools.bench

docs: dev ## the generated pages, what pages show, then the site
	@$(BIN)/python -m tools.docs
	@$(BIN)/python -m tools.shown
	@$(BIN)/zensical build --clean --strict

lock: ## renew requirements/ (needs uv)
	@tools/lock.sh

core:
	@tools/setup.sh core

dev:
ifeq ($(CI),true)
	@tools/ci-setup.sh
endif
	@tools/setup.sh dev
ifeq ($(CI),true)
	@tools/setup.sh spark
endif

clean: ## forget everything that make made
	@rm -rf .venv .hypothesis .mypy_cache .pytest_cache .ruff_cache demo dist site
