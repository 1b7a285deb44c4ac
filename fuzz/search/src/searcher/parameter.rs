//! The parameters of a program: data that is made from a few numbers, so that it can be kept and changed.

use selvedge::{Inputs, Map, Type, Value};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use super::random::Random;

/// How a parameter is made. Its JSON is what `tests/attacks` understands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "$make")]
pub(crate) enum Parameter {
    #[serde(rename = "string")]
    Text {
        of: String,
        times: u32,
    },
    /// A text without a period: letters of `of` in an order that no part repeats.
    #[serde(rename = "mixed")]
    Mixed {
        of: String,
        times: u32,
    },
    Long {
        of: i64,
    },
    /// A double, as text: JSON has neither NaN nor infinity.
    Double {
        of: String,
    },
    Boolean {
        of: bool,
    },
    LongArray {
        times: u32,
    },
    Doubles {
        of: String,
        times: u32,
    },
    BooleanArray {
        times: u32,
    },
    StringArray {
        of: String,
        times: u32,
    },
    Elements {
        of: Vec<Parameter>,
    },
    ListOf {
        of: Box<Parameter>,
        times: u32,
    },
    /// A map with the keys `k0`, `k1`, …
    MapOf {
        of: Box<Parameter>,
        times: u32,
    },
}

const TEXTS: &[&str] = &[
    "a",
    "ab",
    "a",
    "b",
    "ß",
    "é",
    "Σ",
    "aΣ",
    "Σ\u{345}",
    "😀",
    "İ",
    "ﬃ",
    "1",
    "9",
    " ",
    "a,",
    ",",
    "\n",
    "x y",
    "aaaaaaab",
    "中",
    "%1$h",
    "%s",
    "[ab]*",
    "Y",
    "\u{301}",
    "\u{10400}",
    "abcdefghijklmnopqrstuvwxyz,",
    "\"",
    "k",
];
const DOUBLES: &[&str] = &[
    "0.1",
    "5e-324",
    "1.7976931348623157e308",
    "7.0e-309",
    "NaN",
    "inf",
    "1.0",
    "0.30000000000000004",
    "1234567.8901234567",
    "-2.2250738585072014e-308",
];

impl Parameter {
    /// Draws one of a type.
    pub(crate) fn draw(ty: Type, random: &mut Random) -> Self {
        let of = random.pick(TEXTS).to_owned();
        match ty {
            Type::Long => Self::Long {
                of: match random.below(4) {
                    0 => random.pick(&[
                        i64::MAX,
                        i64::MIN,
                        -1,
                        0,
                        1_700_000_000_000,
                        20_200_229,
                        99_999_999_999_999,
                    ]),
                    _ => i64::from(random.size(100_000)),
                },
            },
            Type::Double => Self::Double {
                of: random.pick(DOUBLES).to_owned(),
            },
            Type::Boolean => Self::Boolean { of: random.chance(50) },
            Type::LongArray => Self::LongArray {
                times: random.size(20_000),
            },
            Type::DoubleArray => Self::Doubles {
                of: random.pick(DOUBLES).to_owned(),
                times: random.size(5_000),
            },
            Type::BooleanArray => Self::BooleanArray {
                times: random.size(20_000),
            },
            Type::StringArray => {
                let times = random.size(10_000);
                Self::StringArray { of, times }
            }
            Type::List => match random.chance(60) {
                true => {
                    let count = random.below(7) + 1;
                    Self::Elements {
                        of: (0..count).map(|_| Self::element(random)).collect(),
                    }
                }
                false => Self::ListOf {
                    of: Box::new(Self::element(random)),
                    times: random.size(20_000),
                },
            },
            Type::Map => Self::MapOf {
                of: Box::new(Self::element(random)),
                times: random.size(1_000),
            },
            _ => {
                let times = random.size(100_000);
                match random.chance(15) {
                    true => Self::Mixed { of, times },
                    false => Self::Text { of, times },
                }
            }
        }
    }

    /// An element of a list or map: mostly small.
    fn element(random: &mut Random) -> Self {
        let types = [
            Type::Long,
            Type::Double,
            Type::Double,
            Type::Boolean,
            Type::String,
            Type::String,
            Type::LongArray,
            Type::DoubleArray,
            Type::StringArray,
            Type::Map,
            Type::List,
        ];
        let ty = match random.chance(80) {
            true => types[random.below(6)],
            false => random.pick(&types),
        };
        Self::draw(ty, random).shrunk(random)
    }

