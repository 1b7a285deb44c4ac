//! The peers, each in its own file.

#[cfg(feature = "race")]
pub mod native;
#[cfg(feature = "race")]
pub mod ours;

pub mod lua;
#[cfg(feature = "rhai")]
pub mod rhai;

/// All peers that are linked into this binary, in the order of the table.
#[cfg(feature = "race")]
pub fn all() -> Vec<Box<dyn crate::race::Peer>> {
    vec![
        Box::new(native::Native),
        Box::new(ours::Selvedge { cached: true }),
        Box::new(ours::Selvedge { cached: false }),
        Box::new(lua::PlainLua { limits: true }),
        Box::new(lua::PlainLua { limits: false }),
        #[cfg(feature = "rhai")]
        Box::new(rhai::Rhai),
    ]
}
