//! The functions a program can call; so far the text functions of Java they stand on.

pub(crate) mod java;