    /// The same with a smaller number, most of the time.
    fn shrunk(self, random: &mut Random) -> Self {
        let most = random.pick(&[1, 3, 20, 300]);
        let fewer = |times: u32| times.min(most);
        match self {
            Self::Text { of, times } => Self::Text {
                of,
                times: fewer(times),
            },
            Self::Mixed { of, times } => Self::Mixed {
                of,
                times: fewer(times),
            },
            Self::LongArray { times } => Self::LongArray { times: fewer(times) },
            Self::Doubles { of, times } => Self::Doubles {
                of,
                times: fewer(times),
            },
            Self::BooleanArray { times } => Self::BooleanArray { times: fewer(times) },
            Self::StringArray { of, times } => Self::StringArray {
                of,
                times: fewer(times),
            },
            Self::ListOf { of, times } => Self::ListOf {
                of,
                times: fewer(times),
            },
            Self::MapOf { of, times } => Self::MapOf {
                of,
                times: fewer(times),
            },
            other => other,
        }
    }

    /// Changes its size, its content or an element.
    pub(crate) fn mutate(&self, ty: Type, random: &mut Random) -> Self {
        let mut changed = self.clone();
        match &mut changed {
            Self::Text { of, times } if random.chance(10) => {
                let (of, times) = (std::mem::take(of), *times);
                changed = Self::Mixed { of, times };
            }
            Self::Text { of, times } | Self::Mixed { of, times } => match random.below(4) {
                0 => random.pick(TEXTS).clone_into(of),
                1 if of.len() < 200 => of.push_str(random.pick(TEXTS)),
                _ => *times = resized(*times, 200_000, random),
            },
            Self::StringArray { of, times } => match random.below(4) {
                0 => random.pick(TEXTS).clone_into(of),
                1 if of.len() < 2_000 => *of = of.repeat(2),
                _ => *times = resized(*times, 10_000, random),
            },
            Self::LongArray { times } | Self::BooleanArray { times } => *times = resized(*times, 100_000, random),
            Self::Doubles { of, times } => match random.below(3) {
                0 => random.pick(DOUBLES).clone_into(of),
                _ => *times = resized(*times, 20_000, random),
            },
            Self::Elements { of } => {
                let at = random.below(of.len() + 1);
                let fresh = Self::element(random);
                match of.get_mut(at) {
                    Some(element) if random.chance(50) => *element = element.mutate(Type::Any, random),
                    Some(element) => *element = fresh,
                    None => of.push(fresh),
                }
            }
            Self::ListOf { of, times } | Self::MapOf { of, times } => match random.below(3) {
                0 => **of = Self::element(random),
                1 => **of = of.mutate(Type::Any, random),
                _ => *times = resized(*times, 50_000, random),
            },
            Self::Long { .. } | Self::Double { .. } | Self::Boolean { .. } if ty == Type::Any => {
                changed = Self::element(random);
            }
            Self::Long { .. } => changed = Self::draw(Type::Long, random),
            Self::Double { .. } => changed = Self::draw(Type::Double, random),
            Self::Boolean { .. } => changed = Self::draw(Type::Boolean, random),
        }
        changed
    }

    /// Halves its sizes.
    pub(crate) fn halve(&mut self) {
        match self {
            Self::Text { times, .. }
            | Self::Mixed { times, .. }
            | Self::LongArray { times }
            | Self::Doubles { times, .. }
            | Self::BooleanArray { times } => {
                *times /= 2;
            }
            Self::StringArray { times, .. } | Self::ListOf { times, .. } | Self::MapOf { times, .. } => {
                *times = times.div_ceil(2);
            }
            Self::Elements { of } => of.iter_mut().for_each(Self::halve),
            Self::Long { .. } | Self::Double { .. } | Self::Boolean { .. } => {}
        }
    }

    /// Doubles its sizes.
    pub(crate) fn double(&mut self) {
        match self {
            Self::Text { times, .. }
            | Self::Mixed { times, .. }
            | Self::LongArray { times }
            | Self::Doubles { times, .. }
            | Self::BooleanArray { times }
            | Self::StringArray { times, .. }
            | Self::ListOf { times, .. }
            | Self::MapOf { times, .. } => *times = times.saturating_mul(2).min(200_000),
            Self::Elements { of } => of.iter_mut().for_each(Self::double),
            Self::Long { .. } | Self::Double { .. } | Self::Boolean { .. } => {}
        }
    }

    /// How many bytes it takes, roughly.
    pub(crate) fn weight(&self) -> usize {
        match self {
            Self::Text { of, times } | Self::Mixed { of, times } => of.len() * *times as usize,
            Self::Long { .. } | Self::Double { .. } | Self::Boolean { .. } => 16,
            Self::LongArray { times } | Self::Doubles { times, .. } | Self::BooleanArray { times } => {
                8 * *times as usize
            }
            Self::StringArray { of, times } => (of.len() + 24) * *times as usize,
            Self::Elements { of } => of.iter().map(Self::weight).sum(),
            Self::ListOf { of, times } => of.weight() * *times as usize,
            Self::MapOf { of, times } => (of.weight() + 64) * *times as usize,
        }
    }

