#!/usr/bin/env bash
# Validates files of pain.008.001.08 against ISO 20022's own schema.
#   pain008.sh <documents.json >reasons.json
# takes a JSON list of documents and gives, for each, null or the reason why it is not valid.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source tests/tools/python.sh

requirements=tests/tools/pain008-requirements.txt
venv=.tools/pain008

install_into "$venv" "$(cat "$requirements")" --require-hashes --no-deps --requirement "$requirements"
exec "$venv/bin/python" tests/tools/pain008.py
