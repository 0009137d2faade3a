#!/usr/bin/env bash
# Drives the real `pre-commit` and `prek` with .pre-commit-hooks.yaml: installed from a local repository, they refuse what is staged and
# wrong whatever the working tree holds, follow `git commit -a` and partial commits, check a merge against both parents and a push
# against what the remote has. Needs the built redan, and one or both programs on the path; one that is absent is counted as skipped.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
project=$PWD
out=$project/target/ci/hooks
rm -rf "$out"
mkdir -p "$out"

export PATH=$project/target/debug:$PATH HOME=$out/home XDG_CACHE_HOME=$out/home/cache PRE_COMMIT_HOME=$out/home/pre-commit PREK_HOME=$out/home/prek
export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null GIT_CEILING_DIRECTORIES=$out NO_COLOR=1
export GIT_AUTHOR_NAME=Ada GIT_AUTHOR_EMAIL=ada@example.org GIT_COMMITTER_NAME=Ada GIT_COMMITTER_EMAIL=ada@example.org
mkdir -p "$HOME"

passed=0 failed=0 skipped=0
model=threat-models/link-shortener/model.toml

# Runs a command and compares how it ended and what it said.
expect() {
  local what=$1 code=$2 said=$3 got=0
  shift 3
  "$@" >"$out/said" 2>&1 || got=1
  if [ "$got" = "$code" ] && grep -qF -- "$said" "$out/said"; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    printf '%s: %s: ended with %s, wanted %s and "%s"; it said\n' "$tool" "$what" "$got" "$code" "$said" >&2
    cat "$out/said" >&2
  fi
}

# The hooks as they are here, as a repository that can be named by path and revision.
hooks=$out/hooks
mkdir -p "$hooks/examples"
cp -R .pre-commit-hooks.yaml "$hooks"
cp -R examples/hooks "$hooks/examples"
git -C "$hooks" init --quiet -b main
git -C "$hooks" add --all
git -C "$hooks" commit --quiet -m "Hooks"

prepare() {
  cp -R "$project/examples/small" "$out/$tool"
  cd "$out/$tool"
  git init --quiet -b main
  cat >.pre-commit-config.yaml <<EOF
default_install_hook_types: [pre-commit, pre-merge-commit, pre-push]
repos:
  - repo: $hooks
    rev: $(git -C "$hooks" rev-parse HEAD)
    hooks: [{ id: redan-check }, { id: redan-history }, { id: redan-fix }]
EOF
  git add --all
  git commit --quiet -m "Add the threat model"
  git init --quiet --bare -b main "$out/$tool.git"
  git remote add origin "$out/$tool.git"
  git push --quiet origin main
  "$tool" install >"$out/install" 2>&1
}

reuse() {
  sed -i 's/^name = "Click counts"/name = "Marketing newsletter"/' "$model"
}

drive() {
  prepare
  echo "# a remark" >>"$model"
  expect "a good change passes" 0 "redan check" git commit -am "Add a remark"
  reuse
  git add "$model"
  git show "HEAD:$model" >"$model"
  expect "a bad staged change is refused, the working tree is good" 1 "id_rewritten" git commit -m "Reuse A2"
  git reset --quiet --hard
  echo "# another" >>"$model"
  git add "$model"
  reuse
  expect "a good staged change passes, the working tree is bad" 0 "redan check" git commit -m "Add another"
  expect "the mistake is still in the working tree" 1 "newsletter" git diff --exit-code
  expect "commit -a is refused" 1 "id_rewritten" git commit -am "Reuse A2"
  echo note >note.txt
  git add note.txt
  expect "a partial commit of the bad file is refused" 1 "id_rewritten" git commit -m "Reuse A2" "$model"
  expect "a partial commit of another file passes" 0 "redan check" git commit -m "Add a note" note.txt
  git checkout --quiet "$model"
  git rm -rq threat-models/link-shortener
  expect "a model that vanishes is refused" 1 "model_gone" git commit -m "Drop the model"
  git reset --quiet --hard
  merge
  push
  fix
}

# Merges that drop what one side published: the other side, and the one that HEAD is.
merge() {
  git switch --quiet -c topic
  git commit --quiet --no-verify --allow-empty -m "Work"
  git switch --quiet main
  redan add asset --name "Audit log" --description "Who looked at which target" --properties I >"$out/said"
  git commit --quiet --no-verify -am "Add the audit log"
  git push --quiet --no-verify origin main
  git switch --quiet topic
  expect "a merge is checked against both parents" 1 "id_gone" git merge --strategy ours main -m "Merge"
  git merge --abort
  expect "a sound merge passes" 0 "redan check" git merge main -m "Merge"
  git switch --quiet -c behind main~1
  git commit --quiet --no-verify --allow-empty -m "Work on what was"
  git switch --quiet main
  git merge --no-ff --no-commit behind >"$out/said" 2>&1
  git read-tree --reset -u behind
  expect "a merge that drops the side of HEAD is refused" 1 "id_gone" git commit -m "Merge"
  git reset --quiet --hard
}

push() {
  git switch --quiet main
  reuse
  git commit --quiet --no-verify -am "Reuse A2"
  expect "a push of a reuse is refused" 1 "id_rewritten" git push origin main
  git reset --quiet --hard origin/main
  git commit --quiet --no-verify --allow-empty -m "Go on"
  expect "a sound push passes" 0 "main -> main" git push origin main
  expect "a sound new branch passes" 0 "topic -> topic" git push origin topic
}

fix() {
  printf '\n[boundaries.NEW-office]\nname = "Office"\n' >>"$model"
  git add "$model"
  expect "a fix is made and shown" 1 "files were modified by this hook" git commit -m "Add a boundary"
  expect "the fix is in the working tree" 0 "[boundaries.TB2]" cat "$model"
}

for tool in pre-commit prek; do
  if command -v "$tool" >/dev/null; then
    (drive; printf '%s %s %s\n' "$passed" "$failed" "$("$tool" --version)" >"$out/$tool.count")
    read -r more wrong version <"$out/$tool.count"
    printf 'hooks: %s: %d passed, %d failed\n' "$version" "$more" "$wrong"
    failed=$((failed + wrong))
  else
    skipped=$((skipped + 1))
    printf 'hooks: skipped 1: %s is not here\n' "$tool"
  fi
done
[ "$failed" -eq 0 ]
