# Two commands do everything: `make check` (the protocols) and `make test` (the project itself).
PYTHON ?= python3
BIN := .venv/bin

.PHONY: check test lint types unit refute mutants prove bench second-opinions clean

check: .venv/installed ## explore every protocol's small scopes, and refute the quick pitfalls
	$(BIN)/concordant check

test: .venv/installed lint types unit ## lint, type-check, test with coverage

lint: .venv/installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/codespell

types: .venv/installed
	$(BIN)/mypy

unit: .venv/installed
	$(BIN)/coverage run -m pytest
	$(BIN)/coverage report --fail-under=100

clean:
	rm -rf .venv build dist .coverage .mypy_cache .pytest_cache .ruff_cache .hypothesis

# The stamp is written last: an install that was interrupted is done again.
.venv/installed: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@
