//! The peers, each in its own file.

#[cfg(feature = "race")]
pub mod native;
#[cfg(feature = "race")]
pub mod ours;

#[cfg(feature = "boa")]
pub mod boa;
#[cfg(feature = "cel")]
pub mod cel;
#[cfg(feature = "evalexpr")]
pub mod evalexpr;
#[cfg(feature = "race")]
pub mod helper;
#[cfg(any(feature = "boa", feature = "rquickjs"))]
pub mod js;
#[cfg(feature = "koto")]
pub mod koto;
pub mod lua;
#[cfg(feature = "rhai")]
pub mod rhai;
#[cfg(feature = "rquickjs")]
pub mod rquickjs;
#[cfg(feature = "rune")]
pub mod rune;
#[cfg(feature = "starlark")]
pub mod starlark;
#[cfg(feature = "wasmi")]
pub mod wasmi;

/// All peers that are linked into this binary, in the order of the table.
#[cfg(feature = "race")]
pub fn all() -> Vec<Box<dyn crate::race::Peer>> {
    vec![
        Box::new(native::Native),
        Box::new(ours::Selvedge { cached: false }),
        Box::new(ours::Selvedge { cached: true }),
        Box::new(lua::PlainLua { limits: true }),
        Box::new(lua::PlainLua { limits: false }),
        Box::new(helper::LUAJIT),
        Box::new(helper::LUAU),
        #[cfg(feature = "rhai")]
        Box::new(rhai::Rhai),
        #[cfg(feature = "rune")]
        Box::new(rune::Rune),
        #[cfg(feature = "koto")]
        Box::new(koto::KotoPeer),
        #[cfg(feature = "boa")]
        Box::new(boa::Boa),
        #[cfg(feature = "wasmi")]
        Box::new(wasmi::Wasmi),
        #[cfg(feature = "starlark")]
        Box::new(starlark::Starlark),
        #[cfg(feature = "rquickjs")]
        Box::new(rquickjs::Quickjs),
        #[cfg(feature = "evalexpr")]
        Box::new(evalexpr::Evalexpr),
        #[cfg(feature = "cel")]
        Box::new(cel::Cel),
    ]
}