    /// Makes the value.
    pub(crate) fn value(&self) -> Value {
        let double = |of: &str| of.parse::<f64>().unwrap_or(0.1);
        match self {
            Self::Text { of, times } => of.repeat(*times as usize).into(),
            Self::Mixed { of, times } => mixed(of, *times as usize).into(),
            Self::Long { of } => Value::Long(*of),
            Self::Double { of } => double(of).into(),
            Self::Boolean { of } => (*of).into(),
            Self::LongArray { times } => Value::LongArray((0..i64::from(*times)).collect()),
            Self::Doubles { of, times } => Value::DoubleArray(vec![double(of); *times as usize]),
            Self::BooleanArray { times } => Value::BooleanArray(vec![true; *times as usize]),
            Self::StringArray { of, times } => Value::StringArray(vec![Some(of.clone()); *times as usize]),
            Self::Elements { of } => of.iter().map(Self::value).collect::<Vec<_>>().into(),
            Self::ListOf { of, times } => vec![of.value(); *times as usize].into(),
            Self::MapOf { of, times } => {
                Value::Map((0..*times).map(|key| (format!("k{key}"), of.value())).collect::<Map>())
            }
        }
    }
}

impl Parameter {
    /// The parameter as `tests/attacks` writes it: JSON where JSON has it, else what `$make` says.
    pub(crate) fn to_json(&self) -> Json {
        match self {
            Self::Long { of } => json!(of),
            Self::Boolean { of } => json!(of),
            Self::Double { of } if of.parse::<f64>().is_ok_and(f64::is_finite) => {
                json!(of.parse::<f64>().unwrap_or(0.0))
            }
            Self::Elements { of } => {
                json!({"$make": "elements", "of": of.iter().map(Self::to_json).collect::<Vec<_>>()})
            }
            Self::ListOf { of, times } => json!({"$make": "list_of", "of": of.to_json(), "times": times}),
            Self::MapOf { of, times } => json!({"$make": "map_of", "of": of.to_json(), "times": times}),
            made => serde_json::to_value(made).unwrap_or_default(),
        }
    }

    /// The parameter that [`Parameter::to_json`] has written.
    pub(crate) fn from_json(json: &Json) -> Option<Self> {
        let times = json.get("times").and_then(Json::as_u64).unwrap_or(0) as u32;
        let of = || Self::from_json(&json["of"]).map(Box::new);
        Some(match (json, json.get("$make").and_then(Json::as_str)) {
            (_, Some("list_of")) => Self::ListOf { of: of()?, times },
            (_, Some("elements")) => Self::Elements {
                of: json["of"]
                    .as_array()?
                    .iter()
                    .map(Self::from_json)
                    .collect::<Option<_>>()?,
            },
            (_, Some("map_of")) => Self::MapOf { of: of()?, times },
            (_, Some(_)) => serde_json::from_value(json.clone()).ok()?,
            (Json::Number(number), None) => match number.as_i64() {
                Some(of) => Self::Long { of },
                None => Self::Double { of: number.to_string() },
            },
            (Json::Bool(of), None) => Self::Boolean { of: *of },
            (Json::String(of), None) => Self::Text {
                of: of.clone(),
                times: 1,
            },
            (Json::Null | Json::Array(_) | Json::Object(_), None) => return None,
        })
    }
}

/// So many characters of a text, in an order without a period.
fn mixed(of: &str, times: usize) -> String {
    let signs: Vec<char> = of.chars().collect();
    let mut random = Random::new(0);
    let drawn = (0..times).filter_map(|_| signs.get(random.below(signs.len())));
    drawn.collect()
}

/// Another size, near to the old one or anywhere.
fn resized(times: u32, most: u32, random: &mut Random) -> u32 {
    match random.below(5) {
        0 => times.saturating_mul(2),
        1 => times / 2,
        2 => times + 1,
        3 => times.saturating_mul(10),
        _ => random.size(most),
    }
    .clamp(1, most)
}

/// Makes the parameters of an evaluation.
pub(crate) fn inputs(parameters: &std::collections::BTreeMap<String, Parameter>) -> Inputs {
    let values = parameters
        .iter()
        .map(|(name, parameter)| (name.as_str(), parameter.value()));
    Inputs::from(values.collect::<Map>())
}
