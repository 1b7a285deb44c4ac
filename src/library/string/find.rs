//! STRING methods that give what a regular expression matches.

use crate::diagnostic::{Code, Message};
use crate::library::bound::{Bound, TextBound};
use crate::library::capability::Capability;
use crate::library::declaration::{Accepts, Cost, Function, Parameter, fails, gives};
use crate::library::java::regex::{Draft, Pattern, SearchBound, Searcher, TakePieces};
use crate::library::string::pattern::{ChargedPieces, Compiled, SPLIT, parts, pattern, prepare_as};
use crate::machine::any::Any;
use crate::machine::context::Context;
use crate::machine::fault::Fault;
use crate::machine::heap::Text;
use crate::machine::native::native;
use crate::machine::unread::Pace;
use crate::types::Type;

const PATTERN: Parameter = Parameter::of("pattern", Type::String, "a regular expression, in Java's syntax");
const SEARCHED: Parameter = PATTERN.prepared(prepare_as::<Pattern>);
const FIND: Cost = Cost::fixed(16)
.and("6 steps, 1 for each 2 bytes that are looked at, 5 for each character beyond ASCII; 12 steps, 1 for each state of the pattern that is followed and 1 more for each that takes the character, and its memory, where a combination of states and character is met that was not made ahead; a pattern that is not a constant is compiled and charged by its size; what it gives is charged as by `substring`");

