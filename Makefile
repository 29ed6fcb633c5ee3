# Two commands on a fresh machine with Python 3.11 or later: `make run` starts the app, `make test` checks everything.

PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test fuzz benchmark load screenshots clean

# Each script runs in a thread of its own, for which glibc would keep pools of memory, up to eight a processor.
run: .venv/run-ready
	MALLOC_ARENA_MAX=1 $(BIN)/streamlit run app.py

test: .venv/test-ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m tests.browser.chromium
	$(BIN)/python -m tests.browser.nginx
	$(BIN)/pytest

fuzz: .venv/test-ready
	$(BIN)/python -m tests.fuzz

benchmark: .venv/test-ready
	$(BIN)/python -m tests.benchmarks.training_step
	$(BIN)/python -m tests.browser.chromium
	$(BIN)/python -m tests.benchmarks.stage
	$(BIN)/python -m tests.benchmarks.playground
	$(BIN)/python -m tests.benchmarks.loss
	$(BIN)/python -m tests.benchmarks.first_view

load: .venv/test-ready
	$(BIN)/python -m tests.load --learners 10 30 100 200

screenshots: .venv/test-ready
	$(BIN)/python -m tests.browser.chromium
	$(BIN)/python -m tests.browser.screenshots
	$(BIN)/python -m tests.browser.animation

.venv/run-ready: requirements.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

.venv/test-ready: requirements.txt requirements-dev.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@ .venv/run-ready

clean:
	rm -rf .venv
