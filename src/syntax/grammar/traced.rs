//! Made from `grammar/selvedge.pest`. After a change to the grammar, run
//! `UPDATE_GRAMMAR=1 cargo test --lib syntax::grammar`.

use super::input::Input;
pub(super) fn r#ws(p: &mut Input<'_>, at: usize) -> Option<usize> {
    {
        let mut at = at;
        while let Some(next) = p
            .text(at, " ")
            .or_else(|| p.character(at, |c| ('\t'..='\n').contains(&c)))
            .or_else(|| p.character(at, |c| ('\u{c}'..='\r').contains(&c)))
            .or_else(|| r#comment(p, at))
        {
            at = next;
        }
        Some(at)
    }
}
pub(super) fn r#comment(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.text(at, "/")
        .and_then(|at| r#line_comment(p, at).or_else(|| r#block_comment(p, at)))
}
pub(super) fn r#line_comment(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.text(at, "/")
        .and_then(|at| {
            let mut at = at;
            while let Some(next) = p
                .lookahead(
                    at,
                    false,
                    |p, at| p.text(at, "\n").or_else(|| p.text(at, "\r")),
                )
                .and_then(|at| p.any(at))
            {
                at = next;
            }
            Some(at)
        })
}
pub(super) fn r#block_comment(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.text(at, "*")
        .and_then(|at| {
            let mut at = at;
            while let Some(next) = p
                .lookahead(at, false, |p, at| p.text(at, "*/"))
                .and_then(|at| p.any(at))
            {
                at = next;
            }
            Some(at)
        })
        .and_then(|at| p.text(at, "*/"))
}
pub(super) fn r#identifier(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.traced(
        at,
        |p, at| {
            p
                .atomic(
                    at,
                    |p, at| {
                        r#name_start(p, at)
                            .and_then(|at| {
                                let mut at = at;
                                while let Some(next) = r#name_part(p, at) {
                                    at = next;
                                }
                                Some(at)
                            })
                    },
                )
        },
    )
}
pub(super) fn r#name_start(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.character(at, |c| ('a'..='z').contains(&c))
        .or_else(|| p.character(at, |c| ('A'..='Z').contains(&c)))
        .or_else(|| p.text(at, "_"))
        .or_else(|| p.text(at, "$"))
        .or_else(|| p.character(at, pest::unicode::LETTER))
}
pub(super) fn r#name_part(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.character(at, |c| ('a'..='z').contains(&c))
        .or_else(|| p.character(at, |c| ('A'..='Z').contains(&c)))
        .or_else(|| p.character(at, |c| ('0'..='9').contains(&c)))
        .or_else(|| p.text(at, "_"))
        .or_else(|| p.text(at, "$"))
        .or_else(|| p.character(at, pest::unicode::LETTER))
        .or_else(|| p.character(at, pest::unicode::DECIMAL_NUMBER))
}
pub(super) fn r#number(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.traced(
        at,
        |p, at| {
            p
                .atomic(
                    at,
                    |p, at| {
                        r#hexadecimal(p, at)
                            .or_else(|| r#decimal(p, at))
                            .and_then(|at| {
                                p.lookahead(at, false, |p, at| r#name_part(p, at))
                            })
                    },
                )
        },
    )
}
pub(super) fn r#hexadecimal(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.text(at, "0")
        .and_then(|at| p.text(at, "x").or_else(|| p.text(at, "X")))
        .and_then(|at| p.character(at, |c| c.is_ascii_hexdigit()))
        .and_then(|at| {
            let mut at = at;
            while let Some(next) = p.character(at, |c| c.is_ascii_hexdigit()) {
                at = next;
            }
            Some(at)
        })
        .and_then(|at| p.text(at, "l").or_else(|| p.text(at, "L")).or(Some(at)))
}
pub(super) fn r#decimal(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.character(at, |c| c.is_ascii_digit())
        .and_then(|at| {
            let mut at = at;
            while let Some(next) = p.character(at, |c| c.is_ascii_digit()) {
                at = next;
            }
            Some(at)
        })
        .and_then(|at| {
            p
                .text(at, ".")
                .and_then(|at| {
                    let mut at = at;
                    while let Some(next) = p.character(at, |c| c.is_ascii_digit()) {
                        at = next;
                    }
                    Some(at)
                })
                .or(Some(at))
        })
        .or_else(|| {
            p
                .text(at, ".")
                .and_then(|at| p.character(at, |c| c.is_ascii_digit()))
                .and_then(|at| {
                    let mut at = at;
                    while let Some(next) = p.character(at, |c| c.is_ascii_digit()) {
                        at = next;
                    }
                    Some(at)
                })
        })
        .and_then(|at| r#exponent(p, at).or(Some(at)))
        .and_then(|at| {
            p
                .text(at, "l")
                .or_else(|| p.text(at, "L"))
                .or_else(|| p.text(at, "f"))
                .or_else(|| p.text(at, "F"))
                .or_else(|| p.text(at, "d"))
                .or_else(|| p.text(at, "D"))
                .or(Some(at))
        })
}
pub(super) fn r#exponent(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.text(at, "e")
        .or_else(|| p.text(at, "E"))
        .and_then(|at| p.text(at, "+").or_else(|| p.text(at, "-")).or(Some(at)))
        .and_then(|at| p.character(at, |c| c.is_ascii_digit()))
        .and_then(|at| {
            let mut at = at;
            while let Some(next) = p.character(at, |c| c.is_ascii_digit()) {
                at = next;
            }
            Some(at)
        })
}
pub(super) fn r#string(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.traced(
        at,
        |p, at| {
            p
                .atomic(
                    at,
                    |p, at| {
                        p
                            .text(at, "'")
                            .and_then(|at| {
                                let mut at = at;
                                while let Some(next) = r#escape(p, at)
                                    .or_else(|| r#single_run(p, at))
                                {
                                    at = next;
                                }
                                Some(at)
                            })
                            .and_then(|at| p.text(at, "'"))
                            .or_else(|| {
                                p
                                    .text(at, "\"")
                                    .and_then(|at| {
                                        let mut at = at;
                                        while let Some(next) = r#escape(p, at)
                                            .or_else(|| r#double_run(p, at))
                                        {
                                            at = next;
                                        }
                                        Some(at)
                                    })
                                    .and_then(|at| p.text(at, "\""))
                            })
                    },
                )
        },
    )
}
pub(super) fn r#single_run(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.lookahead(
            at,
            false,
            |p, at| {
                p
                    .text(at, "'")
                    .or_else(|| p.text(at, "\\"))
                    .or_else(|| p.text(at, "\n"))
                    .or_else(|| p.text(at, "\r"))
            },
        )
        .and_then(|at| p.any(at))
        .and_then(|at| {
            let mut at = at;
            while let Some(next) = p
                .lookahead(
                    at,
                    false,
                    |p, at| {
                        p
                            .text(at, "'")
                            .or_else(|| p.text(at, "\\"))
                            .or_else(|| p.text(at, "\n"))
                            .or_else(|| p.text(at, "\r"))
                    },
                )
                .and_then(|at| p.any(at))
            {
                at = next;
            }
            Some(at)
        })
}
pub(super) fn r#double_run(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.lookahead(
            at,
            false,
            |p, at| {
                p
                    .text(at, "\"")
                    .or_else(|| p.text(at, "\\"))
                    .or_else(|| p.text(at, "\n"))
                    .or_else(|| p.text(at, "\r"))
            },
        )
        .and_then(|at| p.any(at))
        .and_then(|at| {
            let mut at = at;
            while let Some(next) = p
                .lookahead(
                    at,
                    false,
                    |p, at| {
                        p
                            .text(at, "\"")
                            .or_else(|| p.text(at, "\\"))
                            .or_else(|| p.text(at, "\n"))
                            .or_else(|| p.text(at, "\r"))
                    },
                )
                .and_then(|at| p.any(at))
            {
                at = next;
            }
            Some(at)
        })
}
pub(super) fn r#escape(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.text(at, "\\")
        .and_then(|at| {
            p
                .text(at, "b")
                .or_else(|| p.text(at, "n"))
                .or_else(|| p.text(at, "t"))
                .or_else(|| p.text(at, "f"))
                .or_else(|| p.text(at, "r"))
                .or_else(|| p.text(at, "\\"))
                .or_else(|| p.text(at, "\""))
                .or_else(|| p.text(at, "'"))
                .or_else(|| p.character(at, |c| ('0'..='7').contains(&c)))
        })
}
pub(super) fn r#expression(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.traced(
        at,
        |p, at| {
            r#operand(p, at)
                .and_then(|at| {
                    let mut at = at;
                    while let Some(next) = r#ws(p, at)
                        .and_then(|at| r#infix(p, at))
                        .and_then(|at| r#ws(p, at))
                        .and_then(|at| r#operand(p, at))
                    {
                        at = next;
                    }
                    Some(at)
                })
        },
    )
}
pub(super) fn r#operand(p: &mut Input<'_>, at: usize) -> Option<usize> {
    ({
        let mut at = at;
        while let Some(next) = r#prefix(p, at).and_then(|at| r#ws(p, at)) {
            at = next;
        }
        Some(at)
    })
        .and_then(|at| r#primary(p, at))
        .and_then(|at| {
            let mut at = at;
            while let Some(next) = r#ws(p, at).and_then(|at| r#postfix(p, at)) {
                at = next;
            }
            Some(at)
        })
}
pub(super) fn r#prefix(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.traced(
        at,
        |p, at| {
            p
                .text(at, "!")
                .or_else(|| {
                    p
                        .text(at, "-")
                        .and_then(|at| p.lookahead(at, false, |p, at| p.text(at, "-")))
                })
                .or_else(|| {
                    p
                        .text(at, "+")
                        .and_then(|at| p.lookahead(at, false, |p, at| p.text(at, "+")))
                })
        },
    )
}
pub(super) fn r#infix(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.traced(
        at,
        |p, at| {
            p
                .lookahead(
                    at,
                    false,
                    |p, at| {
                        p
                            .text(at, ";")
                            .or_else(|| p.text(at, ")"))
                            .or_else(|| p.text(at, ","))
                            .or_else(|| p.text(at, "]"))
                            .or_else(|| p.text(at, "}"))
                    },
                )
                .and_then(|at| {
                    p
                        .text(at, "==")
                        .or_else(|| p.text(at, "="))
                        .or_else(|| {
                            p
                                .text(at, "+")
                                .and_then(|at| {
                                    p
                                        .text(at, "=")
                                        .or_else(|| p.lookahead(at, false, |p, at| p.text(at, "+")))
                                })
                        })
                        .or_else(|| {
                            p
                                .text(at, "-")
                                .and_then(|at| {
                                    p
                                        .text(at, "=")
                                        .or_else(|| {
                                            p
                                                .lookahead(
                                                    at,
                                                    false,
                                                    |p, at| p.text(at, "-").or_else(|| p.text(at, ">")),
                                                )
                                        })
                                })
                        })
                        .or_else(|| {
                            p
                                .text(at, "*")
                                .and_then(|at| {
                                    p
                                        .text(at, "=")
                                        .or_else(|| p.lookahead(at, false, |p, at| p.text(at, "*")))
                                })
                        })
                        .or_else(|| {
                            p
                                .text(at, "<")
                                .and_then(|at| {
                                    p
                                        .text(at, "=")
                                        .or_else(|| p.lookahead(at, false, |p, at| p.text(at, "<")))
                                })
                        })
                        .or_else(|| {
                            p
                                .text(at, ">")
                                .and_then(|at| {
                                    p
                                        .text(at, "=")
                                        .or_else(|| p.lookahead(at, false, |p, at| p.text(at, ">")))
                                })
                        })
                        .or_else(|| p.text(at, "&&"))
                        .or_else(|| p.text(at, "||"))
                        .or_else(|| p.text(at, "!="))
                        .or_else(|| {
                            p
                                .text(at, "?")
                                .and_then(|at| {
                                    p
                                        .text(at, "?")
                                        .and_then(|at| {
                                            p.lookahead(at, false, |p, at| p.text(at, "="))
                                        })
                                        .or(Some(at))
                                })
                        })
                        .or_else(|| p.text(at, "/="))
                        .or_else(|| p.text(at, "/"))
                        .or_else(|| p.text(at, "%="))
                        .or_else(|| p.text(at, "%"))
                        .or_else(|| {
                            p
                                .text(at, ":")
                                .and_then(|at| {
                                    p.lookahead(at, false, |p, at| p.text(at, ":"))
                                })
                        })
                        .or_else(|| r#member_of(p, at))
                })
        },
    )
}
pub(super) fn r#primary(p: &mut Input<'_>, at: usize) -> Option<usize> {
    r#parenthesised(p, at)
        .or_else(|| r#spliced(p, at))
        .or_else(|| r#string(p, at))
        .or_else(|| r#number(p, at))
        .or_else(|| r#creation(p, at))
        .or_else(|| r#switch(p, at))
        .or_else(|| r#reference(p, at))
        .or_else(|| r#list(p, at))
        .or_else(|| r#map(p, at))
}
pub(super) fn r#parenthesised(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.traced(
        at,
        |p, at| {
            p
                .text(at, "(")
                .and_then(|at| r#ws(p, at))
                .and_then(|at| r#expression(p, at))
                .and_then(|at| r#ws(p, at))
                .and_then(|at| p.text(at, ")"))
        },
    )
}
pub(super) fn r#reference(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.traced(
        at,
        |p, at| {
            r#identifier(p, at)
                .and_then(|at| {
                    r#ws(p, at).and_then(|at| r#arguments(p, at)).or(Some(at))
                })
        },
    )
}
pub(super) fn r#arguments(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.traced(
        at,
        |p, at| {
            p
                .text(at, "(")
                .and_then(|at| r#ws(p, at))
                .and_then(|at| {
                    r#argument(p, at)
                        .and_then(|at| {
                            let mut at = at;
                            while let Some(next) = p
                                .text(at, ",")
                                .and_then(|at| r#ws(p, at))
                                .and_then(|at| r#argument(p, at))
                            {
                                at = next;
                            }
                            Some(at)
                        })
                        .or(Some(at))
                })
                .and_then(|at| p.text(at, ")"))
        },
    )
}
pub(super) fn r#postfix(p: &mut Input<'_>, at: usize) -> Option<usize> {
    r#index(p, at).or_else(|| r#member(p, at)).or_else(|| r#maybe(p, at))
}
pub(super) fn r#index(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.traced(
        at,
        |p, at| {
            p
                .text(at, "[")
                .and_then(|at| r#ws(p, at))
                .and_then(|at| r#expression(p, at))
                .and_then(|at| r#ws(p, at))
                .and_then(|at| p.text(at, "]"))
        },
    )
}
pub(super) fn r#member(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.traced(
        at,
        |p, at| {
            p
                .text(at, ".")
                .and_then(|at| r#ws(p, at))
                .and_then(|at| r#identifier(p, at))
                .and_then(|at| {
                    r#ws(p, at).and_then(|at| r#arguments(p, at)).or(Some(at))
                })
        },
    )
}
pub(super) fn r#creation(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.traced(
        at,
        |p, at| {
            r#new(p, at)
                .and_then(|at| r#ws(p, at))
                .and_then(|at| r#identifier(p, at))
                .and_then(|at| r#ws(p, at))
                .and_then(|at| {
                    r#arguments(p, at)
                        .or_else(|| r#array_literal(p, at))
                        .or_else(|| r#array_length(p, at))
                })
        },
    )
}
pub(super) fn r#array_length(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.traced(
        at,
        |p, at| {
            p
                .text(at, "[")
                .and_then(|at| r#ws(p, at))
                .and_then(|at| r#expression(p, at))
                .and_then(|at| r#ws(p, at))
                .and_then(|at| p.text(at, "]"))
        },
    )
}
pub(super) fn r#array_literal(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.traced(
        at,
        |p, at| {
            p
                .text(at, "[")
                .and_then(|at| r#ws(p, at))
                .and_then(|at| p.text(at, "]"))
                .and_then(|at| r#ws(p, at))
                .and_then(|at| p.text(at, "{"))
                .and_then(|at| r#ws(p, at))
                .and_then(|at| {
                    r#expression(p, at)
                        .and_then(|at| r#ws(p, at))
                        .and_then(|at| {
                            let mut at = at;
                            while let Some(next) = p
                                .text(at, ",")
                                .and_then(|at| r#ws(p, at))
                                .and_then(|at| r#expression(p, at))
                                .and_then(|at| r#ws(p, at))
                            {
                                at = next;
                            }
                            Some(at)
                        })
                        .and_then(|at| {
                            p.text(at, ",").and_then(|at| r#ws(p, at)).or(Some(at))
                        })
                        .or_else(|| p.text(at, ",").and_then(|at| r#ws(p, at)))
                        .or(Some(at))
                })
                .and_then(|at| p.text(at, "}"))
        },
    )
}
pub(super) fn r#argument(p: &mut Input<'_>, at: usize) -> Option<usize> {
    r#lambda_names(p, at)
        .or_else(|| r#expression(p, at))
        .and_then(|at| r#ws(p, at))
        .and_then(|at| r#lambda_body(p, at).and_then(|at| r#ws(p, at)).or(Some(at)))
}
pub(super) fn r#lambda_names(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.traced(
        at,
        |p, at| {
            p
                .text(at, "(")
                .and_then(|at| r#ws(p, at))
                .and_then(|at| r#identifier(p, at))
                .and_then(|at| r#ws(p, at))
                .and_then(|at| p.text(at, ","))
                .and_then(|at| r#ws(p, at))
                .and_then(|at| r#identifier(p, at))
                .and_then(|at| r#ws(p, at))
                .and_then(|at| p.text(at, ")"))
        },
    )
}
pub(super) fn r#lambda_body(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.traced(
        at,
        |p, at| {
            p
                .text(at, "->")
                .and_then(|at| r#ws(p, at))
                .and_then(|at| r#expression(p, at))
        },
    )
}
pub(super) fn r#maybe(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.text(at, "?.")
        .and_then(|at| r#ws(p, at))
        .and_then(|at| r#maybe_index(p, at).or_else(|| r#maybe_member(p, at)))
}
pub(super) fn r#maybe_index(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.traced(
        at,
        |p, at| {
            p
                .text(at, "[")
                .and_then(|at| r#ws(p, at))
                .and_then(|at| r#expression(p, at))
                .and_then(|at| r#ws(p, at))
                .and_then(|at| p.text(at, "]"))
        },
    )
}
pub(super) fn r#maybe_member(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.traced(
        at,
        |p, at| {
            r#identifier(p, at)
                .and_then(|at| {
                    r#ws(p, at).and_then(|at| r#arguments(p, at)).or(Some(at))
                })
        },
    )
}
pub(super) fn r#member_of(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.text(at, "in")
        .and_then(|at| p.lookahead(at, false, |p, at| r#name_part(p, at)))
        .and_then(|at| {
            p
                .lookahead(
                    at,
                    true,
                    |p, at| r#ws(p, at).and_then(|at| r#operand_start(p, at)),
                )
        })
}
pub(super) fn r#operand_start(p: &mut Input<'_>, at: usize) -> Option<usize> {
    r#name_start(p, at)
        .or_else(|| p.character(at, |c| ('0'..='9').contains(&c)))
        .or_else(|| p.text(at, "("))
        .or_else(|| p.text(at, "["))
        .or_else(|| p.text(at, "{"))
        .or_else(|| p.text(at, "'"))
        .or_else(|| p.text(at, "\""))
}
pub(super) fn r#spliced(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.traced(
        at,
        |p, at| {
            p
                .text(at, "f")
                .and_then(|at| {
                    p
                        .text(at, "'")
                        .and_then(|at| {
                            let mut at = at;
                            while let Some(next) = r#single_text(p, at)
                                .or_else(|| r#splice(p, at))
                            {
                                at = next;
                            }
                            Some(at)
                        })
                        .and_then(|at| p.text(at, "'"))
                        .or_else(|| {
                            p
                                .text(at, "\"")
                                .and_then(|at| {
                                    let mut at = at;
                                    while let Some(next) = r#double_text(p, at)
                                        .or_else(|| r#splice(p, at))
                                    {
                                        at = next;
                                    }
                                    Some(at)
                                })
                                .and_then(|at| p.text(at, "\""))
                        })
                })
        },
    )
}
pub(super) fn r#single_text(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.traced(
        at,
        |p, at| {
            p
                .atomic(
                    at,
                    |p, at| {
                        r#escape(p, at)
                            .or_else(|| r#doubled(p, at))
                            .or_else(|| r#single_plain(p, at))
                            .and_then(|at| {
                                let mut at = at;
                                while let Some(next) = r#escape(p, at)
                                    .or_else(|| r#doubled(p, at))
                                    .or_else(|| r#single_plain(p, at))
                                {
                                    at = next;
                                }
                                Some(at)
                            })
                    },
                )
        },
    )
}
pub(super) fn r#double_text(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.traced(
        at,
        |p, at| {
            p
                .atomic(
                    at,
                    |p, at| {
                        r#escape(p, at)
                            .or_else(|| r#doubled(p, at))
                            .or_else(|| r#double_plain(p, at))
                            .and_then(|at| {
                                let mut at = at;
                                while let Some(next) = r#escape(p, at)
                                    .or_else(|| r#doubled(p, at))
                                    .or_else(|| r#double_plain(p, at))
                                {
                                    at = next;
                                }
                                Some(at)
                            })
                    },
                )
        },
    )
}
pub(super) fn r#doubled(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.text(at, "{{").or_else(|| p.text(at, "}}"))
}
pub(super) fn r#single_plain(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.lookahead(
            at,
            false,
            |p, at| {
                p
                    .text(at, "'")
                    .or_else(|| p.text(at, "\\"))
                    .or_else(|| p.text(at, "\n"))
                    .or_else(|| p.text(at, "\r"))
                    .or_else(|| p.text(at, "{"))
                    .or_else(|| p.text(at, "}"))
            },
        )
        .and_then(|at| p.any(at))
}
pub(super) fn r#double_plain(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.lookahead(
            at,
            false,
            |p, at| {
                p
                    .text(at, "\"")
                    .or_else(|| p.text(at, "\\"))
                    .or_else(|| p.text(at, "\n"))
                    .or_else(|| p.text(at, "\r"))
                    .or_else(|| p.text(at, "{"))
                    .or_else(|| p.text(at, "}"))
            },
        )
        .and_then(|at| p.any(at))
}
pub(super) fn r#splice(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.text(at, "{")
        .and_then(|at| r#ws(p, at))
        .and_then(|at| r#code(p, at))
        .and_then(|at| r#ws(p, at))
        .and_then(|at| r#conversion(p, at).or(Some(at)))
        .and_then(|at| p.text(at, "}"))
}
pub(super) fn r#code(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.traced(
        at,
        |p, at| {
            r#operand(p, at)
                .and_then(|at| {
                    let mut at = at;
                    while let Some(next) = r#ws(p, at)
                        .and_then(|at| r#binary(p, at))
                        .and_then(|at| r#ws(p, at))
                        .and_then(|at| r#operand(p, at))
                    {
                        at = next;
                    }
                    Some(at)
                })
        },
    )
}
pub(super) fn r#binary(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.traced(
        at,
        |p, at| {
            p
                .text(at, "==")
                .or_else(|| p.text(at, "!="))
                .or_else(|| {
                    p
                        .text(at, "+")
                        .and_then(|at| {
                            p
                                .lookahead(
                                    at,
                                    false,
                                    |p, at| p.text(at, "+").or_else(|| p.text(at, "=")),
                                )
                        })
                })
                .or_else(|| {
                    p
                        .text(at, "-")
                        .and_then(|at| {
                            p
                                .lookahead(
                                    at,
                                    false,
                                    |p, at| {
                                        p
                                            .text(at, "-")
                                            .or_else(|| p.text(at, "="))
                                            .or_else(|| p.text(at, ">"))
                                    },
                                )
                        })
                })
                .or_else(|| {
                    p
                        .text(at, "*")
                        .and_then(|at| {
                            p
                                .lookahead(
                                    at,
                                    false,
                                    |p, at| p.text(at, "*").or_else(|| p.text(at, "=")),
                                )
                        })
                })
                .or_else(|| {
                    p
                        .text(at, "<")
                        .and_then(|at| {
                            p
                                .text(at, "=")
                                .or_else(|| p.lookahead(at, false, |p, at| p.text(at, "<")))
                        })
                })
                .or_else(|| {
                    p
                        .text(at, ">")
                        .and_then(|at| {
                            p
                                .text(at, "=")
                                .or_else(|| p.lookahead(at, false, |p, at| p.text(at, ">")))
                        })
                })
                .or_else(|| p.text(at, "&&"))
                .or_else(|| p.text(at, "||"))
                .or_else(|| p.text(at, "??"))
                .or_else(|| {
                    p
                        .text(at, "/")
                        .and_then(|at| p.lookahead(at, false, |p, at| p.text(at, "=")))
                })
                .or_else(|| {
                    p
                        .text(at, "%")
                        .and_then(|at| p.lookahead(at, false, |p, at| p.text(at, "=")))
                })
                .or_else(|| r#member_of(p, at))
        },
    )
}
pub(super) fn r#conversion(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.traced(
        at,
        |p, at| {
            p
                .atomic(
                    at,
                    |p, at| {
                        p
                            .text(at, ":")
                            .and_then(|at| {
                                let mut at = at;
                                while let Some(next) = r#conversion_plain(p, at) {
                                    at = next;
                                }
                                Some(at)
                            })
                    },
                )
        },
    )
}
pub(super) fn r#conversion_plain(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.lookahead(
            at,
            false,
            |p, at| {
                p
                    .text(at, "{")
                    .or_else(|| p.text(at, "}"))
                    .or_else(|| p.text(at, "'"))
                    .or_else(|| p.text(at, "\""))
                    .or_else(|| p.text(at, "\\"))
                    .or_else(|| p.text(at, "\n"))
                    .or_else(|| p.text(at, "\r"))
            },
        )
        .and_then(|at| p.any(at))
}
pub(super) fn r#switch(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.traced(
        at,
        |p, at| {
            p
                .text(at, "switch")
                .and_then(|at| r#ws(p, at))
                .and_then(|at| r#condition(p, at))
                .and_then(|at| r#ws(p, at))
                .and_then(|at| p.text(at, "{"))
                .and_then(|at| r#ws(p, at))
                .and_then(|at| {
                    let mut at = at;
                    while let Some(next) = r#arm(p, at).and_then(|at| r#ws(p, at)) {
                        at = next;
                    }
                    Some(at)
                })
                .and_then(|at| p.text(at, "}"))
        },
    )
}
pub(super) fn r#arm(p: &mut Input<'_>, at: usize) -> Option<usize> {
    r#case(p, at)
        .or_else(|| r#otherwise_arm(p, at))
        .and_then(|at| r#ws(p, at))
        .and_then(|at| r#arm_value(p, at))
        .and_then(|at| r#ws(p, at))
        .and_then(|at| p.text(at, ";"))
}
pub(super) fn r#arm_value(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.traced(
        at,
        |p, at| {
            p
                .text(at, "->")
                .and_then(|at| r#ws(p, at))
                .and_then(|at| r#expression(p, at))
        },
    )
}
pub(super) fn r#case(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.traced(
        at,
        |p, at| {
            p
                .text(at, "case")
                .and_then(|at| p.lookahead(at, false, |p, at| r#name_part(p, at)))
                .and_then(|at| r#ws(p, at))
                .and_then(|at| r#label(p, at))
                .and_then(|at| {
                    let mut at = at;
                    while let Some(next) = r#ws(p, at)
                        .and_then(|at| p.text(at, ","))
                        .and_then(|at| r#ws(p, at))
                        .and_then(|at| r#label(p, at))
                    {
                        at = next;
                    }
                    Some(at)
                })
        },
    )
}
pub(super) fn r#label(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.traced(
        at,
        |p, at| {
            r#string(p, at)
                .or_else(|| {
                    p
                        .text(at, "-")
                        .and_then(|at| r#ws(p, at))
                        .or(Some(at))
                        .and_then(|at| r#number(p, at))
                })
                .or_else(|| r#identifier(p, at))
        },
    )
}
pub(super) fn r#otherwise_arm(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.traced(
        at,
        |p, at| {
            p
                .text(at, "default")
                .and_then(|at| p.lookahead(at, false, |p, at| r#name_part(p, at)))
        },
    )
}
pub(super) fn r#list(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.traced(
        at,
        |p, at| {
            p
                .text(at, "[")
                .and_then(|at| r#ws(p, at))
                .and_then(|at| r#items(p, at).or(Some(at)))
                .and_then(|at| p.text(at, "]"))
        },
    )
}
pub(super) fn r#items(p: &mut Input<'_>, at: usize) -> Option<usize> {
    r#expression(p, at)
        .and_then(|at| r#ws(p, at))
        .and_then(|at| {
            let mut at = at;
            while let Some(next) = p
                .text(at, ",")
                .and_then(|at| r#ws(p, at))
                .and_then(|at| r#expression(p, at))
                .and_then(|at| r#ws(p, at))
            {
                at = next;
            }
            Some(at)
        })
        .and_then(|at| p.text(at, ",").and_then(|at| r#ws(p, at)).or(Some(at)))
}
pub(super) fn r#map(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.traced(
        at,
        |p, at| {
            p
                .text(at, "{")
                .and_then(|at| r#ws(p, at))
                .and_then(|at| r#entries(p, at).or(Some(at)))
                .and_then(|at| p.text(at, "}"))
        },
    )
}
pub(super) fn r#entries(p: &mut Input<'_>, at: usize) -> Option<usize> {
    r#entry(p, at)
        .and_then(|at| {
            let mut at = at;
            while let Some(next) = p
                .text(at, ",")
                .and_then(|at| r#ws(p, at))
                .and_then(|at| r#entry(p, at))
            {
                at = next;
            }
            Some(at)
        })
        .and_then(|at| p.text(at, ",").and_then(|at| r#ws(p, at)).or(Some(at)))
}
pub(super) fn r#entry(p: &mut Input<'_>, at: usize) -> Option<usize> {
    r#key(p, at)
        .and_then(|at| r#ws(p, at))
        .and_then(|at| p.text(at, ":"))
        .and_then(|at| p.lookahead(at, false, |p, at| p.text(at, ":")))
        .and_then(|at| r#ws(p, at))
        .and_then(|at| r#expression(p, at))
        .and_then(|at| r#ws(p, at))
}
pub(super) fn r#key(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.traced(
        at,
        |p, at| {
            p
                .text(at, "[")
                .and_then(|at| r#ws(p, at))
                .and_then(|at| r#expression(p, at))
                .and_then(|at| r#ws(p, at))
                .and_then(|at| p.text(at, "]"))
                .or_else(|| r#string(p, at))
                .or_else(|| r#identifier(p, at))
        },
    )
}
pub(super) fn r#map_start(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.text(at, "{")
        .and_then(|at| r#ws(p, at))
        .and_then(|at| r#string(p, at).or_else(|| r#identifier(p, at)))
        .and_then(|at| r#ws(p, at))
        .and_then(|at| p.text(at, ":"))
}
pub(super) fn r#program(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.traced(
        at,
        |p, at| {
            (at == 0)
                .then_some(at)
                .and_then(|at| r#ws(p, at))
                .and_then(|at| {
                    let mut at = at;
                    while let Some(next) = r#statement(p, at).and_then(|at| r#ws(p, at))
                    {
                        at = next;
                    }
                    Some(at)
                })
                .and_then(|at| p.traced(at, |p, at| p.end(at)))
        },
    )
}
pub(super) fn r#statement(p: &mut Input<'_>, at: usize) -> Option<usize> {
    r#declaration_statement(p, at).or_else(|| r#body(p, at))
}
pub(super) fn r#body(p: &mut Input<'_>, at: usize) -> Option<usize> {
    r#worded_statement(p, at).or_else(|| r#expression_statement(p, at))
}
pub(super) fn r#worded_statement(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.lookahead(
            at,
            true,
            |p, at| {
                p
                    .text(at, "{")
                    .or_else(|| p.text(at, "i"))
                    .or_else(|| p.text(at, "w"))
                    .or_else(|| p.text(at, "f"))
                    .or_else(|| p.text(at, "r"))
                    .or_else(|| p.text(at, "t"))
                    .or_else(|| p.text(at, "b"))
                    .or_else(|| p.text(at, "c"))
            },
        )
        .and_then(|at| {
            r#block(p, at)
                .or_else(|| r#if_statement(p, at))
                .or_else(|| r#while_statement(p, at))
                .or_else(|| r#for_statement(p, at))
                .or_else(|| r#return_statement(p, at))
                .or_else(|| r#throw_statement(p, at))
                .or_else(|| r#break_statement(p, at))
                .or_else(|| r#continue_statement(p, at))
                .or_else(|| r#import_statement(p, at))
        })
}
pub(super) fn r#block(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.traced(
        at,
        |p, at| {
            p
                .lookahead(at, false, |p, at| r#map_start(p, at))
                .and_then(|at| p.text(at, "{"))
                .and_then(|at| r#ws(p, at))
                .and_then(|at| {
                    let mut at = at;
                    while let Some(next) = r#statement(p, at).and_then(|at| r#ws(p, at))
                    {
                        at = next;
                    }
                    Some(at)
                })
                .and_then(|at| p.text(at, "}"))
        },
    )
}
pub(super) fn r#if_statement(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.traced(
        at,
        |p, at| {
            r#if(p, at)
                .and_then(|at| r#ws(p, at))
                .and_then(|at| r#condition(p, at))
                .and_then(|at| r#ws(p, at))
                .and_then(|at| r#body(p, at))
                .and_then(|at| {
                    let mut at = at;
                    while let Some(next) = r#ws(p, at)
                        .and_then(|at| r#else(p, at))
                        .and_then(|at| r#ws(p, at))
                        .and_then(|at| r#if(p, at))
                        .and_then(|at| r#ws(p, at))
                        .and_then(|at| r#condition(p, at))
                        .and_then(|at| r#ws(p, at))
                        .and_then(|at| r#body(p, at))
                    {
                        at = next;
                    }
                    Some(at)
                })
                .and_then(|at| r#otherwise(p, at).or(Some(at)))
        },
    )
}
pub(super) fn r#otherwise(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.traced(
        at,
        |p, at| {
            r#ws(p, at)
                .and_then(|at| r#else(p, at))
                .and_then(|at| r#ws(p, at))
                .and_then(|at| r#body(p, at))
        },
    )
}
pub(super) fn r#condition(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.text(at, "(")
        .and_then(|at| r#ws(p, at))
        .and_then(|at| r#expression(p, at))
        .and_then(|at| r#ws(p, at))
        .and_then(|at| p.text(at, ")"))
}
pub(super) fn r#while_statement(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.traced(
        at,
        |p, at| {
            r#while(p, at)
                .and_then(|at| r#ws(p, at))
                .and_then(|at| r#condition(p, at))
                .and_then(|at| r#ws(p, at))
                .and_then(|at| r#body(p, at))
        },
    )
}
pub(super) fn r#for_statement(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.traced(
        at,
        |p, at| {
            r#for(p, at)
                .and_then(|at| r#ws(p, at))
                .and_then(|at| p.text(at, "("))
                .and_then(|at| r#ws(p, at))
                .and_then(|at| r#for_each(p, at).or_else(|| r#for_parts(p, at)))
                .and_then(|at| r#ws(p, at))
                .and_then(|at| p.text(at, ")"))
                .and_then(|at| r#ws(p, at))
                .and_then(|at| r#body(p, at))
        },
    )
}
pub(super) fn r#for_parts(p: &mut Input<'_>, at: usize) -> Option<usize> {
    r#for_init(p, at)
        .and_then(|at| r#ws(p, at))
        .and_then(|at| p.text(at, ";"))
        .and_then(|at| r#ws(p, at))
        .and_then(|at| r#for_condition(p, at))
        .and_then(|at| r#ws(p, at))
        .and_then(|at| p.text(at, ";"))
        .and_then(|at| r#ws(p, at))
        .and_then(|at| r#for_update(p, at))
}
pub(super) fn r#for_init(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.traced(
        at,
        |p, at| r#declaration(p, at).or_else(|| r#expression(p, at)).or(Some(at)),
    )
}
pub(super) fn r#for_condition(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.traced(at, |p, at| r#expression(p, at).or(Some(at)))
}
pub(super) fn r#for_update(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.traced(
        at,
        |p, at| {
            r#expression(p, at)
                .and_then(|at| r#ws(p, at).and_then(|at| r#step(p, at)).or(Some(at)))
                .or(Some(at))
        },
    )
}
pub(super) fn r#return_statement(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.traced(
        at,
        |p, at| {
            r#return(p, at)
                .and_then(|at| r#ws(p, at))
                .and_then(|at| r#expression(p, at))
                .and_then(|at| r#ws(p, at))
                .and_then(|at| p.text(at, ";"))
        },
    )
}
pub(super) fn r#throw_statement(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.traced(
        at,
        |p, at| {
            r#throw(p, at)
                .and_then(|at| r#ws(p, at))
                .and_then(|at| r#expression(p, at))
                .and_then(|at| r#ws(p, at))
                .and_then(|at| p.text(at, ";"))
        },
    )
}
pub(super) fn r#break_statement(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.traced(
        at,
        |p, at| r#break(p, at).and_then(|at| r#ws(p, at)).and_then(|at| p.text(at, ";")),
    )
}
pub(super) fn r#continue_statement(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.traced(
        at,
        |p, at| {
            r#continue(p, at).and_then(|at| r#ws(p, at)).and_then(|at| p.text(at, ";"))
        },
    )
}
pub(super) fn r#import_statement(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.traced(
        at,
        |p, at| {
            r#import(p, at)
                .and_then(|at| r#ws(p, at))
                .and_then(|at| r#identifier(p, at))
                .and_then(|at| r#ws(p, at))
                .and_then(|at| {
                    let mut at = at;
                    while let Some(next) = r#identifier(p, at).and_then(|at| r#ws(p, at))
                    {
                        at = next;
                    }
                    Some(at)
                })
                .and_then(|at| {
                    let mut at = at;
                    while let Some(next) = p
                        .text(at, ".")
                        .and_then(|at| r#ws(p, at))
                        .and_then(|at| r#identifier(p, at).or_else(|| p.text(at, "*")))
                        .and_then(|at| r#ws(p, at))
                    {
                        at = next;
                    }
                    Some(at)
                })
                .and_then(|at| p.text(at, ";"))
        },
    )
}
pub(super) fn r#declaration_statement(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.traced(
        at,
        |p, at| {
            r#declaration(p, at)
                .and_then(|at| r#ws(p, at))
                .and_then(|at| p.text(at, ";"))
        },
    )
}
pub(super) fn r#declaration(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.traced(
        at,
        |p, at| {
            p
                .lookahead(at, false, |p, at| r#statement_word(p, at))
                .and_then(|at| r#identifier(p, at))
                .and_then(|at| r#ws(p, at))
                .and_then(|at| r#array_mark(p, at).or(Some(at)))
                .and_then(|at| p.lookahead(at, false, |p, at| r#infix(p, at)))
                .and_then(|at| r#declarator(p, at))
                .and_then(|at| {
                    let mut at = at;
                    while let Some(next) = r#ws(p, at)
                        .and_then(|at| p.text(at, ","))
                        .and_then(|at| r#ws(p, at))
                        .and_then(|at| r#declarator(p, at))
                    {
                        at = next;
                    }
                    Some(at)
                })
        },
    )
}
pub(super) fn r#array_mark(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.traced(
        at,
        |p, at| {
            p
                .text(at, "[")
                .and_then(|at| r#ws(p, at))
                .and_then(|at| p.text(at, "]"))
                .and_then(|at| r#ws(p, at))
        },
    )
}
pub(super) fn r#declarator(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.traced(
        at,
        |p, at| {
            r#identifier(p, at)
                .and_then(|at| {
                    r#ws(p, at)
                        .and_then(|at| p.text(at, "="))
                        .and_then(|at| p.lookahead(at, false, |p, at| p.text(at, "=")))
                        .and_then(|at| r#ws(p, at))
                        .and_then(|at| r#expression(p, at))
                        .or(Some(at))
                })
        },
    )
}
pub(super) fn r#expression_statement(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.traced(
        at,
        |p, at| {
            r#expression(p, at)
                .and_then(|at| r#ws(p, at))
                .and_then(|at| r#step(p, at).and_then(|at| r#ws(p, at)).or(Some(at)))
                .and_then(|at| p.text(at, ";").or_else(|| r#missing_semicolon(p, at)))
        },
    )
}
pub(super) fn r#missing_semicolon(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.traced(at, |p, at| p.lookahead(at, true, |p, at| p.traced(at, |p, at| p.end(at))))
}
pub(super) fn r#step(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.traced(
        at,
        |p, at| {
            p
                .text(at, "++")
                .or_else(|| p.text(at, "--"))
                .and_then(|at| {
                    p
                        .lookahead(
                            at,
                            true,
                            |p, at| {
                                r#ws(p, at)
                                    .and_then(|at| {
                                        p
                                            .text(at, ";")
                                            .or_else(|| p.text(at, ")"))
                                            .or_else(|| p.text(at, "}"))
                                            .or_else(|| p.lookahead(at, false, |p, at| p.any(at)))
                                    })
                            },
                        )
                })
        },
    )
}
pub(super) fn r#for_each(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.traced(
        at,
        |p, at| {
            p
                .lookahead(at, false, |p, at| r#statement_word(p, at))
                .and_then(|at| {
                    r#each_type(p, at).and_then(|at| r#ws(p, at)).or(Some(at))
                })
                .and_then(|at| r#identifier(p, at))
                .and_then(|at| r#ws(p, at))
                .and_then(|at| p.text(at, ":"))
                .and_then(|at| r#ws(p, at))
                .and_then(|at| r#expression(p, at))
        },
    )
}
pub(super) fn r#each_type(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.traced(
        at,
        |p, at| {
            r#identifier(p, at)
                .and_then(|at| r#ws(p, at))
                .and_then(|at| r#array_mark(p, at).or(Some(at)))
                .and_then(|at| p.lookahead(at, true, |p, at| r#name_start(p, at)))
        },
    )
}
pub(super) fn r#new(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.text(at, "new").and_then(|at| p.lookahead(at, false, |p, at| r#name_part(p, at)))
}
pub(super) fn r#if(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.text(at, "if").and_then(|at| p.lookahead(at, false, |p, at| r#name_part(p, at)))
}
pub(super) fn r#else(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.text(at, "else").and_then(|at| p.lookahead(at, false, |p, at| r#name_part(p, at)))
}
pub(super) fn r#while(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.text(at, "while").and_then(|at| p.lookahead(at, false, |p, at| r#name_part(p, at)))
}
pub(super) fn r#for(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.text(at, "for").and_then(|at| p.lookahead(at, false, |p, at| r#name_part(p, at)))
}
pub(super) fn r#return(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.text(at, "return")
        .and_then(|at| p.lookahead(at, false, |p, at| r#name_part(p, at)))
}
pub(super) fn r#throw(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.text(at, "throw").and_then(|at| p.lookahead(at, false, |p, at| r#name_part(p, at)))
}
pub(super) fn r#break(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.text(at, "break").and_then(|at| p.lookahead(at, false, |p, at| r#name_part(p, at)))
}
pub(super) fn r#continue(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.text(at, "continue")
        .and_then(|at| p.lookahead(at, false, |p, at| r#name_part(p, at)))
}
pub(super) fn r#import(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.text(at, "import")
        .and_then(|at| p.lookahead(at, false, |p, at| r#name_part(p, at)))
}
pub(super) fn r#statement_word(p: &mut Input<'_>, at: usize) -> Option<usize> {
    p.lookahead(
            at,
            true,
            |p, at| {
                p
                    .text(at, "r")
                    .or_else(|| p.text(at, "t"))
                    .or_else(|| p.text(at, "n"))
                    .or_else(|| p.text(at, "e"))
                    .or_else(|| p.text(at, "i"))
                    .or_else(|| p.text(at, "w"))
                    .or_else(|| p.text(at, "f"))
            },
        )
        .and_then(|at| {
            r#return(p, at)
                .or_else(|| r#throw(p, at))
                .or_else(|| r#new(p, at))
                .or_else(|| r#else(p, at))
                .or_else(|| r#import(p, at))
                .or_else(|| r#if(p, at))
                .or_else(|| r#while(p, at))
                .or_else(|| r#for(p, at))
        })
}
