//! The state of an unfolding in pieces, by frame: an event reads and writes those on its path, however many there are.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::blueprint::Blueprint;
use super::column::{Block, BlockId};
use super::compiled::StepIndex;
use super::inner::Inner;
use super::packed::Packed;
use super::restore;
use super::slots::{Content, Slots};
use super::sound;
use super::state::{Frame, FrameId, Neighbours, ROOT, Spent, State, Task, block_key, frame_key};
use super::unfold::Unfolding;
use crate::arena::Id;
use crate::diagnostic::Code;
use crate::limits::Usage;
use crate::params::DefinitionError;
use crate::params::problem::error;
use crate::value::{Map, Value};

/// Values that hold more bytes are pieces of their own, which are written once.
const APART_BYTES: u64 = 4 * 1024;

/// The key of the piece that is read first.
const HEAD: &str = "head";

/// A piece of an unfolding's state, to be stored under its key.
///
/// ```
/// use selvedge::workflow::{Blueprint, Unfolding, Workflow};
/// use selvedge::{Engine, Map};
/// let text = r#"{"workflow": {"id": "w", "steps": [{"step": {"id": "load", "type": "sql"}}]}}"#;
/// let blueprint = Blueprint::builder(Workflow::from_json(text)?).build(&Engine::default())?;
/// let pieces = Unfolding::start(&blueprint, &Map::new())?.changed_pieces();
/// assert_eq!(pieces.iter().map(|piece| &*piece.key).collect::<Vec<_>>(), ["head", "frame/0"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Piece {
    /// Its key among those of one unfolding.
    pub key: String,
    /// The content, a JSON text.
    pub content: String,
}

impl Piece {
    /// A piece that says of which key it is, so that it is taken for no other.
    fn new(key: String, what: &impl Serialize) -> Self {
        let content = serde_json::to_string(&(&key, what));
        debug_assert!(content.is_ok(), "maps have texts as keys");
        let content = content.unwrap_or_default();
        Self { key, content }
    }

    /// What is in the piece of a key.
    fn read<T: DeserializeOwned>(read: &Stored, key: &str) -> Option<T> {
        let text = read(key)?;
        let (of, what) = serde_json::from_str::<(String, T)>(&text).ok()?;
        (of == key).then_some(what)
    }
}

/// What is not of one frame.
#[derive(Serialize, Deserialize)]
struct Head {
    blueprint: Arc<str>,
    runs: u64,
    size: u64,
    kept: u64,
    open: (Option<FrameId>, Option<FrameId>),
    pending: VecDeque<Task>,
    stopping: Vec<FrameId>,
    gone: Vec<FrameId>,
    frames: (usize, Option<FrameId>),
    blocks: (usize, Option<BlockId>),
}

/// A frame without the values that are stored apart.
#[derive(Serialize, Deserialize)]
struct StoredFrame {
    frame: Frame,
    open: (Option<FrameId>, Option<FrameId>),
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    apart: Vec<Option<StepIndex>>,
}

fn values_key(frame: FrameId, step: Option<StepIndex>) -> String {
    match step {
        Some(step) => format!("values/{}/{}", frame.number(), step.get()),
        None => format!("values/{}", frame.number()),
    }
}

