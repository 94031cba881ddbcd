# The few commands of the project; `make` alone prints them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PY := .venv/bin/python
export PYTHONPATH := $(CURDIR)
PORT ?= $(or $(CANHGIAC_PORT),8000)

.PHONY: help chaos load-reports run test check fix bench evaluate ask fit setup simulate

help:  ## print this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20

.venv/ready: requirements-dev.txt
	python3 -m venv .venv
	.venv/bin/pip install --quiet uv==0.13.9
	.venv/bin/uv pip install --quiet --python $(PY) --compile-bytecode --require-hashes -r requirements-dev.txt
	touch $@

setup: .venv/ready
	@.ci/system-packages

run: .venv/ready  ## start everything on the embedded default and print the address
	@.ci/system-packages run
	@CANHGIAC_PORT=$(PORT) exec $(PY) -m api

test: setup  ## run every test
	@.ci/with-postgres $(PY) -m pytest -q -n auto --dist loadfile

check: setup  ## format, lint, types, import contracts, tests, corpus floor
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	.venv/bin/lint-imports
	@.ci/with-postgres $(PY) -m pytest -q -n auto --dist loadfile
	$(PY) -m knowledge.evaluate --floor

fix: .venv/ready  ## put format and lint right where a tool can
	$(PY) -m ruff check --fix . ; $(PY) -m ruff format .

evaluate: .venv/ready  ## recall, precision and calibration on the labelled corpus, beside two peers
	$(PY) -m knowledge.evaluate --methods --readme

fit: .venv/ready  ## fit the weights of the judgement on the fit half of the corpus
	$(PY) -m knowledge.fit

bench: .venv/ready  ## speed and memory, as ratios in one run
	@.ci/with-postgres $(PY) -m tests.bench --readme

load-reports: .venv/ready  ## fill the database that the settings name with made-up reports: make load-reports N=100000
	$(PY) -m tests.bench.reports $(or $(N),100000)

chaos: setup  ## the long forms of the kill tests: 1,000 updates, 60 kills, a minute without database or messenger
	@CANHGIAC_CHAOS=1 .ci/with-postgres $(PY) -m pytest -q tests/api/intake/test_chaos.py

simulate: .venv/ready  ## Zalo and Telegram on this machine, and a phone to write with: make simulate CHANNEL=zalo_oa|zalo_bot|telegram|all
	@.ci/system-packages run
	@exec $(PY) -m tests.simulator $(or $(CHANNEL),all)

ask: .venv/ready  ## judge one message on the terminal: make ask TEXT="..."
	@TEXT='$(subst ','\'',$(TEXT))' $(PY) -m api ask
