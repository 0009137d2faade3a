#!/usr/bin/env bash
# Looks at the pictures of the examples in a real browser: no two labels may overlap, none may leave the picture or the box it is in.
# Needs Chromium (any of its names on the path, or $CHROMIUM) and the built program as $REDAN; .ci/run sees to both.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

redan=${REDAN:-target/debug/redan}
browser=${CHROMIUM:-}
for name in chromium chromium-browser google-chrome; do
  [ -n "$browser" ] || browser=$(command -v "$name" || true)
done
[ -n "$browser" ] || { echo "there is no Chromium here" >&2; exit 77; }

pages=$PWD/target/ci/pictures
rm -rf "$pages"
mkdir -p "$pages"
trap 'rm -rf "$pages/profile"' EXIT

# The page measures its own picture and writes what it found into its title.
page() {
  cat <<'PAGE'
<!doctype html><meta charset="utf-8"><body style="margin:0">
PAGE
  cat "$1"
  cat <<'PAGE'
<script>
const boxes = [...document.querySelectorAll('text')].map(text => ({ text, words: text.textContent, box: text.getBBox() }));
const picture = document.querySelector('svg').viewBox.baseVal, wrong = [];
const room = 0.5;
const within = (a, b) => a.x >= b.x - room && a.y >= b.y - room && a.x + a.width <= b.x + b.width + room && a.y + a.height <= b.y + b.height + room;
const ink = box => ({ x: box.x, y: box.y + box.height * 0.12, width: box.width, height: box.height * 0.76 });
boxes.forEach((one, at) => {
  if (!within(one.box, picture)) wrong.push(`"${one.words}" leaves the picture`);
  const frames = [...one.text.parentNode.querySelectorAll(':scope > rect')].map(rect => rect.getBBox());
  if (frames.length && !frames.some(frame => within(ink(one.box), frame))) wrong.push(`"${one.words}" leaves its box`);
  boxes.slice(0, at).forEach(other => {
    const a = ink(one.box), b = ink(other.box);
    const apart = a.x >= b.x + b.width || b.x >= a.x + a.width || a.y >= b.y + b.height || b.y >= a.y + a.height;
    if (!apart) wrong.push(`"${one.words}" lies on "${other.words}"`);
  });
});
document.title = `labels ${boxes.length}, wrong ${wrong.length}${wrong.map(line => '; ' + line).join('')}`;
</script>
PAGE
}

look() {
  "$browser" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
    --disable-component-update --disable-sync --user-data-dir="$pages/profile" --window-size=1280,1600 \
    --virtual-time-budget=10000 --dump-dom "file://$1" 2>"$1.log"
}

labels=0 pictures=0 bad=0
for example in payment-api support-agent small; do
  for picture in "diagram --format svg" "matrix --as-of 2026-11-20 --format svg"; do
    file=$pages/$example-${picture%% *}
    # shellcheck disable=SC2086 # the words of a command
    "$redan" -C "examples/$example" $picture >"$file.svg"
    page "$file.svg" >"$file.html"
    found=$(look "$file.html" | sed -n 's/.*<title>\(labels [^<]*\)<\/title>.*/\1/p' | tail -1)
    count=$(printf '%s' "$found" | sed -n 's/^labels \([0-9]*\), .*/\1/p')
    if [ -z "$count" ] || [ "$count" -lt 5 ] || [[ $found != *", wrong 0" ]]; then
      printf '%s: %s\n' "$file.svg" "${found:-the browser said nothing, see $file.html.log}" >&2
      bad=$((bad + 1))
    fi
    labels=$((labels + ${count:-0}))
    pictures=$((pictures + 1))
  done
done
printf 'pictures: %d in a browser, %d labels, %d wrong\n' "$pictures" "$labels" "$bad"
[ "$bad" -eq 0 ]
