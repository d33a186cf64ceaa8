#!/bin/sh
# Installs the servers and programs that tests use when they can be had: MariaDB, Redis, Prometheus, Chromium and iproute2 through apt-get (as root), an S3
# server, kustomize and kubeconform through Go.
# With the argument `jaeger`, builds Jaeger, too (version 2), which takes some minutes.
# Never starts a service; what cannot be had is said, and its tests are skipped. Prints one line for each.
# Exits 0 unless interrupted.

versitygw=github.com/versity/versitygw/cmd/versitygw@v1.8.0
jaeger_module=github.com/jaegertracing/jaeger@v1.76.0
kustomize=sigs.k8s.io/kustomize/kustomize/v5@v5.8.2
kubeconform=github.com/yannh/kubeconform/cmd/kubeconform@v0.7.0
# It carries Kubernetes' descriptions of its objects; nothing else of it is used.
kubectl_validate=sigs.k8s.io/kubectl-validate@v0.0.4
kubernetes=1.30
cache=$(cd "$(dirname "$0")/../.." && pwd)/.cache/test-servers
log=$(mktemp)
made_policy=

# Also when interrupted: a policy-rc.d left behind would keep every service of the machine from starting.
clean_up() {
  rm -f "$log"
  [ -z "$made_policy" ] || rm -f "$policy"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

last_error() { grep -v '^$' "$log" | tail -n 1 | cut -c 1-160; }

apt_install() {
  export DEBIAN_FRONTEND=noninteractive
  apt-get install -y -qq -o DPkg::Lock::Timeout=60 --no-install-recommends "$@" </dev/null >"$log" 2>&1
}

# Debian's packages ask policy-rc.d whether they may start their service; 101 says no.
install_service() {
  policy=/usr/sbin/policy-rc.d
  if [ ! -e "$policy" ]; then
    made_policy=yes
    printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod 755 "$policy"
  fi
  apt_install "$1" || { apt-get update -qq >/dev/null 2>&1 && apt_install "$1"; }
}

if [ -n "${TEST_MYSQL_URL:-}" ]; then
  echo 'MariaDB: TEST_MYSQL_URL is used'
elif command -v mariadbd >/dev/null 2>&1 || [ -x /usr/sbin/mariadbd ]; then
  echo 'MariaDB: is installed'
elif ! command -v apt-get >/dev/null 2>&1; then
  echo 'MariaDB: skipped, there is no apt-get; install mariadb-server to test against it'
elif [ "$(id -u)" != 0 ]; then
  echo 'MariaDB: skipped, needs root; sudo apt-get install mariadb-server to test against it'
elif install_service mariadb-server; then
  echo 'MariaDB: installed with apt-get, not started'
else
  echo "MariaDB: skipped, apt-get failed: $(last_error)"
fi

# name, package: for programs that are built with Go
go_install() {
  if [ -x "$cache/$1" ] || command -v "$1" >/dev/null 2>&1; then
    echo "$1: is there"
  elif ! command -v go >/dev/null 2>&1; then
    echo "$1: skipped, there is no Go to build it with"
  elif mkdir -p "$cache" && echo '*' >"$(dirname "$cache")/.gitignore" &&
    GOBIN="$cache" CGO_ENABLED=0 go install -ldflags='-s -w' "$2" </dev/null >"$log" 2>&1; then
    echo "$1: built with Go"
  else
    echo "$1: skipped, building it failed: $(last_error)"
  fi
}

if [ -n "${TEST_S3_ENDPOINT:-}" ]; then
  echo 'S3 server: TEST_S3_ENDPOINT is used'
else
  go_install versitygw "$versitygw"
fi

go_install kustomize "$kustomize"
go_install kubeconform "$kubeconform"

openapi="$cache/kubernetes-openapi"
if [ -d "$openapi" ]; then
  echo "Kubernetes' OpenAPI description: is there"
elif ! command -v go >/dev/null 2>&1; then
  echo "Kubernetes' OpenAPI description: skipped, there is no Go to fetch it with"
elif go mod download -json "$kubectl_validate" </dev/null >"$log" 2>&1 &&
  module=$(sed -n 's/^.*"Dir": "\(.*\)".*$/\1/p' "$log") && mkdir -p "$openapi.part" &&
  cp -R "$module/pkg/openapiclient/builtins/$kubernetes/." "$openapi.part" 2>"$log" &&
  chmod -R u+w "$openapi.part" && mv "$openapi.part" "$openapi"; then
  echo "Kubernetes' OpenAPI description: fetched with Go, Kubernetes $kubernetes"
else
  echo "Kubernetes' OpenAPI description: skipped, fetching it failed: $(last_error)"
fi

if [ -n "${TEST_REDIS_URL:-}" ]; then
  echo 'Redis: TEST_REDIS_URL is used'
elif command -v redis-server >/dev/null 2>&1 || command -v valkey-server >/dev/null 2>&1; then
  echo 'Redis: is installed'
elif ! command -v apt-get >/dev/null 2>&1; then
  echo 'Redis: skipped, there is no apt-get; install redis-server to test against it'
elif [ "$(id -u)" != 0 ]; then
  echo 'Redis: skipped, needs root; sudo apt-get install redis-server to test against it'
elif install_service redis-server; then
  echo 'Redis: installed with apt-get, not started'
else
  echo "Redis: skipped, apt-get failed: $(last_error)"
fi

if command -v prometheus >/dev/null 2>&1 && command -v prometheus-alertmanager >/dev/null 2>&1; then
  echo 'Prometheus: is installed'
elif ! command -v apt-get >/dev/null 2>&1; then
  echo 'Prometheus: skipped, there is no apt-get; install prometheus and prometheus-alertmanager to test with them'
elif [ "$(id -u)" != 0 ]; then
  echo 'Prometheus: skipped, needs root; sudo apt-get install prometheus prometheus-alertmanager to test with them'
elif install_service prometheus && install_service prometheus-alertmanager; then
  echo 'Prometheus: installed with apt-get, not started'
else
  echo "Prometheus: skipped, apt-get failed: $(last_error)"
fi

# program, name, package: for programs that are no services
install_program() {
  if command -v "$1" >/dev/null 2>&1; then
    echo "$2: is installed"
  elif ! command -v apt-get >/dev/null 2>&1; then
    echo "$2: skipped, there is no apt-get; install $3 to test with it"
  elif [ "$(id -u)" != 0 ]; then
    echo "$2: skipped, needs root; sudo apt-get install $3 to test with it"
  elif apt_install "$3" || { apt-get update -qq >/dev/null 2>&1 && apt_install "$3"; }; then
    echo "$2: installed with apt-get"
  else
    echo "$2: skipped, apt-get failed: $(last_error)"
  fi
}

if [ -n "${CHROMIUM:-}" ]; then
  echo 'Chromium: CHROMIUM is used'
else
  install_program chromium Chromium chromium
fi
install_program ip 'Network namespaces' iproute2

# Not by `go install`: its go.mod replaces a module.
build_jaeger() {
  go mod download -json "$jaeger_module" </dev/null >"$log" 2>&1 &&
    module=$(sed -n 's/^.*"Dir": "\(.*\)".*$/\1/p' "$log") && mkdir -p "$cache" && echo '*' >"$(dirname "$cache")/.gitignore" &&
    (cd "$module" && CGO_ENABLED=0 go build -mod=readonly -buildvcs=false -ldflags='-s -w' -o "$cache/jaeger" ./cmd/jaeger) </dev/null >"$log" 2>&1
}

if [ -x "$cache/jaeger" ] || command -v jaeger >/dev/null 2>&1; then
  echo 'Jaeger: is there'
elif [ "${1:-}" != jaeger ]; then
  echo 'Jaeger: skipped, takes minutes to build; sh scripts/test-servers/install.sh jaeger does it'
elif ! command -v go >/dev/null 2>&1; then
  echo 'Jaeger: skipped, there is no Go to build it with'
elif build_jaeger; then
  echo 'Jaeger: built with Go'
else
  echo "Jaeger: skipped, building it failed: $(last_error)"
fi
exit 0
