//! Who is near a person: family and representatives, as the person's own record names them.

use crate::domain::answer::{Answer, Answers, YesNo};
use crate::domain::names;
use crate::domain::words::show::who;

use super::definition::{Field, Kind, Means, Pathway};

/// Somebody on a person's record who may, or must not, be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Near {
    /// Their name.
    pub name: String,
    /// Their telephone number.
    pub phone: Option<String>,
    /// What else the record says of them: who they are to the person, what they may be told.
    pub about: String,
    /// Marked that they must not be told, with why.
    pub do_not_inform: Option<String>,
}

impl Near {
    /// The name with who they are.
    pub fn named(&self) -> String {
        if self.about.is_empty() { self.name.clone() } else { who(&self.name, &self.about) }
    }

    /// Whether every word typed begins a word of the name or of what is known of them.
    pub fn is_meant(&self, typed: &str) -> bool {
        let known = names::fold(&format!("{} {}", self.name, self.about));
        let begins = |word: &str| known.split_whitespace().any(|part| part.starts_with(word));
        names::fold(typed).split_whitespace().all(begins)
    }
}

/// Those of them who must not be told, as they are named.
pub fn must_not_be_told(near: &[Near]) -> Vec<String> {
    near.iter().filter(|one| one.do_not_inform.is_some()).map(Near::named).collect()
}

/// Everybody on a record of this register, by the answers as they stand.
pub fn near(register: &Pathway, answers: &Answers) -> Vec<Near> {
    let field = register.opening().and_then(|step| step.meaning(Means::Representative));
    let Some((field, Kind::Rows { columns, .. })) = field.map(|field| (field, &field.kind)) else {
        return Vec::new();
    };
    match answers.get(&field.id) {
        Some(Answer::Rows(rows)) => rows.iter().filter_map(|row| one(columns, row)).collect(),
        _ => Vec::new(),
    }
}

fn one(columns: &[Field], row: &Answers) -> Option<Near> {
    let text = |column: &Field| match row.get(&column.id) {
        Some(Answer::Text(words)) => Some(words.trim().to_owned()).filter(|words| !words.is_empty()),
        _ => None,
    };
    let meant = |means| columns.iter().find(|column| column.means == Some(means));
    let silent = meant(Means::DoNotInform).and_then(|column| row.get(&column.id));
    let about: Vec<String> =
        columns.iter().filter(|column| column.means.is_none()).filter_map(text).collect();
    Some(Near {
        name: meant(Means::Name).and_then(text)?,
        phone: meant(Means::Phone).and_then(text),
        about: about.join("; "),
        do_not_inform: match silent {
            Some(Answer::YesNo { is: YesNo::Yes, why }) => Some(why.clone()),
            _ => None,
        },
    })
}
