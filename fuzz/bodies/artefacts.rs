//! Programs that were kept.

use selvedge::Schema;

use super::{LENIENT, check_text, text};

/// The bytes of a kept program give it again, changed bytes an honest error, and a body that somebody made to fit its header
/// nothing that compiling would not have given.
pub(crate) fn artefact(data: &[u8]) {
    let Some((&how, rest)) = data.split_first() else {
        return;
    };
    let load = |bytes: &[u8]| match LENIENT.load(bytes) {
        Ok(program) => {
            let again = LENIENT.load(&program.to_bytes()).unwrap();
            assert_eq!(again.to_bytes(), program.to_bytes());
            assert!(LENIENT.limits().source_length as usize >= program.source().encode_utf16().count());
            true
        }
        Err(error) => {
            check_text(&error.to_string());
            false
        }
    };
    match how % 3 {
        0 => drop(load(rest)),
        1 => {
            let sum = rest.iter().fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| {
                (sum ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3)
            });
            let header = [
                &b"selvedge\x01\0\0\0"[..],
                &(rest.len() as u64).to_le_bytes(),
                &sum.to_le_bytes(),
            ]
            .concat();
            load(&[&header, rest].concat());
        }
        _ => {
            let [at, with, source @ ..] = rest else {
                return;
            };
            let Ok(program) = LENIENT.compile_uncached(&text(source), &Schema::open()) else {
                return;
            };
            let mut bytes = program.to_bytes();
            assert!(load(&bytes));
            let at = usize::from(*at) * bytes.len() / 256;
            bytes[at] ^= with;
            assert_eq!(load(&bytes), *with == 0);
        }
    }
}
