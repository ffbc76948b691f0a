#!/usr/bin/env bash
# DynamoDB Local, AWS's own, for the tests.
#   dynamodb-local.sh fetch               have it under .tools/, and a java to run it
#   dynamodb-local.sh run -- command...   run the command with CARNET_TEST_DB naming a fresh server
#   dynamodb-local.sh run 4 -- command... the same with four of them: one alone uses one processor, and
#                                         searches all the streams it has at each write
set -euo pipefail

# The npm package that carries the jar, its libraries and the native ones for Linux and macOS.
package=amplify-dynamodb-simulator
version=2.9.30
wait_seconds=60

tools="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)/.tools"
home="$tools/dynamodb-local/$version"
log="$tools/dynamodb-local.log"

fail() {
    echo "dynamodb-local.sh: $*" >&2
    exit 1
}

# Run, not only looked up: macOS has a java that only says there is none.
has_java() { java -version >/dev/null 2>&1; }

ensure_java() {
    has_java && return
    if [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; then
        echo "dynamodb-local.sh: installing default-jre-headless" >&2
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq default-jre-headless >/dev/null || true
    fi
    has_java || fail "java 11 or newer is needed (Debian: apt-get install default-jre-headless)"
}

# Unpacked aside and moved into place, so an interrupted fetch is never taken for a whole one.
fetch() {
    ensure_java
    [[ -d $home ]] && return
    command -v npm >/dev/null || fail "npm is needed, to fetch DynamoDB Local from the package $package"
    echo "dynamodb-local.sh: fetching $package $version" >&2
    mkdir -p "$tools/dynamodb-local"
    scratch="$(mktemp -d "$tools/dynamodb-local/fetch.XXXXXX")"
    npm pack --silent --pack-destination "$scratch" "$package@$version" >/dev/null \
        || fail "npm could not fetch $package@$version"
    tar -xzf "$scratch/$package-$version.tgz" -C "$scratch"
    [[ -d $home ]] || mv "$scratch/package/emulator" "$home"
}

answers() {
    local line
    { exec 3<>"/dev/tcp/127.0.0.1/$1"; } 2>/dev/null || return
    printf 'GET / HTTP/1.0\r\n\r\n' >&3
    IFS= read -r -t 2 line <&3 || true
    exec 3>&-
    [[ ${line:-} == HTTP/* ]]
}

is_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Counted from the process id, below the ports systems lend out: runs side by side start apart.
free_port() {
    local port=$((20000 + $$ % 12000))
    while is_taken "$port"; do port=$((port + 1)); done
    echo "$port"
}

start() {
    local port=$1 deadline
    # From its own folder: it leaves a file in the one it is started from.
    (
        cd "$home"
        exec java -Djava.library.path=DynamoDBLocal_lib -jar DynamoDBLocal.jar \
            -inMemory -sharedDb -disableTelemetry -port "$port"
    ) </dev/null >>"$log" 2>&1 &
    local server=$!
    servers+=("$server")
    deadline=$((SECONDS + wait_seconds))
    until answers "$port"; do
        kill -0 "$server" 2>/dev/null || fail "DynamoDB Local stopped as it started; see $log"
        ((SECONDS < deadline)) || fail "DynamoDB Local gave no answer in $wait_seconds s; see $log"
        sleep 0.1
    done
}

run() {
    fetch
    : >"$log"
    local count=$1 port places=()
    shift
    for ((; count > 0; count--)); do
        port="$(free_port)"
        start "$port"
        places+=("http://127.0.0.1:$port")
    done
    CARNET_TEST_DB="${places[*]}" "$@"
}

servers=()
scratch=
clean_up() {
    local server
    for server in "${servers[@]}"; do
        kill "$server" 2>/dev/null || true
        wait "$server" 2>/dev/null || true
    done
    if [[ -n $scratch ]]; then rm -rf "$scratch"; fi
}
trap clean_up EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

case "${1:-}" in
    fetch)
        fetch
        ;;
    run)
        count=1
        if [[ ${2:-} =~ ^[1-9]$ ]]; then
            count=$2
            shift
        fi
        [[ ${2:-} == -- && $# -gt 2 ]] || fail "usage: dynamodb-local.sh run [count] -- command..."
        shift 2
        run "$count" "$@"
        ;;
    *)
        fail "usage: dynamodb-local.sh fetch | run [count] -- command..."
        ;;
esac
