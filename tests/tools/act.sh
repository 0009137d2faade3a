#!/usr/bin/env bash
# Runs the workflow that is shipped, byte for byte, with the real `act` in host mode: a clone of a bare remote on this machine, every event
# at every depth of checkout, and what each run says in its log, its summary and its outputs. The action installs redan as it always
# does, checksum and all, from an archive that starts the built one. Needs the built redan and `act`; without it, says how many it skips.
#
# What stands in for GitHub: `actions/checkout` (a fetch from the remote, at the depth of this run), `upload-sarif` and the artifacts (a look at
# the file), the payloads of events, its API (tests/tools/hub.py, which keeps comments and commits), and `refs/pull/1/merge`, made by `git
# merge-tree` and `git commit-tree` as the host makes it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
project=$PWD
out=$project/target/ci/act
runs=39

command -v act >/dev/null || {
  printf 'act: skipped %d: act is not here\n' "$runs"
  exit 0
}
rm -rf "$out"
mkdir -p "$out"
cd "$out"

export PATH=$project/target/debug:$PATH HOME=$out/home XDG_CACHE_HOME=$out/home/cache
export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=$out/gitconfig GIT_CEILING_DIRECTORIES=$out
export GIT_AUTHOR_NAME=Ada GIT_AUTHOR_EMAIL=ada@example.org GIT_COMMITTER_NAME=Ada GIT_COMMITTER_EMAIL=ada@example.org
mkdir -p "$HOME"
git config --file gitconfig init.defaultBranch main

# ---- The API, ended by its own process id.
mkfifo "$out/port"
python3 "$project/tests/tools/hub.py" "$out/port" &
api=$!
trap 'kill "$api"' EXIT
read -r -t 20 port <>"$out/port" || { echo "act: the API did not start"; exit 1; }
world=http://127.0.0.1:$port/world

# Changes what the API knows.
tell() {
  curl --silent --show-error --fail --noproxy '*' --request PUT --data "$1" "$world" >"$out/world"
}

# What the API knows, beside the log of a run.
know() {
  curl --silent --show-error --fail --noproxy '*' "$world" >"$out/world"
  printf '\n-- world --\n' >>"$log"
  cat "$out/world" >>"$log"
}

hub=$out/hub.git zeros=0000000000000000000000000000000000000000
model=threat-models/link-shortener/model.toml
passed=0 failed=0

# ---- The action, with a release of its own.
commit=$(sed -n 's/.*redan-dev\/redan\/action@\([0-9a-f]*\).*/\1/p' "$project/examples/workflows/redan.yml" | head -n 1)
mkdir -p action release/v0.1.0 bin
cp -R "$project/action" action/action
# What it says, sets and sums up is kept as well: on a busy machine act loses the last lines of a step.
cat >bin/redan <<EOF
#!/bin/sh
export GITHUB_API_URL=${world%/world}
"$project/target/debug/redan" "\$@" >"$out/said" 2>&1
code=\$?
cat "$out/said"
cat "\$GITHUB_OUTPUT" >"$out/outputs"
cat "\$GITHUB_STEP_SUMMARY" >"$out/summary"
exit \$code
EOF
chmod +x bin/redan
archive=redan-0.1.0-$(uname -m)-unknown-linux-musl.tar.gz
tar -czf "release/v0.1.0/$archive" -C bin redan
(cd release/v0.1.0 && sha256sum "$archive") >>action/action/checksums.txt
sed -i "s|https://github.com/redan-dev/redan/releases/download|file://$out/release|" action/action/action.yml

# ---- Stand-ins.
mkdir -p checkout
cat >checkout/action.yml <<'EOF'
name: checkout
description: What actions/checkout does, from a remote on this machine
inputs:
  fetch-depth: { description: depth, default: "1" }
  persist-credentials: { description: ignored, default: "true" }
