//! Made from `grammar/selvedge.pest`. After a change to the grammar, run
//! `UPDATE_GRAMMAR=1 cargo test --lib syntax::grammar`.

use super::input::Input;
use super::rule::Rule;
use crate::work::{Work, count};
pub(super) fn r#ws(p: &mut Input<'_>, at: usize) -> Option<usize> {
    count(Work::Parsed, 1);
    {
        let mut at = at;
        while let Some(next) = match p.peek(at) {
            Some(b'/') => r#comment(p, at),
            Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ') => Some(at + 1),
            _ => None,
        } {
            at = next;
        }
        Some(at)
    }
}
pub(super) fn r#comment(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.comment(
        at,
        |p, at| {
            p
                .byte(at, b'/')
                .and_then(|at| match p.peek(at) {
                    Some(b'*') => {
                        Some(at + 1)
                            .and_then(|at| {
                                let mut at = at;
                                while let Some(next) = match p.peek(at) {
                                    Some(b'\x00'..=0xff) => {
                                        (match p.text(at, "*/") {
                                            Some(_) => None,
                                            None => Some(at),
                                        })
                                            .and_then(|at| p.any(at))
                                    }
                                    _ => None,
                                } {
                                    at = next;
                                }
                                Some(at)
                            })
                            .and_then(|at| p.text(at, "*/"))
                    }
                    Some(b'/') => {
                        Some(at + 1)
                            .and_then(|at| {
                                let mut at = at;
                                while let Some(next) = match p.peek(at) {
                                    Some(
                                        b'\x00'..=b'\t' | b'\x0b'..=b'\x0c' | b'\x0e'..=0xff,
                                    ) => p.any(at),
                                    _ => None,
                                } {
                                    at = next;
                                }
                                Some(at)
                            })
                    }
                    _ => None,
                })
        },
    )
}
pub(super) fn r#identifier(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.rule(
        Rule::identifier,
        at,
        |p, at| {
            (match p.peek(at) {
                Some(b'$' | b'A'..=b'Z' | b'_' | b'a'..=b'z') => Some(at + 1),
                Some(0x80..=0xff) => p.character(at, pest::unicode::LETTER),
                _ => None,
            })
                .and_then(|at| {
                    let mut at = at;
                    while let Some(next) = match p.peek(at) {
                        Some(b'$' | b'0'..=b'9' | b'A'..=b'Z' | b'_' | b'a'..=b'z') => {
                            Some(at + 1)
                        }
                        Some(0x80..=0xff) => {
                            p.character(at, pest::unicode::LETTER)
                                .or_else(|| p.character(at, pest::unicode::DECIMAL_NUMBER))
                        }
                        _ => None,
                    } {
                        at = next;
                    }
                    Some(at)
                })
        },
    )
}
pub(super) fn r#number(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.rule(
        Rule::number,
        at,
        |p, at| {
            (match p.peek(at) {
                Some(b'0') => {
                    Some(at + 1)
                        .and_then(|at| match p.peek(at) {
                            Some(b'X' | b'x') => Some(at + 1),
                            _ => None,
                        })
                        .and_then(|at| match p.peek(at) {
                            Some(b'0'..=b'9' | b'A'..=b'F' | b'a'..=b'f') => Some(at + 1),
                            _ => None,
                        })
                        .and_then(|at| {
                            let mut at = at;
                            while let Some(next) = match p.peek(at) {
                                Some(b'0'..=b'9' | b'A'..=b'F' | b'a'..=b'f') => {
                                    Some(at + 1)
                                }
                                _ => None,
                            } {
                                at = next;
                            }
                            Some(at)
                        })
                        .and_then(|at| match p.peek(at) {
                            Some(b'L' | b'l') => Some(at + 1).or(Some(at)),
                            _ => Some(at),
                        })
                        .or_else(|| r#decimal(p, at))
                }
                Some(b'.' | b'1'..=b'9') => r#decimal(p, at),
                _ => None,
            })
                .and_then(|at| match match p.peek(at) {
                    Some(b'$' | b'0'..=b'9' | b'A'..=b'Z' | b'_' | b'a'..=b'z') => {
                        Some(at + 1)
                    }
                    Some(0x80..=0xff) => {
                        p.character(at, pest::unicode::LETTER)
                            .or_else(|| p.character(at, pest::unicode::DECIMAL_NUMBER))
                    }
                    _ => None,
                } {
                    Some(_) => None,
                    None => Some(at),
                })
        },
    )
}
pub(super) fn r#decimal(p: &mut Input<'_>, at: usize) -> Option<usize> {
    count(Work::Parsed, 1);
    (match p.peek(at) {
        Some(b'.') => {
            Some(at + 1)
                .and_then(|at| match p.peek(at) {
                    Some(b'0'..=b'9') => Some(at + 1),
                    _ => None,
                })
                .and_then(|at| {
                    let mut at = at;
                    while let Some(next) = match p.peek(at) {
                        Some(b'0'..=b'9') => Some(at + 1),
                        _ => None,
                    } {
                        at = next;
                    }
                    Some(at)
                })
        }
        Some(b'0'..=b'9') => {
            Some(at + 1)
                .and_then(|at| {
                    let mut at = at;
                    while let Some(next) = match p.peek(at) {
                        Some(b'0'..=b'9') => Some(at + 1),
                        _ => None,
                    } {
                        at = next;
                    }
                    Some(at)
                })
                .and_then(|at| match p.peek(at) {
                    Some(b'.') => {
                        Some(at + 1)
                            .and_then(|at| {
                                let mut at = at;
                                while let Some(next) = match p.peek(at) {
                                    Some(b'0'..=b'9') => Some(at + 1),
                                    _ => None,
                                } {
                                    at = next;
                                }
                                Some(at)
                            })
                            .or(Some(at))
                    }
                    _ => Some(at),
                })
        }
        _ => None,
    })
        .and_then(|at| match p.peek(at) {
            Some(b'E' | b'e') => {
                Some(at + 1)
                    .and_then(|at| match p.peek(at) {
                        Some(b'+' | b'-') => Some(at + 1).or(Some(at)),
                        _ => Some(at),
                    })
                    .and_then(|at| match p.peek(at) {
                        Some(b'0'..=b'9') => Some(at + 1),
                        _ => None,
                    })
                    .and_then(|at| {
                        let mut at = at;
                        while let Some(next) = match p.peek(at) {
                            Some(b'0'..=b'9') => Some(at + 1),
                            _ => None,
                        } {
                            at = next;
                        }
                        Some(at)
                    })
                    .or(Some(at))
            }
            _ => Some(at),
        })
        .and_then(|at| match p.peek(at) {
            Some(b'D' | b'F' | b'L' | b'd' | b'f' | b'l') => Some(at + 1).or(Some(at)),
            _ => Some(at),
        })
}
pub(super) fn r#string(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.rule(
        Rule::string,
        at,
        |p, at| match p.peek(at) {
            Some(b'\"') => {
                Some(at + 1)
                    .and_then(|at| {
                        let mut at = at;
                        while let Some(next) = match p.peek(at) {
                            Some(b'\\') => {
                                Some(at + 1)
                                    .and_then(|at| match p.peek(at) {
                                        Some(
                                            b'\"'
                                            | b'\''
                                            | b'0'..=b'7'
                                            | b'\\'
                                            | b'b'
                                            | b'f'
                                            | b'n'
                                            | b'r'
                                            | b't',
                                        ) => Some(at + 1),
                                        _ => None,
                                    })
                            }
                            Some(
                                b'\x00'..=b'\t'
                                | b'\x0b'..=b'\x0c'
                                | b'\x0e'..=b'!'
                                | b'#'..=b'['
                                | b']'..=0xff,
                            ) => r#double_run(p, at),
                            _ => None,
                        } {
                            at = next;
                        }
                        Some(at)
                    })
                    .and_then(|at| p.byte(at, b'\"'))
            }
            Some(b'\'') => {
                Some(at + 1)
                    .and_then(|at| {
                        let mut at = at;
                        while let Some(next) = match p.peek(at) {
                            Some(b'\\') => {
                                Some(at + 1)
                                    .and_then(|at| match p.peek(at) {
                                        Some(
                                            b'\"'
                                            | b'\''
                                            | b'0'..=b'7'
                                            | b'\\'
                                            | b'b'
                                            | b'f'
                                            | b'n'
                                            | b'r'
                                            | b't',
                                        ) => Some(at + 1),
                                        _ => None,
                                    })
                            }
                            Some(
                                b'\x00'..=b'\t'
                                | b'\x0b'..=b'\x0c'
                                | b'\x0e'..=b'&'
                                | b'('..=b'['
                                | b']'..=0xff,
                            ) => r#single_run(p, at),
                            _ => None,
                        } {
                            at = next;
                        }
                        Some(at)
                    })
                    .and_then(|at| p.byte(at, b'\''))
            }
            _ => None,
        },
    )
}
pub(super) fn r#single_run(p: &mut Input<'_>, at: usize) -> Option<usize> {
    count(Work::Parsed, 1);
    (match p.peek(at) {
        Some(b'\n' | b'\r' | b'\'' | b'\\') => None,
        _ => Some(at),
    })
        .and_then(|at| p.any(at))
        .and_then(|at| {
            let mut at = at;
            while let Some(next) = match p.peek(at) {
                Some(
                    b'\x00'..=b'\t'
                    | b'\x0b'..=b'\x0c'
                    | b'\x0e'..=b'&'
                    | b'('..=b'['
                    | b']'..=0xff,
                ) => p.any(at),
                _ => None,
            } {
                at = next;
            }
            Some(at)
        })
}
pub(super) fn r#double_run(p: &mut Input<'_>, at: usize) -> Option<usize> {
    count(Work::Parsed, 1);
    (match p.peek(at) {
        Some(b'\n' | b'\r' | b'\"' | b'\\') => None,
        _ => Some(at),
    })
        .and_then(|at| p.any(at))
        .and_then(|at| {
            let mut at = at;
            while let Some(next) = match p.peek(at) {
                Some(
                    b'\x00'..=b'\t'
                    | b'\x0b'..=b'\x0c'
                    | b'\x0e'..=b'!'
                    | b'#'..=b'['
                    | b']'..=0xff,
                ) => p.any(at),
                _ => None,
            } {
                at = next;
            }
            Some(at)
        })
}
pub(super) fn r#expression(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.rule(
        Rule::expression,
        at,
        |p, at| {
            r#operand(p, at)
                .and_then(|at| {
                    let mut at = at;
                    while let Some(next) = match p.peek(at) {
                        Some(
                            b'\t'..=b'\n'
                            | b'\x0c'..=b'\r'
                            | b' '..=b'!'
                            | b'%'..=b'&'
                            | b'*'..=b'+'
                            | b'-'
                            | b'/'
                            | b':'
                            | b'<'..=b'?'
                            | b'i'
                            | b'|',
                        ) => {
                            let mark = p.tokens.len();
                            (match p.peek(at) {
                                Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => {
                                    r#ws(p, at)
                                }
                                _ => Some(at),
                            })
                                .and_then(|at| r#infix(p, at))
                                .and_then(|at| match p.peek(at) {
                                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => {
                                        r#ws(p, at)
                                    }
                                    _ => Some(at),
                                })
                                .and_then(|at| r#operand(p, at))
                                .or_else(|| {
                                    p.tokens.truncate(mark);
                                    None
                                })
                        }
                        _ => None,
                    } {
                        at = next;
                    }
                    Some(at)
                })
        },
    )
}
pub(super) fn r#operand(p: &mut Input<'_>, at: usize) -> Option<usize> {
    count(Work::Parsed, 1);
    ({
        let mut at = at;
        while let Some(next) = match p.peek(at) {
            Some(b'!' | b'+' | b'-') => {
                let mark = p.tokens.len();
                r#prefix(p, at)
                    .and_then(|at| match p.peek(at) {
                        Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => {
                            r#ws(p, at)
                        }
                        _ => Some(at),
                    })
                    .or_else(|| {
                        p.tokens.truncate(mark);
                        None
                    })
            }
            _ => None,
        } {
            at = next;
        }
        Some(at)
    })
        .and_then(|at| r#primary(p, at))
        .and_then(|at| {
            let mut at = at;
            while let Some(next) = match p.peek(at) {
                Some(
                    b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'.'..=b'/' | b'?' | b'[',
                ) => {
                    (match p.peek(at) {
                        Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => {
                            r#ws(p, at)
                        }
                        _ => Some(at),
                    })
                        .and_then(|at| r#postfix(p, at))
                }
                _ => None,
            } {
                at = next;
            }
            Some(at)
        })
}
pub(super) fn r#prefix(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.rule(
        Rule::prefix,
        at,
        |p, at| match p.peek(at) {
            Some(b'!') => Some(at + 1),
            Some(b'+') => {
                Some(at + 1)
                    .and_then(|at| match p.peek(at) {
                        Some(b'+') => None,
                        _ => Some(at),
                    })
            }
            Some(b'-') => {
                Some(at + 1)
                    .and_then(|at| match p.peek(at) {
                        Some(b'-') => None,
                        _ => Some(at),
                    })
            }
            _ => None,
        },
    )
}
pub(super) fn r#infix(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.rule(
        Rule::infix,
        at,
        |p, at| {
            (match p.peek(at) {
                Some(b')' | b',' | b';' | b']' | b'}') => None,
                _ => Some(at),
            })
                .and_then(|at| match p.peek(at) {
                    Some(b'!') => p.text(at, "!="),
                    Some(b'%') => p.text(at, "%=").or_else(|| Some(at + 1)),
                    Some(b'&') => p.text(at, "&&"),
                    Some(b'*') => {
                        Some(at + 1)
                            .and_then(|at| match p.peek(at) {
                                Some(b'=') => Some(at + 1),
                                Some(b'\x00'..=b')' | b'+'..=b'<' | b'>'..=0xff) | None => {
                                    Some(at)
                                }
                                _ => None,
                            })
                    }
                    Some(b'+') => {
                        Some(at + 1)
                            .and_then(|at| match p.peek(at) {
                                Some(b'=') => Some(at + 1),
                                Some(b'\x00'..=b'*' | b','..=b'<' | b'>'..=0xff) | None => {
                                    Some(at)
                                }
                                _ => None,
                            })
                    }
                    Some(b'-') => {
                        Some(at + 1)
                            .and_then(|at| match p.peek(at) {
                                Some(b'=') => Some(at + 1),
                                Some(b'\x00'..=b',' | b'.'..=b'<' | b'?'..=0xff) | None => {
                                    Some(at)
                                }
                                _ => None,
                            })
                    }
                    Some(b'/') => p.text(at, "/=").or_else(|| Some(at + 1)),
                    Some(b':') => {
                        Some(at + 1)
                            .and_then(|at| match p.peek(at) {
                                Some(b':') => None,
                                _ => Some(at),
                            })
                    }
                    Some(b'<') => {
                        Some(at + 1)
                            .and_then(|at| match p.peek(at) {
                                Some(b'=') => Some(at + 1),
                                Some(b'\x00'..=b';' | b'>'..=0xff) | None => Some(at),
                                _ => None,
                            })
                    }
                    Some(b'=') => p.text(at, "==").or_else(|| Some(at + 1)),
                    Some(b'>') => {
                        Some(at + 1)
                            .and_then(|at| match p.peek(at) {
                                Some(b'=') => Some(at + 1),
                                Some(b'\x00'..=b'<' | b'?'..=0xff) | None => Some(at),
                                _ => None,
                            })
                    }
                    Some(b'?') => {
                        Some(at + 1)
                            .and_then(|at| match p.peek(at) {
                                Some(b'?') => {
                                    Some(at + 1)
                                        .and_then(|at| match p.peek(at) {
                                            Some(b'=') => None,
                                            _ => Some(at),
                                        })
                                        .or(Some(at))
                                }
                                _ => Some(at),
                            })
                    }
                    Some(b'i') => {
                        p.text(at, "in")
                            .and_then(|at| match match p.peek(at) {
                                Some(
                                    b'$' | b'0'..=b'9' | b'A'..=b'Z' | b'_' | b'a'..=b'z',
                                ) => Some(at + 1),
                                Some(0x80..=0xff) => {
                                    p.character(at, pest::unicode::LETTER)
                                        .or_else(|| p.character(at, pest::unicode::DECIMAL_NUMBER))
                                }
                                _ => None,
                            } {
                                Some(_) => None,
                                None => Some(at),
                            })
                            .and_then(|at| match (match p.peek(at) {
                                Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => {
                                    r#ws(p, at)
                                }
                                _ => Some(at),
                            })
                                .and_then(|at| match p.peek(at) {
                                    Some(b'\"' | b'\''..=b'(' | b'0'..=b'9' | b'[' | b'{') => {
                                        Some(at + 1)
                                    }
                                    Some(
                                        b'$' | b'A'..=b'Z' | b'_' | b'a'..=b'z' | 0x80..=0xff,
                                    ) => {
                                        match p.peek(at) {
                                            Some(b'$' | b'A'..=b'Z' | b'_' | b'a'..=b'z') => {
                                                Some(at + 1)
                                            }
                                            _ => p.character(at, pest::unicode::LETTER),
                                        }
                                    }
                                    _ => None,
                                })
                            {
                                Some(_) => Some(at),
                                None => None,
                            })
                    }
                    Some(b'|') => p.text(at, "||"),
                    _ => None,
                })
        },
    )
}
pub(super) fn r#primary(p: &mut Input<'_>, at: usize) -> Option<usize> {
    count(Work::Parsed, 1);
    match p.peek(at) {
        Some(b'(') => r#parenthesised(p, at),
        Some(b'[') => r#list(p, at),
        Some(b'f') => r#spliced(p, at).or_else(|| r#reference(p, at)),
        Some(b'n') => r#creation(p, at).or_else(|| r#reference(p, at)),
        Some(b's') => r#switch(p, at).or_else(|| r#reference(p, at)),
        Some(b'{') => r#map(p, at),
        Some(b'\"' | b'\'') => r#string(p, at),
        Some(b'.' | b'0'..=b'9') => r#number(p, at),
        Some(
            b'$'
            | b'A'..=b'Z'
            | b'_'
            | b'a'..=b'e'
            | b'g'..=b'm'
            | b'o'..=b'r'
            | b't'..=b'z'
            | 0x80..=0xff,
        ) => r#reference(p, at),
        _ => None,
    }
}
pub(super) fn r#parenthesised(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.rule(
        Rule::parenthesised,
        at,
        |p, at| {
            p
                .byte(at, b'(')
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
                    _ => Some(at),
                })
                .and_then(|at| r#expression(p, at))
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
                    _ => Some(at),
                })
                .and_then(|at| p.byte(at, b')'))
        },
    )
}
pub(super) fn r#reference(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.rule(
        Rule::reference,
        at,
        |p, at| {
            r#identifier(p, at)
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'(' | b'/') => {
                        (match p.peek(at) {
                            Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => {
                                r#ws(p, at)
                            }
                            _ => Some(at),
                        })
                            .and_then(|at| r#arguments(p, at))
                            .or(Some(at))
                    }
                    _ => Some(at),
                })
        },
    )
}
pub(super) fn r#arguments(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.rule(
        Rule::arguments,
        at,
        |p, at| {
            p
                .byte(at, b'(')
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
                    _ => Some(at),
                })
                .and_then(|at| match p.peek(at) {
                    Some(
                        b'!'..=b'\"'
                        | b'$'
                        | b'\''..=b'('
                        | b'+'
                        | b'-'..=b'.'
                        | b'0'..=b'9'
                        | b'A'..=b'['
                        | b'_'
                        | b'a'..=b'{'
                        | 0x80..=0xff,
                    ) => {
                        let mark = p.tokens.len();
                        r#argument(p, at)
                            .and_then(|at| {
                                let mut at = at;
                                while let Some(next) = match p.peek(at) {
                                    Some(b',') => {
                                        let mark = p.tokens.len();
                                        Some(at + 1)
                                            .and_then(|at| match p.peek(at) {
                                                Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => {
                                                    r#ws(p, at)
                                                }
                                                _ => Some(at),
                                            })
                                            .and_then(|at| r#argument(p, at))
                                            .or_else(|| {
                                                p.tokens.truncate(mark);
                                                None
                                            })
                                    }
                                    _ => None,
                                } {
                                    at = next;
                                }
                                Some(at)
                            })
                            .or_else(|| {
                                p.tokens.truncate(mark);
                                Some(at)
                            })
                    }
                    _ => Some(at),
                })
                .and_then(|at| p.byte(at, b')'))
        },
    )
}
pub(super) fn r#postfix(p: &mut Input<'_>, at: usize) -> Option<usize> {
    count(Work::Parsed, 1);
    match p.peek(at) {
        Some(b'.') => r#member(p, at),
        Some(b'?') => r#maybe(p, at),
        Some(b'[') => r#index(p, at),
        _ => None,
    }
}
pub(super) fn r#index(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.rule(
        Rule::index,
        at,
        |p, at| {
            p
                .byte(at, b'[')
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
                    _ => Some(at),
                })
                .and_then(|at| r#expression(p, at))
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
                    _ => Some(at),
                })
                .and_then(|at| p.byte(at, b']'))
        },
    )
}
pub(super) fn r#member(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.rule(
        Rule::member,
        at,
        |p, at| {
            p
                .byte(at, b'.')
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
                    _ => Some(at),
                })
                .and_then(|at| r#identifier(p, at))
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'(' | b'/') => {
                        (match p.peek(at) {
                            Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => {
                                r#ws(p, at)
                            }
                            _ => Some(at),
                        })
                            .and_then(|at| r#arguments(p, at))
                            .or(Some(at))
                    }
                    _ => Some(at),
                })
        },
    )
}
pub(super) fn r#creation(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.rule(
        Rule::creation,
        at,
        |p, at| {
            p
                .text(at, "new")
                .and_then(|at| match match p.peek(at) {
                    Some(b'$' | b'0'..=b'9' | b'A'..=b'Z' | b'_' | b'a'..=b'z') => {
                        Some(at + 1)
                    }
                    Some(0x80..=0xff) => {
                        p.character(at, pest::unicode::LETTER)
                            .or_else(|| p.character(at, pest::unicode::DECIMAL_NUMBER))
                    }
                    _ => None,
                } {
                    Some(_) => None,
                    None => Some(at),
                })
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
                    _ => Some(at),
                })
                .and_then(|at| r#identifier(p, at))
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
                    _ => Some(at),
                })
                .and_then(|at| match p.peek(at) {
                    Some(b'(') => r#arguments(p, at),
                    Some(b'[') => {
                        r#array_literal(p, at).or_else(|| r#array_length(p, at))
                    }
                    _ => None,
                })
        },
    )
}
pub(super) fn r#array_length(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.rule(
        Rule::array_length,
        at,
        |p, at| {
            p
                .byte(at, b'[')
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
                    _ => Some(at),
                })
                .and_then(|at| r#expression(p, at))
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
                    _ => Some(at),
                })
                .and_then(|at| p.byte(at, b']'))
        },
    )
}
pub(super) fn r#array_literal(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.rule(
        Rule::array_literal,
        at,
        |p, at| {
            p
                .byte(at, b'[')
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
                    _ => Some(at),
                })
                .and_then(|at| p.byte(at, b']'))
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
                    _ => Some(at),
                })
                .and_then(|at| p.byte(at, b'{'))
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
                    _ => Some(at),
                })
                .and_then(|at| match p.peek(at) {
                    Some(
                        b'!'..=b'\"'
                        | b'$'
                        | b'\''..=b'('
                        | b'+'..=b'.'
                        | b'0'..=b'9'
                        | b'A'..=b'['
                        | b'_'
                        | b'a'..=b'{'
                        | 0x80..=0xff,
                    ) => {
                        let mark = p.tokens.len();
                        (match p.peek(at) {
                            Some(b',') => {
                                Some(at + 1)
                                    .and_then(|at| match p.peek(at) {
                                        Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => {
                                            r#ws(p, at)
                                        }
                                        _ => Some(at),
                                    })
                            }
                            _ => {
                                r#expression(p, at)
                                    .and_then(|at| match p.peek(at) {
                                        Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => {
                                            r#ws(p, at)
                                        }
                                        _ => Some(at),
                                    })
                                    .and_then(|at| {
                                        let mut at = at;
                                        while let Some(next) = match p.peek(at) {
                                            Some(b',') => {
                                                let mark = p.tokens.len();
                                                Some(at + 1)
                                                    .and_then(|at| match p.peek(at) {
                                                        Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => {
                                                            r#ws(p, at)
                                                        }
                                                        _ => Some(at),
                                                    })
                                                    .and_then(|at| r#expression(p, at))
                                                    .and_then(|at| match p.peek(at) {
                                                        Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => {
                                                            r#ws(p, at)
                                                        }
                                                        _ => Some(at),
                                                    })
                                                    .or_else(|| {
                                                        p.tokens.truncate(mark);
                                                        None
                                                    })
                                            }
                                            _ => None,
                                        } {
                                            at = next;
                                        }
                                        Some(at)
                                    })
                                    .and_then(|at| match p.peek(at) {
                                        Some(b',') => {
                                            Some(at + 1)
                                                .and_then(|at| match p.peek(at) {
                                                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => {
                                                        r#ws(p, at)
                                                    }
                                                    _ => Some(at),
                                                })
                                                .or(Some(at))
                                        }
                                        _ => Some(at),
                                    })
                            }
                        })
                            .or_else(|| {
                                p.tokens.truncate(mark);
                                Some(at)
                            })
                    }
                    _ => Some(at),
                })
                .and_then(|at| p.byte(at, b'}'))
        },
    )
}
pub(super) fn r#argument(p: &mut Input<'_>, at: usize) -> Option<usize> {
    count(Work::Parsed, 1);
    (match p.peek(at) {
        Some(b'(') => r#lambda_names(p, at).or_else(|| r#expression(p, at)),
        Some(
            b'!'..=b'\"'
            | b'$'
            | b'\''
            | b'+'
            | b'-'..=b'.'
            | b'0'..=b'9'
            | b'A'..=b'['
            | b'_'
            | b'a'..=b'{'
            | 0x80..=0xff,
        ) => r#expression(p, at),
        _ => None,
    })
        .and_then(|at| match p.peek(at) {
            Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
            _ => Some(at),
        })
        .and_then(|at| match p.peek(at) {
            Some(b'-') => {
                let mark = p.tokens.len();
                r#lambda_body(p, at)
                    .and_then(|at| match p.peek(at) {
                        Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => {
                            r#ws(p, at)
                        }
                        _ => Some(at),
                    })
                    .or_else(|| {
                        p.tokens.truncate(mark);
                        Some(at)
                    })
            }
            _ => Some(at),
        })
}
pub(super) fn r#lambda_names(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.rule(
        Rule::lambda_names,
        at,
        |p, at| {
            p
                .byte(at, b'(')
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
                    _ => Some(at),
                })
                .and_then(|at| r#identifier(p, at))
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
                    _ => Some(at),
                })
                .and_then(|at| p.byte(at, b','))
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
                    _ => Some(at),
                })
                .and_then(|at| r#identifier(p, at))
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
                    _ => Some(at),
                })
                .and_then(|at| p.byte(at, b')'))
        },
    )
}
pub(super) fn r#lambda_body(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.rule(
        Rule::lambda_body,
        at,
        |p, at| {
            p
                .text(at, "->")
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
                    _ => Some(at),
                })
                .and_then(|at| r#expression(p, at))
        },
    )
}
pub(super) fn r#maybe(p: &mut Input<'_>, at: usize) -> Option<usize> {
    count(Work::Parsed, 1);
    p.text(at, "?.")
        .and_then(|at| match p.peek(at) {
            Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
            _ => Some(at),
        })
        .and_then(|at| match p.peek(at) {
            Some(b'[') => r#maybe_index(p, at),
            Some(b'$' | b'A'..=b'Z' | b'_' | b'a'..=b'z' | 0x80..=0xff) => {
                r#maybe_member(p, at)
            }
            _ => None,
        })
}
pub(super) fn r#maybe_index(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.rule(
        Rule::maybe_index,
        at,
        |p, at| {
            p
                .byte(at, b'[')
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
                    _ => Some(at),
                })
                .and_then(|at| r#expression(p, at))
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
                    _ => Some(at),
                })
                .and_then(|at| p.byte(at, b']'))
        },
    )
}
pub(super) fn r#maybe_member(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.rule(
        Rule::maybe_member,
        at,
        |p, at| {
            r#identifier(p, at)
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'(' | b'/') => {
                        (match p.peek(at) {
                            Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => {
                                r#ws(p, at)
                            }
                            _ => Some(at),
                        })
                            .and_then(|at| r#arguments(p, at))
                            .or(Some(at))
                    }
                    _ => Some(at),
                })
        },
    )
}
pub(super) fn r#spliced(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.rule(
        Rule::spliced,
        at,
        |p, at| {
            p
                .byte(at, b'f')
                .and_then(|at| match p.peek(at) {
                    Some(b'\"') => {
                        Some(at + 1)
                            .and_then(|at| {
                                let mut at = at;
                                while let Some(next) = match p.peek(at) {
                                    Some(
                                        b'\x00'..=b'\t'
                                        | b'\x0b'..=b'\x0c'
                                        | b'\x0e'..=b'!'
                                        | b'#'..=0xff,
                                    ) => {
                                        let mark = p.tokens.len();
                                        (match p.peek(at) {
                                            Some(b'{') => {
                                                r#double_text(p, at).or_else(|| r#splice(p, at))
                                            }
                                            _ => r#double_text(p, at),
                                        })
                                            .or_else(|| {
                                                p.tokens.truncate(mark);
                                                None
                                            })
                                    }
                                    _ => None,
                                } {
                                    at = next;
                                }
                                Some(at)
                            })
                            .and_then(|at| p.byte(at, b'\"'))
                    }
                    Some(b'\'') => {
                        Some(at + 1)
                            .and_then(|at| {
                                let mut at = at;
                                while let Some(next) = match p.peek(at) {
                                    Some(
                                        b'\x00'..=b'\t'
                                        | b'\x0b'..=b'\x0c'
                                        | b'\x0e'..=b'&'
                                        | b'('..=0xff,
                                    ) => {
                                        let mark = p.tokens.len();
                                        (match p.peek(at) {
                                            Some(b'{') => {
                                                r#single_text(p, at).or_else(|| r#splice(p, at))
                                            }
                                            _ => r#single_text(p, at),
                                        })
                                            .or_else(|| {
                                                p.tokens.truncate(mark);
                                                None
                                            })
                                    }
                                    _ => None,
                                } {
                                    at = next;
                                }
                                Some(at)
                            })
                            .and_then(|at| p.byte(at, b'\''))
                    }
                    _ => None,
                })
        },
    )
}
pub(super) fn r#single_text(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.rule(
        Rule::single_text,
        at,
        |p, at| {
            (match p.peek(at) {
                Some(b'\\') => {
                    Some(at + 1)
                        .and_then(|at| match p.peek(at) {
                            Some(
                                b'\"'
                                | b'\''
                                | b'0'..=b'7'
                                | b'\\'
                                | b'b'
                                | b'f'
                                | b'n'
                                | b'r'
                                | b't',
                            ) => Some(at + 1),
                            _ => None,
                        })
                }
                Some(b'{' | b'}') => {
                    match p.peek(at) {
                        Some(b'{') => p.text(at, "{{"),
                        _ => p.text(at, "}}"),
                    }
                }
                Some(
                    b'\x00'..=b'\t'
                    | b'\x0b'..=b'\x0c'
                    | b'\x0e'..=b'&'
                    | b'('..=b'['
                    | b']'..=b'z'
                    | b'|'
                    | b'~'..=0xff,
                ) => p.any(at),
                _ => None,
            })
                .and_then(|at| {
                    let mut at = at;
                    while let Some(next) = match p.peek(at) {
                        Some(b'\\') => {
                            Some(at + 1)
                                .and_then(|at| match p.peek(at) {
                                    Some(
                                        b'\"'
                                        | b'\''
                                        | b'0'..=b'7'
                                        | b'\\'
                                        | b'b'
                                        | b'f'
                                        | b'n'
                                        | b'r'
                                        | b't',
                                    ) => Some(at + 1),
                                    _ => None,
                                })
                        }
                        Some(b'{' | b'}') => {
                            match p.peek(at) {
                                Some(b'{') => p.text(at, "{{"),
                                _ => p.text(at, "}}"),
                            }
                        }
                        Some(
                            b'\x00'..=b'\t'
                            | b'\x0b'..=b'\x0c'
                            | b'\x0e'..=b'&'
                            | b'('..=b'['
                            | b']'..=b'z'
                            | b'|'
                            | b'~'..=0xff,
                        ) => p.any(at),
                        _ => None,
                    } {
                        at = next;
                    }
                    Some(at)
                })
        },
    )
}
pub(super) fn r#double_text(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.rule(
        Rule::double_text,
        at,
        |p, at| {
            (match p.peek(at) {
                Some(b'\\') => {
                    Some(at + 1)
                        .and_then(|at| match p.peek(at) {
                            Some(
                                b'\"'
                                | b'\''
                                | b'0'..=b'7'
                                | b'\\'
                                | b'b'
                                | b'f'
                                | b'n'
                                | b'r'
                                | b't',
                            ) => Some(at + 1),
                            _ => None,
                        })
                }
                Some(b'{' | b'}') => {
                    match p.peek(at) {
                        Some(b'{') => p.text(at, "{{"),
                        _ => p.text(at, "}}"),
                    }
                }
                Some(
                    b'\x00'..=b'\t'
                    | b'\x0b'..=b'\x0c'
                    | b'\x0e'..=b'!'
                    | b'#'..=b'['
                    | b']'..=b'z'
                    | b'|'
                    | b'~'..=0xff,
                ) => p.any(at),
                _ => None,
            })
                .and_then(|at| {
                    let mut at = at;
                    while let Some(next) = match p.peek(at) {
                        Some(b'\\') => {
                            Some(at + 1)
                                .and_then(|at| match p.peek(at) {
                                    Some(
                                        b'\"'
                                        | b'\''
                                        | b'0'..=b'7'
                                        | b'\\'
                                        | b'b'
                                        | b'f'
                                        | b'n'
                                        | b'r'
                                        | b't',
                                    ) => Some(at + 1),
                                    _ => None,
                                })
                        }
                        Some(b'{' | b'}') => {
                            match p.peek(at) {
                                Some(b'{') => p.text(at, "{{"),
                                _ => p.text(at, "}}"),
                            }
                        }
                        Some(
                            b'\x00'..=b'\t'
                            | b'\x0b'..=b'\x0c'
                            | b'\x0e'..=b'!'
                            | b'#'..=b'['
                            | b']'..=b'z'
                            | b'|'
                            | b'~'..=0xff,
                        ) => p.any(at),
                        _ => None,
                    } {
                        at = next;
                    }
                    Some(at)
                })
        },
    )
}
pub(super) fn r#splice(p: &mut Input<'_>, at: usize) -> Option<usize> {
    count(Work::Parsed, 1);
    p.byte(at, b'{')
        .and_then(|at| match p.peek(at) {
            Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
            _ => Some(at),
        })
        .and_then(|at| r#code(p, at))
        .and_then(|at| match p.peek(at) {
            Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
            _ => Some(at),
        })
        .and_then(|at| match p.peek(at) {
            Some(b':') => r#conversion(p, at).or(Some(at)),
            _ => Some(at),
        })
        .and_then(|at| p.byte(at, b'}'))
}
pub(super) fn r#code(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.rule(
        Rule::code,
        at,
        |p, at| {
            r#operand(p, at)
                .and_then(|at| {
                    let mut at = at;
                    while let Some(next) = match p.peek(at) {
                        Some(
                            b'\t'..=b'\n'
                            | b'\x0c'..=b'\r'
                            | b' '..=b'!'
                            | b'%'..=b'&'
                            | b'*'..=b'+'
                            | b'-'
                            | b'/'
                            | b'<'..=b'?'
                            | b'i'
                            | b'|',
                        ) => {
                            let mark = p.tokens.len();
                            (match p.peek(at) {
                                Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => {
                                    r#ws(p, at)
                                }
                                _ => Some(at),
                            })
                                .and_then(|at| r#binary(p, at))
                                .and_then(|at| match p.peek(at) {
                                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => {
                                        r#ws(p, at)
                                    }
                                    _ => Some(at),
                                })
                                .and_then(|at| r#operand(p, at))
                                .or_else(|| {
                                    p.tokens.truncate(mark);
                                    None
                                })
                        }
                        _ => None,
                    } {
                        at = next;
                    }
                    Some(at)
                })
        },
    )
}
pub(super) fn r#binary(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.rule(
        Rule::binary,
        at,
        |p, at| match p.peek(at) {
            Some(b'!') => p.text(at, "!="),
            Some(b'&') => p.text(at, "&&"),
            Some(b'*') => {
                Some(at + 1)
                    .and_then(|at| match p.peek(at) {
                        Some(b'*' | b'=') => None,
                        _ => Some(at),
                    })
            }
            Some(b'+') => {
                Some(at + 1)
                    .and_then(|at| match p.peek(at) {
                        Some(b'+' | b'=') => None,
                        _ => Some(at),
                    })
            }
            Some(b'-') => {
                Some(at + 1)
                    .and_then(|at| match p.peek(at) {
                        Some(b'-' | b'='..=b'>') => None,
                        _ => Some(at),
                    })
            }
            Some(b'<') => {
                Some(at + 1)
                    .and_then(|at| match p.peek(at) {
                        Some(b'=') => Some(at + 1),
                        Some(b'\x00'..=b';' | b'>'..=0xff) | None => Some(at),
                        _ => None,
                    })
            }
            Some(b'=') => p.text(at, "=="),
            Some(b'>') => {
                Some(at + 1)
                    .and_then(|at| match p.peek(at) {
                        Some(b'=') => Some(at + 1),
                        Some(b'\x00'..=b'<' | b'?'..=0xff) | None => Some(at),
                        _ => None,
                    })
            }
            Some(b'?') => p.text(at, "??"),
            Some(b'i') => {
                p.text(at, "in")
                    .and_then(|at| match match p.peek(at) {
                        Some(b'$' | b'0'..=b'9' | b'A'..=b'Z' | b'_' | b'a'..=b'z') => {
                            Some(at + 1)
                        }
                        Some(0x80..=0xff) => {
                            p.character(at, pest::unicode::LETTER)
                                .or_else(|| p.character(at, pest::unicode::DECIMAL_NUMBER))
                        }
                        _ => None,
                    } {
                        Some(_) => None,
                        None => Some(at),
                    })
                    .and_then(|at| match (match p.peek(at) {
                        Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => {
                            r#ws(p, at)
                        }
                        _ => Some(at),
                    })
                        .and_then(|at| match p.peek(at) {
                            Some(b'\"' | b'\''..=b'(' | b'0'..=b'9' | b'[' | b'{') => {
                                Some(at + 1)
                            }
                            Some(
                                b'$' | b'A'..=b'Z' | b'_' | b'a'..=b'z' | 0x80..=0xff,
                            ) => {
                                match p.peek(at) {
                                    Some(b'$' | b'A'..=b'Z' | b'_' | b'a'..=b'z') => {
                                        Some(at + 1)
                                    }
                                    _ => p.character(at, pest::unicode::LETTER),
                                }
                            }
                            _ => None,
                        })
                    {
                        Some(_) => Some(at),
                        None => None,
                    })
            }
            Some(b'|') => p.text(at, "||"),
            Some(b'%' | b'/') => {
                Some(at + 1)
                    .and_then(|at| match p.peek(at) {
                        Some(b'=') => None,
                        _ => Some(at),
                    })
            }
            _ => None,
        },
    )
}
pub(super) fn r#conversion(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.rule(
        Rule::conversion,
        at,
        |p, at| {
            p
                .byte(at, b':')
                .and_then(|at| {
                    let mut at = at;
                    while let Some(next) = match p.peek(at) {
                        Some(
                            b'\x00'..=b'\t'
                            | b'\x0b'..=b'\x0c'
                            | b'\x0e'..=b'!'
                            | b'#'..=b'&'
                            | b'('..=b'['
                            | b']'..=b'z'
                            | b'|'
                            | b'~'..=0xff,
                        ) => p.any(at),
                        _ => None,
                    } {
                        at = next;
                    }
                    Some(at)
                })
        },
    )
}
pub(super) fn r#switch(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.rule(
        Rule::switch,
        at,
        |p, at| {
            p
                .text(at, "switch")
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
                    _ => Some(at),
                })
                .and_then(|at| r#condition(p, at))
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
                    _ => Some(at),
                })
                .and_then(|at| p.byte(at, b'{'))
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
                    _ => Some(at),
                })
                .and_then(|at| {
                    let mut at = at;
                    while let Some(next) = match p.peek(at) {
                        Some(b'c'..=b'd') => {
                            let mark = p.tokens.len();
                            r#arm(p, at)
                                .and_then(|at| match p.peek(at) {
                                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => {
                                        r#ws(p, at)
                                    }
                                    _ => Some(at),
                                })
                                .or_else(|| {
                                    p.tokens.truncate(mark);
                                    None
                                })
                        }
                        _ => None,
                    } {
                        at = next;
                    }
                    Some(at)
                })
                .and_then(|at| p.byte(at, b'}'))
        },
    )
}
pub(super) fn r#arm(p: &mut Input<'_>, at: usize) -> Option<usize> {
    count(Work::Parsed, 1);
    (match p.peek(at) {
        Some(b'c') => r#case(p, at),
        Some(b'd') => r#otherwise_arm(p, at),
        _ => None,
    })
        .and_then(|at| match p.peek(at) {
            Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
            _ => Some(at),
        })
        .and_then(|at| r#arm_value(p, at))
        .and_then(|at| match p.peek(at) {
            Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
            _ => Some(at),
        })
        .and_then(|at| p.byte(at, b';'))
}
pub(super) fn r#arm_value(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.rule(
        Rule::arm_value,
        at,
        |p, at| {
            p
                .text(at, "->")
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
                    _ => Some(at),
                })
                .and_then(|at| r#expression(p, at))
        },
    )
}
pub(super) fn r#case(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.rule(
        Rule::case,
        at,
        |p, at| {
            p
                .text(at, "case")
                .and_then(|at| match match p.peek(at) {
                    Some(b'$' | b'0'..=b'9' | b'A'..=b'Z' | b'_' | b'a'..=b'z') => {
                        Some(at + 1)
                    }
                    Some(0x80..=0xff) => {
                        p.character(at, pest::unicode::LETTER)
                            .or_else(|| p.character(at, pest::unicode::DECIMAL_NUMBER))
                    }
                    _ => None,
                } {
                    Some(_) => None,
                    None => Some(at),
                })
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
                    _ => Some(at),
                })
                .and_then(|at| r#label(p, at))
                .and_then(|at| {
                    let mut at = at;
                    while let Some(next) = match p.peek(at) {
                        Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b',' | b'/') => {
                            (match p.peek(at) {
                                Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => {
                                    r#ws(p, at)
                                }
                                _ => Some(at),
                            })
                                .and_then(|at| p.byte(at, b','))
                                .and_then(|at| match p.peek(at) {
                                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => {
                                        r#ws(p, at)
                                    }
                                    _ => Some(at),
                                })
                                .and_then(|at| r#label(p, at))
                        }
                        _ => None,
                    } {
                        at = next;
                    }
                    Some(at)
                })
        },
    )
}
pub(super) fn r#label(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.rule(
        Rule::label,
        at,
        |p, at| match p.peek(at) {
            Some(b'\"' | b'\'') => r#string(p, at),
            Some(b'-'..=b'.' | b'0'..=b'9') => {
                (match p.peek(at) {
                    Some(b'-') => {
                        Some(at + 1)
                            .and_then(|at| match p.peek(at) {
                                Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => {
                                    r#ws(p, at)
                                }
                                _ => Some(at),
                            })
                            .or(Some(at))
                    }
                    _ => Some(at),
                })
                    .and_then(|at| r#number(p, at))
            }
            Some(b'$' | b'A'..=b'Z' | b'_' | b'a'..=b'z' | 0x80..=0xff) => {
                r#identifier(p, at)
            }
            _ => None,
        },
    )
}
pub(super) fn r#otherwise_arm(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.rule(
        Rule::otherwise_arm,
        at,
        |p, at| {
            p
                .text(at, "default")
                .and_then(|at| match match p.peek(at) {
                    Some(b'$' | b'0'..=b'9' | b'A'..=b'Z' | b'_' | b'a'..=b'z') => {
                        Some(at + 1)
                    }
                    Some(0x80..=0xff) => {
                        p.character(at, pest::unicode::LETTER)
                            .or_else(|| p.character(at, pest::unicode::DECIMAL_NUMBER))
                    }
                    _ => None,
                } {
                    Some(_) => None,
                    None => Some(at),
                })
        },
    )
}
pub(super) fn r#list(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.rule(
        Rule::list,
        at,
        |p, at| {
            p
                .byte(at, b'[')
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
                    _ => Some(at),
                })
                .and_then(|at| match p.peek(at) {
                    Some(
                        b'!'..=b'\"'
                        | b'$'
                        | b'\''..=b'('
                        | b'+'
                        | b'-'..=b'.'
                        | b'0'..=b'9'
                        | b'A'..=b'['
                        | b'_'
                        | b'a'..=b'{'
                        | 0x80..=0xff,
                    ) => {
                        let mark = p.tokens.len();
                        r#items(p, at)
                            .or_else(|| {
                                p.tokens.truncate(mark);
                                Some(at)
                            })
                    }
                    _ => Some(at),
                })
                .and_then(|at| p.byte(at, b']'))
        },
    )
}
pub(super) fn r#items(p: &mut Input<'_>, at: usize) -> Option<usize> {
    count(Work::Parsed, 1);
    r#expression(p, at)
        .and_then(|at| match p.peek(at) {
            Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
            _ => Some(at),
        })
        .and_then(|at| {
            let mut at = at;
            while let Some(next) = match p.peek(at) {
                Some(b',') => {
                    let mark = p.tokens.len();
                    Some(at + 1)
                        .and_then(|at| match p.peek(at) {
                            Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => {
                                r#ws(p, at)
                            }
                            _ => Some(at),
                        })
                        .and_then(|at| r#expression(p, at))
                        .and_then(|at| match p.peek(at) {
                            Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => {
                                r#ws(p, at)
                            }
                            _ => Some(at),
                        })
                        .or_else(|| {
                            p.tokens.truncate(mark);
                            None
                        })
                }
                _ => None,
            } {
                at = next;
            }
            Some(at)
        })
        .and_then(|at| match p.peek(at) {
            Some(b',') => {
                Some(at + 1)
                    .and_then(|at| match p.peek(at) {
                        Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => {
                            r#ws(p, at)
                        }
                        _ => Some(at),
                    })
                    .or(Some(at))
            }
            _ => Some(at),
        })
}
pub(super) fn r#map(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.rule(
        Rule::map,
        at,
        |p, at| {
            p
                .byte(at, b'{')
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
                    _ => Some(at),
                })
                .and_then(|at| match p.peek(at) {
                    Some(
                        b'\"'
                        | b'$'
                        | b'\''
                        | b'A'..=b'['
                        | b'_'
                        | b'a'..=b'z'
                        | 0x80..=0xff,
                    ) => {
                        let mark = p.tokens.len();
                        r#entries(p, at)
                            .or_else(|| {
                                p.tokens.truncate(mark);
                                Some(at)
                            })
                    }
                    _ => Some(at),
                })
                .and_then(|at| p.byte(at, b'}'))
        },
    )
}
pub(super) fn r#entries(p: &mut Input<'_>, at: usize) -> Option<usize> {
    count(Work::Parsed, 1);
    r#entry(p, at)
        .and_then(|at| {
            let mut at = at;
            while let Some(next) = match p.peek(at) {
                Some(b',') => {
                    let mark = p.tokens.len();
                    Some(at + 1)
                        .and_then(|at| match p.peek(at) {
                            Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => {
                                r#ws(p, at)
                            }
                            _ => Some(at),
                        })
                        .and_then(|at| r#entry(p, at))
                        .or_else(|| {
                            p.tokens.truncate(mark);
                            None
                        })
                }
                _ => None,
            } {
                at = next;
            }
            Some(at)
        })
        .and_then(|at| match p.peek(at) {
            Some(b',') => {
                Some(at + 1)
                    .and_then(|at| match p.peek(at) {
                        Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => {
                            r#ws(p, at)
                        }
                        _ => Some(at),
                    })
                    .or(Some(at))
            }
            _ => Some(at),
        })
}
pub(super) fn r#entry(p: &mut Input<'_>, at: usize) -> Option<usize> {
    count(Work::Parsed, 1);
    r#key(p, at)
        .and_then(|at| match p.peek(at) {
            Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
            _ => Some(at),
        })
        .and_then(|at| p.byte(at, b':'))
        .and_then(|at| match p.peek(at) {
            Some(b':') => None,
            _ => Some(at),
        })
        .and_then(|at| match p.peek(at) {
            Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
            _ => Some(at),
        })
        .and_then(|at| r#expression(p, at))
        .and_then(|at| match p.peek(at) {
            Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
            _ => Some(at),
        })
}
pub(super) fn r#key(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.rule(
        Rule::key,
        at,
        |p, at| match p.peek(at) {
            Some(b'[') => {
                Some(at + 1)
                    .and_then(|at| match p.peek(at) {
                        Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => {
                            r#ws(p, at)
                        }
                        _ => Some(at),
                    })
                    .and_then(|at| r#expression(p, at))
                    .and_then(|at| match p.peek(at) {
                        Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => {
                            r#ws(p, at)
                        }
                        _ => Some(at),
                    })
                    .and_then(|at| p.byte(at, b']'))
            }
            Some(b'\"' | b'\'') => r#string(p, at),
            Some(b'$' | b'A'..=b'Z' | b'_' | b'a'..=b'z' | 0x80..=0xff) => {
                r#identifier(p, at)
            }
            _ => None,
        },
    )
}
pub(super) fn r#map_start(p: &mut Input<'_>, at: usize) -> Option<usize> {
    count(Work::Parsed, 1);
    p.byte(at, b'{')
        .and_then(|at| match p.peek(at) {
            Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
            _ => Some(at),
        })
        .and_then(|at| match p.peek(at) {
            Some(b'\"' | b'\'') => r#string(p, at),
            Some(b'$' | b'A'..=b'Z' | b'_' | b'a'..=b'z' | 0x80..=0xff) => {
                r#identifier(p, at)
            }
            _ => None,
        })
        .and_then(|at| match p.peek(at) {
            Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
            _ => Some(at),
        })
        .and_then(|at| p.byte(at, b':'))
}
pub(super) fn r#program(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.rule(
        Rule::program,
        at,
        |p, at| {
            (at == 0)
                .then_some(at)
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
                    _ => Some(at),
                })
                .and_then(|at| {
                    let mut at = at;
                    while let Some(next) = match p.peek(at) {
                        Some(
                            b'!'..=b'\"'
                            | b'$'
                            | b'\''..=b'('
                            | b'+'
                            | b'-'..=b'.'
                            | b'0'..=b'9'
                            | b'A'..=b'['
                            | b'_'
                            | b'a'..=b'{'
                            | 0x80..=0xff,
                        ) => {
                            let mark = p.tokens.len();
                            r#statement(p, at)
                                .and_then(|at| match p.peek(at) {
                                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => {
                                        r#ws(p, at)
                                    }
                                    _ => Some(at),
                                })
                                .or_else(|| {
                                    p.tokens.truncate(mark);
                                    None
                                })
                        }
                        _ => None,
                    } {
                        at = next;
                    }
                    Some(at)
                })
                .and_then(|at| p.rule(Rule::EOI, at, |p, at| p.end(at)))
        },
    )
}
pub(super) fn r#statement(p: &mut Input<'_>, at: usize) -> Option<usize> {
    count(Work::Parsed, 1);
    match p.peek(at) {
        Some(
            b'!'..=b'\"' | b'\''..=b'(' | b'+' | b'-'..=b'.' | b'0'..=b'9' | b'[' | b'{',
        ) => r#body(p, at),
        Some(b'$' | b'A'..=b'Z' | b'_' | b'a'..=b'z' | 0x80..=0xff) => {
            r#declaration_statement(p, at).or_else(|| r#body(p, at))
        }
        _ => None,
    }
}
pub(super) fn r#body(p: &mut Input<'_>, at: usize) -> Option<usize> {
    count(Work::Parsed, 1);
    match p.peek(at) {
        Some(b'b'..=b'c' | b'f' | b'i' | b'r' | b't' | b'w' | b'{') => {
            r#worded_statement(p, at).or_else(|| r#expression_statement(p, at))
        }
        Some(
            b'!'..=b'\"'
            | b'$'
            | b'\''..=b'('
            | b'+'
            | b'-'..=b'.'
            | b'0'..=b'9'
            | b'A'..=b'['
            | b'_'
            | b'a'
            | b'd'..=b'e'
            | b'g'..=b'h'
            | b'j'..=b'q'
            | b's'
            | b'u'..=b'v'
            | b'x'..=b'z'
            | 0x80..=0xff,
        ) => r#expression_statement(p, at),
        _ => None,
    }
}
pub(super) fn r#worded_statement(p: &mut Input<'_>, at: usize) -> Option<usize> {
    count(Work::Parsed, 1);
    (match p.peek(at) {
        Some(b'b'..=b'c' | b'f' | b'i' | b'r' | b't' | b'w' | b'{') => Some(at),
        _ => None,
    })
        .and_then(|at| match p.peek(at) {
            Some(b'b') => r#break_statement(p, at),
            Some(b'c') => r#continue_statement(p, at),
            Some(b'f') => r#for_statement(p, at),
            Some(b'i') => r#if_statement(p, at).or_else(|| r#import_statement(p, at)),
            Some(b'r') => r#return_statement(p, at),
            Some(b't') => r#throw_statement(p, at),
            Some(b'w') => r#while_statement(p, at),
            _ => r#block(p, at),
        })
}
pub(super) fn r#block(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.rule(
        Rule::block,
        at,
        |p, at| {
            ({
                let mark = p.tokens.len();
                let looked = match r#map_start(p, at) {
                    Some(_) => None,
                    None => Some(at),
                };
                p.tokens.truncate(mark);
                looked
            })
                .and_then(|at| p.byte(at, b'{'))
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
                    _ => Some(at),
                })
                .and_then(|at| {
                    let mut at = at;
                    while let Some(next) = match p.peek(at) {
                        Some(
                            b'!'..=b'\"'
                            | b'$'
                            | b'\''..=b'('
                            | b'+'
                            | b'-'..=b'.'
                            | b'0'..=b'9'
                            | b'A'..=b'['
                            | b'_'
                            | b'a'..=b'{'
                            | 0x80..=0xff,
                        ) => {
                            let mark = p.tokens.len();
                            r#statement(p, at)
                                .and_then(|at| match p.peek(at) {
                                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => {
                                        r#ws(p, at)
                                    }
                                    _ => Some(at),
                                })
                                .or_else(|| {
                                    p.tokens.truncate(mark);
                                    None
                                })
                        }
                        _ => None,
                    } {
                        at = next;
                    }
                    Some(at)
                })
                .and_then(|at| p.byte(at, b'}'))
        },
    )
}
pub(super) fn r#if_statement(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.rule(
        Rule::if_statement,
        at,
        |p, at| {
            p
                .text(at, "if")
                .and_then(|at| match match p.peek(at) {
                    Some(b'$' | b'0'..=b'9' | b'A'..=b'Z' | b'_' | b'a'..=b'z') => {
                        Some(at + 1)
                    }
                    Some(0x80..=0xff) => {
                        p.character(at, pest::unicode::LETTER)
                            .or_else(|| p.character(at, pest::unicode::DECIMAL_NUMBER))
                    }
                    _ => None,
                } {
                    Some(_) => None,
                    None => Some(at),
                })
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
                    _ => Some(at),
                })
                .and_then(|at| r#condition(p, at))
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
                    _ => Some(at),
                })
                .and_then(|at| r#body(p, at))
                .and_then(|at| {
                    let mut at = at;
                    while let Some(next) = match p.peek(at) {
                        Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/' | b'e') => {
                            let mark = p.tokens.len();
                            (match p.peek(at) {
                                Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => {
                                    r#ws(p, at)
                                }
                                _ => Some(at),
                            })
                                .and_then(|at| {
                                    p
                                        .text(at, "else")
                                        .and_then(|at| match match p.peek(at) {
                                            Some(
                                                b'$' | b'0'..=b'9' | b'A'..=b'Z' | b'_' | b'a'..=b'z',
                                            ) => Some(at + 1),
                                            Some(0x80..=0xff) => {
                                                p.character(at, pest::unicode::LETTER)
                                                    .or_else(|| p.character(at, pest::unicode::DECIMAL_NUMBER))
                                            }
                                            _ => None,
                                        } {
                                            Some(_) => None,
                                            None => Some(at),
                                        })
                                })
                                .and_then(|at| match p.peek(at) {
                                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => {
                                        r#ws(p, at)
                                    }
                                    _ => Some(at),
                                })
                                .and_then(|at| {
                                    p
                                        .text(at, "if")
                                        .and_then(|at| match match p.peek(at) {
                                            Some(
                                                b'$' | b'0'..=b'9' | b'A'..=b'Z' | b'_' | b'a'..=b'z',
                                            ) => Some(at + 1),
                                            Some(0x80..=0xff) => {
                                                p.character(at, pest::unicode::LETTER)
                                                    .or_else(|| p.character(at, pest::unicode::DECIMAL_NUMBER))
                                            }
                                            _ => None,
                                        } {
                                            Some(_) => None,
                                            None => Some(at),
                                        })
                                })
                                .and_then(|at| match p.peek(at) {
                                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => {
                                        r#ws(p, at)
                                    }
                                    _ => Some(at),
                                })
                                .and_then(|at| r#condition(p, at))
                                .and_then(|at| match p.peek(at) {
                                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => {
                                        r#ws(p, at)
                                    }
                                    _ => Some(at),
                                })
                                .and_then(|at| r#body(p, at))
                                .or_else(|| {
                                    p.tokens.truncate(mark);
                                    None
                                })
                        }
                        _ => None,
                    } {
                        at = next;
                    }
                    Some(at)
                })
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/' | b'e') => {
                        r#otherwise(p, at).or(Some(at))
                    }
                    _ => Some(at),
                })
        },
    )
}
pub(super) fn r#otherwise(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.rule(
        Rule::otherwise,
        at,
        |p, at| {
            (match p.peek(at) {
                Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
                _ => Some(at),
            })
                .and_then(|at| {
                    p
                        .text(at, "else")
                        .and_then(|at| match match p.peek(at) {
                            Some(
                                b'$' | b'0'..=b'9' | b'A'..=b'Z' | b'_' | b'a'..=b'z',
                            ) => Some(at + 1),
                            Some(0x80..=0xff) => {
                                p.character(at, pest::unicode::LETTER)
                                    .or_else(|| p.character(at, pest::unicode::DECIMAL_NUMBER))
                            }
                            _ => None,
                        } {
                            Some(_) => None,
                            None => Some(at),
                        })
                })
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
                    _ => Some(at),
                })
                .and_then(|at| r#body(p, at))
        },
    )
}
pub(super) fn r#condition(p: &mut Input<'_>, at: usize) -> Option<usize> {
    count(Work::Parsed, 1);
    p.byte(at, b'(')
        .and_then(|at| match p.peek(at) {
            Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
            _ => Some(at),
        })
        .and_then(|at| r#expression(p, at))
        .and_then(|at| match p.peek(at) {
            Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
            _ => Some(at),
        })
        .and_then(|at| p.byte(at, b')'))
}
pub(super) fn r#while_statement(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.rule(
        Rule::while_statement,
        at,
        |p, at| {
            p
                .text(at, "while")
                .and_then(|at| match match p.peek(at) {
                    Some(b'$' | b'0'..=b'9' | b'A'..=b'Z' | b'_' | b'a'..=b'z') => {
                        Some(at + 1)
                    }
                    Some(0x80..=0xff) => {
                        p.character(at, pest::unicode::LETTER)
                            .or_else(|| p.character(at, pest::unicode::DECIMAL_NUMBER))
                    }
                    _ => None,
                } {
                    Some(_) => None,
                    None => Some(at),
                })
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
                    _ => Some(at),
                })
                .and_then(|at| r#condition(p, at))
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
                    _ => Some(at),
                })
                .and_then(|at| r#body(p, at))
        },
    )
}
pub(super) fn r#for_statement(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.rule(
        Rule::for_statement,
        at,
        |p, at| {
            p
                .text(at, "for")
                .and_then(|at| match match p.peek(at) {
                    Some(b'$' | b'0'..=b'9' | b'A'..=b'Z' | b'_' | b'a'..=b'z') => {
                        Some(at + 1)
                    }
                    Some(0x80..=0xff) => {
                        p.character(at, pest::unicode::LETTER)
                            .or_else(|| p.character(at, pest::unicode::DECIMAL_NUMBER))
                    }
                    _ => None,
                } {
                    Some(_) => None,
                    None => Some(at),
                })
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
                    _ => Some(at),
                })
                .and_then(|at| p.byte(at, b'('))
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
                    _ => Some(at),
                })
                .and_then(|at| match p.peek(at) {
                    Some(
                        b'\t'..=b'\n'
                        | b'\x0c'..=b'\r'
                        | b' '..=b'\"'
                        | b'\''..=b'('
                        | b'+'
                        | b'-'..=b'9'
                        | b';'
                        | b'['
                        | b'{',
                    ) => r#for_parts(p, at),
                    Some(b'$' | b'A'..=b'Z' | b'_' | b'a'..=b'z' | 0x80..=0xff) => {
                        r#for_each(p, at).or_else(|| r#for_parts(p, at))
                    }
                    _ => None,
                })
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
                    _ => Some(at),
                })
                .and_then(|at| p.byte(at, b')'))
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
                    _ => Some(at),
                })
                .and_then(|at| r#body(p, at))
        },
    )
}
pub(super) fn r#for_parts(p: &mut Input<'_>, at: usize) -> Option<usize> {
    count(Work::Parsed, 1);
    r#for_init(p, at)
        .and_then(|at| match p.peek(at) {
            Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
            _ => Some(at),
        })
        .and_then(|at| p.byte(at, b';'))
        .and_then(|at| match p.peek(at) {
            Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
            _ => Some(at),
        })
        .and_then(|at| r#for_condition(p, at))
        .and_then(|at| match p.peek(at) {
            Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
            _ => Some(at),
        })
        .and_then(|at| p.byte(at, b';'))
        .and_then(|at| match p.peek(at) {
            Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
            _ => Some(at),
        })
        .and_then(|at| r#for_update(p, at))
}
pub(super) fn r#for_init(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.rule(
        Rule::for_init,
        at,
        |p, at| match p.peek(at) {
            Some(
                b'!'..=b'\"'
                | b'$'
                | b'\''..=b'('
                | b'+'
                | b'-'..=b'.'
                | b'0'..=b'9'
                | b'A'..=b'['
                | b'_'
                | b'a'..=b'{'
                | 0x80..=0xff,
            ) => {
                (match p.peek(at) {
                    Some(
                        b'!'..=b'\"'
                        | b'\''..=b'('
                        | b'+'
                        | b'-'..=b'.'
                        | b'0'..=b'9'
                        | b'['
                        | b'{',
                    ) => r#expression(p, at),
                    _ => r#declaration(p, at).or_else(|| r#expression(p, at)),
                })
                    .or(Some(at))
            }
            _ => Some(at),
        },
    )
}
pub(super) fn r#for_condition(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.rule(
        Rule::for_condition,
        at,
        |p, at| match p.peek(at) {
            Some(
                b'!'..=b'\"'
                | b'$'
                | b'\''..=b'('
                | b'+'
                | b'-'..=b'.'
                | b'0'..=b'9'
                | b'A'..=b'['
                | b'_'
                | b'a'..=b'{'
                | 0x80..=0xff,
            ) => r#expression(p, at).or(Some(at)),
            _ => Some(at),
        },
    )
}
pub(super) fn r#for_update(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.rule(
        Rule::for_update,
        at,
        |p, at| match p.peek(at) {
            Some(
                b'!'..=b'\"'
                | b'$'
                | b'\''..=b'('
                | b'+'
                | b'-'..=b'.'
                | b'0'..=b'9'
                | b'A'..=b'['
                | b'_'
                | b'a'..=b'{'
                | 0x80..=0xff,
            ) => {
                let mark = p.tokens.len();
                r#expression(p, at)
                    .and_then(|at| match p.peek(at) {
                        Some(
                            b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'+' | b'-' | b'/',
                        ) => {
                            (match p.peek(at) {
                                Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => {
                                    r#ws(p, at)
                                }
                                _ => Some(at),
                            })
                                .and_then(|at| r#step(p, at))
                                .or(Some(at))
                        }
                        _ => Some(at),
                    })
                    .or_else(|| {
                        p.tokens.truncate(mark);
                        Some(at)
                    })
            }
            _ => Some(at),
        },
    )
}
pub(super) fn r#return_statement(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.rule(
        Rule::return_statement,
        at,
        |p, at| {
            p
                .text(at, "return")
                .and_then(|at| match match p.peek(at) {
                    Some(b'$' | b'0'..=b'9' | b'A'..=b'Z' | b'_' | b'a'..=b'z') => {
                        Some(at + 1)
                    }
                    Some(0x80..=0xff) => {
                        p.character(at, pest::unicode::LETTER)
                            .or_else(|| p.character(at, pest::unicode::DECIMAL_NUMBER))
                    }
                    _ => None,
                } {
                    Some(_) => None,
                    None => Some(at),
                })
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
                    _ => Some(at),
                })
                .and_then(|at| r#expression(p, at))
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
                    _ => Some(at),
                })
                .and_then(|at| p.byte(at, b';'))
        },
    )
}
pub(super) fn r#throw_statement(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.rule(
        Rule::throw_statement,
        at,
        |p, at| {
            p
                .text(at, "throw")
                .and_then(|at| match match p.peek(at) {
                    Some(b'$' | b'0'..=b'9' | b'A'..=b'Z' | b'_' | b'a'..=b'z') => {
                        Some(at + 1)
                    }
                    Some(0x80..=0xff) => {
                        p.character(at, pest::unicode::LETTER)
                            .or_else(|| p.character(at, pest::unicode::DECIMAL_NUMBER))
                    }
                    _ => None,
                } {
                    Some(_) => None,
                    None => Some(at),
                })
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
                    _ => Some(at),
                })
                .and_then(|at| r#expression(p, at))
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
                    _ => Some(at),
                })
                .and_then(|at| p.byte(at, b';'))
        },
    )
}
pub(super) fn r#break_statement(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.rule(
        Rule::break_statement,
        at,
        |p, at| {
            p
                .text(at, "break")
                .and_then(|at| match match p.peek(at) {
                    Some(b'$' | b'0'..=b'9' | b'A'..=b'Z' | b'_' | b'a'..=b'z') => {
                        Some(at + 1)
                    }
                    Some(0x80..=0xff) => {
                        p.character(at, pest::unicode::LETTER)
                            .or_else(|| p.character(at, pest::unicode::DECIMAL_NUMBER))
                    }
                    _ => None,
                } {
                    Some(_) => None,
                    None => Some(at),
                })
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
                    _ => Some(at),
                })
                .and_then(|at| p.byte(at, b';'))
        },
    )
}
pub(super) fn r#continue_statement(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.rule(
        Rule::continue_statement,
        at,
        |p, at| {
            p
                .text(at, "continue")
                .and_then(|at| match match p.peek(at) {
                    Some(b'$' | b'0'..=b'9' | b'A'..=b'Z' | b'_' | b'a'..=b'z') => {
                        Some(at + 1)
                    }
                    Some(0x80..=0xff) => {
                        p.character(at, pest::unicode::LETTER)
                            .or_else(|| p.character(at, pest::unicode::DECIMAL_NUMBER))
                    }
                    _ => None,
                } {
                    Some(_) => None,
                    None => Some(at),
                })
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
                    _ => Some(at),
                })
                .and_then(|at| p.byte(at, b';'))
        },
    )
}
pub(super) fn r#import_statement(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.rule(
        Rule::import_statement,
        at,
        |p, at| {
            p
                .text(at, "import")
                .and_then(|at| match match p.peek(at) {
                    Some(b'$' | b'0'..=b'9' | b'A'..=b'Z' | b'_' | b'a'..=b'z') => {
                        Some(at + 1)
                    }
                    Some(0x80..=0xff) => {
                        p.character(at, pest::unicode::LETTER)
                            .or_else(|| p.character(at, pest::unicode::DECIMAL_NUMBER))
                    }
                    _ => None,
                } {
                    Some(_) => None,
                    None => Some(at),
                })
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
                    _ => Some(at),
                })
                .and_then(|at| r#identifier(p, at))
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
                    _ => Some(at),
                })
                .and_then(|at| {
                    let mut at = at;
                    while let Some(next) = match p.peek(at) {
                        Some(b'$' | b'A'..=b'Z' | b'_' | b'a'..=b'z' | 0x80..=0xff) => {
                            let mark = p.tokens.len();
                            r#identifier(p, at)
                                .and_then(|at| match p.peek(at) {
                                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => {
                                        r#ws(p, at)
                                    }
                                    _ => Some(at),
                                })
                                .or_else(|| {
                                    p.tokens.truncate(mark);
                                    None
                                })
                        }
                        _ => None,
                    } {
                        at = next;
                    }
                    Some(at)
                })
                .and_then(|at| {
                    let mut at = at;
                    while let Some(next) = match p.peek(at) {
                        Some(b'.') => {
                            let mark = p.tokens.len();
                            Some(at + 1)
                                .and_then(|at| match p.peek(at) {
                                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => {
                                        r#ws(p, at)
                                    }
                                    _ => Some(at),
                                })
                                .and_then(|at| match p.peek(at) {
                                    Some(b'*') => Some(at + 1),
                                    Some(
                                        b'$' | b'A'..=b'Z' | b'_' | b'a'..=b'z' | 0x80..=0xff,
                                    ) => r#identifier(p, at),
                                    _ => None,
                                })
                                .and_then(|at| match p.peek(at) {
                                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => {
                                        r#ws(p, at)
                                    }
                                    _ => Some(at),
                                })
                                .or_else(|| {
                                    p.tokens.truncate(mark);
                                    None
                                })
                        }
                        _ => None,
                    } {
                        at = next;
                    }
                    Some(at)
                })
                .and_then(|at| p.byte(at, b';'))
        },
    )
}
pub(super) fn r#declaration_statement(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.rule(
        Rule::declaration_statement,
        at,
        |p, at| {
            r#declaration(p, at)
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
                    _ => Some(at),
                })
                .and_then(|at| p.byte(at, b';'))
        },
    )
}
pub(super) fn r#declaration(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.rule(
        Rule::declaration,
        at,
        |p, at| {
            (match r#statement_word(p, at) {
                Some(_) => None,
                None => Some(at),
            })
                .and_then(|at| r#identifier(p, at))
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
                    _ => Some(at),
                })
                .and_then(|at| match p.peek(at) {
                    Some(b'[') => r#array_mark(p, at).or(Some(at)),
                    _ => Some(at),
                })
                .and_then(|at| {
                    let mark = p.tokens.len();
                    let looked = match r#infix(p, at) {
                        Some(_) => None,
                        None => Some(at),
                    };
                    p.tokens.truncate(mark);
                    looked
                })
                .and_then(|at| r#declarator(p, at))
                .and_then(|at| {
                    let mut at = at;
                    while let Some(next) = match p.peek(at) {
                        Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b',' | b'/') => {
                            (match p.peek(at) {
                                Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => {
                                    r#ws(p, at)
                                }
                                _ => Some(at),
                            })
                                .and_then(|at| p.byte(at, b','))
                                .and_then(|at| match p.peek(at) {
                                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => {
                                        r#ws(p, at)
                                    }
                                    _ => Some(at),
                                })
                                .and_then(|at| r#declarator(p, at))
                        }
                        _ => None,
                    } {
                        at = next;
                    }
                    Some(at)
                })
        },
    )
}
pub(super) fn r#array_mark(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.rule(
        Rule::array_mark,
        at,
        |p, at| {
            p
                .byte(at, b'[')
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
                    _ => Some(at),
                })
                .and_then(|at| p.byte(at, b']'))
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
                    _ => Some(at),
                })
        },
    )
}
pub(super) fn r#declarator(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.rule(
        Rule::declarator,
        at,
        |p, at| {
            r#identifier(p, at)
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/' | b'=') => {
                        (match p.peek(at) {
                            Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => {
                                r#ws(p, at)
                            }
                            _ => Some(at),
                        })
                            .and_then(|at| p.byte(at, b'='))
                            .and_then(|at| match p.peek(at) {
                                Some(b'=') => None,
                                _ => Some(at),
                            })
                            .and_then(|at| match p.peek(at) {
                                Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => {
                                    r#ws(p, at)
                                }
                                _ => Some(at),
                            })
                            .and_then(|at| r#expression(p, at))
                            .or(Some(at))
                    }
                    _ => Some(at),
                })
        },
    )
}
pub(super) fn r#expression_statement(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.rule(
        Rule::expression_statement,
        at,
        |p, at| {
            r#expression(p, at)
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
                    _ => Some(at),
                })
                .and_then(|at| match p.peek(at) {
                    Some(b'+' | b'-') => {
                        let mark = p.tokens.len();
                        r#step(p, at)
                            .and_then(|at| match p.peek(at) {
                                Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => {
                                    r#ws(p, at)
                                }
                                _ => Some(at),
                            })
                            .or_else(|| {
                                p.tokens.truncate(mark);
                                Some(at)
                            })
                    }
                    _ => Some(at),
                })
                .and_then(|at| match p.peek(at) {
                    None => r#missing_semicolon(p, at),
                    Some(b';') => Some(at + 1),
                    _ => None,
                })
        },
    )
}
pub(super) fn r#missing_semicolon(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.rule(
        Rule::missing_semicolon,
        at,
        |p, at| match p.peek(at) {
            None => Some(at),
            _ => None,
        },
    )
}
pub(super) fn r#step(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.rule(
        Rule::step,
        at,
        |p, at| {
            (match p.peek(at) {
                Some(b'+') => p.text(at, "++"),
                Some(b'-') => p.text(at, "--"),
                _ => None,
            })
                .and_then(|at| match (match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
                    _ => Some(at),
                })
                    .and_then(|at| match p.peek(at) {
                        None => Some(at),
                        Some(b')' | b';' | b'}') => Some(at + 1),
                        _ => None,
                    })
                {
                    Some(_) => Some(at),
                    None => None,
                })
        },
    )
}
pub(super) fn r#for_each(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.rule(
        Rule::for_each,
        at,
        |p, at| {
            (match r#statement_word(p, at) {
                Some(_) => None,
                None => Some(at),
            })
                .and_then(|at| match p.peek(at) {
                    Some(b'$' | b'A'..=b'Z' | b'_' | b'a'..=b'z' | 0x80..=0xff) => {
                        let mark = p.tokens.len();
                        r#each_type(p, at)
                            .and_then(|at| match p.peek(at) {
                                Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => {
                                    r#ws(p, at)
                                }
                                _ => Some(at),
                            })
                            .or_else(|| {
                                p.tokens.truncate(mark);
                                Some(at)
                            })
                    }
                    _ => Some(at),
                })
                .and_then(|at| r#identifier(p, at))
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
                    _ => Some(at),
                })
                .and_then(|at| p.byte(at, b':'))
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
                    _ => Some(at),
                })
                .and_then(|at| r#expression(p, at))
        },
    )
}
pub(super) fn r#each_type(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.rule(
        Rule::each_type,
        at,
        |p, at| {
            r#identifier(p, at)
                .and_then(|at| match p.peek(at) {
                    Some(b'\t'..=b'\n' | b'\x0c'..=b'\r' | b' ' | b'/') => r#ws(p, at),
                    _ => Some(at),
                })
                .and_then(|at| match p.peek(at) {
                    Some(b'[') => r#array_mark(p, at).or(Some(at)),
                    _ => Some(at),
                })
                .and_then(|at| match match p.peek(at) {
                    Some(b'$' | b'A'..=b'Z' | b'_' | b'a'..=b'z') => Some(at + 1),
                    Some(0x80..=0xff) => p.character(at, pest::unicode::LETTER),
                    _ => None,
                } {
                    Some(_) => Some(at),
                    None => None,
                })
        },
    )
}
pub(super) fn r#statement_word(p: &mut Input<'_>, at: usize) -> Option<usize> {
    count(Work::Parsed, 1);
    (match p.peek(at) {
        Some(b'e'..=b'f' | b'i' | b'n' | b'r' | b't' | b'w') => Some(at),
        _ => None,
    })
        .and_then(|at| match p.peek(at) {
            Some(b'e') => {
                p.text(at, "else")
                    .and_then(|at| match match p.peek(at) {
                        Some(b'$' | b'0'..=b'9' | b'A'..=b'Z' | b'_' | b'a'..=b'z') => {
                            Some(at + 1)
                        }
                        Some(0x80..=0xff) => {
                            p.character(at, pest::unicode::LETTER)
                                .or_else(|| p.character(at, pest::unicode::DECIMAL_NUMBER))
                        }
                        _ => None,
                    } {
                        Some(_) => None,
                        None => Some(at),
                    })
            }
            Some(b'f') => {
                p.text(at, "for")
                    .and_then(|at| match match p.peek(at) {
                        Some(b'$' | b'0'..=b'9' | b'A'..=b'Z' | b'_' | b'a'..=b'z') => {
                            Some(at + 1)
                        }
                        Some(0x80..=0xff) => {
                            p.character(at, pest::unicode::LETTER)
                                .or_else(|| p.character(at, pest::unicode::DECIMAL_NUMBER))
                        }
                        _ => None,
                    } {
                        Some(_) => None,
                        None => Some(at),
                    })
            }
            Some(b'i') => {
                p.text(at, "import")
                    .and_then(|at| match match p.peek(at) {
                        Some(b'$' | b'0'..=b'9' | b'A'..=b'Z' | b'_' | b'a'..=b'z') => {
                            Some(at + 1)
                        }
                        Some(0x80..=0xff) => {
                            p.character(at, pest::unicode::LETTER)
                                .or_else(|| p.character(at, pest::unicode::DECIMAL_NUMBER))
                        }
                        _ => None,
                    } {
                        Some(_) => None,
                        None => Some(at),
                    })
                    .or_else(|| {
                        p
                            .text(at, "if")
                            .and_then(|at| match match p.peek(at) {
                                Some(
                                    b'$' | b'0'..=b'9' | b'A'..=b'Z' | b'_' | b'a'..=b'z',
                                ) => Some(at + 1),
                                Some(0x80..=0xff) => {
                                    p.character(at, pest::unicode::LETTER)
                                        .or_else(|| p.character(at, pest::unicode::DECIMAL_NUMBER))
                                }
                                _ => None,
                            } {
                                Some(_) => None,
                                None => Some(at),
                            })
                    })
            }
            Some(b'n') => {
                p.text(at, "new")
                    .and_then(|at| match match p.peek(at) {
                        Some(b'$' | b'0'..=b'9' | b'A'..=b'Z' | b'_' | b'a'..=b'z') => {
                            Some(at + 1)
                        }
                        Some(0x80..=0xff) => {
                            p.character(at, pest::unicode::LETTER)
                                .or_else(|| p.character(at, pest::unicode::DECIMAL_NUMBER))
                        }
                        _ => None,
                    } {
                        Some(_) => None,
                        None => Some(at),
                    })
            }
            Some(b'r') => {
                p.text(at, "return")
                    .and_then(|at| match match p.peek(at) {
                        Some(b'$' | b'0'..=b'9' | b'A'..=b'Z' | b'_' | b'a'..=b'z') => {
                            Some(at + 1)
                        }
                        Some(0x80..=0xff) => {
                            p.character(at, pest::unicode::LETTER)
                                .or_else(|| p.character(at, pest::unicode::DECIMAL_NUMBER))
                        }
                        _ => None,
                    } {
                        Some(_) => None,
                        None => Some(at),
                    })
            }
            Some(b't') => {
                p.text(at, "throw")
                    .and_then(|at| match match p.peek(at) {
                        Some(b'$' | b'0'..=b'9' | b'A'..=b'Z' | b'_' | b'a'..=b'z') => {
                            Some(at + 1)
                        }
                        Some(0x80..=0xff) => {
                            p.character(at, pest::unicode::LETTER)
                                .or_else(|| p.character(at, pest::unicode::DECIMAL_NUMBER))
                        }
                        _ => None,
                    } {
                        Some(_) => None,
                        None => Some(at),
                    })
            }
            _ => {
                p.text(at, "while")
                    .and_then(|at| match match p.peek(at) {
                        Some(b'$' | b'0'..=b'9' | b'A'..=b'Z' | b'_' | b'a'..=b'z') => {
                            Some(at + 1)
                        }
                        Some(0x80..=0xff) => {
                            p.character(at, pest::unicode::LETTER)
                                .or_else(|| p.character(at, pest::unicode::DECIMAL_NUMBER))
                        }
                        _ => None,
                    } {
                        Some(_) => None,
                        None => Some(at),
                    })
            }
        })
}
