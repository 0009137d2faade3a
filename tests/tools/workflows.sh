#!/usr/bin/env bash
# Lints the action and the workflows that are shipped: the schemas of GitHub's files, `actionlint`, and `zizmor` without a network. And that
# each workflow has no permission it does not name, that everything is pinned by a full commit, and that the action's own pin is a commit of
# this repository with the action in it. A program that is absent is counted as skipped.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
workflows=(examples/workflows/*.yml)
wrong=0

tool() {
  local name=$1
  shift
  if command -v "$name" >/dev/null; then
    "$name" "$@" || { printf 'workflows: %s is not content\n' "$name" >&2; wrong=$((wrong + 1)); }
  else
    printf 'workflows: skipped 1: %s is not here\n' "$name"
  fi
}

tool check-jsonschema --builtin-schema vendor.github-workflows "${workflows[@]}"
tool check-jsonschema --builtin-schema vendor.github-actions action/action.yml
tool actionlint "${workflows[@]}"
tool zizmor --offline --no-progress --persona=pedantic --quiet action/action.yml "${workflows[@]}"

complain() {
  printf '%s\n' "$1" >&2
  wrong=$((wrong + 1))
}

for file in "${workflows[@]}"; do
  grep -qx 'permissions: {}' "$file" || complain "$file: the top gives permissions"
  # What proposes is no required check.
  [ "$file" = examples/workflows/redan-generate.yml ] || ! grep -nE '^\s*paths(-ignore)?:' "$file" || complain "$file: a required check that is filtered never reports"
  while read -r uses; do
    [[ $uses =~ @[0-9a-f]{40}$ ]] || complain "$file: $uses is not pinned"
  done < <(sed -n 's/^ *-* *uses: *\([^ ]*\).*/\1/p' "$file")
done
! grep -nE '^\s*run:.*\$\{\{' action/action.yml || complain "action/action.yml: an expression in a script"

shallow=$(git rev-parse --is-shallow-repository 2>/dev/null || echo true)
for commit in $(sed -n 's/.*redan-dev\/redan\/action@\([0-9a-f]*\).*/\1/p' "${workflows[@]}" | sort -u); do
  if [ "$shallow" = true ]; then
    printf 'workflows: skipped 1: the history is not here, so nobody knows whether %s has the action\n' "$commit"
  else
    git cat-file -e "$commit:action/action.yml" || complain "the pinned commit $commit has no action"
  fi
done

printf 'workflows: %d files, %d wrong\n' "${#workflows[@]}" "$wrong"
[ "$wrong" -eq 0 ]
