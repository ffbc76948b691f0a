#!/usr/bin/env bash
# Lints template.yaml with the SAM CLI, which runs cfn-lint on it. Needs no AWS account.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source tests/tools/python.sh

packages=(aws-sam-cli==1.170.0 cfn-lint==1.58.0)
venv=.tools/sam

install_into "$venv" "${packages[*]}" "${packages[@]}"
export SAM_CLI_TELEMETRY=0 AWS_DEFAULT_REGION="${AWS_DEFAULT_REGION:-eu-central-1}"
exec "$venv/bin/sam" validate --lint --template template.yaml
