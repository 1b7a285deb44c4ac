//! A table whose places are used again once what was in them is gone, and which may be read from a store as it is asked for.

use std::fmt;
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::arena::Id;

/// Where what is not in memory yet is read from.
pub(super) type Source<T> = Arc<dyn Fn(Id<T>) -> Option<Content<T>> + Send + Sync>;

/// What is at a place.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Content<T> {
    Used(Box<T>),
    /// Nothing; and the next place that is free.
    Free(Option<Id<T>>),
}

/// A place.
#[derive(Clone, Debug)]
struct Slot<T> {
    /// What is there; `None` if it could not be read.
    content: OnceLock<Option<Content<T>>>,
    /// Whether it changed since changes were last asked for.
    changed: bool,
}

impl<T> Slot<T> {
    fn new(content: Content<T>) -> Self {
        Self {
            content: OnceLock::from(Some(content)),
            changed: true,
        }
    }
}

/// Where what is not in memory is, and what could not be had from there.
#[derive(Clone)]
struct Store<T> {
    source: Source<T>,
    lost: Arc<OnceLock<Id<T>>>,
}

/// A table of `T`.
#[derive(Clone)]
pub(super) struct Slots<T> {
    places: Vec<Slot<T>>,
    /// The first of the places that are free, each of which names the next.
    free: Option<Id<T>>,
    /// The places that changed, in no order.
    changed: Vec<Id<T>>,
    store: Option<Store<T>>,
}

impl<T> Slots<T> {
    /// The bytes of a place beside what is there: tables grow by doubling, and are copied then.
    pub(super) const BYTES: usize = 3 * (size_of::<Slot<T>>() + size_of::<Id<T>>());

    /// A table of so many places, which are read as they are asked for.
    pub(super) fn stored(count: usize, free: Option<Id<T>>, source: Source<T>) -> Self {
        let unread = || Slot {
            content: OnceLock::new(),
            changed: false,
        };
        Self {
            places: std::iter::repeat_with(unread).take(count).collect(),
            free,
            changed: Vec::new(),
            store: Some(Store {
                source,
                lost: Arc::default(),
            }),
        }
    }

    /// What is at a place.
    pub(super) fn content(&self, id: Id<T>) -> Option<&Content<T>> {
        let read = || self.store.as_ref().and_then(|store| (store.source)(id));
        let content = self.places.get(id.index())?.content.get_or_init(read).as_ref();
        if content.is_none() {
            self.lose(id);
        }
        content
    }

    /// Notes that what is at a place is missing from the store, or is not what was stored.
    pub(super) fn lose(&self, id: Id<T>) {
        if let Some(store) = &self.store {
            store.lost.get_or_init(|| id);
        }
    }

    /// The first place of which that was noted.
    pub(super) fn lost(&self) -> Option<Id<T>> {
        self.store.as_ref()?.lost.get().copied()
    }

    fn content_mut(&mut self, id: Id<T>) -> Option<&mut Content<T>> {
        self.content(id)?;
        let slot = self.places.get_mut(id.index())?;
        if !std::mem::replace(&mut slot.changed, true) {
            self.changed.push(id);
        }
        slot.content.get_mut()?.as_mut()
    }

    pub(super) fn get(&self, id: Id<T>) -> Option<&T> {
        match self.content(id)? {
            Content::Used(item) => Some(item),
            Content::Free(_) => None,
        }
    }

    pub(super) fn get_mut(&mut self, id: Id<T>) -> Option<&mut T> {
        match self.content_mut(id)? {
            Content::Used(item) => Some(item),
            Content::Free(_) => None,
        }
    }

    /// The first.
    pub(super) fn first(&self) -> Option<&T> {
        self.get(Id::new(0))
    }

    /// Adds one at a place that is free.
    pub(super) fn push(&mut self, item: T) -> Id<T> {
        let used = Content::Used(Box::new(item));
        if let Some(id) = self.free
            && let Some(content) = self.content_mut(id)
            && let Content::Free(next) = *content
        {
            *content = used;
            self.free = next;
            return id;
        }
        let id = Id::new(self.places.len() as u32);
        self.places.push(Slot::new(used));
        self.changed.push(id);
        id
    }

    /// Takes one out; its place is used again.
    pub(super) fn remove(&mut self, id: Id<T>) -> Option<T> {
        self.get(id)?;
        let next = Content::Free(self.free);
        let Content::Used(item) = std::mem::replace(self.content_mut(id)?, next) else {
            return None;
        };
        self.free = Some(id);
        Some(*item)
    }

    /// How many places there are.
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// The first of the places that are free.
    pub(super) fn free(&self) -> Option<Id<T>> {
        self.free
    }

    fn ids(&self) -> impl Iterator<Item = Id<T>> + use<T> {
        (0..self.places.len() as u32).map(Id::new)
    }

    /// All with their numbers: what is not in memory is read.
    pub(super) fn entries(&self) -> impl Iterator<Item = (Id<T>, &T)> {
        self.ids().filter_map(|id| Some((id, self.get(id)?)))
    }

    /// All.
    pub(super) fn iter(&self) -> impl Iterator<Item = &T> {
        self.entries().map(|(_, item)| item)
    }

    /// All, to be changed.
    pub(super) fn each_mut(&mut self, mut change: impl FnMut(&mut T) -> bool) {
        for id in self.ids() {
            if self.get(id).is_some()
                && let Some(item) = self.get_mut(id)
                && !change(item)
            {
                return;
            }
        }
    }

    /// Whether the places that are free are what they say they are, each of them once.
    pub(super) fn is_sound(&self) -> bool {
        let free = self.ids().filter(|id| self.get(*id).is_none()).count();
        let mut next = self.free;
        for _ in 0..free {
            let Some(Content::Free(after)) = next.and_then(|id| self.content(id)) else {
                return false;
            };
            next = *after;
        }
        next.is_none()
    }

    /// The places that changed since this was last asked, with what is there.
    pub(super) fn take_changed(&mut self) -> Vec<Id<T>> {
        let mut changed = std::mem::take(&mut self.changed);
        changed.sort_unstable();
        for id in &changed {
            if let Some(slot) = self.places.get_mut(id.index()) {
                slot.changed = false;
            }
        }
        changed
    }

    /// What is at a place, to note that it is stored: it does not count as changed.
    pub(super) fn stored_mut(&mut self, id: Id<T>) -> Option<&mut T> {
        match self.places.get_mut(id.index())?.content.get_mut()?.as_mut()? {
            Content::Used(item) => Some(item),
            Content::Free(_) => None,
        }
    }
}

impl<T> Default for Slots<T> {
    fn default() -> Self {
        Self {
            places: Vec::new(),
            free: None,
            changed: Vec::new(),
            store: None,
        }
    }
}

impl<T: fmt::Debug> fmt::Debug for Slots<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(&self.places).finish()
    }
}

#[derive(Serialize)]
struct Written<'s, T> {
    places: Vec<Option<&'s Content<T>>>,
    free: Option<Id<T>>,
}

#[derive(Deserialize)]
struct Read<T> {
    places: Vec<Content<T>>,
    free: Option<Id<T>>,
}

impl<T: Serialize> Serialize for Slots<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let places = self.ids().map(|id| self.content(id)).collect();
        let free = self.free;
        Written { places, free }.serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Slots<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Read { places, free } = Read::deserialize(deserializer)?;
        Ok(Self {
            changed: (0..places.len() as u32).map(Id::new).collect(),
            places: places.into_iter().map(Slot::new).collect(),
            free,
            store: None,
        })
    }
}
