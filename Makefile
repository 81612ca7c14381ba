# kcpipe: `make run` on a fresh machine ends with a report, `make test` tests it, `make check` is what CI runs.
SHELL := /bin/bash
PREFIX ?= /usr/local
OUT ?= outputs
# At a fixed address the program needs no relocation at start: 3 MB less memory for every process.
SWIFT_BUILD := swift build -c release --static-swift-stdlib $(if $(filter Linux,$(shell uname)),-Xlinker -no-pie)
# What scripts/static-libraries.sh offers comes before what the system has.
export PKG_CONFIG_PATH := $(CURDIR)/.build/static/pkgconfig:$(PKG_CONFIG_PATH)
KCPIPE := .build/release/kcpipe
PYTHON_VENV := .venv
BENCH ?= experiments/benchmarks/gate.yaml
BASE ?= origin/main
PEER_SUITES := $(shell awk -F : '/^peers-[a-z]+:/ {print $$1}' $(firstword $(MAKEFILE_LIST)))

.PHONY: help setup build run test check lint debug rejected contributing install python-check schema-check golden validate fuzz soak $(PEER_SUITES) peers bench bench-compare aa clean

help: ## Show the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## Install the system libraries that are missing
	@scripts/setup.sh
	@scripts/static-libraries.sh

build: setup ## Build the program (release)
	$(SWIFT_BUILD) --product kcpipe

run: build ## Run experiments/quickstart.yaml and say where the report is
	$(KCPIPE) run experiments/quickstart.yaml --out $(OUT)

test: setup ## Run all tests, optimized
	scripts/test.sh

lint: ## Check the format
	swift format lint --strict --recursive --parallel Package.swift Plugins Sources Tests

debug: setup ## Build for debugging, warnings as errors
	swift build

rejected: debug ## Show that copies of a coin do not compile
	Tests/KernelsTests/Ledger/Rejected/run.sh

contributing: ## Follow CONTRIBUTING.md word by word in a copy
	Tests/Contributing/run.sh

check: lint debug rejected contributing test ## Everything that must hold before a commit lands

install: build ## Put kcpipe on the path (PREFIX=/usr/local)
	install -d $(DESTDIR)$(PREFIX)/bin
	install -m 755 $(KCPIPE) $(DESTDIR)$(PREFIX)/bin/kcpipe

python-check: build ## Open every artifact with xarray and compare it with `kcpipe show`
	scripts/python-check.sh $(OUT)

schema-check: build ## Hold the manifest decoder and the JSON Schema against each other
	scripts/schema-check.sh

validate: build ## Compare simulated queues with every closed form; writes docs/validation.md
	scripts/validate.sh $(OUT)

peers-traffic: build ## Measure the replay beside C, Cimba, SimPy and Ciw
	python3 peers/traffic.py --kcpipe $(KCPIPE)

peers-engine: build ## Measure the engine beside Snakemake, DVC, redun, doit and make
	python3 peers/engine.py --kcpipe $(KCPIPE)

peers-equilibrium: build ## Measure market equilibria beside C and CVXPY (PEERS_OPTIONS=--growth: up to 1e7 pairs)
	python3 peers/equilibrium.py --kcpipe $(KCPIPE) $(PEERS_OPTIONS)

peers-pipeline: build ## Measure the quickstart beside the same work in Python under Snakemake
	python3 peers/pipeline.py --kcpipe $(KCPIPE)

peers-abuse: build ## Do to the engine and its peers what users' machines do, and see what follows
	python3 peers/abuse.py --kcpipe $(KCPIPE)

peers: build ## Run every peers-* suite, one after another (below half an hour on a quiet machine)
	@failed=; for suite in $(PEER_SUITES); do $(MAKE) $$suite || failed="$$failed $$suite"; done; \
	if [ -n "$$failed" ]; then echo "failed:$$failed"; exit 1; fi

golden: build ## Compare the quickstart's results with the golden ones in the repository
	scripts/golden.sh $(OUT)

fuzz: setup ## Fuzz the readers of manifests and of imported files (SECONDS=30 for each)
	scripts/fuzz.sh $(or $(SECONDS),30)

bench: build ## Measure the steps of BENCH=experiments/benchmarks/gate.yaml
	$(KCPIPE) bench $(BENCH) --outputs $(OUT) --out $(OUT)/bench.json

bench-compare: build ## Measure BENCH in turn with BASE=origin/main (a revision, program, record or baseline)
	$(KCPIPE) bench $(BENCH) --outputs $(OUT) --out $(OUT)/bench.json --against $(BASE)

aa: build ## Count the benchmark gate's false alarms, and the slowdowns that it finds, on this machine
	scripts/aa.sh

soak: build ## The long versions: every call cut, hundreds of kills, a sweep of 60,000 steps
	KCPIPE_SOAK=1 scripts/test.sh --filter FaultTests
	$(SWIFT_BUILD) --product kcpipe
	python3 peers/engine.py --kcpipe $(KCPIPE) --soak

clean: ## Remove what was built
	rm -rf .build $(PYTHON_VENV)