runs:
  using: composite
  steps:
    - shell: bash
      run: |
        find . -mindepth 1 -delete
        git init --quiet .
        git remote add origin "$STUB_REMOTE"
        if [ "$STUB_DEPTH" = 0 ]; then
          git fetch --quiet --tags origin '+refs/heads/*:refs/remotes/origin/*'
          git fetch --quiet --no-tags origin "+$STUB_REF:$STUB_LOCAL"
        else
          git fetch --quiet --no-tags --depth="$STUB_DEPTH" origin "+$STUB_REF:$STUB_LOCAL"
        fi
        case $STUB_LOCAL in
          refs/remotes/origin/*) git checkout --quiet -B "${STUB_LOCAL#refs/remotes/origin/}" "$STUB_LOCAL" ;;
          *) git checkout --quiet --detach "$STUB_LOCAL" ;;
        esac
EOF
mkdir -p sarif/upload-sarif
cat >sarif/upload-sarif/action.yml <<'EOF'
name: upload
description: Says what would be uploaded
inputs:
  sarif_file: { description: path, default: "" }
  category: { description: category, default: "" }
runs:
  using: composite
  steps:
    - shell: bash
      env: { SARIF: "${{ inputs.sarif_file }}" }
      run: test -s "$SARIF" && echo "uploads ${SARIF##*/}"
EOF

mkdir -p upload download
cat >upload/action.yml <<'EOF'
name: upload-artifact
description: Says what would be kept
inputs:
  name: { description: name, default: "" }
  path: { description: path, default: "" }
  retention-days: { description: days, default: "" }
runs:
  using: composite
  steps:
    - shell: bash
      env: { KEPT: "${{ inputs.path }}" }
      run: test -s "$KEPT" && echo "keeps ${KEPT##*/}" && cp "$KEPT" "$STUB_KEPT"
EOF
cat >download/action.yml <<'EOF'
name: download-artifact
description: Brings what another run kept
inputs:
  name: { description: name, default: "" }
  path: { description: path, default: "" }
  run-id: { description: run, default: "" }
  github-token: { description: token, default: "" }
runs:
  using: composite
  steps:
    - shell: bash
      env: { WHERE: "${{ inputs.path }}" }
      run: mkdir -p "$WHERE" && cp "$STUB_KEPT" "$WHERE/redan.json"
EOF

