#!/usr/bin/env bash
# Takes out one charge after the other and shows that the searcher finds each: mutants.sh MINUTES [CHARGE…]
# FROM=FOLDER begins each search with what an earlier one, with all charges, has kept there.
#
# In a copy of the library every charge can be left out by its place, FILE:LINE, or by the kind of expression, kind:NAME, which the
# variable SELVEDGE_WITHOUT_CHARGE names. One build serves all. The charges are those of mutants.txt, or the ones given.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
minutes="$1"
shift
copy="${CARGO_TARGET_DIR:-$here/target}/mutants"
mkdir -p "$copy"
(cd "$here/../.." && git ls-files -z | tar --null --files-from=- -cf -) | tar -C "$copy" -xf -

# The text must stay where it is for the places to hold: what is put in stands on the lines that were there. A charge's place is
# where the function is called that charges, through the traits as well.
without='crate::machine::meter::is_without_place(std::panic::Location::caller())'
find "$copy/src/machine" "$copy/src/library" -name '*.rs' -exec \
    sed -i -E 's/^( *)((pub(\((crate|super)\))? )?fn (steps|charge_steps|charge_work)(<[^>]*>)?\(&mut self, )/\1#[track_caller] \2/' {} +
sed -i -E "s/^(    #\[track_caller\] pub\(crate\) fn charge_(steps|work)\(.*\{)$/\1 if $without { return Ok(()); }/" "$copy/src/machine/meter.rs"
sed -i -E -e "s/^    ((pub\(super\) )?fn charge\(&mut self, steps: Steps\) \{)$/    #[track_caller] \1 if $without { return; }/" \
    -e 's/^( *)(self\.charge\(cost::of\(kind, &self\.out\)\);)$/\1if !crate::machine::meter::is_without_kind(kind) { \2 }/' "$copy"/src/check/*.rs
cat >>"$copy/src/machine/meter.rs" <<'RUST'

/// The file or `kind`, the line, and the line or name as text.
static WITHOUT: std::sync::LazyLock<Option<(String, u32, String)>> = std::sync::LazyLock::new(|| {
    let place = std::env::var("SELVEDGE_WITHOUT_CHARGE").ok()?;
    place.rsplit_once(':').map(|(file, line)| (file.to_owned(), line.parse().unwrap_or(0), line.to_owned()))
});

/// Whether the charge of a place is left out.
pub(crate) fn is_without_place(place: &std::panic::Location<'_>) -> bool {
    WITHOUT.as_ref().is_some_and(|(file, line, _)| place.line() == *line && place.file().ends_with(file.as_str()))
}

/// Whether a kind of expression costs nothing.
pub(crate) fn is_without_kind(kind: impl std::fmt::Debug) -> bool {
    WITHOUT.as_ref().is_some_and(|(file, _, name)| file == "kind" && format!("{kind:?}").starts_with(name.as_str()))
}
RUST
grep -q 'is_without_place' "$copy/src/machine/meter.rs" && grep -qr 'is_without_place' "$copy/src/check" && grep -qr 'is_without_kind(kind)' "$copy/src/check" \
    || { echo "charges are made in another way than this script knows" >&2; exit 1; }
(cd "$copy/fuzz/search" && CARGO_TARGET_DIR="$copy/target" cargo build --release)
search="$copy/target/release/selvedge-search"

if [ $# -eq 0 ]; then
    while IFS=$'\t' read -r file part; do
        if [ "$file" = kind ]; then
            set -- "$@" "kind:$part"
            continue
        fi
        line="$(grep -nF -- "$part" "$copy/$file" | grep -v 'const ' | head -n 1 | cut -d: -f1 || true)"
        [ -n "$line" ] || { echo "no charge \`$part\` in $file" >&2; exit 1; }
        set -- "$@" "$file:$line"
    done < <(grep -v '^#' "$here/mutants.txt")
fi

missed=0
for charge in "$@"; do
    folder="$copy/runs/${charge//[\/:]/_}"
    mkdir -p "$folder"
    [ -z "${FROM:-}" ] || cp "$FROM/archive.jsonl" "$folder"
    "$search" mutant "$charge" "$minutes" 1 "$folder" 2>/dev/null || { echo "$charge: NOT FOUND"; missed=$((missed + 1)); }
done
exit "$missed"
