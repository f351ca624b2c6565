#!/bin/sh
# One step of CI: checks the protocols that PROTOCOLS names with OPTIONS, writes every report, and ends with the exit code of the check.
set -u
if [ -z "$(echo "${PROTOCOLS:-}" | tr -d '[:space:]')" ]; then
  echo "concordant: no protocol is named, and those that come with Concordant are not yours; set the input protocols, such as lock.py" >&2
  echo "exit-code=2" >>"${GITHUB_OUTPUT:-/dev/null}"
  exit 2
fi
mkdir -p concordant-report
code=0
# shellcheck disable=SC2086 # several names and options, divided by blanks
concordant check $PROTOCOLS ${OPTIONS:-} \
  --report github="${GITHUB_STEP_SUMMARY:-concordant-report/summary.md}" \
  --report junit=concordant-report/junit.xml \
  --report sarif=concordant-report/concordant.sarif \
  --report json=concordant-report/report.json \
  --report html=concordant-report/report.html || code=$?
echo "exit-code=$code" >>"${GITHUB_OUTPUT:-/dev/null}"
exit "$code"
