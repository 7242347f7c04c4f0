# Everything one does with this checkout. Nothing but make and Python 3.11 or newer is needed, and npm
# for one test: whichever target is asked for first sets up .venv/ from requirements.lock.

PYTHON ?= python3

VENV := .venv
RUN := $(VENV)/bin
READY := $(VENV)/ready

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

.PHONY: help
help: ## 列出全部目标 / list the targets
	@sed -n 's/^\([a-z][a-z-]*\):.*## \(.*\)$$/\1|\2/p' $(MAKEFILE_LIST) \
		| while IFS='|' read -r target purpose; do printf '  make %-12s %s\n' "$$target" "$$purpose"; done

# The stamp is the last thing a set-up writes and the first thing the next one removes, so a folder
# without it was left by an interrupted set-up and is not worth repairing.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		found=$$($(PYTHON) -V 2>&1 | head -n 1); \
		echo "需要 Python 3.11 或更高版本，而 $(PYTHON) 是：$$found。请安装，或指明解释器：make PYTHON=python3.12 …" >&2; \
		echo "Python 3.11 or newer is needed, but $(PYTHON) is: $$found. Install one, or name it: make PYTHON=python3.12 ..." >&2; \
		exit 1; }
	@echo "正在准备 $(VENV)/ / setting up $(VENV)/ ..." >&2
	@test -e $@ || rm -rf $(VENV)
	@rm -f $@
	@$(PYTHON) -m venv $(VENV)
	@$(RUN)/python -m pip install --quiet --disable-pip-version-check \
		--require-hashes --requirement requirements.lock
	@$(RUN)/python -m pip install --quiet --disable-pip-version-check \
		--no-deps --no-build-isolation --editable .
	@touch $@

.PHONY: demo
demo: $(READY) ## 演示：一个月的三包索赔与追偿 / the demo month on a fresh store in .demo/
	@rm -rf .demo
	@$(RUN)/python -m recourse.adapters.demo .demo

.PHONY: check
check: $(READY) ## 快速检查：格式、规范、类型、分层 / format, lint, types, import rules
	$(RUN)/ruff format --check .
	$(RUN)/ruff check .
	$(RUN)/mypy
	$(RUN)/lint-imports --no-logo

# The tests ask the official parser about events/asyncapi.yaml. It needs node and npm; where there is no
# npm these tests are skipped, but never in CI.
PARSER := tests/contracts/asyncapi
PARSER_READY := $(PARSER)/node_modules/ready

$(PARSER_READY): $(PARSER)/package.json $(PARSER)/package-lock.json $(PARSER)/.npmrc
	@command -v npm >/dev/null && command -v node >/dev/null || { \
		echo "核对 events/asyncapi.yaml 需要 node 和 npm，请先安装。" >&2; \
		echo "events/asyncapi.yaml is checked with node and npm; install them first." >&2; \
		exit 1; }
	@echo "正在准备 $(PARSER)/ / setting up $(PARSER)/ ..." >&2
	@cd $(PARSER) && npm ci --ignore-scripts --silent
	@touch $@

# The tests talk to Apache Kafka itself. It needs Java and comes by Maven; where either is missing a
# light broker takes its place and the tests of durability are skipped, but never in CI.
KAFKA := .kafka/libs
KAFKA_READY := $(KAFKA)/ready

$(KAFKA_READY): tests/support/kafka/pom.xml
	@command -v java >/dev/null && command -v mvn >/dev/null || { \
		echo "测试用的 Apache Kafka 需要 java 和 mvn，请先安装。" >&2; \
		echo "Apache Kafka, which the tests talk to, needs java and mvn; install them first." >&2; \
		exit 1; }
	@echo "正在准备 $(KAFKA)/ / setting up $(KAFKA)/ ..." >&2
	@rm -rf $(KAFKA)
	@mvn --quiet --batch-mode --file $< dependency:copy-dependencies -DoutputDirectory=$(CURDIR)/$(KAFKA)
	@touch $@

BROKER := $(if $(CI)$(and $(shell command -v java),$(shell command -v mvn)),$(KAFKA_READY))

.PHONY: test
test: check $(if $(CI)$(shell command -v npm),$(PARSER_READY)) $(BROKER) ## 全部检查与测试 / the quick checks, then every test
	$(RUN)/pytest

# The faults of the tests, each tried as often as a release asks for; the figures are kept with their date.
.PHONY: deep
deep: $(READY) $(BROKER) ## 故障试验（全）/ the faults in full, hours; figures in benchmarks/results/
	RECOURSE_DEEP=1 $(RUN)/pytest tests/assurance

.PHONY: contracts
contracts: $(READY) ## 生成事件契约 / write the schemas and asyncapi.yaml in events/ from the code
	$(RUN)/python -m recourse.adapters.catalogue events

.PHONY: docs
docs: $(READY) ## 生成文档页 / write the generated pages in docs/ from the code
	$(RUN)/python -m recourse.adapters.pages docs
	PYTHONPATH=tests $(RUN)/python -m support.proofs docs/coverage.md
	PYTHONPATH=tests $(RUN)/python -m support.tutorial

.PHONY: freeze
freeze: $(READY) ## 发布事件契约，此后不得更改 / release the files in events/: from now on they never change
	$(RUN)/python -m recourse.adapters.catalogue events --freeze

.PHONY: fix
fix: $(READY) ## 自动整理格式 / format, and repair what can be repaired safely
	$(RUN)/ruff check --fix-only .
	$(RUN)/ruff format .

.PHONY: bench-quick
bench-quick: $(READY) ## 性能对比（短）/ the table of ratios, in a minute or two
	$(RUN)/python benchmarks/run.py --quick
	$(RUN)/python benchmarks/rulebook.py --quick
	PYTHONPATH=tests $(RUN)/python benchmarks/clients.py --quick

.PHONY: bench
bench: $(READY) ## 性能对比（全）/ the table of ratios, in full
	$(RUN)/python benchmarks/run.py --full
	$(RUN)/python benchmarks/rulebook.py --full
	PYTHONPATH=tests $(RUN)/python benchmarks/clients.py --full

# Resolves the ranges in pyproject.toml once for every platform and every Python from 3.11 on, and
# writes each pin with the hashes of its files, without saying where they came from. Pins that still
# fit are kept; `make lock ARGS=--upgrade` moves all, `ARGS="--upgrade-package rich"` one of them.
.PHONY: lock
lock: $(READY) ## 重新锁定依赖版本 / write requirements.lock anew from pyproject.toml
	$(RUN)/uv pip compile pyproject.toml --all-extras --group dev --group setup $(ARGS) \
		--quiet --universal --generate-hashes --no-annotate \
		--no-emit-index-url --no-emit-find-links \
		--custom-compile-command 'make lock' --output-file requirements.lock

.PHONY: clean
clean: ## 删除生成的一切 / remove all that make and the tests made, but no store of yours
	rm -rf $(VENV) .demo dist build .hypothesis $(PARSER)/node_modules .kafka
	rm -rf .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	find src tests -type d -name __pycache__ -prune -exec rm -rf {} +
