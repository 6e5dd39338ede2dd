//! Regulations, laws and statements of the assessment framework that records show something about: `tags.toml` as it stands
//! after reading. Which of them a case has is left to [`crate::pathway::tags`].

/// All of them, framework by framework.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tags {
    /// The frameworks, in the order of the file.
    pub frameworks: Vec<Framework>,
    /// The tags, in the order of the file.
    pub tags: Vec<Tag>,
    /// What an inspector may ask.
    pub questions: Vec<Question>,
    /// Classes of record that are kept about an organisation outside, in the order of the file.
    pub classes: Vec<RecordClass>,
}

/// A class of record that is kept about an organisation outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordClass {
    /// Its id.
    pub id: String,
    /// In words.
    pub title: String,
    /// Pathways, or steps as `PATHWAY.STEP`, whose records belong to it.
    pub on: Vec<String>,
}

/// What an inspector may ask staff about somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Its id.
    pub id: String,
    /// The tag that it is about, by its id.
    pub tag: String,
    /// Its words.
    pub ask: String,
    /// Not asked any more.
    pub retired: bool,
}

/// What tags are of: a set of regulations, an assessment framework, each in one edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Framework {
    /// Its id.
    pub id: String,
    /// In words.
    pub title: String,
    /// Which edition of it.
    pub edition: String,
    /// Where it can be read.
    pub source: String,
    /// No longer in force; records are still found by it.
    pub retired: bool,
}

/// One regulation, law or statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// Its id, kept in records where somebody chose it.
    pub id: String,
    /// Of which framework, by its id.
    pub framework: String,
    /// In words.
    pub title: String,
    /// Pathways, or steps as `PATHWAY.STEP`, whose records show something about it.
    pub on: Vec<String>,
    /// The tag that it stands under, by its id: a statement under its key question.
    pub under: Option<String>,
}

impl Tags {
    /// The tag of this id.
    pub fn get(&self, id: &str) -> Option<&Tag> {
        self.tags.iter().find(|tag| tag.id == id)
    }

    /// Its words, or its id where it is not defined here.
    pub fn title<'a>(&'a self, id: &'a str) -> &'a str {
        self.get(id).map_or(id, |tag| &tag.title)
    }

    /// Whether what shows something about one tag shows something about another: it is that one, or stands under it.
    pub fn is_of(&self, tag: &str, wanted: &str) -> bool {
        tag == wanted || self.get(tag).is_some_and(|tag| tag.under.as_deref() == Some(wanted))
    }

    /// The framework that a tag is of.
    pub fn framework(&self, tag: &str) -> Option<&Framework> {
        let of = &self.get(tag)?.framework;
        self.frameworks.iter().find(|framework| framework.id == *of)
    }

    /// The places of the classes that a step belongs to: those that name it; where none does, those that name its pathway.
    pub fn classes_of(&self, pathway: &str, step: &str) -> Vec<usize> {
        let places = |names: &dyn Fn(&str) -> bool| -> Vec<usize> {
            let all = self.classes.iter().enumerate();
            all.filter(|(_, class)| class.on.iter().any(|on| names(on))).map(|(at, _)| at).collect()
        };
        match places(&|on| is_step(on, pathway, step)) {
            none if none.is_empty() => places(&|on| on == pathway),
            named => named,
        }
    }

    /// Those of a framework, in the order of the file.
    pub fn of<'a>(&'a self, framework: &'a str) -> impl Iterator<Item = &'a Tag> {
        self.tags.iter().filter(move |tag| tag.framework == framework)
    }

    /// Those that are attached to a pathway, or to this very step of it.
    pub fn on<'a>(&'a self, pathway: &'a str, step: &'a str) -> impl Iterator<Item = &'a Tag> {
        self.tags
            .iter()
            .filter(move |tag| tag.on.iter().any(|on| on == pathway || is_step(on, pathway, step)))
    }
}

fn is_step(on: &str, pathway: &str, step: &str) -> bool {
    on.split_once('.') == Some((pathway, step))
}
