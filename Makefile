ARGS ?=
ARCH ?= arm64
OPERATIONS ?= 100000
SEED ?= 1
KILLS ?= 50
CASES ?= 20000
MINUTES ?= 5
EXAMPLES ?= 50

# Of a java that does not run long enough to gain by compiling well.
BRIEFLY = -XX:TieredStopAtLevel=1 -XX:+UseSerialGC

.PHONY: help run test lint test-embedded test-dynamodb prove prove-histories prove-dynamodb prove-input bench bench-pipeline build deploy tools
.NOTPARALLEL:
.DEFAULT_GOAL := help

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' Makefile

run: ## everything on this machine, on an embedded database; options in ARGS="..."
	@cargo run --quiet --locked -p local --bin carnet -- $(ARGS)

test: lint test-embedded test-dynamodb ## every check

lint: tools ## formatting, the SAM template, clippy
	@echo '== rustfmt'
	@cargo fmt --all --check
	@cargo fmt --manifest-path tests/fuzz/Cargo.toml --check
	@echo '== template.yaml, clippy'
	@tests/tools/sam.sh & template=$$!; \
		cargo clippy --locked --workspace --all-targets -- -D warnings; clippy=$$?; \
		wait $$template && exit $$clippy
	@echo '== clippy, of what is deployed'
	@cargo clippy --locked -p functions -p bare --bins -- -D warnings

test-embedded: tools ## unit and property tests, and the integration tests on the embedded database
	@echo '== unit and property tests, integration tests on the embedded database'
	@CARNET_TEST_DB=embedded cargo test --locked --workspace --lib --test '*'

test-dynamodb: tools ## the integration tests on DynamoDB Local
	@echo '== integration tests, DynamoDB Local'
	@RUST_TEST_THREADS=4 JAVA_TOOL_OPTIONS='$(BRIEFLY)' tests/tools/dynamodb-local.sh run 8 -- \
		cargo test --locked --workspace --test tests

prove: tools prove-input prove-histories prove-dynamodb ## random input, histories beside a model; then KILLS=50; takes hours
	@CARNET_PROVE_KILLS=$(KILLS) cargo test --profile prove --locked --workspace --test run killed::

prove-histories: tools ## OPERATIONS=100000 in histories beside a model, from SEED=1 on, and every route under trouble
	@CARNET_TEST_DB=embedded CARNET_PROVE=$(OPERATIONS) CARNET_PROVE_FROM=$(SEED) \
		cargo test --profile prove --locked --workspace --test tests prove:: -- --nocapture

prove-dynamodb: tools ## the same on DynamoDB Local, a tenth of the operations: it takes several times as long
	@CARNET_PROVE=$$(($(OPERATIONS) / 10)) CARNET_PROVE_FROM=$(SEED) tests/tools/dynamodb-local.sh run 4 -- \
		cargo test --profile prove --locked --workspace --test tests prove:: -- --nocapture

prove-input: tools ## CASES=20000 damaged requests, MINUTES=5 of each fuzzer, EXAMPLES=50 of each operation from its document
	@CARNET_TEST_DB=embedded CARNET_FUZZ=$(CASES) CARNET_FUZZ_SEED=$(SEED) \
		cargo test --profile prove --locked --workspace --test tests fuzzed:: -- --nocapture
	@tests/tools/fuzz.sh $$(($(MINUTES) * 60))
	@tests/tools/schemathesis.sh $(EXAMPLES) $(SEED)

bench: tools ## what everything costs, into docs/benchmarks.md; SIZES, OPPORTUNITIES, SAMPLES; takes hours
	@cargo build --release --locked -p functions -p bare --bins
	@cargo bench --profile release --locked -p tests --bench costs --no-run
	@echo '== a minute of rest: what was built is no load that others make' && sleep 60
	@tests/tools/dynamodb-local.sh run -- cargo bench --profile release --locked -p tests --bench costs

bench-pipeline: tools ## of make bench, what lists and reports read at 100,000 opportunities alone; takes long
	@ONLY=opportunities OPPORTUNITIES=100000 SAMPLES=3 cargo bench --locked -p tests --bench costs

build: ## the Lambda functions, for ARCH=arm64 or ARCH=x86_64
	@case '$(ARCH)' in arm64 | x86_64) ;; *) echo 'ARCH must be arm64 or x86_64' >&2; exit 1 ;; esac
	@cargo lambda --version >/dev/null 2>&1 || { echo 'cargo-lambda is missing: pip install cargo-lambda' >&2; exit 1; }
	cargo lambda build --release --locked -p functions --$(subst _,-,$(ARCH))

deploy: build ## to AWS, as samconfig.toml says; asks before it changes anything
	@command -v sam >/dev/null || { echo 'sam is missing: pip install aws-sam-cli' >&2; exit 1; }
	sam deploy --parameter-overrides Architecture=$(ARCH) $(ARGS)

# What the tests compile with; what else they use, tests/tools/ fetches.
tools:
	@command -v cargo >/dev/null || { echo 'cargo is missing: install Rust with rustup' >&2; exit 1; }
	@cargo fmt --version >/dev/null 2>&1 || { echo 'rustfmt is missing: rustup component add rustfmt' >&2; exit 1; }
	@cargo clippy --version >/dev/null 2>&1 || { echo 'clippy is missing: rustup component add clippy' >&2; exit 1; }
	@command -v cc >/dev/null || { echo 'cc, a C compiler for the bundled SQLite, is missing (Debian: apt-get install gcc libc6-dev)' >&2; exit 1; }
