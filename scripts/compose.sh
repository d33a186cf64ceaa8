#!/bin/sh
# make up, down, docker, logs, ps: Docker Compose, whichever is installed, and in words what happens.
# usage: compose.sh build | up [ARG...] | down [ARG...] | logs [SERVICE...] | ps
set -eu
cd "$(dirname "$0")/.."

# Longest time until all is healthy, in seconds.
WAIT=${WAIT:-300}

if [ -n "${LIGHT:-}" ]; then
  COMPOSE_PROFILES=light
  CONSOLES=
  TRACES_EXPORTER=none
  export COMPOSE_PROFILES CONSOLES TRACES_EXPORTER
fi

say() { printf '%s\n' "$*"; }

fail() {
  printf '\n%s\n\n' "$*" >&2
  exit 1
}

WITHOUT='The system also runs without Docker: make start'

command -v docker >/dev/null 2>&1 || fail "Docker is not installed. $WITHOUT"
docker info >/dev/null 2>&1 || fail "The Docker engine does not answer: it is not running, or you may not use it (docker info says which). $WITHOUT"
if docker compose version >/dev/null 2>&1; then
  compose() { docker compose "$@"; }
elif command -v docker-compose >/dev/null 2>&1; then
  compose() { docker-compose "$@"; }
else
  fail "Docker Compose is not installed (docker compose, or docker-compose 1.29). $WITHOUT"
fi

# The value of a setting: the shell's, or else that of .env.
setting() {
  eval "value=\${$1:-}"
  [ -n "$value" ] || value=$(sed -n "s/^$1=//p" .env)
  printf %s "$value"
}

STATE='{{index .Config.Labels "com.docker.compose.service"}} {{if .State.Health}}{{.State.Health.Status}}{{else}}{{.State.Status}}{{end}}'

# Says who is not healthy yet, whenever that changes.
wait_until_healthy() {
  containers=$(compose ps -q)
  said=
  # shellcheck disable=SC2086 # each word is an argument
  while left=$(docker inspect --format "$STATE" $containers | grep -v ' healthy$') && [ -n "$left" ]; do
    if [ $(($(date +%s) - started)) -ge "$WAIT" ]; then
      fail "After $WAIT s these are not healthy:
$left
See what they say: make logs ARGS=$(printf %s "$left" | head -n 1 | cut -d ' ' -f 1)"
    fi
    now=$(printf %s "$left" | cut -d ' ' -f 1 | sort | tr '\n' ' ')
    [ "$now" = "$said" ] || say "  waiting for $now"
    said=$now
    sleep 1
  done
  say "  all is healthy after $(($(date +%s) - started)) s"
}

show_addresses() {
  say "
  The word cloud system is ready.

    Page             http://localhost:$(setting UI_PORT)
    API              http://localhost:$(setting BFF_PORT)
    Demo account     jackchen, password 1234
    Management pages http://localhost:$(setting BFF_PORT)/go-doudou/doc   ($(setting GDD_MANAGE_USER), password in .env)
    Object store     http://localhost:$(setting S3_CONSOLE_PORT)   ($(setting S3_ACCESS_KEY), password in .env)"
  if [ "$(setting COMPOSE_PROFILES)" != light ]; then
    say "    Grafana          http://localhost:$(setting GRAFANA_PORT)   (admin, password in .env)
    Prometheus       http://localhost:$(setting PROMETHEUS_PORT)
    Alertmanager     http://localhost:$(setting ALERTMANAGER_PORT)
    Jaeger           http://localhost:$(setting JAEGER_PORT)"
  fi
  say "
    Try it           make demo FILE=docs/samples/tea.txt OUT=cloud.png
    More makers      SCALE_MAKER=3 make up
    Logs, state      make logs, make ps
    Stop             make down   (what was made is kept; make down ARGS=-v removes it)
"
}

# SCALE_MAKER=3 and the like, as for make start.
scales() {
  for service in user task seg maker; do
    eval "count=\${SCALE_$(printf %s "$service" | tr '[:lower:]' '[:upper:]'):-}"
    [ -z "$count" ] || printf -- '--scale wordcloud-%s=%s ' "$service" "$count"
  done
}

command=${1:-}
[ $# -eq 0 ] || shift
case $command in
build)
  say 'Building the images of the services and the page …'
  compose build "$@" wordcloud-bff wordcloud-ui
  docker images --format '{{.Repository}}:{{.Tag}} {{.Size}}' | sed -n 's/^wordcloud-/  wordcloud-/p'
  ;;
up)
  say 'Starting the containers; images that are missing are pulled or built first …'
  started=$(date +%s)
  # shellcheck disable=SC2046 # each word is an argument
  compose up -d $(scales) "$@"
  wait_until_healthy
  show_addresses
  ;;
down)
  say 'Stopping; what is in hand is finished first …'
  # Also those of a profile that is not chosen now.
  COMPOSE_PROFILES=full compose down --remove-orphans "$@"
  ;;
logs) compose logs -f --tail=100 "$@" ;;
ps) compose ps "$@" ;;
*)
  sed -n '2,3s/^# //p' "$0" >&2
  exit 2
  ;;
esac
