# All that has to be on the machine: Python 3.11 or later, and make.
# PYTHON=python3.13 make test chooses the Python; without it, the first that fits.

BIN := .venv/bin
CODE := $(wildcard src tests benchmarks examples scenarios/*/*.py)
PROBLEM ?= scenarios/brabant
KIND ?= memo
OUT ?= build/memo
WORKERS ?= auto
export PYTHON

.DEFAULT_GOAL := help
.PHONY: help compare memo test bench screens lock clean

help: ## say what each target does
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/make \1 - \2/p' Makefile

compare: ## compare the policy options of Brabant (another folder: PROBLEM=...)
	@sh scripts/setup.sh run
	@"$(BIN)/afweging" compare "$(PROBLEM)"

memo: ## make the memo of Brabant in four formats in build/memo (KIND=poster, OUT=..., PROBLEM=...)
	@sh scripts/setup.sh test
	@"$(BIN)/afweging" memo "$(PROBLEM)" --kind "$(KIND)" --to pdf,docx,odt,html --out "$(OUT)" --force

test: ## run all checks: form, types, layers, tests
	@sh scripts/setup.sh test
	@sh scripts/setup.sh debian libreoffice-calc-nogui soffice
	@sh scripts/setup.sh debian chromium chromium
	@sh scripts/setup.sh debian libreoffice-writer-nogui /usr/lib/libreoffice/program/libswlo.so
	@echo "== ruff check"; "$(BIN)/python" -m ruff check --quiet .
	@echo "== ruff format"; "$(BIN)/python" -m ruff format --quiet --check .
	@echo "== mypy"; "$(BIN)/python" -m mypy --no-error-summary $(CODE)
	@echo "== import-linter"; report=$$("$(BIN)/lint-imports" --no-logo) || { echo "$$report"; exit 1; }
	@echo "== pytest"; "$(BIN)/python" -m pytest -q -n $(WORKERS) --dist worksteal

bench: ## run the benchmarks, one at a time
	@sh scripts/setup.sh test
	@"$(BIN)/python" -m pytest benchmarks -p no:xdist --benchmark-enable -s

screens: ## make a picture of every state of a live session, in build/screens
	@sh scripts/setup.sh test
	@sh scripts/setup.sh debian chromium chromium
	@"$(BIN)/python" -m tests.live.screens build/screens

lock: ## make the pins in requirements/ anew, with the newest versions
	@sh scripts/lock.sh

clean: ## remove what make and the tools made
	@rm -rf .venv .venv-lock build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis \
		.benchmarks .import_linter_cache
	@find src tests benchmarks examples scenarios -name __pycache__ -type d -prune \
		-exec rm -rf {} + 2>/dev/null || true