impl Unfolding {
    /// Returns the pieces that changed since the last call, or since the unfolding was restored; all of them the first time. Write them
    /// atomically. There are none if a piece is [lost](Self::lost_piece).
    ///
    /// ```
    /// use std::collections::HashMap;
    /// use std::sync::{Arc, Mutex};
    /// use selvedge::workflow::{Blueprint, Event, Unfolding, Workflow};
    /// use selvedge::{Engine, Map};
    /// let text = r#"{"workflow": {"id": "w", "steps": [{"step": {"id": "load", "type": "sql"}}]}}"#;
    /// let blueprint = Blueprint::builder(Workflow::from_json(text)?).build(&Engine::default())?;
    /// let store: Arc<Mutex<HashMap<String, String>>> = Arc::default();
    /// let write = |unfolding: &mut Unfolding| {
    ///     let changed = unfolding.changed_pieces();
    ///     store.lock().unwrap().extend(changed.into_iter().map(|piece| (piece.key, piece.content)));
    /// };
    /// write(&mut Unfolding::start(&blueprint, &Map::new())?);
    ///
    /// // Another process: it reads what it needs.
    /// let reader = Arc::clone(&store);
    /// let mut unfolding = Unfolding::restore_pieces(&blueprint, move |key| reader.lock().unwrap().get(key).cloned())?;
    /// unfolding.apply(Event::started("load"))?;
    /// write(&mut unfolding);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn changed_pieces(&mut self) -> Vec<Piece> {
        if self.lost_piece().is_some() {
            return Vec::new();
        }
        let mut pieces = vec![Piece::new(HEAD.to_owned(), &self.head())];
        let state = self.state_mut();
        for id in state.frames.take_changed() {
            if let Some(frame) = state.frames.stored_mut(id) {
                store_apart(id, frame, &mut pieces);
            }
            let content = match state.frames.content(id) {
                Some(Content::Used(frame)) => Content::Used(Box::new(stored(frame))),
                Some(Content::Free(next)) => Content::Free(next.map(|next| Id::new(next.number()))),
                None => continue,
            };
            pieces.push(Piece::new(frame_key(id), &content));
        }
        for id in state.blocks.take_changed() {
            if let Some(block) = state.blocks.content(id) {
                pieces.push(Piece::new(block_key(id), block));
            }
        }
        pieces
    }

    fn head(&self) -> Head {
        let state = &self.state;
        Head {
            blueprint: Arc::clone(&self.blueprint.inner.hash),
            runs: state.runs,
            size: state.size,
            kept: state.kept,
            open: (state.open.before, state.open.after),
            pending: state.pending.clone(),
            stopping: state.stopping.clone(),
            gone: state.gone.clone(),
            frames: (state.frames.len(), state.frames.free()),
            blocks: (state.blocks.len(), state.blocks.free()),
        }
    }

    /// The key of a piece that is missing or corrupt in the store. From then on, every event is refused, the unfolding counts as running,
    /// and its tree lacks that piece. The store is as it was before the event.
    ///
    /// ```
    /// use selvedge::workflow::{Blueprint, CompleteError, Event, Progress, Unfolding, Workflow};
    /// let text = r#"{"workflow": {"id": "w", "steps": [{"step": {"id": "load", "type": "sql"}}]}}"#;
    /// let blueprint = Blueprint::builder(Workflow::from_json(text)?).build(&selvedge::Engine::default())?;
    /// let pieces = Unfolding::start(&blueprint, &selvedge::Map::new())?.changed_pieces();
    /// let head = pieces.into_iter().find(|piece| piece.key == "head").ok_or("no head")?;
    /// let mut unfolding = Unfolding::restore_pieces(&blueprint, move |key| (key == head.key).then(|| head.content.clone()))?;
    /// assert_eq!(unfolding.lost_piece(), None);
    /// assert_eq!(unfolding.progress(), Progress::Running);
    /// assert_eq!(unfolding.lost_piece().as_deref(), Some("frame/0"));
    /// assert_eq!(unfolding.apply(Event::started("load")), Err(CompleteError::LostPiece("frame/0".to_owned())));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn lost_piece(&self) -> Option<String> {
        self.state.lost()
    }

    /// Restores an unfolding from stored pieces, which are read by key as needed. An event that needs a missing or corrupt piece is refused
    /// with [`CompleteError::LostPiece`](super::CompleteError::LostPiece).
    ///
    /// # Errors
    ///
    /// Pieces of another blueprint, or none.
    ///
    /// ```
    /// use selvedge::workflow::{Blueprint, Unfolding, Workflow};
    /// let workflow = Workflow::from_json(r#"{"workflow": {"id": "w", "steps": []}}"#)?;
    /// let blueprint = Blueprint::builder(workflow).build(&selvedge::Engine::default())?;
    /// let refused = Unfolding::restore_pieces(&blueprint, |_| None).unwrap_err();
    /// assert_eq!(refused.problems()[0].message(), "expected the pieces of an unfolding, found none");
    /// # Ok::<(), selvedge::params::DefinitionError>(())
    /// ```
    pub fn restore_pieces(
        blueprint: &Blueprint,
        read: impl Fn(&str) -> Option<String> + Send + Sync + 'static,
    ) -> Result<Self, DefinitionError> {
        let refused = |message: &str| error("", None, Code::WorkflowShape, message);
        let head = Piece::read::<Head>(&read, HEAD);
        let head = head.ok_or_else(|| refused("expected the pieces of an unfolding, found none"))?;
        if *head.blueprint != *blueprint.hash() {
            return Err(refused("the pieces belong to other definitions or limits").into());
        }
        // More there can never have been.
        let most = usize::try_from(blueprint.limits().runs)
            .unwrap_or(usize::MAX)
            .saturating_add(2);
        if head.frames.0 > most || head.blocks.0 > most {
            return Err(refused("the pieces are not those of an unfolding").into());
        }
        let queued = head.pending.iter().filter_map(|task| match task {
            Task::Decide(frame) => Some(*frame),
            Task::Ended(_) | Task::Continue(_) => None,
        });
        let reader = Reader {
            read: Box::new(read),
            inner: Arc::clone(&blueprint.inner),
            queued: queued.collect(),
        };
        let reader = Arc::new(reader);
        let of_blocks = Arc::clone(&reader);
        let (before, after) = head.open;
        let state = State {
            frames: Slots::stored(head.frames.0, head.frames.1, Arc::new(move |id| reader.frame(id))),
            blocks: Slots::stored(head.blocks.0, head.blocks.1, Arc::new(move |id| of_blocks.block(id))),
            runs: head.runs,
            size: head.size,
            kept: head.kept,
            open: Neighbours { before, after },
            pending: head.pending,
            stopping: head.stopping,
            gone: head.gone,
        };
        Ok(Self {
            blueprint: blueprint.clone(),
            state: Arc::new(state),
            usage: Usage::default(),
            spent: Spent::default(),
            log: None,
        })
    }
}

