#!/usr/bin/env bash
# Finds the redan to run and says where it is: the one that was named, or the release for this machine, verified before it is unpacked.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

fail() {
  printf '::error title=redan::%s\n' "$1"
  exit 1
}

# What a command prints from a value must not be a command of the runner.
plain() {
  printf '%s' "$1" | tr -cd 'A-Za-z0-9._/:+-' | cut -c 1-200
}

if [ -n "$REDAN_BINARY" ]; then
  [ -x "$REDAN_BINARY" ] || fail "binary-path names no program: $(plain "$REDAN_BINARY")"
  path=$(cd "$(dirname "$REDAN_BINARY")" && pwd)/$(basename "$REDAN_BINARY")
else
  case "$(uname -s)-$(uname -m)" in
    Linux-x86_64) target=x86_64-unknown-linux-musl ;;
    Linux-aarch64 | Linux-arm64) target=aarch64-unknown-linux-musl ;;
    Darwin-arm64) target=aarch64-apple-darwin ;;
    Darwin-x86_64) target=x86_64-apple-darwin ;;
    MINGW*-x86_64 | MSYS*-x86_64) target=x86_64-pc-windows-msvc ;;
    *) fail "there is no release for $(plain "$(uname -s)-$(uname -m)"); give binary-path" ;;
  esac
  [[ $REDAN_VERSION =~ ^[0-9]+\.[0-9]+\.[0-9]+$ ]] || fail "version is not exact: $(plain "$REDAN_VERSION")"
  archive=redan-$REDAN_VERSION-$target.tar.gz
  wanted=$(awk -v name="$archive" '$2 == name { print $1 }' "$here/checksums.txt")
  [ -n "$wanted" ] || fail "this action does not know the checksum of $archive; pin the action of that release, or give binary-path"

  folder=$(mktemp -d "${RUNNER_TEMP:-/tmp}/redan.XXXXXX")
  curl --fail --silent --show-error --location --proto '=https,file' --retry 3 --max-filesize 100000000 \
    --output "$folder/$archive" "$REDAN_MIRROR/v$REDAN_VERSION/$archive" || fail "$archive cannot be downloaded"
  if command -v sha256sum >/dev/null; then
    got=$(sha256sum "$folder/$archive")
  else
    got=$(shasum -a 256 "$folder/$archive")
  fi
  [ "${got%% *}" = "$wanted" ] || fail "$archive is not what was released: its checksum is another"
  tar -xzf "$folder/$archive" -C "$folder"
  path=$folder/redan
  [ -x "$path" ] || path=$folder/redan.exe
  [ -x "$path" ] || fail "$archive holds no redan"
fi
printf 'path=%s\n' "${path//$'\n'/}" >>"$GITHUB_OUTPUT"
