#!/usr/bin/env bash
# Runs `redan ci`, or `redan generate --pr`, with what the workflow asked for. Every input is a value in the environment: nothing is evaluated.
set -euo pipefail

arguments=(
  ci
  "--fail-on=$REDAN_FAIL_ON"
  "--fetch=$REDAN_FETCH"
  "--no-model=$REDAN_NO_MODEL"
)
case $REDAN_COMMENT in
  auto) ;;
  never) arguments+=(--no-comment) ;;
  require) arguments+=(--require-comment) ;;
  *)
    printf '::error title=redan::comment is auto, never or require\n'
    exit 2
    ;;
esac
[ -z "$REDAN_FOLLOWS" ] || arguments+=("--follows=$REDAN_FOLLOWS")
if [ -n "$REDAN_GENERATE" ]; then
  arguments=(generate --pr --yes) # whoever wrote the workflow agreed to what is sent to a language model
  while IFS= read -r line; do
    [ -z "$line" ] || arguments+=("--from=$line")
  done <<<"$REDAN_GENERATE"
fi
while IFS= read -r line; do
  [ -z "$line" ] || arguments+=("$line")
done <<<"$REDAN_ARGUMENTS"

exec "$REDAN" "${arguments[@]}"
