//! The page of regulations and statements: of each framework in force, tag by tag, which cases of the last three months show
//! something about it, and of which none does.

use crate::domain::sheet::{Sheet, SheetPart};
use crate::domain::views::TaggedCase;
use crate::domain::words::tags as words;
use crate::pathway::definition::{Framework, Tags};

/// How many days back the cases were opened that the page names.
pub const TAGS_OF_DAYS: i64 = 92;
/// How many cases are named under one tag; the others are counted.
const NAMED: usize = 12;

/// Composes it.
pub fn tags(tags: &Tags, cases: &[TaggedCase]) -> Sheet {
    let in_force = tags.frameworks.iter().filter(|framework| !framework.retired);
    Sheet {
        title: words::PAGE.to_owned(),
        first: words::first(TAGS_OF_DAYS),
        parts: in_force.map(|framework| part(tags, framework, cases)).collect(),
        last: words::LAST.to_owned(),
        ..Sheet::default()
    }
}

fn part(tags: &Tags, framework: &Framework, cases: &[TaggedCase]) -> SheetPart {
    let mut part = SheetPart::new(&words::framework(&framework.title, &framework.edition));
    for tag in tags.of(&framework.id) {
        // What shows something about a statement shows something about the key question that it stands under.
        let has = |case: &&TaggedCase| case.tags.iter().any(|one| tags.is_of(&one.tag, &tag.id));
        let of_it: Vec<&TaggedCase> = cases.iter().filter(has).collect();
        let named: Vec<&str> = of_it.iter().take(NAMED).map(|case| case.reference.as_str()).collect();
        match of_it.len() {
            0 => part.lacks(&tag.title, words::NOTHING),
            all => {
                part.says(&tag.title, words::cases(all, &named));
                part.behind(of_it.iter().map(|case| (case.case, case.reference.clone())));
            }
        }
    }
    part
}
