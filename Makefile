# Two commands do everything: `make check` (the protocols) and `make test` (the project itself).
PYTHON ?= python3
BIN := .venv/bin
PYTEST := $(BIN)/pytest --numprocesses auto --dist loadgroup
SYSTEMS ?= 2000
CONSENSUS = $(filter-out __init__,$(basename $(notdir $(wildcard checks/concordant/checks/scopes/consensus/*.py))))
# Hundreds of tests start a command of ours: Python is to keep what it compiles of it, also where the environment says otherwise.
export PYTHONDONTWRITEBYTECODE :=
# What selenium brings is a plug-in of Hypothesis, which warns of itself.
export HYPOTHESIS_NO_PLUGINS := 1

.PHONY: check test test-all lint types unit compiled refute large medium oracles equality histories hostile-conditions mutants prove second-opinions bench pages docs page adapters hostile targets test-browser test-cluster help clean

check: .venv/installed ## explore every protocol's small scopes, and refute the quick pitfalls
	$(BIN)/concordant check

test: lint ## lint, type-check, test with coverage; with STEM=paxos_synod only the tests of one stem
	$(MAKE) --jobs 2 types compiled
	$(MAKE) unit

lint: .venv/installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/codespell

types: .venv/installed
	$(BIN)/mypy

compiled: .venv/installed ## compile the tabulated engine, once per machine: else each process of the tests does, under coverage
	$(BIN)/python -m tests.tabulated.compiled

unit: .venv/installed
ifdef STEM
	$(PYTEST) -m 'not thorough' tests -k '$(STEM)'
else
	$(PYTEST) -m 'not thorough' --cov --cov-fail-under=100
endif

test-all: lint types compiled oracles equality ## all tests, with those too that ask at length what `make test` asks of less
	$(PYTEST) --cov --cov-fail-under=100

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile

refute: .venv/installed ## refute every pitfall, the slow ones too
	$(BIN)/concordant refute

large: compiled ## all scopes of consensus and of strong memory, the medium and large ones too
	$(BIN)/concordant check $(CONSENSUS) dsm_strong --scope small,medium,large --no-cache

medium: compiled ## the small and the medium scopes of all protocols
	$(BIN)/concordant check --scope small,medium --no-cache

oracles: .venv/installed .venv/oracles/installed ## compare counts with those of other model checkers, the large ones too, and rules of voting, assignment and packages with published ones
	$(BIN)/pytest tests/oracles -o python_files='test_*.py large.py'
	.venv/oracles/bin/pytest tests/oracles/published_voting.py tests/oracles/published_matching.py

equality: .venv/installed ## both explorers on small and medium scopes, in one go and in parts, and on SYSTEMS=2000 random systems under each of two hash seeds; liveness by a third procedure; bounds checked in compiled code; many threads; models
	$(BIN)/pytest tests/tabulated/medium.py tests/protocols/every_graph.py tests/cluster/small.py
	$(BIN)/pytest tests/tabulated/test_scopes.py
	$(BIN)/pytest tests/models/test_tabulated.py -k random_models
	PYTHONHASHSEED=1 $(BIN)/python -m tests.tabulated.many 1000 $$((1000 + $(SYSTEMS)))
	PYTHONHASHSEED=2 $(BIN)/python -m tests.tabulated.many 3000 $$((3000 + $(SYSTEMS)))
	PYTHONHASHSEED=1 $(BIN)/python -m tests.cluster.many $(SYSTEMS)
	PYTHONHASHSEED=2 $(BIN)/python -m tests.cluster.many $(SYSTEMS) 100000
	NUMBA_BOUNDSCHECK=1 NUMBA_CACHE_DIR=.venv/bounds-checked $(BIN)/python -m tests.tabulated.many 5000 5400
	$(BIN)/python -m tests.tabulated.stress 100
	$(BIN)/python -m tests.liveness.third_opinion 0 2500

hostile-conditions: compiled ## budgets, signals, kills, checkpoints and machines that are hostile: all end in a sentence and the right exit code; KILLS=200 of each search that is killed
	$(BIN)/python -m tests.hostile --kills $(or $(KILLS),20)

histories: .venv/installed ## judge recorded histories with known verdicts: DIR=FOLDER, with the verdicts in FOLDER/expected.tsv
	$(BIN)/pip install --quiet --disable-pip-version-check "edn_format>=0.7.5"
	$(BIN)/python -m tests.histories.known $(DIR)

prove: .venv/installed ## prove every theorem
	$(BIN)/concordant prove

second-opinions: .venv/installed ## the obligations once more, by cvc5 and by Z3 with other seeds
	$(BIN)/pip install --quiet --disable-pip-version-check "cvc5>=1.2"
	$(BIN)/python -m concordant.proofs.second_opinions

bench: .venv/installed ## how fast the tabulated engine is, beside SPIN where installed, and how fast the bridge is crossed
	$(BIN)/python -m bench.engine
	$(BIN)/python bench/bridge.py

mutants: .venv/installed ## change each machine and weaken each clause at one place in turn; compare with the ledgers of what survives
	$(BIN)/concordant mutants

pages: .venv/installed ## renew what is generated: the recorded runs of pitfalls, with STEM=paxos_synod only of one stem, docs/catalogue.md, docs/defects.md, docs/audit.md, docs/mutants.md, docs/larger.md, and the README's table
	$(BIN)/python -m concordant.checks.refuting.recording $(STEM)
	$(BIN)/python -m concordant.checks.reports.table

adapters: .venv/installed ## drive the acceptors in JavaScript, C and Java, as far as node, a C compiler and a JDK are there
	$(BIN)/pytest tests/conform/test_adapters.py

hostile: .venv/installed ## ten thousand adapters that answer anything but what they should: each ends in a verdict and a sentence
	$(BIN)/python -m tests.conform.hostile

targets: .venv/installed ## judge released packages again, installed apart, against what is recorded of them; one of them by ONLY=NAME
	$(BIN)/python examples/targets/run.py $(ONLY)

test-browser: .venv/installed ## step through a report in headless Chromium, by keyboard, without a network; installs both where it may
	$(BIN)/pip install --quiet --disable-pip-version-check "selenium>=4.20"
	command -v chromedriver >/dev/null || apt-get install --yes --quiet chromium chromium-driver
	$(BIN)/pytest tests/browser -o python_files='browse_*.py'

test-cluster: .venv/installed ## spread questions, and divide searches, over workers of Ray on this machine; installs that, 70 MB
	$(BIN)/pip install --quiet --disable-pip-version-check "ray>=2.60"
	$(BIN)/pytest tests/cluster

docs: .venv/docs/installed ## build the site into build/site: these pages, and the reference from the docstrings; a warning is an error
	.venv/docs/bin/sphinx-build --quiet --fail-on-warning --keep-going -b html docs build/site

page: ## build what draws reports in the browser, from web/, with Node.js
	cd web && npm ci --no-audit --no-fund && npm run build

clean:
	rm -rf .venv build dist .coverage .mypy_cache .pytest_cache .ruff_cache .hypothesis

# The stamps are written last: an install that was interrupted is done again.
.venv/installed: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

# An environment of its own: what pref_voting needs does not fit beside what is installed for the rest.
.venv/oracles/installed: pyproject.toml
	$(PYTHON) -m venv .venv/oracles
	.venv/oracles/bin/pip install --quiet --disable-pip-version-check --editable '.[dev,oracles]'
	touch $@

.venv/docs/installed: pyproject.toml
	$(PYTHON) -m venv .venv/docs
	.venv/docs/bin/pip install --quiet --disable-pip-version-check --editable '.[docs]'
	touch $@
