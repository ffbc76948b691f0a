#!/usr/bin/env bash
# Fuzzes by what of the code is reached: parsers of texts, records of the stream, requests.
#   fuzz.sh [SECONDS]   for so long each target of tests/fuzz
# It begins with the cases of tests/fuzz/corpus, and keeps what else it found in .tools. A case that breaks
# something is written where cargo-fuzz says; once that is mended, it belongs into the corpus.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

seconds=${1:-60}
version=0.13.2
root=.tools/cargo-fuzz

if [[ "$("$root/bin/cargo-fuzz" --version 2>/dev/null)" != "cargo-fuzz $version" ]]; then
    cargo install --quiet cargo-fuzz --version "$version" --locked --root "$root"
fi
# The compiler's counting of what is reached is not stable yet; nothing is unsafe that an address sanitizer
# could find.
export RUSTC_BOOTSTRAP=1 PATH="$PWD/$root/bin:$PATH"
for target in texts records requests; do
    found=.tools/fuzz/$target
    mkdir -p "$found"
    cargo fuzz run --fuzz-dir tests/fuzz --target-dir target/fuzz --sanitizer none --release "$target" \
        "$found" "tests/fuzz/corpus/$target" -- \
        -max_total_time="$seconds" -timeout=20 -max_len=8192 -rss_limit_mb=2048 -print_final_stats=1
done
