//! The pathways of an edition. Those that are compiled in are read one by one, when something first asks for one: a start
//! waits for the few that its first screen speaks of, not for all. Which faults a file has is left to [`super::read`]:
//! an office's own files are read whole before an edition of them is made.

use std::collections::BTreeMap;
use std::ops::Index;
use std::sync::{Arc, OnceLock};

use super::definition::{Listed, Pathway};
use super::read::Shelf;

/// What is known of a pathway by the head of its file, without its steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Its cases are records.
    pub register: bool,
    /// Its cases stand in the urgent queues.
    pub urgent: bool,
    /// The list of the office on which its cases stand.
    pub list: Option<Listed>,
    /// What comes round in its cases stands on the list of reviews.
    pub reviews: bool,
    /// What its cases are begun from: pathways, or `"late"`.
    pub begun_from: Vec<String>,
    /// What is to be made better is raised here.
    pub takes_actions: bool,
}

impl Head {
    fn of(pathway: &Pathway) -> Head {
        Head {
            register: pathway.register,
            urgent: pathway.urgent,
            list: pathway.list,
            reviews: pathway.reviews,
            begun_from: pathway.begun_from.clone(),
            takes_actions: pathway.takes_actions,
        }
    }
}

/// The pathways of an edition, by id.
#[derive(Debug, Clone, Default)]
pub struct Pathways {
    all: BTreeMap<String, One>,
    /// Where those that were not read yet come from; nothing is left to read without.
    shelf: Option<Arc<Shelf>>,
}

#[derive(Debug, Clone)]
struct One {
    head: Head,
    read: OnceLock<Arc<Pathway>>,
}

impl Pathways {
    /// Those that are compiled in, each to be read when it is asked for.
    pub(super) fn on_shelf(shelf: Shelf) -> Self {
        let one = |id: &str| Some((id.to_owned(), One { head: shelf.head(id)?, read: OnceLock::new() }));
        Self { all: shelf.ids().filter_map(one).collect(), shelf: Some(Arc::new(shelf)) }
    }

    /// The pathway of this id.
    pub fn get(&self, id: &str) -> Option<&Arc<Pathway>> {
        let (id, one) = self.all.get_key_value(id)?;
        Some(self.of(id, one))
    }

    /// All of them, by id.
    pub fn values(&self) -> impl Iterator<Item = &Arc<Pathway>> {
        self.all.iter().map(|(id, one)| self.of(id, one))
    }

    /// Those whose head is as asked; no other is read.
    pub fn with<'a>(&'a self, head: impl Fn(&Head) -> bool + 'a) -> impl Iterator<Item = &'a Arc<Pathway>> {
        self.all.iter().filter(move |(_, one)| head(&one.head)).map(|(id, one)| self.of(id, one))
    }

    /// Their ids, in ascending order.
    pub fn keys(&self) -> impl ExactSizeIterator<Item = &String> {
        self.all.keys()
    }

    fn of<'a>(&'a self, id: &str, one: &'a One) -> &'a Arc<Pathway> {
        one.read.get_or_init(|| {
            let read = self.shelf.as_ref().and_then(|shelf| shelf.pathway(id));
            Arc::new(read.expect("the files in config/ hold together: tests/definitions.rs"))
        })
    }
}

impl FromIterator<Arc<Pathway>> for Pathways {
    fn from_iter<T: IntoIterator<Item = Arc<Pathway>>>(pathways: T) -> Self {
        let one = |pathway: Arc<Pathway>| {
            (pathway.id.clone(), One { head: Head::of(&pathway), read: OnceLock::from(pathway) })
        };
        Self { all: pathways.into_iter().map(one).collect(), shelf: None }
    }
}

impl PartialEq for Pathways {
    fn eq(&self, other: &Self) -> bool {
        self.values().eq(other.values())
    }
}

impl Index<&str> for Pathways {
    type Output = Arc<Pathway>;

    fn index(&self, id: &str) -> &Arc<Pathway> {
        self.get(id).expect("a pathway of this edition")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pathway::edition::Edition;

    #[test]
    fn read_one_by_one_they_are_what_the_whole_set_says() {
        let whole = Edition::read(Edition::built_in_files()).unwrap();
        let one_by_one = Edition::built_in();
        assert_eq!(one_by_one.pathways, whole.pathways);
        for (id, one) in &one_by_one.pathways.all {
            assert_eq!(one.head, Head::of(&whole.pathways[id.as_str()]), "the head of {id}");
        }
    }
}
