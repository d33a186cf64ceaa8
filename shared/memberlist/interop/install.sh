#!/bin/sh
# Installs with apt-get, as root, what the interop tests can do with: `sh install.sh serf` the Serf agent (its service is not
# started), `sh install.sh memberlist` Debian's sources of memberlist and its Go. Prints why it could not, and exits 1 then.

log=$(mktemp)
policy=/usr/sbin/policy-rc.d
made_policy=

# Also when interrupted: a policy-rc.d left behind would keep every service of the machine from starting.
clean_up() {
  rm -f "$log"
  [ -z "$made_policy" ] || rm -f "$policy"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

case "$1" in
serf) set -- serf ;;
memberlist)
  set -- golang-github-hashicorp-memberlist-dev
  command -v go >/dev/null 2>&1 || set -- "$@" golang-go
  ;;
*)
  echo 'usage: install.sh serf|memberlist'
  exit 1
  ;;
esac
command -v apt-get >/dev/null 2>&1 || { echo 'there is no apt-get'; exit 1; }
[ "$(id -u)" = 0 ] || { echo 'apt-get needs root'; exit 1; }

# Debian's packages ask policy-rc.d whether they may start their service; 101 says no.
if [ ! -e "$policy" ]; then
  made_policy=yes
  printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod 755 "$policy"
fi
export DEBIAN_FRONTEND=noninteractive
install() {
  apt-get install -y -qq -o DPkg::Lock::Timeout=60 --no-install-recommends "$@" </dev/null >"$log" 2>&1
}
install "$@" || { apt-get update -qq >/dev/null 2>&1 && install "$@"; } || {
  echo "apt-get failed: $(grep -v '^$' "$log" | tail -n 1 | cut -c 1-160)"
  exit 1
}
