# The commands of the project. Everything runs with the Node 24 that `npm ci` brings along on Linux; elsewhere install it.
SHELL := /bin/sh
export PATH := $(CURDIR)/node_modules/.bin:$(PATH)
# The installation that the lock file describes is there when this file is newer than it.
INSTALLED := node_modules/.package-lock.json

.DEFAULT_GOAL := help
.PHONY: help start demo docker up down logs ps test test-docker check format bench install

help: ## Lists the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

start: install ## Runs the whole system as local processes; Ctrl-C stops it
	@exec node scripts/start.ts

demo: install ## Makes a word cloud: make demo FILE=text.txt OUT=cloud.png [OPTIONS="shape=heart top=100"]
	@exec node scripts/demo.ts $(if $(FILE),--file "$(FILE)") $(if $(OUT),--out "$(OUT)") $(OPTIONS)

docker: ## Builds the images
	@scripts/compose.sh build

up: ## Runs the whole system in Docker, with MySQL, Valkey, S3, Prometheus, Grafana, Jaeger (LIGHT=1: without consoles)
	@scripts/compose.sh up $(ARGS)

down: ## Stops what make up started; what was made is kept (ARGS=-v removes it)
	@scripts/compose.sh down $(ARGS)

logs: ## Follows the logs of the containers: make logs ARGS=wordcloud-maker
	@scripts/compose.sh logs $(ARGS)

ps: ## Shows the containers and their health
	@scripts/compose.sh ps $(ARGS)

test: install ## Runs all tests; says what it skipped and why
	@sh scripts/test-servers/install.sh
	@vitest run

test-docker: install ## Tries the system in Docker: builds, starts, uses, kills, restarts and measures it (about 10 minutes)
	@node e2e/docker.ts

check: install ## Format, lint, types, who imports whom, the lock file
	@biome check .
	@tsc --noEmit
	@vue-tsc --noEmit -p wordcloud-ui/tsconfig.json
	@npm run --silent layers
	@node scripts/complete-lock.ts --check
	@node scripts/write-docs.ts --check

format: install ## Formats the code
	@biome check --write .

bench: install ## Measures against peers
	@node bench/wordcloud/main.ts
	@node bench/memberlist/main.ts --rounds 1
	@node bench/rpc/main.ts --rounds 1 --slices 4
	@node bench/rpc/door.ts

install: $(INSTALLED)

$(INSTALLED): package-lock.json
	@command -v npm >/dev/null || { echo 'npm is missing: install Node.js 20 or newer from https://nodejs.org, then run this again.'; exit 1; }
	@echo 'Installing packages …'
	@npm ci
	@touch $(INSTALLED)
	@node -e 'if (Number(process.versions.node.split(".")[0]) < 24) { console.error("This needs Node 24, found " + process.versions.node + ". On Linux npm brings it; here install it from https://nodejs.org."); process.exit(1) }'
