#!/usr/bin/env bash
# Holds the API to its OpenAPI document: what schemathesis makes of the document is sent to carnet, on demo
# data in memory, by each kind of caller.
#   schemathesis.sh [EXAMPLES [SEED]]   so many random requests of each operation and caller, beside the
#                                       systematic ones, and as many sequences of requests, of which each takes
#                                       what an earlier one was answered
# What answers are held to, and what not and why, is in schemathesis.toml.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source tests/tools/python.sh

examples=${1:-20}
seed=${2:-1}
callers=(OWNER STAFF SALES MACHINE CUSTOMER)
wait_seconds=120

requirements=tests/tools/schemathesis-requirements.txt
venv=.tools/schemathesis
install_into "$venv" "$(cat "$requirements")" --requirement "$requirements"

# With checks of overflow, as it is developed.
cargo build --quiet --locked -p local --bin carnet
scratch="$(mktemp -d .tools/schemathesis.XXXXXX)"
target/debug/carnet --memory --port 0 --data "$scratch" >"$scratch/log" 2>&1 &
carnet=$!
trap 'kill "$carnet" 2>/dev/null || true; wait "$carnet" 2>/dev/null || true; rm -rf "$scratch"' EXIT

for ((second = 0; ; second++)); do
    [[ -f $scratch/demo.env ]] && break
    kill -0 "$carnet" 2>/dev/null || fail "carnet ended: $(cat "$scratch/log")"
    ((second < wait_seconds)) || fail "carnet did not start within $wait_seconds seconds"
    sleep 1
done
# shellcheck source=/dev/null
source "$scratch/demo.env"

failed=()
for caller in "${callers[@]}"; do
    echo "schemathesis.sh: as $caller, $examples examples, seed $seed" >&2
    "$venv/bin/schemathesis" --config-file tests/tools/schemathesis.toml run "$CARNET/openapi.json" \
        --phases coverage,fuzzing,stateful --max-examples "$examples" \
        --seed "$seed" --header "Authorization: Bearer ${!caller}" \
        --suppress-health-check all --warnings off --continue-on-failure --no-color || failed+=("$caller")
    kill -0 "$carnet" 2>/dev/null || fail "carnet ended: $(tail -5 "$scratch/log")"
done
((${#failed[@]} == 0)) || fail "the document and the API differ, as: ${failed[*]}"
