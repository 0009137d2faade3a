#!/usr/bin/env bash
# Proves that `redan check --format sarif` is SARIF: the answers for the examples, for every bad file of examples/invalid and for a
# workspace full of mistakes validate against the schema of the standard. Needs `check-jsonschema`, and SARIF_SCHEMA, the schema's
# file; .ci/run brings both. The schema's pattern for languages is a regular expression of no dialect but Python's.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
redan=$PWD/target/debug/redan
out=$PWD/target/ci/sarif
rm -rf "$out"
mkdir -p "$out"

# Checks a copy of a workspace, spoiled by a line of sed when one is given.
answer() {
  local name=$1 from=$2 spoil=${3:-}
  cp -R "$from" "$out/$name"
  (
    cd "$out/$name"
    git init --quiet -b main
    git add --all
    git -c user.name=Ada -c user.email=ada@example.org -c core.hooksPath=/dev/null commit --quiet -m "Add the model"
    [ -z "$spoil" ] || find threat-models -name '*.toml' -exec sed -i "$spoil" {} +
    "$redan" check --format sarif
  ) >"$out/$name.sarif" || [ $? -eq 1 ]
}

for example in examples/*/threat-models; do
  name=$(basename "$(dirname "$example")")
  answer "$name" "$(dirname "$example")"
  answer "$name-renamed" "$(dirname "$example")" 's/^name = "/name = "Another /'
  answer "$name-misspelt" "$(dirname "$example")" 's/"high"/"hihg"/g; s/^archetype/archtype/'
  answer "$name-broken" "$(dirname "$example")" '/^\[assets/s/\]$//'
  answer "$name-gone" "$(dirname "$example")" '/^\[attackers/,$d'
done

check-jsonschema --regex-variant python --schemafile "$SARIF_SCHEMA" "$out"/*.sarif
results=$(cat "$out"/*.sarif | grep -c '"ruleIndex"')
fixes=$(cat "$out"/*.sarif | grep -c '"artifactChanges"')
files=$(find "$out" -maxdepth 1 -name '*.sarif' | wc -l)
[ "$results" -gt 100 ] && [ "$fixes" -gt 10 ]
printf 'sarif: %d files with %d results and %d fixes are valid\n' "$files" "$results" "$fixes"
