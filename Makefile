# One command for each moment; `make help` lists them.
.DEFAULT_GOAL := help
.PHONY: help demo test build release bench audit assets format pictures

# Cargo's own variable decides where programs land; scripts read the same one.
TARGET := $(or $(CARGO_TARGET_DIR),target)
# Passed on to the program by `make demo`, for example ARGS='--people 60 --seed 7'.
ARGS ?=

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## install what is missing, build, and open a city of invented people on port 8404
	@scripts/install.sh demo
	@scripts/assets.sh
	cargo build --workspace --locked
	@exec $(TARGET)/debug/zanjireh demo $(ARGS)

test: ## install what is missing and run every check and test, on both database engines
	@scripts/install.sh test
	@scripts/assets.sh
	@scripts/test.sh

build: ## the whole program, pages and fonts inside, at target/release/zanjireh
	@scripts/install.sh demo
	@scripts/assets.sh
	cargo build --workspace --release --locked

release: build ## one archive with program, service unit, licences and hashes, in dist/
	@scripts/release.sh $(TARGET)/release/zanjireh

bench: build ## measure the released program, as ratios
	@scripts/install.sh test
	ZANJIREH_BIN=$(abspath $(TARGET))/release/zanjireh scripts/with-postgres.sh \
		cargo bench --workspace --bench whole --bench council --profile dev --locked

audit: ## ask for known weaknesses in what we depend on (needs the network)
	@scripts/install.sh tools
	@scripts/deny.sh check advisories

assets: ## fetch fonts and scripts for the browser into assets/
	@scripts/install.sh demo
	@scripts/assets.sh

format: ## put the Rust code in the common form
	cargo fmt --all

pictures: ## take the pictures of the documentation from the running program
	@scripts/install.sh test
	@scripts/assets.sh
	cargo build --workspace --locked
	ZANJIREH_BIN=$(TARGET)/debug/zanjireh node e2e/pictures.mjs
