# Two commands on a fresh machine with Python 3.11 or later: `make run` starts the app, `make test` checks it before a
# commit (at most ten minutes on two cores). `make test-all` adds what is slow.

PYTHON ?= python3
BIN := .venv/bin
FRONTEND := cd ui/frontend && PATH="$(CURDIR)/$(BIN):$$PATH"
PARALLEL := $(BIN)/pytest --numprocesses auto --dist worksteal

.PHONY: run class frontend test test-all coverage fuzz benchmark load screenshots audit clean

# Each script runs in a thread of its own, for which glibc would keep pools of memory, up to eight a processor.
run: .venv/run-ready
	MALLOC_ARENA_MAX=1 $(BIN)/streamlit run server.py

# For a class in the same network: prints the address for phones.
class: .venv/run-ready
	MALLOC_ARENA_MAX=1 $(BIN)/streamlit run server.py --server.headless=true --logger.hideWelcomeMessage=true

# The browser's code, bundled into ui/frontend/dist, which is committed.
frontend: .venv/frontend-ready
	$(FRONTEND) npm run build

test: .venv/frontend-ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(FRONTEND) npm run check
	$(FRONTEND) npm test
	$(BIN)/python -m tests.browser.chromium
	$(PARALLEL) -m "not slow and not timed"
	$(BIN)/pytest -m "timed and not slow"

test-all: test
	$(BIN)/python -m tests.browser.nginx
	$(BIN)/python -m tests.classroom.postgresql
	$(PARALLEL) -m "slow and not timed"
	$(BIN)/pytest -m "slow and timed"
	$(BIN)/python -m tests.fuzz

# Which lines of core and ui `make test` runs, those of the servers that it starts included.
coverage: .venv/test-ready
	$(BIN)/python -m tests.browser.chromium
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest --numprocesses auto --dist worksteal -m "not slow and not timed"
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

fuzz: .venv/test-ready
	$(BIN)/python -m tests.fuzz

benchmark: .venv/test-ready
	$(BIN)/python -m tests.benchmarks.training_step
	$(BIN)/python -m tests.browser.chromium
	$(BIN)/python -m tests.benchmarks.stage
	$(BIN)/python -m tests.benchmarks.digits
	$(BIN)/python -m tests.benchmarks.playground
	$(BIN)/python -m tests.benchmarks.loss
	$(BIN)/python -m tests.browser.nginx
	$(BIN)/python -m tests.benchmarks.first_view

load: .venv/test-ready
	$(BIN)/python -m tests.load --learners 10 30 60
	$(BIN)/python -m tests.load --learners 100 --processes 2
	$(BIN)/python -m tests.load --learners 40 --digits
	$(BIN)/python -m tests.load --phones 200
	$(BIN)/python -m tests.load --phones 200 --processes 2

screenshots: .venv/test-ready
	$(BIN)/python -m tests.browser.chromium
	$(BIN)/python -m tests.browser.screenshots
	$(BIN)/python -m tests.browser.animation

# Known weaknesses of the packages; needs the network, and fails if a package cannot be checked. pip-audit has a folder
# of its own: it is no part of the tests.
audit: .venv/test-ready
	$(PYTHON) -m venv .venv/audit
	.venv/audit/bin/pip install --quiet --disable-pip-version-check pip-audit==2.10.1
	.venv/audit/bin/pip-audit --strict --requirement requirements-dev.txt
	$(FRONTEND) npm audit

.venv/run-ready: requirements.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

.venv/test-ready: requirements.txt requirements-dev.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@ .venv/run-ready

# Node and npm come with the test requirements.
.venv/frontend-ready: .venv/test-ready ui/frontend/package.json ui/frontend/package-lock.json
	$(FRONTEND) npm ci --no-audit --no-fund --ignore-scripts
	touch $@

clean:
	rm -rf .venv ui/frontend/node_modules
