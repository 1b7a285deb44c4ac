//! The parameters that generated programs read: one table of values for each shape that hosts pass in.

/// The elements of the long array of some worlds.
const MANY: &str = "7, 0, -1, 9223372036854775807, 12, 3, 3, 8, 1, 20240131";

/// The parameters of every world, as JSON; `$MANY` stands for the elements of [`MANY`], repeated.
///
/// `L` LONG, `D` DOUBLE, `B` BOOLEAN, `S` and `E` STRING, `N` null; `LA`, `DA`, `BA`, `SA` arrays; `LL` a long array; `M` MAP,
/// `J` a MAP with a value of each type under the type's name; `X` mixed LIST, `R` LIST of maps, `Q` LIST of lists; `Z` a date
/// as text.
const WORLDS: [&str; 4] = [
    // Each parameter with a value of its type.
    r#"{"L": 12, "D": 0.1, "B": true, "S": "str", "N": null, "LA": [1, 2, 3], "DA": [1.5, 2.5],
    "BA": [true, false], "SA": ["x", "y"], "LL": [$MANY], "M": {"k": 1, "s": "v", "n": {"d": 2.5}}, "X": [1, "a", null], "E": "",
    "R": [{"n": 1, "s": "one"}, {"n": 2, "s": null}], "Q": [[1, 2], [], ["a", [2.5]]], "Z": "2024-02-29T12:30:00.000Z",
    "J": {"LONG": 5, "DOUBLE": 1.5, "STRING": "t", "BOOLEAN": true, "NULL": null, "MAP": {"k": 2}, "LONG_ARRAY": [4, 5],
        "DOUBLE_ARRAY": [0.5], "STRING_ARRAY": ["p", "q"], "BOOLEAN_ARRAY": [true], "LIST": [1, "a", null, {"n": 3}]}}"#,
    // Nulls, empty values, and arrays that are shared.
    r#"{"L": 0, "D": -0.0, "B": false, "S": null, "N": null, "LA": [], "DA": [], "BA": [], "SA": ["", null, "x"], "LL": [$MANY],
        "M": {}, "X": [], "E": "", "R": [], "Q": [[]], "Z": "1970-01-01", "J": {"STRING": null, "MAP": null, "LIST": []}}"#,
    // Extremes and texts beyond ASCII.
    r#"{"L": -9223372036854775808, "D": 1.7976931348623157e308, "B": true, "S": "Stra\u00dfe \u03a3\ud83d\ude00", "N": null,
        "LA": [9223372036854775807, -1], "DA": [5e-324, -1e300], "BA": [false, false, true, true], "SA": ["a,b", "\u00e9"],
        "LL": [$MANY], "M": {"k": "text", "": 0}, "X": [[1, 2.5], {"a": [1]}, true, 2.5], "E": "", "R": [{"n": 2.5}, {}, {"n": "3"}],
        "Q": [{"q": [1]}, [[[1]]]], "Z": "20240131", "J": {"LONG": "now a text", "DOUBLE": 3, "STRING": 4, "LIST": [null, null]}}"#,
    // Numbers of both kinds where arrays were, and maps in maps.
    r#"{"L": 3, "D": 2.0, "B": false, "S": "12", "N": null, "LA": [5, 4, 3, 2, 1, 0], "DA": [1.0, 2.0, 3.0], "BA": [true],
        "SA": ["10", "9", "8"], "LL": [$MANY], "M": {"k": {"k": {"k": 1}}, "n": [1, 2]}, "X": [1, 2.5, 3], "E": "",
        "R": [{"n": 1}, {"n": 2}, {"n": 3}], "Q": [[1], [2.5], ["t"]], "Z": "2024-12-31T23:59:59.999+01:00", "J": {"LIST": [1, 2.5]}}"#,
];

/// How many worlds there are.
pub const WORLD_COUNT: usize = WORLDS.len();

/// Returns the parameters of a world as JSON; worlds repeat.
pub fn world(index: usize) -> String {
    let world = WORLDS.get(index % WORLDS.len()).copied().unwrap_or("{}");
    let many: Vec<&str> = std::iter::repeat_n(MANY, 12).collect();
    world.replace("$MANY", &many.join(", "))
}
