//! A parameter of a step inside a loop over its iterations, which is kept of those that are not kept whole.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::compiled::StepIndex;
use super::slots::Slots;
use crate::arena::Id;
use crate::value::Value;

/// How many iterations a block has.
pub(super) const BLOCK: u64 = 256;

/// The number of a block.
pub(super) type BlockId = Id<Block>;

/// What some iterations in a row have for a parameter, by iteration; null where one has none.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Block {
    pub(super) values: Vec<Value>,
}

/// A parameter of a step inside a loop, over its iterations.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Column {
    pub(super) step: StepIndex,
    pub(super) name: Arc<str>,
    /// Its blocks, in the order of the iterations.
    pub(super) blocks: Vec<Option<BlockId>>,
    /// The bytes that it keeps.
    pub(super) bytes: u64,
}

impl Column {
    /// What an iteration has.
    pub(super) fn get<'b>(&self, iteration: u64, blocks: &'b Slots<Block>) -> Option<&'b Value> {
        let id = (*self.blocks.get((iteration / BLOCK) as usize)?)?;
        blocks.get(id)?.values.get((iteration % BLOCK) as usize)
    }
}
