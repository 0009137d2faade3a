#!/usr/bin/env bash
# Runs `redan ci` with what the workflow asked for. Every input is a value in the environment: nothing is evaluated.
set -euo pipefail

arguments=(
  ci
  "--fail-on=$REDAN_FAIL_ON"
  "--fetch=$REDAN_FETCH"
  "--no-model=$REDAN_NO_MODEL"
)
while IFS= read -r line; do
  [ -z "$line" ] || arguments+=("$line")
done <<<"$REDAN_ARGUMENTS"

exec "$REDAN" "${arguments[@]}"
