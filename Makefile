# What a person or the CI does with Ebb. Every target installs what it needs
# first (scripts/setup) and says nothing about what is already there.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:

GO ?= go
# sqlite_*: what our database needs, and that it loads no extensions.
# no_animations: a blinking caret costs a quarter of a core.
# migrated_fynedo: widgets are touched on the main goroutine only.
TAGS ?= sqlite_fts5 sqlite_omit_load_extension no_animations migrated_fynedo
# How long make fuzz runs each fuzz target: a number of s, m or h.
FUZZTIME ?= 10s
# How long each campaign runs at most in a long run, and each fuzz target: a number
# of s, m or h; empty: to its long size.
SOAKTIME ?= 5m
# Which tests make campaigns runs.
CAMPAIGNS ?= .
# What make bench-all measures: -sizes, -rounds, -few, -dir.
BENCHFLAGS ?=
# Where the pictures of the real window go.
PICTURES ?= build/pictures

# No version-control stamp: a tree that belongs to somebody else (sudo, CI) builds too.
export GOFLAGS := -buildvcs=false
build_ebb = $(GO) build -trimpath -ldflags "-s -w" -tags "$(TAGS)"
# Widgets are tested on a painted canvas without a window: ci leaves OpenGL out.
test_ebb = $(GO) test -timeout 40m -tags "$(TAGS) ci"
# Under the race detector goes what has goroutines and no campaign of its own: a
# campaign kills hundreds of children, and each would take ten times as long.
# vault/portable has none: nothing in it is shared by two goroutines.
raced := ^ebb/(ui|exercises|vault/guard)(/|$$)
# Not the pictures of an office and what walks through all of its pages: they paint for
# minutes there, run in make unit, and nothing in them is beside the window. Of ui/command
# neither its campaign, nor what runs the program as it ships, in which there is no race
# detector.
unraced := ^Test(Office[A-Z][a-z]+Pages|ApartNotesAreNowhere|ScenarioT7Office|UnderStrace|ShippedUnderStrace|AnInterruptedImportLosesNothing)$$

campaign_packages := ./vault/... ./ui/command ./scripts/reader

tools := .cache/tools
lint_tags := $(TAGS) ci realwindow gallery windowprobe
comma := ,
empty :=
space := $(empty) $(empty)
# What can be compiled for other systems without their C compilers.
portable_packages := ./vault/guard ./vault/keys ./vault/portable
without_c = for system in windows darwin; do CGO_ENABLED=0 GOOS=$$system $(GO) vet $(portable_packages); done
# deadcode does not see what C calls.
called_from_c := ^vault/drawer/

.PHONY: help run build test unit race window pictures fuzz lint format bench bench-all campaigns planted soak cross setup setup-tests clean FORCE

help: ## what there is
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' Makefile | expand -t 16

run: ## build Ebb and open its window
	@if [ -z "$${DISPLAY-}$${WAYLAND_DISPLAY-}" ] && [ "$$(uname)" = Linux ]; then \
	  echo "Ebb opens a window, and this session has no screen: neither DISPLAY nor WAYLAND_DISPLAY is set."; \
	  echo "Run it from a terminal on a desktop, or over ssh -X, or on a screen in memory:"; \
	  echo "  make setup-tests && xvfb-run -s '-screen 0 1280x860x24' make run"; \
	  exit 1; \
	fi
	@$(MAKE) --no-print-directory build
	@./ebb

build: setup ## build the program, ./ebb
	@$(build_ebb) -o ebb .

# Random inputs are in make fuzz: what the CI says is to be the same every time.
test: setup-tests lint unit race window ## everything the CI runs

unit: setup
	$(test_ebb) ./...

# Painting is slow under the race detector: with -short a test paints less, and
# never nothing.
race: setup
	$(test_ebb) -race -short -skip '$(unraced)' $$($(GO) list -tags "$(TAGS) ci" ./... | grep -E '$(raced)')

window: setup-tests build/ebb-probe ## the tests in the real window, on a screen in memory
	@mkdir -p "$(PICTURES)"
	$(GO) test -tags "$(TAGS) ci windowprobe" ./ui/kit/probe
	$(real_window) -v -run '^TestFigures$$' -tags "$(TAGS) realwindow" ./scripts/window
	$(real_window) -skip '^TestFigures$$' -tags "$(TAGS) realwindow" ./scripts/window

pictures: setup-tests build/ebb-probe ## the pictures of the documentation, docs/pictures, anew
	@mkdir -p docs/pictures
	EBB_GALLERY="$(CURDIR)/docs/pictures" $(real_window) -run '^TestGallery' -tags "$(TAGS) realwindow gallery" ./scripts/window

