#!/usr/bin/env bash
# Proves that the JSON Schemas in schema/ work in editors: every TOML file under examples/ passes `taplo lint` and `tombi lint`,
# and every file in examples/invalid/ fails in both; the same for the files of schemas.md beside this script and the whole files that
# docs/format.md shows. Needs `taplo` and `tombi` on the path; .ci/run installs them.
#
# What the two programs do, found by trying taplo 0.9.3 and tombi 1.9.6:
# - Both read a first line `#:schema ../../schema/model.schema.json`, relative to the file. Nothing else is needed and nothing is fetched.
# - Without that line: taplo takes `--schema file:///absolute/path` (a relative path is refused) or `[[rule]]` in .taplo.toml;
#   tombi has no such option, only `[[schemas]]` with `path` and `include` in tombi.toml.
# - tombi fetches the catalogue of schemastore.org at start and fails without a network: `--offline` stops that.
# - A schema that is not there: taplo fails, tombi only warns. So this script looks for the schema file itself. (`--error-on-warnings`
#   would do it too, but also turns tombi's taste in table order into errors.)
# - Dates: for `at = 2026-11-20T09:12:00Z` taplo takes any string schema, tombi wants `type: string` with `format: date-time`, and
#   `format: date` for a day. Such a field then refuses a quoted date in tombi. A field for both is
#   `anyOf: [{type: string, format: date}, {type: string, format: date-time}]`; `format` without a `type` beside it is not enough.
# - `$ref` into `$defs`, `anyOf`, `oneOf`, `enum`, `required`, `patternProperties` with `additionalProperties: false` hold in both.
#   `unevaluatedProperties` holds in tombi and is ignored by taplo: use `additionalProperties: false`.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

good=0 bad=0 plain=0 wrong=0

complain() {
  printf '%s\n' "$1" >&2
  wrong=$((wrong + 1))
}

# The schema a file names in its first line; empty when it names none.
schema_of() {
  sed -n '1s/^#:schema  *//p' "$1"
}

lint() {
  case $1 in
    taplo) taplo lint --no-auto-config --colors never "$2" ;;
    tombi) NO_COLOR=1 tombi lint --offline "$2" ;;
  esac
}

must_pass() {
  local said
  for tool in taplo tombi; do
    said=$(lint "$tool" "$1" 2>&1) || complain "$1: $tool refuses it
$said"
  done
}

must_fail() {
  for tool in taplo tombi; do
    if lint "$tool" "$1" >/dev/null 2>&1; then
      complain "$1: $tool passes it, so the schema misses the mistake"
    fi
  done
}

# Writes the blocks ```toml file=PATH of a page below a folder. The last argument is where the page expects the schemas.
unpack() {
  mkdir -p "$2/$3"
  cp schema/*.schema.json "$2/$3"
  awk -v root="$2" '
    /^```toml file=/ { path = root "/" substr($2, 6); dir = path; sub("/[^/]*$", "", dir); system("mkdir -p \"" dir "\""); next }
    /^```/ { if (path) close(path); path = "" }
    path { print > path }' "$1"
}

judge() {
  local file=$1 named
  named=$(schema_of "$file")
  if [ -n "$named" ] && [ ! -f "$(dirname "$file")/$named" ]; then
    complain "$file:1: there is no schema $named"
  elif [[ $file == examples/invalid/* || $file == */fail/* ]]; then
    bad=$((bad + 1))
    if [ -n "$named" ]; then must_fail "$file"; else complain "$file:1: names no schema, so it proves nothing"; fi
  elif [ -n "$named" ]; then
    good=$((good + 1))
    must_pass "$file"
  else
    plain=$((plain + 1))
  fi
}

pages=target/ci/schemas
rm -rf "$pages"
unpack tests/tools/schemas.md "$pages/cases" .schema
unpack docs/format.md "$pages/format" threat-models/.schema

while IFS= read -r -d '' file; do
  judge "$file"
done < <(find examples "$pages" -name '*.toml' -print0 | sort -z)

printf 'schemas: %d files must pass, %d must fail, %d name no schema; %d wrong\n' "$good" "$bad" "$plain" "$wrong"
[ "$wrong" -eq 0 ]