# ---- The repository: main went on since the topics left it.
git init --quiet --bare -b main "$hub"
cp -R "$project/examples/small" author
cd author
git init --quiet -b main
mkdir -p .github/workflows
cp "$project"/examples/workflows/*.yml .github/workflows
git remote add origin https://github.com/acme/links # what the runner takes the name of the repository from
save() {
  git add --all
  git commit --quiet -m "$1"
}
save "Add the threat model"
first=$(git rev-parse HEAD)
redan add attacker --capability "a guest who reads over a shoulder" --position office --archetype physical --boundaries TB1 >/dev/null
save "Add an attacker"
git push --quiet "$hub" main
before=$first main=$(git rev-parse HEAD)

# A topic that is sound and one that reuses an ID, both from the first commit.
git switch --quiet -c good "$first"
echo "# looked at" >>redan.toml
redan edit A2 --set rationale="nobody dies of a wrong number" >/dev/null
save "Say why A2 matters little"
good=$(git rev-parse HEAD)
git switch --quiet -c bad "$first"
sed -i 's/^name = "Click counts"/name = "Marketing newsletter"/' "$model"
save "Reuse A2"
bad=$(git rev-parse HEAD)

# A description on a branch of its own, and in a pull request that would rather have another engine asked.
git switch --quiet -c described "$main"
mkdir -p docs/features
cat >docs/features/clinic.md <<'EOF'
# Clinic portal

Patients book appointments in a web portal and read their laboratory results. The portal talks to a REST API, which keeps medical records
in PostgreSQL. Doctors sign in with single sign-on.
EOF
save "Describe the clinic"
described=$(git rev-parse HEAD)
git switch --quiet -c asked
printf '\n[engine]\nuse = "openai/evil"\nurl = "http://127.0.0.1:9/v1"\n' >>redan.toml
save "Ask mine"
asked=$(git rev-parse HEAD)
git push --quiet "$hub" good bad described asked

# What the host makes of a pull request.
merge() {
  local tree merged
  tree=$(git merge-tree --write-tree "$main" "$1")
  merged=$(git commit-tree "$tree" -p "$main" -p "$1" -m "Merge")
  git push --quiet --force "$hub" "$1:refs/pull/1/head" "$merged:refs/pull/1/merge"
}

# ---- One run: name, depth, event, ref to check out, where it lies locally; the payload is in event.json.
run() {
  local name=$1 depth=$2 event=$3 ref=$4 here=$5
  log=$out/$name-$depth.log
  cd "$out/author"
  for kept in said outputs summary; do : >"$out/$kept"; done
  act "$event" --workflows ".github/workflows/$workflow" --platform ubuntu-latest=-self-hosted --no-skip-checkout --eventpath "$out/event.json" \
    --local-repository "actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8=$out/checkout" \
    --local-repository "github/codeql-action@f443b600d91635bebf5b0d9ebc620189c0d6fba5=$out/sarif" \
    --local-repository "actions/upload-artifact@ea165f8d65b6e75b540449e92b4886f43607fa02=$out/upload" \
    --local-repository "actions/download-artifact@d3f86a106a0bac45b974a628896c90dbdf5c8093=$out/download" \
    --env "STUB_KEPT=$out/kept.json" \
    --local-repository "redan-dev/redan@$commit=$out/action" \
    --env "STUB_REMOTE=file://$hub" --env "STUB_DEPTH=$depth" --env "STUB_REF=$ref" --env "STUB_LOCAL=$here" \
    --secret GITHUB_TOKEN=a-very-secret-token >"$log" 2>&1 && ended=0 || ended=$?
  cat "$out/said" >>"$log"
}

complain() {
  sound=0
  printf '%s: %s\n' "$log" "$1" >&2
}

# The outputs of a check, `-` for one that is not set: verdict errors warnings added removed changed history.
outputs() {
  local name
  for name in verdict errors warnings added removed changed history; do
    awk -v name="$name" 'index($0, name "<<") == 1 { getline; value = $0; times += 1 } END { print times == 1 ? value : times ? "twice" : "-" }' "$out/outputs"
  done | paste --serial --delimiters=' '
}

# Annotations: errors, warnings, notices.
marks() {
  local kind
  for kind in error warning notice; do grep -c "^::$kind " "$out/said" || true; done | paste --serial --delimiters=' '
}

# The verdict of the one comment on checks, `none` where there is none, and answers are left out.
comment() {
  python3 -c '
import json, sys
bodies = [comment["body"] for comment in json.load(open(sys.argv[1]))["comments"]]
sticky = [body.splitlines()[1] for body in bodies if body.startswith("<!-- redan:1 ")]
print(sticky[0] if len(sticky) == 1 else "none" if not sticky else "several")' "$out/world"
}

same() {
  [ "$2" = "$3" ] || complain "$1: $2, wanted: $3"
}

# How it ended; outputs, annotations, the first line of the summary and of the comment; and lines that are in the log. A line that begins
# with ! must not be there.
expect() {
  local line
  sound=1
  same "ended with" "$ended" "$1"
  same outputs "$(outputs)" "$2"
  same annotations "$(marks)" "$3"
  same summary "$(head -n 1 "$out/summary")" "$4"
  know
  same comment "$(comment)" "$5"
  shift 5
  for line in "$@" '!a-very-secret-token' '!panicked'; do
    case $line in
      '!'*) ! grep -qF -- "${line#!}" "$log" || complain "has: ${line#!}" ;;
      *) grep -qF -- "$line" "$log" || complain "lacks: $line" ;;
    esac
  done
  if [ "$sound" = 1 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
}

payload() {
  printf '%s\n' "$1" >"$out/event.json"
}

pull() {
  printf '{"number":1,"action":"synchronize","pull_request":{"number":1,"head":{"sha":"%s","ref":"topic","repo":{"full_name":"%s","fork":%s}},"base":{"sha":"%s","ref":"main","repo":{"full_name":"acme/links"}}},"repository":{"full_name":"acme/links","default_branch":"main"}}' "$1" "$2" "$3" "$main"
}

# What the host knows of the pull request, with nothing said about it yet.
fresh() {
  tell "$(printf '{"head":"%s","base":"%s","head_repository":"%s","read_only":%s,"comments":[],"issues":[],"commits":[],"statuses":[],"pulls":[],"branches":{},"built":{}}' "$1" "$main" "$2" "$3")"
}

# Somebody comments on it.
heard() {
  printf '{"action":"created","issue":{"number":1,"pull_request":{}},"comment":{"id":%s,"body":"%s","user":{"login":"%s","id":9,"type":"User"},"html_url":"https://github.com/acme/links/pull/1#issuecomment-%s"},"repository":{"full_name":"acme/links","html_url":"https://github.com/acme/links","default_branch":"main"}}' "$1" "$3" "$2" "$1"
}

followed() {
  printf '{"action":"completed","workflow_run":{"id":5,"event":"pull_request","head_sha":"%s","head_branch":"topic","head_repository":{"full_name":"eve/links"}},"repository":{"full_name":"acme/links","default_branch":"main"}}' "$1"
}

push() {
  printf '{"ref":"refs/heads/%s","before":"%s","after":"%s","created":%s,"forced":%s,"deleted":false,"repository":{"full_name":"acme/links","default_branch":"main"}}' "$@"
}

# ---- Every event at every depth.
for depth in 1 2 0; do
  # What a pull request or a queue is checked against is all they bring; a push and an audit bring the rest.
  history=partial
  [ "$depth" != 0 ] || history=complete
  workflow=redan.yml
  merge "$bad"
  fresh "$bad" acme/links false
  payload "$(pull "$bad" acme/links false)"
  run pull "$depth" pull_request refs/pull/1/merge refs/remotes/pull/1/merge
  expect 1 "fail 1 0 0 0 1 $history" '1 0 0' '### Threat model: <b>fail</b>, 1 error' 'Threat model: <b>fails</b>, 1 error in this change' \
    '::error file=threat-models/link-shortener/model.toml,line=22' 'title=id_rewritten' 'set-output:: verdict=fail' "compared with ${main:0:10}" \
    'set-output:: comment-url=https://github.com/acme/links/pull/1#issuecomment-' '!keeps redan.json'

  merge "$good"
  fresh "$good" eve/links true
  payload "$(pull "$good" eve/links true)"
  run fork "$depth" pull_request refs/pull/1/merge refs/remotes/pull/1/merge
  expect 0 "pass 0 0 0 0 1 $history" '0 0 1' '### Threat model: <b>pass</b>, no findings' none '::notice title=redan::no comment: posting a comment' \
    'keeps redan.json' '!comment-url=https' '"comments": []'

  # The run that follows, with the rights of the base and the report of the fork.
  workflow=redan-fork.yml
  fresh "$good" eve/links false
  payload "$(followed "$good")"
  run follow "$depth" workflow_run refs/heads/main refs/remotes/origin/main
  expect 0 'pass 0 0 0 0 1 complete' '0 0 0' '### Threat model: <b>pass</b>, no findings' 'Threat model: <b>passes</b>, no findings in this change' \
    'set-output:: comment-url=https://github.com/acme/links/pull/1#issuecomment-' "${good:0:10}"

  workflow=redan.yml
  fresh "$good" acme/links false
  payload "$(push main "$before" "$main" false false)"
  run push "$depth" push refs/heads/main refs/remotes/origin/main
  expect 0 'pass 0 2 1 0 0 complete' '0 2 0' '### Threat model: <b>pass</b>, 2 warnings' none "compared with ${before:0:10}" '!keeps redan.json'

  payload "$(push bad "$zeros" "$bad" true false)"
  run new-branch "$depth" push refs/heads/bad refs/remotes/origin/bad
  expect 1 'fail 1 0 0 0 1 complete' '1 0 1' '### Threat model: <b>fail</b>, 1 error' none 'title=id_rewritten' 'the branch is new: compared with the parents of its tip'

  payload "$(push bad "$good" "$bad" false true)"
  run forced "$depth" push refs/heads/bad refs/remotes/origin/bad
  expect 1 'fail 1 0 0 0 1 complete' '1 0 1' '### Threat model: <b>fail</b>, 1 error' none 'title=id_rewritten' 'the branch was forced: compared with the parents of its new tip'

  payload "$(printf '{"merge_group":{"base_sha":"%s","head_sha":"%s","head_ref":"refs/heads/gh-readonly-queue/main/pr-1"},"repository":{"default_branch":"main"}}' "$first" "$bad")"
  run merge-group "$depth" merge_group refs/heads/bad refs/remotes/origin/bad
  expect 1 "fail 1 0 0 0 1 $history" '1 0 0' '### Threat model: <b>fail</b>, 1 error' none 'title=id_rewritten' "compared with ${first:0:10}"

  workflow=redan-audit.yml
  payload '{"repository":{"default_branch":"main"}}'
  run dispatch "$depth" workflow_dispatch refs/heads/main refs/remotes/origin/main
  expect 0 'pass 0 2 0 0 0 complete' '0 2 0' '### Threat model: <b>pass</b>, 2 warnings' none 'uploads redan.sarif'

  # Somebody who may write has something done, somebody who may not is told so.
  workflow=redan-commands.yml
  merge "$good"
  fresh "$good" acme/links false
  payload "$(heard 7 ada '/redan edit A1 --set rationale=looked-at')"
  run command "$depth" issue_comment refs/pull/1/head refs/remotes/pull/1/head
  expect 0 'none - - - - - -' '0 0 0' '' 'Threat model: <b>passes</b>, no findings in this change' \
    'answered: https://github.com/acme/links/pull/1#issuecomment-' '<!-- redan:reply comment=7 -->' 'Redan-Comment: 7' '"state": "success"' \
    '!warning: committed'

  fresh "$good" acme/links false
  payload "$(heard 8 eve '/redan edit A1 --set rationale=mine')"
  run refused "$depth" issue_comment refs/pull/1/head refs/remotes/pull/1/head
  expect 0 'none - - - - - -' '0 0 0' '' none 'answered: ' 'Only people who may write to this repository' '"commits": []'

  # A description on main becomes a pull request; on one with the label it becomes a commit; the same again is nothing new.
  workflow=redan-generate.yml
  fresh "$good" acme/links false
  payload "$(push described "$main" "$described" false false)"
  run propose "$depth" push refs/heads/described refs/remotes/origin/described
  expect 0 '- - - - - - -' '0 0 0' '' none 'proposed: https://github.com/acme/links/pull/' 'set-output:: proposal-url=https://github.com/acme/links/pull/' \
    '"Threat model: propose clinic-portal-patients"' '"refs/heads/redan/from-docs-features-'
  run propose-again "$depth" push refs/heads/described refs/remotes/origin/described
  expect 0 '- - - - - - -' '0 0 0' '' none 'proposed already: https://github.com/acme/links/pull/'

  fresh "$asked" acme/links false
  payload "$(pull "$asked" acme/links false)"
  sed -i 's/"action":"synchronize","pull_request":{/&"labels":[{"name":"threat-model"}],/' "$out/event.json"
  git push --quiet --force "$hub" "$asked:refs/pull/1/head"
  run label "$depth" pull_request refs/pull/1/head refs/remotes/pull/1/head
  expect 0 '- - - - - - -' '0 0 0' '' 'Threat model: <b>passes</b>, 1 warning in this change' 'proposed: https://github.com/acme/links/pull/1/commits/' \
    'Redan-Proposal: ' '"state": "success"' 'engine_changed' '!source: openai/evil' 'source: offline'
done

printf 'act: %d runs passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
