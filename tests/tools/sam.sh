#!/usr/bin/env bash
# Lints template.yaml with the SAM CLI, which runs cfn-lint on it. Needs no AWS account.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

packages=(aws-sam-cli==1.170.0 cfn-lint==1.58.0)
venv=.tools/sam

fail() {
    echo "sam.sh: $*" >&2
    exit 1
}

has_venv() { python3 -c 'import venv, ensurepip' 2>/dev/null; }

ensure_python() {
    has_venv && return
    if [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; then
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >/dev/null || true
    fi
    has_venv || fail "python3 with its venv module is needed (Debian: apt-get install python3-venv)"
}

# The stamp is written last, so an interrupted install is never taken for a whole one.
install() {
    [[ $(cat "$venv/installed" 2>/dev/null) == "${packages[*]}" ]] && return
    ensure_python
    echo "sam.sh: installing ${packages[*]} into $venv" >&2
    rm -rf "$venv"
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check "${packages[@]}" \
        || fail "pip could not install ${packages[*]}"
    echo "${packages[*]}" >"$venv/installed"
}

install
export SAM_CLI_TELEMETRY=0 AWS_DEFAULT_REGION="${AWS_DEFAULT_REGION:-eu-central-1}"
exec "$venv/bin/sam" validate --lint --template template.yaml
