# The one door. Every target works on a bare machine; set-up installs what is missing where it may.
PYTHON ?= python3
VENV := .venv/bin/python
LOCAL := $(PYTHON) -m deploy.local

.DEFAULT_GOAL := help
.PHONY: help setup demo up town down status test check contract journeys runbooks screens screenshots bench faults load sbom migration dead revive replay backup restore rotate rows audit-verify env lock translations

help:  ## what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup:  ## install what is missing: servers, gateway, Python packages
	@$(LOCAL) setup dev

demo:  ## play the story on a fresh suite, then end it
	@$(LOCAL) demo

up:  ## start the suite; it prints its one address
	@$(LOCAL) up

town:  ## fill it with 5,000 invented citizens and two years of history; size=small for a few hundred
	@$(LOCAL) town $(size)

down:  ## end everything that was started here; the data stay
	@$(LOCAL) down

status:  ## what runs
	@$(LOCAL) status

test:  ## run the tests but `contract`, `journeys`, `runbooks` and `screens`; only="tests/shared -k outbox" for some of them
	@$(LOCAL) test $(if $(only),$(only),--numprocesses auto --dist loadfile -m "$(UNIT) and not clocked")
	@$(if $(only),,$(LOCAL) test -m clocked)

check:  ## types, style, import rules, spelling, generated documents
	@$(LOCAL) setup dev
	$(VENV) -m ruff check .
	$(VENV) -m ruff format --check .
	$(VENV) -m mypy
	.venv/bin/lint-imports
	.venv/bin/codespell
	.venv/bin/bandit --quiet -lll --recursive deploy demo services shared
	git ls-files -z -- $(WRITTEN) | xargs -0 .venv/bin/detect-secrets-hook
	.venv/bin/hadolint Dockerfile
	promtool check rules deploy/monitoring/alerts.yml
	$(VENV) -m shared.ops docs --check
	$(VENV) -m deploy.access --check
	$(VENV) -m deploy.indicators --check
	$(VENV) -m deploy.messages --check
	$(VENV) -m deploy.licences --check
	$(VENV) -m deploy.mission --check
	$(VENV) -m deploy.locks
	$(VENV) -m deploy.kubernetes --check
	.venv/bin/kubernetes-validate --strict --quiet deploy/many-machines/kubernetes.yaml

sbom:  ## the parts of others, as CycloneDX, into .run/sbom
	@$(LOCAL) setup dev
	@mkdir -p .run/sbom
	.venv/bin/cyclonedx-py requirements requirements.txt --pyproject pyproject.toml --output-reproducible -o .run/sbom/python.json
	npm sbom --package-lock-only --sbom-format cyclonedx > .run/sbom/npm.json

contract:  ## the API documents against a fresh suite, and against the style rules
	@$(LOCAL) setup dev
	@$(LOCAL) contract

journeys:  ## the practices from end to end, on a fresh suite whose clock moves; only="-k herlev" for some of them
	@$(LOCAL) journeys $(only)

runbooks:  ## what docs/operations.md tells operators to type, on a suite of its own
	@$(LOCAL) setup dev
	$(VENV) -m pytest --randomly-dont-reorganize tests/runbooks

screens:  ## every page of a fresh suite in a browser; only="-k keyboard" for some of the tests
	@$(LOCAL) screens $(only)

screenshots:  ## pictures of every page in every role at three widths, into .run/screenshots
	@$(LOCAL) screenshots

bench:  ## measure, with peers beside us in the same run
	@$(LOCAL) setup dev
	@eval "$$($(LOCAL) servers)" && $(VENV) -m benchmarks

faults:  ## play the fault matrix on the containers, with traffic, into faults.json; fast=1 for twelve rows, only="F15 F23", cluster=1 for F11-F14 on deploy/many-machines
	@$(LOCAL) setup dev
	@$(VENV) -m $(if $(cluster),deploy.cluster,faults $(if $(fast),--fast) $(only))

load:  ## the load goals, minutes by themselves; size=full for the long one, only="L1 L5" for some of them
	@$(LOCAL) setup dev
	@eval "$$($(LOCAL) servers)" && $(VENV) -m benchmarks.load $(or $(size),quick) $(only)

migration:  ## a new one: service=intake message="add a column"
	$(VENV) -m shared.migrate revision --service "$(service)" --message "$(message)"

dead:  ## list the messages no handler could take
	@$(LOCAL) ops dead

revive:  ## send the dead messages round again
	@$(LOCAL) ops revive

replay:  ## tell one listener again: service=matching since=2026-11-21T08:00
	@$(LOCAL) ops replay --listener "$(service)" --since "$(since)"

backup:  ## the whole database, encrypted, into to=FOLDER (.run/backups)
	@$(LOCAL) backup $(to)

restore:  ## from file=FOLDER/jobbutik-….dump.gpg; what is there is kept under another name
	@$(LOCAL) restore $(file)

rotate:  ## new keys: step=add, start anew, step=use, start anew (step=forget: former tokens end); what was written stays readable
	@$(LOCAL) rotate $(step)

rows:  ## each table with its number of rows and their checksum
	@$(LOCAL) rows

audit-verify:  ## is the record of looks and changes whole? names the first row that is not
	@$(LOCAL) audit verify

translations:  ## gather the Danish texts anew; what is not English yet stands empty in the catalogue
	@mkdir -p .run
	.venv/bin/pybabel --quiet extract -F pyproject.toml --no-location --sort-output --no-wrap -k lazy_gettext \
	  --project Jobbutik --copyright-holder Jobbutik -o .run/messages.pot .
	.venv/bin/pybabel --quiet update -i .run/messages.pot -d shared/translations -l en --no-wrap --ignore-obsolete \
	  --ignore-pot-creation-date --no-fuzzy-matching
	.venv/bin/pybabel --quiet compile -d shared/translations

env:  ## fresh secrets for docker compose, into .env
	@$(LOCAL) setup
	@$(VENV) -m deploy.secrets .run/compose --compose .env

lock:  ## pin the Python and linter packages again
	UV_CUSTOM_COMPILE_COMMAND="make lock" uv pip compile pyproject.toml --extra demo $(PINS) -o requirements.txt
	UV_CUSTOM_COMPILE_COMMAND="make lock" uv pip compile pyproject.toml --extra demo --extra tracing $(PINS) -c requirements.txt -o requirements-tracing.txt
	UV_CUSTOM_COMPILE_COMMAND="make lock" uv pip compile pyproject.toml --all-extras $(PINS) -c requirements.txt -o requirements-dev.txt
	npm install --package-lock-only --ignore-scripts --no-audit --no-fund --omit-lockfile-registry-resolved
UNIT := not contract and not screens and not journeys and not runbooks
# Lock files and other people's data are full of what looks like a secret.
WRITTEN := ':!*requirements*.txt' ':!package-lock.json' ':!docs/asyncapi.json' ':!services/*/data' ':!tests/data'
PINS := --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-emit-index-url --no-emit-find-links
