# Needs only make and Python 3.11 or later: every target sets up its own environment, in .venv, the first time.

VENV := .venv
BIN := $(VENV)/bin
USABLE := import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
	$$p -c '$(USABLE)' >/dev/null 2>&1 && { echo $$p; exit; }; done; echo python3)

.PHONY: demo test lint types bench pages clean

demo: $(VENV)/.ready-cli  ## score the Haining example: prints the table, writes the workbook
	@$(BIN)/stationeval demo

test: $(VENV)/.ready-test  ## run the tests
	PYTHONWARNDEFAULTENCODING=1 $(BIN)/python -m pytest -q -n auto $(ARGS)

lint: $(VENV)/.ready-dev  ## format, style, and the direction of imports between rooms
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports

types: $(VENV)/.ready-dev  ## both type checkers
	$(BIN)/mypy --strict src
	$(BIN)/pyright src

bench: $(VENV)/.ready-test  ## measure the speed of scoring
	$(BIN)/python benchmarks/scoring.py

pages: $(VENV)/.ready-test  ## write the page of every framework, docs/frameworks
	$(BIN)/python docs/tools/pages.py

clean:
	rm -rf $(VENV) build dist 海宁示例结果.xlsx .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache

# One stamp for each set of extras; a larger set has the smaller ones in it.
$(VENV)/.ready-cli: HAS = cli
$(VENV)/.ready-test: HAS = cli test
$(VENV)/.ready-dev: HAS = cli test dev

$(VENV)/.ready-%: pyproject.toml constraints.txt | $(BIN)/python
	@echo "安装依赖，只在首次运行时需要网络…… / Setting up; only this first run needs the network ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[$*]'
	@$(BIN)/python -m compileall -q src
	@touch $(HAS:%=$(VENV)/.ready-%)

$(BIN)/python:
	@$(PYTHON) -c '$(USABLE)' 2>/dev/null || { \
	echo "需要 Python 3.11 或更高版本（含 venv 模块）；可用 make PYTHON=/路径/python3 指定。" >&2; \
	echo "Python 3.11 or later with its venv module is needed; name one with make PYTHON=/path/to/python3." >&2; \
	exit 1; }
	@$(PYTHON) -m venv --clear $(VENV)