# The program whose screen a test can read. -count=1: the go command does not know
# that the tests run it.
real_window = EBB_PROGRAM="$(CURDIR)/build/ebb-probe" EBB_PICTURES="$(abspath $(PICTURES))" \
  $(GO) test -count=1 -timeout 30m
build/ebb-probe: FORCE
	@mkdir -p build
	@$(GO) build -tags "$(TAGS) windowprobe" -o $@ .
FORCE:

fuzz: setup ## random inputs for every fuzz target, FUZZTIME (10s) each
	@scripts/fuzz "$(FUZZTIME)" "$(TAGS) ci"

bench: setup ## the benchmarks
	$(GO) test -run '^$$' -bench . -benchmem -timeout 2h -tags "$(TAGS) ci" ./...

# A module of its own: SQLCipher is no part of the program. Everything else on the
# machine should rest meanwhile.
bench-all: setup ## a drawer beside plain SQLite and SQLCipher, into vault/BENCHMARKS.md (an hour)
	cd scripts/bench && $(GO) run . -tags "$(TAGS)" -into ../../vault/BENCHMARKS.md $(BENCHFLAGS)

# Each campaign ends after SOAKTIME, or when it has its long size (vault/PROOFS.md).
# With SOAKTIME= they all have theirs, which takes most of a day.
campaigns: setup setup-tests ## the campaigns at their long size, SOAKTIME (5m) at most each
	@mkdir -p build
	@status=0; \
	EBB_SOAK=1 EBB_SOAK_TIME="$(SOAKTIME)" $(GO) test -count=1 -v -timeout 24h -tags "$(TAGS) ci" -run '$(CAMPAIGNS)' \
	  $(campaign_packages) >build/campaigns.log 2>&1 || status=1; \
	grep -E '^ *--- FAIL|^FAIL|^panic: ' build/campaigns.log || true; \
	sed -nE 's/^ *([a-z_]+\.go:[0-9]+: )?(campaign .* runs=)/\2/p' build/campaigns.log; \
	exit $$status

soak: setup setup-tests ## campaigns, planted faults, and random inputs for SOAKTIME each (hours)
	@status=0; \
	$(MAKE) --no-print-directory campaigns || status=1; \
	$(MAKE) --no-print-directory planted || status=1; \
	$(MAKE) --no-print-directory fuzz FUZZTIME="$(or $(SOAKTIME),30m)" || status=1; \
	exit $$status

planted: setup ## plants faults, each of which a test has to notice
	@TAGS="$(TAGS)" scripts/planted/run

# Not in the CI: it would have to install a compiler and build SQLite once more.
cross: setup ## everything below the window compiled for Windows, with mingw (gcc-mingw-w64-x86-64)
	CGO_ENABLED=1 GOOS=windows GOARCH=amd64 CC=x86_64-w64-mingw32-gcc $(GO) build -tags "$(TAGS)" ./vault/... ./ui/command

lint: setup $(tools)/.installed ## formatting, vet, staticcheck, dead code, scripts
	@unformatted=$$($(tools)/gofumpt -l .); if [ -n "$$unformatted" ]; then \
	  echo "not formatted (make format):"; echo "$$unformatted"; exit 1; fi
	@$(GO) vet -tags "$(lint_tags)" ./...
	@$(tools)/staticcheck -tags "$(subst $(space),$(comma),$(lint_tags))" ./...
	@dead=$$($(tools)/deadcode -test -tags "$(subst $(space),$(comma),$(lint_tags))" ./... | { grep -v '$(called_from_c)' || true; }); \
	  if [ -n "$$dead" ]; then echo "nothing reaches:"; echo "$$dead"; exit 1; fi
	@if command -v shellcheck >/dev/null; then shellcheck scripts/setup scripts/fuzz scripts/planted/run .ci/run; fi
	@$(without_c)

format: $(tools)/.installed ## format the Go files
	@$(tools)/gofumpt -w .

# The tools have a module of their own, so that the program's list of
# dependencies is the program's.
$(tools)/.installed: scripts/tools/go.mod scripts/tools/go.sum
	@mkdir -p $(tools)
	@cd scripts/tools && GOBIN="$(abspath $(tools))" $(GO) install tool
	@touch $@

setup:
	@scripts/setup

setup-tests:
	@scripts/setup --tests

clean: ## remove what was built
	@rm -rf ebb ebb.exe build .cache
