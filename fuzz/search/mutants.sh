#!/usr/bin/env bash
# Takes out one charge after the other and shows that the searcher finds each: mutants.sh MINUTES [CHARGE…]
#
# In a copy of the library every call of `charge_steps` and `charge_work` can be left out by its place, FILE:LINE, which the variable
# SELVEDGE_WITHOUT_CHARGE names. One build serves all. The charges are those of mutants.txt, or the ones given.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
minutes="$1"
shift
copy="${CARGO_TARGET_DIR:-$here/target}/mutants"
mkdir -p "$copy"
(cd "$here/../.." && git ls-files -z | tar --null --files-from=- -cf -) | tar -C "$copy" -xf -

meter="$copy/src/machine/meter.rs"
without='if is_without(std::panic::Location::caller()) { return Ok(()); }'
sed -i -E \
    -e 's/^(    pub\(crate\) fn charge_(steps|work)\(.*\{)$/    #[track_caller]\n\1\n        '"$without"'/' "$meter"
cat >>"$meter" <<'RUST'

/// Whether a charge is left out.
fn is_without(place: &std::panic::Location<'_>) -> bool {
    static WITHOUT: std::sync::OnceLock<Option<(String, u32)>> = std::sync::OnceLock::new();
    let without = WITHOUT.get_or_init(|| {
        let place = std::env::var("SELVEDGE_WITHOUT_CHARGE").ok()?;
        let (file, line) = place.rsplit_once(':')?;
        Some((file.to_owned(), line.parse().ok()?))
    });
    without.as_ref().is_some_and(|(file, line)| place.line() == *line && place.file().ends_with(file.as_str()))
}
RUST
# The text must stay where it is for the places to hold: only the meter's own lines have moved.
(cd "$copy/fuzz/search" && CARGO_TARGET_DIR="$copy/target" cargo build --release)
search="$copy/target/release/selvedge-search"

if [ $# -eq 0 ]; then
    # FILE, a tab, a part of the line that charges.
    while IFS=$'\t' read -r file part; do
        line="$(grep -nF -- "$part" "$copy/$file" | head -n 1 | cut -d: -f1)"
        [ -n "$line" ] || { echo "no charge \`$part\` in $file" >&2; exit 1; }
        set -- "$@" "$file:$line"
    done < <(grep -v '^#' "$here/mutants.txt")
fi

missed=0
for charge in "$@"; do
    "$search" mutant "$charge" "$minutes" 1 "$copy/runs/${charge//[\/:]/_}" 2>/dev/null || { echo "$charge: NOT FOUND"; missed=$((missed + 1)); }
done
exit "$missed"