/// The methods.
pub(super) const FUNCTIONS: &[Function] = &[
    Function::method(Type::String, "matches", Type::Boolean, native!(matches, Text, Text))
        .bounded(Bound::Text(TextBound::Matched))
        .beyond_sel()
        .takes(&[PATTERN.prepared(prepare_as::<Whole>)])
        .costs(FIND)
        .needs(Capability::Regex)
        .about(
            "Whether a regular expression matches all of the text, as `java.lang.String.matches`.",
            &[
                gives("'2026-11'.matches('\\\\d{4}-\\\\d{2}')", "true"),
                gives("'a1'.matches('a')", "false"),
                fails("'a'.matches('(')", "E407"),
            ],
        ),
    Function::method(Type::String, "find", Type::String, native!(find, Text, Text))
        .bounded(Bound::Text(TextBound::Found))
        .beyond_sel()
        .takes(&[SEARCHED])
        .costs(FIND)
        .needs(Capability::Regex)
        .about(
            "The first text that a regular expression matches; null where there is none.",
            &[
                gives("'part-0042.csv'.find('[0-9]+')", "\"0042\""),
                gives("'a'.find('[0-9]')", "null"),
                fails("x = '('; return 'a'.find(x);", "E509"),
            ],
        ),
    Function::method(Type::String, "find", Type::String, native!(find_group, Text, Text, Any))
        .bounded(Bound::Text(TextBound::Found))
        .beyond_sel()
        .takes(&[
            SEARCHED,
            Parameter::accepting(
                "group",
                Accepts::OneOf(&[Type::Long, Type::String]),
                "the group's number, 0 for the whole match, or its name",
            ),
        ])
        .costs(FIND)
        .needs(Capability::Regex)
        .about(
            "What a group of a regular expression takes in its first match; null where nothing matches, or the group takes no part.",
            &[
                gives("'dt=2026-11-23'.find('dt=(\\\\d+)', 1)", "\"2026\""),
                gives("'k: v'.find('(?<key>\\\\w+): ', 'key')", "\"k\""),
                fails("'a'.find('(a)', 2)", "E509"),
                fails("'a'.find('(?<x>a)', 'y')", "E509"),
            ],
        ),
    Function::method(Type::String, "findAll", Type::StringArray, native!(find_all, Text, Text))
        .bounded(Bound::Text(TextBound::FoundAll))
        .beyond_sel()
        .takes(&[SEARCHED])
        .costs(SPLIT)
        .needs(Capability::Regex)
        .about(
            "All texts that a regular expression matches, in order; they do not overlap.",
            &[
                gives("'a1b22'.findAll('[0-9]+')", r#"["1", "22"]"#),
                gives("'a'.findAll('[0-9]')", "[]"),
            ],
        ),
];

/// A pattern that matches nothing but all of a text.
#[derive(Debug)]
pub(crate) struct Whole(Pattern);

impl Compiled for Whole {
    fn drafted(draft: Draft<'_>) -> Draft<'_> {
        draft.whole()
    }

    fn made(pattern: Pattern) -> Self {
        Self(pattern)
    }

    fn pattern(&self) -> &Pattern {
        &self.0
    }
}

impl Whole {
    /// The most that matching a text of so many bytes takes.
    pub(crate) fn match_bound(&self, bytes: u64) -> SearchBound {
        self.0.match_bound(bytes)
    }
}

fn matches(context: &mut Context<'_>, receiver: Text, source: Text) -> Result<bool, Fault> {
    let (pattern, mut scratch) = pattern::<Whole>(context, source)?;
    let Context { heap, meter, .. } = &mut *context;
    let text = heap.texts.unread(receiver);
    let found = Searcher::new(pattern.pattern(), &mut scratch, text, false).find(meter)?;
    context.keep(&pattern, scratch);
    Ok(found.is_some())
}

fn find(context: &mut Context<'_>, receiver: Text, source: Text) -> Result<Any, Fault> {
    find_group(context, receiver, source, Any::long(0))
}

fn find_group(context: &mut Context<'_>, receiver: Text, source: Text, group: Any) -> Result<Any, Fault> {
    let (pattern, mut scratch) = pattern::<Pattern>(context, source)?;
    let group = group_of(context, &pattern, group)?;
    let Context { heap, meter, .. } = &mut *context;
    let text = heap.texts.unread(receiver);
    let mut searcher = Searcher::new(&pattern, &mut scratch, text, group > 0);
    let found = searcher.find(meter)?.and_then(|_| searcher.group(group));
    let part = found.map(|range| heap.texts.part(meter, receiver, range)).transpose()?;
    context.keep(&pattern, scratch);
    Ok(Any::new(Type::String, Text::option_bits(part)))
}

/// What to know of a group that a pattern has not.
const GROUP_HELP: &str = "groups are numbered from 1 by their `(`, and one with a name is written as `(?<name>…)`";

/// The number of a group that a pattern has.
fn group_of(context: &mut Context<'_>, pattern: &Pattern, group: Any) -> Result<usize, Fault> {
    let refused = |message: Message| Fault::new(Code::InvalidRegex, message).with_help(Code::InvalidRegex, GROUP_HELP);
    let message = Message::from("the pattern has no group ");
    if group.ty == Type::Long {
        let known = usize::try_from(group.as_long()).ok();
        let known = known.filter(|&group| group <= pattern.group_count());
        return known.ok_or_else(|| refused(message.value(group.as_long())));
    }
    let Some(name) = Text::from_bits(group.bits) else {
        return Err(Fault::null("the group's name"));
    };
    let Context { heap, meter, .. } = context;
    let name = heap.texts.unread(name).whole(meter, Pace::Copy)?;
    pattern.group_named(name).ok_or_else(|| refused(message.quoted(name)))
}

fn find_all(context: &mut Context<'_>, receiver: Text, source: Text) -> Result<Any, Fault> {
    let (pattern, mut scratch) = pattern::<Pattern>(context, source)?;
    let Context { heap, meter, .. } = &mut *context;
    let mut kept = ChargedPieces::new(meter);
    let mut searcher = Searcher::new(&pattern, &mut scratch, heap.texts.unread(receiver), false);
    while let Some(found) = searcher.find(&mut kept)? {
        kept.piece(found)?;
    }
    let pieces = kept.pieces;
    context.keep(&pattern, scratch);
    parts(context, receiver, &pieces)
}
