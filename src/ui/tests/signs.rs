//! The queue of warning signs: whose each is can be told at every size.

use chrono::{NaiveDate, TimeDelta};

use super::office::{self, now, person_record};
use super::{SIZES, screen, with};
use crate::app::list::{ListKind, ListLayer, Rows};
use crate::app::{Layer, Load, Request};
use crate::domain::ids::SignId;
use crate::domain::signs::Severity;
use crate::domain::views::{RecordRow, SignRow};

/// Two people share a name, and nothing but the day of their birth tells them apart.
fn fielding(number: u128, day: u32) -> RecordRow {
    let born = NaiveDate::from_ymd_opt(1936, 6, day);
    RecordRow {
        born,
        short: format!("FIELDING, Ada b. {day:02}-Jun-1936"),
        ..person_record(number, "FIELDING, Ada", "FIELDING, A.")
    }
}

fn row(number: u128, subject: RecordRow, reference: &str) -> SignRow {
    let id = office::case_id(900 + number);
    SignRow {
        id: SignId(id.0),
        rule: "calls_again_for_one_person".to_owned(),
        title: "Many urgent calls about one person, and care stays as it is".to_owned(),
        means: String::new(),
        todo: String::new(),
        severity: Severity::Serious,
        words: "5 calls in 14 days".to_owned(),
        about: Some(subject.id),
        case: None,
        reference: reference.to_owned(),
        subject: Some(subject),
        since: now() - TimeDelta::days(3),
        stands: true,
        ended: None,
        raised: Some(now()),
        level: 1,
        owner: "Registered Manager".to_owned(),
        entries: Vec::new(),
        answered: None,
        ask: None,
    }
}

#[test]
fn two_people_of_one_name_are_told_apart_among_the_signs_at_every_size() {
    let mut list = ListLayer::new(ListKind::Signs, Request(1));
    let others = [(42, "OAKES, Bernard"), (43, "OAKES, Brian")]
        .map(|(number, name)| row(number, person_record(number, name, name), ""));
    let mut rows = vec![row(1, fielding(40, 8), ""), row(2, fielding(41, 18), "U-12")];
    rows.extend(others);
    list.rows = Load::Ready(Rows::Signs(rows));
    for (width, height) in SIZES {
        let seen = screen(&with(Layer::List(list.clone())), width, height);
        for known in ["08-Jun-1936", "18-Jun-1936", "OAKES, Bernard", "OAKES, Brian"] {
            assert!(seen.contains(known), "{known} at {width}x{height}:\n{seen}");
        }
    }
}
