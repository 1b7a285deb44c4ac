//! Texts, and the code in braces in those that begin with `f`.

use super::{Frame, Guard};
use crate::diagnostic::{Code, Diagnostic, quote};

impl Guard<'_> {
    pub(super) fn string(&mut self, quote_mark: u8) -> Result<(), Diagnostic> {
        let start = self.at;
        self.at += 1;
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b'\n' | b'\r' => break,
                b'\\' => {
                    self.escape()?;
                }
                byte if byte == quote_mark => {
                    self.at += 1;
                    self.operand_ended = true;
                    return Ok(());
                }
                _ => self.at += 1,
            }
        }
        self.at = start;
        if let (Some(text), Some((open, opened))) = (self.frame.text, self.frame.open)
            && self.bytes.get(text as usize) == Some(&quote_mark)
        {
            let help = "close it with `}` before the text ends; `{{` stands for a brace";
            return Err(self.unclosed(open, opened).with_help(help));
        }
        Err(self.unterminated())
    }

    /// Steps over an escape in a string.
    fn escape(&mut self) -> Result<(), Diagnostic> {
        match self.bytes.get(self.at + 1) {
            Some(b'b' | b'n' | b't' | b'f' | b'r' | b'\\' | b'"' | b'\'' | b'0'..=b'7') => {
                self.at += 2;
                Ok(())
            }
            // The end of the line or of the text: the string's own error says it better.
            None | Some(b'\n' | b'\r') => {
                self.at += 1;
                Ok(())
            }
            Some(_) => {
                let escaped = self
                    .source
                    .get(self.at + 1..)
                    .and_then(|rest| rest.chars().next())
                    .unwrap_or(' ');
                let message = format!("unknown escape {}", quote(&format!("\\{escaped}")));
                Err(self
                    .error(Code::InvalidEscape, 1 + escaped.len_utf8(), message)
                    .with_help("the escapes are `\\b \\n \\t \\f \\r \\\\ \\\" \\'` and `\\uXXXX`; write a backslash as `\\\\`"))
            }
        }
    }

    /// The text behind an `f`, as far as the first code in it.
    pub(super) fn spliced_text(&mut self) -> Result<(), Diagnostic> {
        let start = self.at as u32;
        self.at += 1;
        self.rest_of_text(start)
    }

    /// Goes on in a text that begins at a place, as far as its end or the next code in it.
    pub(super) fn rest_of_text(&mut self, start: u32) -> Result<(), Diagnostic> {
        let quote_mark = self.bytes.get(start as usize).copied();
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b'\n' | b'\r' => break,
                b'\\' => self.escape()?,
                b'{' | b'}' if self.next_is(byte) => self.at += 2,
                b'{' => return self.open_code(start),
                b'}' => {
                    let error = self.error(Code::UnbalancedBracket, 1, "`}` without a matching `{`");
                    return Err(error.with_help("in a text with `f` before it, a brace is written twice: `}}`"));
                }
                byte if Some(byte) == quote_mark => {
                    self.at += 1;
                    self.operand_ended = true;
                    return Ok(());
                }
                _ => self.at += 1,
            }
        }
        self.at = start as usize;
        Err(self.unterminated())
    }

    /// The conversion behind code in a text, in which brackets mean nothing.
    pub(super) fn conversion(&mut self) {
        let rest = self.bytes.get(self.at..).unwrap_or(&[]);
        let ends = |byte: &u8| matches!(byte, b'{' | b'}' | b'\'' | b'"' | b'\\' | b'\n' | b'\r');
        self.at += rest.iter().position(ends).unwrap_or(rest.len());
    }

    /// The brace before code in a text.
    fn open_code(&mut self, text: u32) -> Result<(), Diagnostic> {
        let start = self.at;
        self.at += 1;
        self.outer.push(self.frame);
        self.frame = Frame {
            open: Some((b'{', start as u32)),
            outer_headers: self.headers.len() as u32,
            literal: true,
            text: Some(text),
            ..Frame::default()
        };
        self.operand_ended = false;
        self.deeper(start)
    }

    fn unterminated(&self) -> Diagnostic {
        self.error(Code::UnterminatedString, 1, "unterminated string")
            .with_label("opened here")
            .with_help(
                "close it with the same quote on the same line; inside, write a quote as `\\'`, a line break as `\\n`",
            )
    }
}
