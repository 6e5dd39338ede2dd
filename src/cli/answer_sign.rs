//! `dutydesk answer-sign`: a person's answer to a warning sign that is on record.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::{Args, ValueEnum};

use super::failure::{Code, Failure};
use super::{desk, record};
use crate::domain::act::Act;
use crate::domain::chance::Chance;
use crate::domain::clean::Clean;
use crate::domain::entry::{Batch, NewEntry, Who};
use crate::domain::ids::{EntryId, SignId};
use crate::domain::permission::Viewer;
use crate::domain::signs::SignAnswer;
use crate::domain::time::Lean;
use crate::domain::views::SignFilter;
use crate::domain::words::signs as words;
use crate::runtime::clock;
use crate::store::Store;

#[derive(Debug, Args)]
pub(super) struct AnswerSign {
    /// The sign, by its id in `list signs`; a beginning that no other has is enough
    #[arg(value_name = "SIGN")]
    pub sign: String,
    /// What you answer
    #[arg(value_name = "ANSWER")]
    pub answer: Answer,
    /// What is done about it; or why nothing is, or why it is not so
    #[arg(long, value_name = "WORDS")]
    pub words: String,
    /// Where it is accepted: who does it, by a name on the staff list
    #[arg(long, value_name = "STAFF", required_if_eq("answer", "accept"))]
    pub owner: Option<String>,
    /// Where it is accepted: by when, as it is typed on screen ("Friday 12:00")
    #[arg(long, value_name = "TIME", required_if_eq("answer", "accept"))]
    pub by: Option<String>,
    /// Who answers, by a name on the staff list
    #[arg(long = "as", value_name = "STAFF", env = "DUTYDESK_AS")]
    pub staff: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Answer {
    /// It is so, and something is done about it
    Accept,
    /// It is so, and there is a reason why nothing is to be done
    Explain,
    /// It is not so
    FalseAlarm,
}

pub(super) fn run(office: Option<PathBuf>, asked: &AnswerSign) -> Result<Code, Failure> {
    let (mut store, now) = (desk::open(office)?, clock::now());
    let (staff, method) = desk::doer(&store, asked.staff.as_deref())?;
    let viewer = store.viewer_for(staff, now)?;
    store.note_signs(now)?;
    let sign = called(&store, &viewer, &asked.sign, now)?;
    let row = store.sign(&viewer, sign, now)?.row;
    if row.raised.is_none() && store.doubts_clock(now)?.is_some() {
        return Err(Failure::cannot_write(words::CLOCK_IN_DOUBT));
    }
    let accepted = asked.answer == Answer::Accept;
    let owner = match asked.owner.as_deref().filter(|_| accepted) {
        Some(name) => desk::doer(&store, Some(name))?.0,
        None => None,
    };
    let zone = store.zone()?;
    let by = asked.by.as_deref().filter(|_| accepted);
    let by = by.map(|typed| desk::time(typed, now, zone, Lean::Future)).transpose()?;
    let act = Act::AnswerSign {
        sign,
        answer: match asked.answer {
            Answer::Accept => SignAnswer::Accepted,
            Answer::Explain => SignAnswer::Explained,
            Answer::FalseAlarm => SignAnswer::FalseAlarm,
        },
        words: asked.words.clone(),
        owner,
        by,
    };
    let who = Who { by: staff, typed_by: staff, method };
    let entry = NewEntry::of_act(EntryId(clock::SystemChance.uuid()), row.about, who, act, now);
    record::answer(&store.append(&viewer, Batch { entries: vec![entry], ..Batch::default() }, now)?)
}

/// The sign of this id, or the only one whose id begins so.
fn called(store: &Store, viewer: &Viewer, typed: &str, now: DateTime<Utc>) -> Result<SignId, Failure> {
    let typed = typed.trim().to_lowercase();
    if let Ok(whole) = typed.parse() {
        return Ok(whole);
    }
    let every = SignFilter { answered: true, ..SignFilter::default() };
    let signs = store.signs(viewer, every, now, u32::MAX)?;
    let mut begin = signs.iter().map(|row| row.id).filter(|id| id.to_string().starts_with(&typed));
    match (begin.next().filter(|_| !typed.is_empty()), begin.next()) {
        (Some(only), None) => Ok(only),
        (Some(_), Some(_)) => Err(Failure::usage(words::several_signs(&Clean::line(&typed)))),
        (None, _) => Err(Failure::usage(words::no_such_sign(&Clean::line(&typed)))),
    }
}
