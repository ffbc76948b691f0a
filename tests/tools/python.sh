# Sourced by the tools that are Python packages: each has an environment of its own under .tools/.
# shellcheck shell=bash

fail() {
    echo "$(basename "$0"): $*" >&2
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

# install_into VENV STAMP ARGUMENT...   have in VENV what pip installs with these arguments. The
# stamp says what that is; it is written last, so an interrupted install is never taken for a whole
# one, and another stamp installs anew.
install_into() {
    local venv=$1 stamp=$2
    shift 2
    [[ $(cat "$venv/installed" 2>/dev/null) == "$stamp" ]] && return
    ensure_python
    echo "$(basename "$0"): installing into $venv" >&2
    rm -rf "$venv"
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check "$@" || fail "pip could not install into $venv"
    echo "$stamp" >"$venv/installed"
}
