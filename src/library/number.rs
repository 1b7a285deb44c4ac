//! The texts that numbers are read from.

use crate::diagnostic::{Code, Message};
use crate::machine::fault::Fault;
use crate::machine::meter::Meter;
use crate::machine::unread::{Pace, Unread};

/// The most bytes of a number's text: it is read as a whole.
const MAX_NUMBER_BYTES: usize = 512 * 1024;

/// What reading a number costs beside the call.
pub(super) const READ_NUMBER: &str = "a step for each 4 bytes of a text";

/// Reads the text of a number.
pub(super) fn read_number<'t>(text: Unread<'t>, meter: &mut Meter) -> Result<&'t str, Fault> {
    if text.len() > MAX_NUMBER_BYTES {
        let message = Message::from("a text of ").value(text.len());
        let message = message
            .words(" bytes is no number: one has at most ")
            .limit(MAX_NUMBER_BYTES as u64);
        return Err(Fault::new(Code::InvalidNumberText, message.words(" bytes")));
    }
    text.whole(meter, Pace::Decode)
}
