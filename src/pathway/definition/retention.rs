//! How long records are kept: `retention.toml` as it stands after reading. What is due by it, and what holds it, is left to
//! the store.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// In `of` of a class: handover sheets, which are no cases.
pub const HANDOVERS: &str = "handover";

/// In `of` of a class of its own: what was written for the office as a whole, which is in no case and in no record.
pub const OFFICE: &str = "office";

/// The classes, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Retention {
    /// Of those that fit a record the first is its own.
    pub classes: Vec<Kept>,
}

/// One class: whose records are kept for how long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its id, kept in the act of a disposal.
    pub id: String,
    /// In words.
    pub title: String,
    /// Pathways and registers by their ids, [`HANDOVERS`], and alone [`OFFICE`].
    pub of: Vec<String>,
    /// Whole years.
    pub years: u16,
    /// From when they are counted.
    pub from: KeptFrom,
    /// Only cases about nobody on record.
    pub nobody: bool,
    /// Where it comes from.
    pub source: String,
}

/// From when the years are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeptFrom {
    /// When the case was closed, or the record of a register ended.
    Closed,
    /// When the support of the person that it is about ended, or they died.
    EndOfCare,
    /// When it was recorded.
    Recorded,
}

impl Retention {
    /// The class of a record of this pathway; `None`: it is kept for ever.
    pub fn class(&self, pathway: &str, about_somebody: bool) -> Option<&Kept> {
        let fits = |class: &&Kept| {
            let is_of = class.of.iter().any(|of| of == pathway) && !class.is_office();
            is_of && !(class.nobody && about_somebody)
        };
        self.classes.iter().find(fits)
    }

    /// The class of what was written for the office as a whole; `None`: it is kept for ever.
    pub fn office(&self) -> Option<&Kept> {
        self.classes.iter().find(|class| class.is_office())
    }

    /// The class of this id.
    pub fn get(&self, id: &str) -> Option<&Kept> {
        self.classes.iter().find(|class| class.id == id)
    }
}

impl Kept {
    /// Whether it is that of what was written for the office as a whole.
    pub fn is_office(&self) -> bool {
        self.of.iter().all(|of| of == OFFICE) && !self.of.is_empty()
    }

    /// The day on which the time is over that is counted from another day, both on the office's wall. What is counted from
    /// 29 February is over on 1 March where there is none.
    pub fn until(&self, from: NaiveDate) -> NaiveDate {
        let year = from.year().saturating_add(i32::from(self.years));
        let next = NaiveDate::from_ymd_opt(year, 3, 1).unwrap_or(NaiveDate::MAX);
        from.with_year(year).unwrap_or(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pathway::edition::Edition;

    #[test]
    fn every_kind_of_record_that_ships_has_a_class_but_places_which_are_kept_for_ever() {
        let edition = Edition::built_in();
        let lacks = |id: &&str| edition.retention.class(id, true).is_none();
        let without: Vec<&str> =
            edition.pathways.values().map(|p| p.id.as_str()).filter(|id| lacks(id)).collect();
        assert_eq!(without, ["locations"]);
        assert_eq!(edition.retention.office().map(|one| (one.id.as_str(), one.years)), Some(("office", 2)));
        let years = |pathway: &str, somebody| edition.retention.class(pathway, somebody).map(|one| one.years);
        // The figures of the schedule, each by its register or kind of case.
        for (pathway, somebody, kept) in [
            ("people", true, 8),
            ("urgent", true, 8),
            ("urgent", false, 2),
            ("missing", true, 10),
            ("safeguarding", true, 20),
            ("feedback", false, 10),
            (HANDOVERS, false, 2),
        ] {
            assert_eq!(years(pathway, somebody), Some(kept), "{pathway} {somebody}");
        }
    }

    #[test]
    fn what_stands_for_the_office_is_no_pathway() {
        let mut files = Edition::built_in_files();
        let policy = files["pathways/policy.toml"].clone();
        let own = policy.replacen("id = \"policy\"", "id = \"office\"", 1);
        files.insert("pathways/office.toml".to_owned(), own.replacen("\"PY\"", "\"PZ\"", 1));
        files
            .entry("retention.toml".to_owned())
            .and_modify(|text| text.push_str("\n# Looked at on 1 May.\n"));
        let faults = Edition::read(files).map(|_| ()).unwrap_err();
        let says = "there is a pathway of that id";
        assert!(faults.iter().any(|fault| fault.to_string().contains(says)), "{faults:?}");
        assert!(Edition::built_in().retention.class(OFFICE, false).is_none());
    }

    #[test]
    fn years_are_counted_on_the_wall_and_over_29_february() {
        let edition = Edition::built_in();
        let care = edition.retention.get("care").unwrap();
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
        assert_eq!(care.until(day(2018, 11, 21)), day(2026, 11, 21));
        assert_eq!(care.until(day(2016, 2, 29)), day(2024, 2, 29));
        let contact = edition.retention.get("no_service").unwrap();
        assert_eq!(contact.until(day(2024, 2, 29)), day(2026, 3, 1));
    }
}
