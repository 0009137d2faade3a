#!/usr/bin/env bash
# What redan exports of the examples, read by programs that know the formats: compliance-trestle for OSCAL, and CycloneDX's own
# schema. Needs `python` with compliance-trestle and cyclonedx-python-lib[json-validation] on the path.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

redan=${REDAN:-target/debug/redan}
[ -x "$redan" ] || cargo build --quiet
redan=$(realpath "$redan")
checker=$(realpath tests/tools/compliance.py)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

for example in examples/payment-api examples/support-agent; do
  name=$(basename "$example")
  cp -r "$example" "$folder/$name"
  git -C "$folder/$name" init --quiet
  for format in oscal-component-definition oscal-assessment-results cyclonedx; do
    "$redan" -C "$folder/$name" comply export --to "$format" --as-of 2026-11-20 >"$folder/$name.$format.json"
    python "$checker" "$format" "$folder/$name.$format.json"
  done
  "$redan" -C "$folder/$name" comply soa --format oscal --as-of 2026-11-20 >"$folder/$name.soa.json"
  python "$checker" oscal-assessment-results "$folder/$name.soa.json"
done
