//! Functions that do the same and have different names, so that a profile tells what each candidate of a batch did.

use std::hint::black_box;

/// What a slot runs.
pub(crate) type Run<'r> = &'r mut dyn FnMut();

/// The functions that a candidate runs in, each with a profile of its own.
#[derive(Clone, Copy)]
pub(crate) struct Slot {
    /// Compiles.
    pub(crate) compile: fn(Run<'_>),
    /// Evaluates with a part of the steps.
    pub(crate) brief: fn(Run<'_>),
    /// Evaluates.
    pub(crate) whole: fn(Run<'_>),
}

impl Slot {
    /// The slot whose functions but for the whole evaluation are not counted.
    pub(crate) fn alone(self) -> Self {
        let uncounted = |run: Run<'_>| run();
        Self {
            compile: uncounted,
            brief: uncounted,
            ..self
        }
    }
}

/// What a slot's function is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Part {
    Compile,
    Brief,
    Whole,
}

/// Declares a function for each slot, and a part.
macro_rules! functions {
    ($part:ident: $($name:ident = $index:literal,)*) => {
        mod $part {
            use super::{Run, black_box};

            $(
                #[inline(never)]
                pub(super) fn $name(run: Run<'_>) {
                    run();
                    // Keeps the call from being the last thing done, and the functions from being one.
                    black_box(concat!(stringify!($part), $index));
                }
            )*
        }
    };
}

/// Declares the slots.
macro_rules! slots {
    ($($name:ident = $index:literal,)*) => {
        functions! { compile: $($name = $index,)* }
        functions! { brief: $($name = $index,)* }
        functions! { whole: $($name = $index,)* }

        /// The slots, by number.
        pub(crate) const SLOTS: &[Slot] =
            &[$(Slot { compile: compile::$name, brief: brief::$name, whole: whole::$name }),*];
    };
}

/// The slot and part that a function is, by its name in a profile.
pub(crate) fn part_of(function: &str) -> Option<(usize, Part)> {
    let (before, after) = function.split_once("slot_")?;
    let part = match before.rsplit("::").nth(1)? {
        "compile" => Part::Compile,
        "brief" => Part::Brief,
        "whole" => Part::Whole,
        _ => return None,
    };
    Some((after.get(..3)?.parse().ok()?, part))
}

slots! {
    slot_000 = 0, slot_001 = 1, slot_002 = 2, slot_003 = 3, slot_004 = 4, slot_005 = 5, slot_006 = 6, slot_007 = 7,
    slot_008 = 8, slot_009 = 9, slot_010 = 10, slot_011 = 11, slot_012 = 12, slot_013 = 13, slot_014 = 14, slot_015 = 15,
    slot_016 = 16, slot_017 = 17, slot_018 = 18, slot_019 = 19, slot_020 = 20, slot_021 = 21, slot_022 = 22, slot_023 = 23,
    slot_024 = 24, slot_025 = 25, slot_026 = 26, slot_027 = 27, slot_028 = 28, slot_029 = 29, slot_030 = 30, slot_031 = 31,
    slot_032 = 32, slot_033 = 33, slot_034 = 34, slot_035 = 35, slot_036 = 36, slot_037 = 37, slot_038 = 38, slot_039 = 39,
    slot_040 = 40, slot_041 = 41, slot_042 = 42, slot_043 = 43, slot_044 = 44, slot_045 = 45, slot_046 = 46, slot_047 = 47,
    slot_048 = 48, slot_049 = 49, slot_050 = 50, slot_051 = 51, slot_052 = 52, slot_053 = 53, slot_054 = 54, slot_055 = 55,
    slot_056 = 56, slot_057 = 57, slot_058 = 58, slot_059 = 59, slot_060 = 60, slot_061 = 61, slot_062 = 62, slot_063 = 63,
    slot_064 = 64, slot_065 = 65, slot_066 = 66, slot_067 = 67, slot_068 = 68, slot_069 = 69, slot_070 = 70, slot_071 = 71,
    slot_072 = 72, slot_073 = 73, slot_074 = 74, slot_075 = 75, slot_076 = 76, slot_077 = 77, slot_078 = 78, slot_079 = 79,
    slot_080 = 80, slot_081 = 81, slot_082 = 82, slot_083 = 83, slot_084 = 84, slot_085 = 85, slot_086 = 86, slot_087 = 87,
    slot_088 = 88, slot_089 = 89, slot_090 = 90, slot_091 = 91, slot_092 = 92, slot_093 = 93, slot_094 = 94, slot_095 = 95,
    slot_096 = 96, slot_097 = 97, slot_098 = 98, slot_099 = 99, slot_100 = 100, slot_101 = 101, slot_102 = 102, slot_103 = 103,
    slot_104 = 104, slot_105 = 105, slot_106 = 106, slot_107 = 107, slot_108 = 108, slot_109 = 109, slot_110 = 110, slot_111 = 111,
    slot_112 = 112, slot_113 = 113, slot_114 = 114, slot_115 = 115, slot_116 = 116, slot_117 = 117, slot_118 = 118, slot_119 = 119,
    slot_120 = 120, slot_121 = 121, slot_122 = 122, slot_123 = 123, slot_124 = 124, slot_125 = 125, slot_126 = 126, slot_127 = 127,
}