/// Makes pieces of the values of a frame that are large, and not stored yet.
fn store_apart(id: FrameId, frame: &mut Frame, pieces: &mut Vec<Piece>) {
    let before = std::mem::take(&mut frame.apart);
    let mut apart = Vec::new();
    let mut part = |step: Option<StepIndex>, values: &Arc<Map>| {
        if values.held().0 <= APART_BYTES {
            return;
        }
        // They are in the order of the steps.
        let known = before.binary_search_by_key(&step, |(owner, _)| *owner);
        let known = known.ok().and_then(|index| before.get(index));
        if !known.is_some_and(|(_, stored)| Arc::ptr_eq(stored, values)) {
            pieces.push(Piece::new(values_key(id, step), &Packed::of(values)));
        }
        apart.push((step, Arc::clone(values)));
    };
    part(None, &frame.values);
    for (step, run) in frame.each_run() {
        if let Some(values) = run.values() {
            part(Some(step), values);
        }
    }
    frame.apart = apart;
}

/// A frame to be stored, without the values that are pieces of their own.
fn stored(frame: &Frame) -> StoredFrame {
    let mut stored = frame.clone();
    let none = Arc::new(Map::new());
    let apart: Vec<Option<StepIndex>> = frame.apart.iter().map(|(step, _)| *step).collect();
    for step in &apart {
        if let Some(values) = values_of(&mut stored, *step) {
            *values = Arc::clone(&none);
        }
    }
    let Neighbours { before, after } = frame.neighbours;
    StoredFrame {
        frame: stored,
        open: (before, after),
        apart,
    }
}

/// What is stored under a key.
type Stored = dyn Fn(&str) -> Option<String> + Send + Sync;

/// What reads pieces.
struct Reader {
    read: Box<Stored>,
    inner: Arc<Inner>,
    /// The frames of which a task to decide their steps is pending.
    queued: HashSet<FrameId>,
}

impl Reader {
    fn frame(&self, id: FrameId) -> Option<Content<Frame>> {
        let stored = match Piece::read::<Content<StoredFrame>>(&self.read, &frame_key(id))? {
            Content::Free(next) => return Some(Content::Free(next.map(|next| FrameId::new(next.number())))),
            Content::Used(stored) => *stored,
        };
        let StoredFrame { mut frame, open, apart } = stored;
        let is_within = frame.depth <= self.inner.limits.most_depth() && (id == ROOT) == frame.parent.is_none();
        if !is_within || !sound::is_of(&self.inner, &frame) {
            return None;
        }
        restore::compact_frame(&self.inner, &mut frame);
        for step in &apart {
            let packed = Piece::read::<Packed>(&self.read, &values_key(id, *step))?;
            let Value::Map(mut map) = packed.into_value() else {
                return None;
            };
            map.compact();
            *values_of(&mut frame, *step)? = Arc::new(map);
        }
        restore::restore_frame(&self.inner, &mut frame);
        for step in apart {
            let values = Arc::clone(values_of(&mut frame, step)?);
            frame.apart.push((step, values));
        }
        let (before, after) = open;
        frame.neighbours = Neighbours { before, after };
        frame.queued = self.queued.contains(&id);
        Some(Content::Used(Box::new(frame)))
    }

    fn block(&self, id: BlockId) -> Option<Content<Block>> {
        Piece::read(&self.read, &block_key(id))
    }
}

/// The values of a frame, or of a run in it.
fn values_of(frame: &mut Frame, step: Option<StepIndex>) -> Option<&mut Arc<Map>> {
    match step {
        None => Some(&mut frame.values),
        Some(step) => frame.runs.get_mut(step.get())?.values_mut(),
    }
}
