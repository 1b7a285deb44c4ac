//! The methods of arrays, LIST and maps that take a lambda. The checker makes a loop of each call.

use super::receiver::ARRAYS;
use crate::library::declaration::{Accepts, Cost, Form, Function, Parameter, fails, gives};
use crate::types::Type;

const MAP: &[Type] = &[Type::Map];
const TEST: Parameter = Parameter::accepting("test", Accepts::Lambda(1), "tells whether an element counts");
const KEY: Parameter = Parameter::accepting("key", Accepts::Lambda(1), "gives what stands for an element");
const TURN: Cost = Cost::fixed(0).and(
    "for each element 8 to 20 steps and what the lambda takes, 40 bytes for each that is kept, and the result's memory",
);

/// The functions.
pub(super) const FUNCTIONS: &[Function] = &[
    Function::with_lambda(ARRAYS, "filter", Type::Any, Form::Filter)
        .takes(&[TEST])
        .costs(TURN)
        .about(
            "The elements for which the test holds.",
            &[gives("new int[]{1, 2, 3}.filter(x -> x > 1)", "[2, 3]"), fails("new int[]{1}.filter(x -> x)", "E303")],
        ),
    Function::with_lambda(ARRAYS, "map", Type::Any, Form::Map)
        .takes(&[Parameter::accepting("value", Accepts::Lambda(1), "gives the new element")])
        .costs(TURN)
        .about(
            "What the lambda gives for each element: an array where that is of one kind, DOUBLEs where they are numbers, else a LIST.",
            &[
                gives("new int[]{1, 2}.map(x -> x * 2)", "[2, 4]"),
                gives("new int[]{1, 2}.map(x -> 'a' + x)", r#"["a1", "a2"]"#),
            ],
        ),
    Function::with_lambda(ARRAYS, "flatMap", Type::Any, Form::FlatMap)
        .takes(&[Parameter::accepting("values", Accepts::Lambda(1), "gives an array or list")])
        .costs(TURN)
        .about(
            "The elements of all arrays and lists that the lambda gives.",
            &[
                gives("'a b,c'.split(',').flatMap(t -> t.split(' '))", r#"["a", "b", "c"]"#),
                fails("new int[]{1}.flatMap(x -> x)", "E404"),
            ],
        ),
    Function::with_lambda(ARRAYS, "any", Type::Boolean, Form::Any)
        .takes(&[TEST])
        .costs(TURN)
        .about(
            "Whether the test holds for an element. Those behind the first are not looked at.",
            &[gives("new int[]{1, 2}.any(x -> x > 1)", "true")],
        ),
    Function::with_lambda(ARRAYS, "all", Type::Boolean, Form::All)
        .takes(&[TEST])
        .costs(TURN)
        .about(
            "Whether the test holds for every element, as it does where there is none.",
            &[gives("new int[]{1, 2}.all(x -> x > 1)", "false")],
        ),
    Function::with_lambda(ARRAYS, "none", Type::Boolean, Form::None)
        .takes(&[TEST])
        .costs(TURN)
        .about("Whether the test holds for no element.", &[gives("new int[]{1, 2}.none(x -> x > 2)", "true")]),
    Function::with_lambda(ARRAYS, "find", Type::Any, Form::Find)
        .takes(&[TEST])
        .costs(TURN)
        .about(
            "The first element for which the test holds; null where there is none.",
            &[
                gives("new int[]{1, 2, 3}.find(x -> x > 1)", "2"),
                gives("new int[]{1}.find(x -> x > 1)", "null"),
            ],
        ),
    Function::with_lambda(ARRAYS, "count", Type::Long, Form::Count)
        .takes(&[TEST])
        .costs(TURN)
        .about("For how many elements the test holds.", &[gives("new int[]{1, 2, 3}.count(x -> x > 1)", "2")]),
    Function::with_lambda(ARRAYS, "groupBy", Type::Map, Form::GroupBy)
        .takes(&[KEY])
        .costs(TURN)
        .about(
            "A map of the arrays of those elements that have a key in common, a STRING.",
            &[
                gives(r"'a1,b1,a2'.split(',').groupBy(t -> t.substring(0, 1))", r#"{"a": ["a1", "a2"], "b": ["b1"]}"#),
                fails("new int[]{1}.groupBy(x -> x)", "E404"),
            ],
        ),
    Function::with_lambda(ARRAYS, "associate", Type::Map, Form::Associate)
        .takes(&[KEY, Parameter::accepting("value", Accepts::Lambda(1), "gives the key's value")])
        .costs(TURN)
        .about(
            "A map with an entry for each element. A later one of a key, a STRING, wins at the first one's place.",
            &[
                gives("'a,bc'.split(',').associate(t -> t, t -> t.length())", r#"{"a": 1, "bc": 2}"#),
                fails("new int[]{1}.associate(x -> x, x -> x)", "E404"),
            ],
        ),
    Function::with_lambda(ARRAYS, "distinct", Type::Any, Form::Distinct)
        .takes(&[KEY])
        .costs(TURN)
        .about(
            "The elements whose keys differ: of those with the same key, by what it holds, the first.",
            &[
                gives("'a1,b1,a2'.split(',').distinct(t -> t.substring(0, 1))", r#"["a1", "b1"]"#),
                gives("new int[]{1, 2, 3}.distinct(x -> x % 2 == 0)", "[1, 2]"),
            ],
        ),
    Function::with_lambda(ARRAYS, "minBy", Type::Any, Form::MinBy)
        .takes(&[KEY])
        .costs(TURN)
        .about(
            "The first element with the least key, a number or a text; null where there is none.",
            &[
                gives("'abc,d'.split(',').minBy(t -> t.length())", "\"d\""),
                fails("new int[]{1}.minBy(x -> null)", "E506"),
            ],
        ),
    Function::with_lambda(ARRAYS, "maxBy", Type::Any, Form::MaxBy)
        .takes(&[KEY])
        .costs(TURN)
        .about(
            "The first element with the greatest key, a number or a text; null where there is none.",
            &[
                gives("'abc,d'.split(',').maxBy(t -> t.length())", "\"abc\""),
                fails("new int[]{1}.maxBy(x -> null)", "E506"),
            ],
        ),
    Function::with_lambda(ARRAYS, "sorted", Type::Any, Form::Sorted)
        .takes(&[KEY])
        .costs(TURN)
        .about(
            "The elements in the order of their keys: numbers, texts, or lists of such, all of one length, that are compared one by one. Equal ones keep their order.",
            &[
                gives("'abc,d,ef'.split(',').sorted(t -> t.length())", r#"["d", "ef", "abc"]"#),
                fails("new int[]{1}.sorted(x -> null)", "E506"),
            ],
        ),
    Function::with_lambda(ARRAYS, "sortedDescending", Type::Any, Form::SortedDescending)
        .takes(&[KEY])
        .costs(TURN)
        .about(
            "The elements in the order of their keys, the greatest first. Equal ones keep their order.",
            &[
                gives("'abc,d,ef'.split(',').sortedDescending(t -> t.length())", r#"["abc", "ef", "d"]"#),
                fails("new int[]{1}.sortedDescending(x -> null)", "E506"),
            ],
        ),
    Function::with_lambda(ARRAYS, "reduce", Type::Any, Form::Reduce)
        .takes(&[
            Parameter::accepting("initial", Accepts::Anything, "what it begins with"),
            Parameter::accepting("next", Accepts::Lambda(2), "gives the next of what there is and of an element"),
        ])
        .costs(TURN)
        .about(
            "What the lambda makes of all elements, one after the other; of none, the first value.",
            &[gives("new int[]{1, 2, 3}.reduce(1, (product, x) -> product * x)", "6")],
        ),
    Function::with_lambda(MAP, "filter", Type::Map, Form::FilterEntries)
        .takes(&[Parameter::accepting("test", Accepts::Lambda(2), "tells of a key and its value whether they count")])
        .costs(TURN)
        .about(
            "A new map of the entries for which the test holds.",
            &[gives("m = new Map(); m.put('a', 1); m.put('b', 2); return m.filter((k, v) -> v > 1);", r#"{"b": 2}"#)],
        ),
    Function::with_lambda(MAP, "mapValues", Type::Map, Form::MapValues)
        .takes(&[Parameter::accepting("value", Accepts::Lambda(2), "gives the new value of a key and its value")])
        .costs(TURN)
        .about(
            "A new map of the same keys.",
            &[gives("m = new Map(); m.put('a', 1); return m.mapValues((k, v) -> k + v);", r#"{"a": "a1"}"#)],
        ),
];
