#!/usr/bin/env bash
# Lints template.yaml: with the SAM CLI, with cfn-lint and its rules for serverless, and with checkov. Needs no
# AWS account. What they would have and do not get is in cfn-lint.yaml and checkov.yaml, with the reasons.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source tests/tools/python.sh

sam=(aws-sam-cli==1.170.0 cfn-lint==1.58.0 cfn-lint-serverless==0.3.6)
checkov=(checkov==3.3.30)

install_into .tools/sam "${sam[*]}" "${sam[@]}"
install_into .tools/checkov "${checkov[*]}" "${checkov[@]}"
export SAM_CLI_TELEMETRY=0 AWS_DEFAULT_REGION="${AWS_DEFAULT_REGION:-eu-central-1}"
.tools/sam/bin/sam validate --lint --template template.yaml
.tools/sam/bin/cfn-lint --config-file tests/tools/cfn-lint.yaml template.yaml
.tools/checkov/bin/checkov --config-file tests/tools/checkov.yaml --file template.yaml
