//! Keeps of an iteration that ended what is asked for alone, where its loop has as many whole ones as it may.

use std::sync::Arc;

use super::column::{BLOCK, Block, BlockId, Column};
use super::compiled::{CompiledStep, StepIndex};
use super::definition::StepKind;
use super::slots::Slots;
use super::state::{Frame, FrameId, Iterations, Run, RunId, State};
use super::unfold::Unfolding;
use crate::params::meter::{Meter, NAME_STEPS, Stop};
use crate::value::{Map, Value};

/// The bytes of a value in a block, of a block, and of a column: tables grow by doubling.
const VALUE_BYTES: u64 = 3 * size_of::<Value>() as u64;
const BLOCK_BYTES: u64 = (size_of::<Block>() + Slots::<Block>::BYTES + 3 * size_of::<Option<BlockId>>()) as u64;
const COLUMN_BYTES: u64 = 3 * size_of::<Column>() as u64;

impl Unfolding {
    /// What is kept of an iteration that ended, where its loop has as many whole ones as it may: what [`thin_out`](Self::thin_out) takes.
    pub(super) fn kept_of(&self, at: RunId, ended: FrameId, meter: &mut Meter) -> Result<Option<Gathered>, Stop> {
        let inner = &self.blueprint.inner;
        let step = inner.step(self.frame(at.frame)?, at.step)?;
        let (Run::Open { inside, .. }, frame) = (self.run(at)?, self.frame(ended)?) else {
            return Ok(None);
        };
        let is_loop = matches!(step.definition.kind, StepKind::Foreach { .. } | StepKind::While { .. });
        let began = inside.iterations.frames.len() as u64;
        // This one is open no longer.
        let whole = began.saturating_sub(inside.open.saturating_sub(1));
        if !is_loop || frame.failed || whole <= inner.limits.whole_iterations {
            return Ok(None);
        }
        let found = gathered(step, frame);
        meter.steps((1 + found.len() as u64) * 4 * NAME_STEPS + began / 8)?;
        for (.., value) in &found {
            meter.copy(value.held())?;
        }
        Ok(self.may_go(&[ended], meter)?.then_some(found))
    }

    /// Keeps of an iteration that ended no more than what is asked for.
    pub(super) fn thin_out(&mut self, at: RunId, ended: FrameId, found: Gathered) -> Result<(), Stop> {
        let inner = Arc::clone(&self.blueprint.inner);
        let iteration = self.frame(ended)?.iteration;
        let limit = inner.limits.kept;
        let state = self.state_mut();
        let mut fits = true;
        for (step, name, value) in found {
            fits &= state.add_to_column(at, (step, &name), (iteration, value), limit);
        }
        if let Run::Open { inside, .. } = self.run_mut(at)? {
            inside.iterations.take_out(ended, iteration);
            if !fits {
                inside.failure.get_or_insert(Arc::clone(&inner.full));
            }
        }
        self.state_mut().gone.push(ended);
        Ok(())
    }
}

/// What is asked of an iteration: steps, their parameters, and the values.
pub(super) type Gathered = Vec<(StepIndex, Arc<str>, Value)>;

/// What is asked of an iteration that ended.
fn gathered(step: &CompiledStep, frame: &Frame) -> Gathered {
    let mut found = Vec::new();
    for gathers in &step.gathered {
        let Some(Run::Ended { values, .. }) = frame.run(gathers.step) else {
            continue;
        };
        let values: &Map = values;
        let asked = |name: &str| gathers.name.as_deref().is_none_or(|asked| asked == name);
        let named = values.iter().filter(|(name, value)| asked(name) && !value.is_null());
        found.extend(named.map(|(name, value)| {
            let name = gathers.name.clone().unwrap_or_else(|| name.into());
            (gathers.step, name, value.clone())
        }));
    }
    found
}

impl State {
    fn add_to_column(
        &mut self,
        at: RunId,
        (step, name): (StepIndex, &Arc<str>),
        (iteration, value): (u64, Value),
        limit: u64,
    ) -> bool {
        let Self {
            frames, blocks, kept, ..
        } = self;
        let run = frames
            .get_mut(at.frame)
            .and_then(|frame| frame.runs.get_mut(at.step.get()));
        let Some(Run::Open { inside, .. }) = run else {
            return false;
        };
        let columns = &mut inside.iterations.columns;
        let index = columns
            .iter()
            .position(|column| column.step == step && column.name == *name);
        let (block, place) = ((iteration / BLOCK) as usize, (iteration % BLOCK) as usize);
        let has_block = index.and_then(|index| *columns.get(index)?.blocks.get(block)?);
        let filled = has_block
            .and_then(|id| blocks.get(id))
            .map_or(0, |block| block.values.len());
        let more = (place + 1).saturating_sub(filled) as u64 * VALUE_BYTES
            + value.held().0
            + if has_block.is_some() { 0 } else { BLOCK_BYTES }
            + if index.is_some() {
                0
            } else {
                COLUMN_BYTES + name.len() as u64
            };
        let Some(all) = kept.checked_add(more).filter(|all| *all <= limit) else {
            return false;
        };
        *kept = all;
        let index = index.unwrap_or_else(|| {
            columns.push(Column {
                step,
                name: Arc::clone(name),
                blocks: Vec::new(),
                bytes: 0,
            });
            columns.len() - 1
        });
        let Some(column) = columns.get_mut(index) else {
            return false;
        };
        column.bytes += more;
        if column.blocks.len() <= block {
            column.blocks.resize(block + 1, None);
        }
        let id = has_block.unwrap_or_else(|| blocks.push(Block::default()));
        if let Some(slot) = column.blocks.get_mut(block) {
            *slot = Some(id);
        }
        let Some(block) = blocks.get_mut(id) else { return false };
        if block.values.len() <= place {
            block.values.resize(place + 1, Value::Null);
        }
        if let Some(slot) = block.values.get_mut(place) {
            *slot = value;
        }
        true
    }

    /// Forgets what is kept of the iterations of a loop that is open, from one on.
    pub(super) fn truncate_columns(&mut self, at: RunId, from: u64) {
        let frame = self.frames.get_mut(at.frame);
        let Some(Run::Open { inside, .. }) = frame.and_then(|frame| frame.runs.get_mut(at.step.get())) else {
            return;
        };
        let (block, place) = ((from / BLOCK) as usize, (from % BLOCK) as usize);
        for column in &mut inside.iterations.columns {
            let later = column.blocks.iter().enumerate().skip(block);
            for (index, id) in later.filter_map(|(index, id)| Some((index, (*id)?))) {
                let Some(kept) = self.blocks.get_mut(id) else { continue };
                let first = if index == block { place } else { 0 };
                let gone = kept.values.drain(first.min(kept.values.len())..);
                let bytes: u64 = gone.map(|value| VALUE_BYTES + value.held().0).sum();
                column.bytes = column.bytes.saturating_sub(bytes);
                self.kept = self.kept.saturating_sub(bytes);
            }
        }
    }

    /// Lets go what is kept of iterations: the bytes are released with their run.
    pub(super) fn drop_columns(&mut self, iterations: &Iterations) {
        let blocks = iterations.columns.iter().flat_map(|column| &column.blocks);
        for id in blocks.flatten() {
            self.blocks.remove(*id);
        }
    }
}
