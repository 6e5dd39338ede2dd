//! What the example office is made of: who and where (`config/example/office.toml`), and what rings in there
//! (`config/example/stories.toml`; beside it `config/example/stories/`, what is told of each other pathway). How it is told is left to `cli::example`.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use serde::Deserialize;
use serde_json::Value;

const OFFICE: &str = include_str!("../../config/example/office.toml");
const STORIES: &str = include_str!("../../config/example/stories.toml");
/// What is told of the other pathways, a file each.
const OTHERS: &[&str] = &[
    include_str!("../../config/example/stories/agreements.toml"),
    include_str!("../../config/example/stories/audit.toml"),
    include_str!("../../config/example/stories/behaviour.toml"),
    include_str!("../../config/example/stories/breach.toml"),
    include_str!("../../config/example/stories/candour.toml"),
    include_str!("../../config/example/stories/commissioner.toml"),
    include_str!("../../config/example/stories/concern.toml"),
    include_str!("../../config/example/stories/delay.toml"),
    include_str!("../../config/example/stories/discharge.toml"),
    include_str!("../../config/example/stories/ended.toml"),
    include_str!("../../config/example/stories/feedback.toml"),
    include_str!("../../config/example/stories/governance.toml"),
    include_str!("../../config/example/stories/hindsight.toml"),
    include_str!("../../config/example/stories/indicators.toml"),
    include_str!("../../config/example/stories/learning.toml"),
    include_str!("../../config/example/stories/liaison.toml"),
    include_str!("../../config/example/stories/meeting.toml"),
    include_str!("../../config/example/stories/monitoring.toml"),
    include_str!("../../config/example/stories/notification.toml"),
    include_str!("../../config/example/stories/policy.toml"),
    include_str!("../../config/example/stories/provider.toml"),
    include_str!("../../config/example/stories/regulator.toml"),
    include_str!("../../config/example/stories/rehearsal.toml"),
    include_str!("../../config/example/stories/review.toml"),
    include_str!("../../config/example/stories/safeguarding.toml"),
    include_str!("../../config/example/stories/sharing.toml"),
    include_str!("../../config/example/stories/spot_check.toml"),
    include_str!("../../config/example/stories/staffing.toml"),
    include_str!("../../config/example/stories/training.toml"),
];

/// Who and where.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExampleOffice {
    /// The office's name.
    pub office: String,
    /// IANA name of its zone.
    pub zone: String,
    /// Who sits at the desk and who decides, by day and by night.
    pub shifts: Shifts,
    /// Who is planned for the week ahead.
    pub rota: Planned,
    /// Homes, schemes and rounds.
    pub location: Vec<Place>,
    /// The staff list.
    pub staff: Vec<Worker>,
    /// Organisations.
    pub organisation: Vec<Organisation>,
    /// The first people, who are always the same.
    pub person: Vec<Person>,
    /// What the names of the others are drawn from.
    pub names: Names,
    /// What else stands open when the office is opened: visits, tasks, a pad of slips.
    pub matter: Vec<Matter>,
    /// What was written years ago, the oldest first, and has been kept long enough.
    pub long_ago: Vec<LongAgo>,
}

/// A case that somebody opened just before now.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Matter {
    /// The pathway whose opening step it is.
    pub pathway: String,
    /// Whose act it is, by key.
    pub by: String,
    /// The answers of the step, as they would be typed.
    pub answers: BTreeMap<String, Value>,
}

/// A case of years ago that was at its end at once.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LongAgo {
    /// How many years ago.
    pub years: u32,
    /// The pathway whose opening step it is.
    pub pathway: String,
    /// The answers of the step, as they would be typed.
    pub answers: BTreeMap<String, Value>,
    /// What it is held for, where it is.
    pub held_for: Option<String>,
}

/// The two shifts of a day.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shifts {
    /// 08:00 to 20:00.
    pub day: Shift,
    /// 20:00 to 08:00.
    pub night: Shift,
    /// Who works by day only, by key.
    pub by_day: Vec<String>,
}

/// Who is on, by key.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shift {
    /// At the desk.
    pub desk: String,
    /// Holds the decision.
    pub decides: String,
}

/// The rota of the week ahead.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Planned {
    /// Who plans it, by key.
    pub by: String,
    /// For how many days from today.
    pub days: u64,
    /// Each duty, and who has it by day and by night.
    pub post: Vec<Post>,
    /// What is recorded of a slot once it is planned.
    pub then: Vec<OfSlot>,
    /// Slots that nobody is planned for.
    pub gap: Vec<Slot>,
}

/// A duty and who has it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Post {
    /// The duty's id.
    pub duty: String,
    /// By day, by key.
    pub day: Option<String>,
    /// By night, by key.
    pub night: Option<String>,
}

/// One slot of the week.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Slot {
    /// So many days from today.
    pub in_days: u64,
    /// In which shift.
    pub shift: Turn,
    /// Of which duty.
    pub duty: String,
}

/// A step on one slot of the week.
#[derive(Debug, Clone, Deserialize)]
pub struct OfSlot {
    /// The slot.
    #[serde(flatten)]
    pub slot: Slot,
    /// The step.
    pub step: String,
    /// What is answered in it, as it would be typed.
    pub answers: BTreeMap<String, String>,
}

/// A shift.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    /// 08:00 to 20:00.
    Day,
    /// 20:00 to 08:00.
    Night,
}

/// A location.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// What other tables call it.
    pub key: String,
    /// What a room there is called: room, flat, house.
    pub rooms: String,
    /// The answers of its form, as they would be typed.
    pub answers: BTreeMap<String, Value>,
}

/// A member of staff.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Worker {
    /// What stories call them.
    pub key: String,
    /// The answers of their form.
    pub answers: BTreeMap<String, Value>,
}

/// An organisation.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    /// What stories call it.
    pub key: String,
    /// The answers of its form.
    pub answers: BTreeMap<String, Value>,
}

/// A person supported.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// The key of the location.
    pub at: String,
    /// The answers of their form, without the NHS number.
    pub answers: BTreeMap<String, Value>,
}

/// Names to draw from.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Names {
    /// Given names.
    pub given: Vec<String>,
    /// Family names; few enough that some are shared.
    pub family: Vec<String>,
}

/// Something that rings in, and what is done about it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Story {
    /// Its name.
    pub key: String,
    /// The pathway whose steps it tells, where that is not the urgent one: such a story is told once.
    pub pathway: Option<String>,
    /// How often it is drawn, against the others.
    #[serde(default)]
    pub weight: u32,
    /// When it can ring in.
    #[serde(default)]
    pub hours: Hours,
    /// Told once, this long before now, instead of being drawn.
    pub ago: Option<After>,
    /// Whom it is told of, by name as in the office's file; otherwise anyone.
    pub about: Option<String>,
    /// Words that differ from telling to telling: `{since}` stands for one of `since`, the same in all its steps.
    #[serde(default)]
    pub vary: BTreeMap<String, Vec<String>>,
    /// Its steps, in order.
    pub step: Vec<StoryStep>,
}

/// When a story can ring in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hours {
    /// Day and night.
    #[default]
    Any,
    /// While people are up and about.
    Day,
    /// On the night shift.
    Night,
}

/// One step of a story.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoryStep {
    /// A step of the story's pathway, on the last of what is owed where it is recorded on something; or one of the acts: `amend` (the call is corrected), `move` (to the right
    /// record), `confirm` (of what was typed for somebody), `answer_sign` (what signs stand is put on record, and the first about
    /// it explained by the reason).
    pub step: String,
    /// A register of whose record about the person it is a step (`people`); otherwise of the story's pathway.
    pub of: Option<String>,
    /// A pathway whose case was opened by what is told: it is a step there.
    pub within: Option<String>,
    /// Whose act it is: a key of the staff list, or `desk` and `decider`, whoever is on.
    pub by: String,
    /// Who typed it, where that was somebody else.
    pub typed_by: Option<String>,
    /// How long after the step before, drawn from a range.
    #[serde(default)]
    pub after: After,
    /// How often it happens, in a hundred. Where it does not, nobody did it and the story goes no further.
    #[serde(default = "always")]
    pub odds: u32,
    /// How long it took until it was put into the record.
    #[serde(default)]
    pub late: After,
    /// The answers, as they would be typed. For `amend`, those that change; for `move`, none. Where a step asks what
    /// becomes of each thing owed, one row that is the answer for all of them.
    #[serde(default)]
    pub answers: BTreeMap<String, Value>,
    /// Why it is corrected or moved, or a sign explained.
    #[serde(default)]
    pub reason: String,
    /// For `move`: the right person, by name.
    pub to: Option<String>,
}

fn always() -> u32 {
    100
}

/// A length of time to draw, in minutes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct After(pub RangeInclusive<u32>);

impl Default for After {
    fn default() -> Self {
        Self(0..=0)
    }
}

impl TryFrom<String> for After {
    type Error = String;
    /// Reads `3m..14m`, `1h30m..3h10m`, `2d..5d`, `20m`.
    fn try_from(text: String) -> Result<Self, String> {
        let (from, to) = text.split_once("..").unwrap_or((&text, &text));
        match (minutes(from), minutes(to)) {
            (Some(from), Some(to)) if from <= to => Ok(Self(from..=to)),
            _ => Err(crate::domain::words::settings::not_a_span(&text)),
        }
    }
}

fn minutes(text: &str) -> Option<u32> {
    let mut sum = 0;
    let mut number = 0;
    for c in text.trim().chars() {
        match (c.to_digit(10), c) {
            (Some(digit), _) => number = number * 10 + digit,
            (None, 'm') => sum += std::mem::take(&mut number),
            (None, 'h') => sum += 60 * std::mem::take(&mut number),
            (None, 'd') => sum += 1440 * std::mem::take(&mut number),
            _ => return None,
        }
    }
    (number == 0).then_some(sum)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
/// What rings in, and what almost always follows in the end.
pub struct Stories {
    /// The stories.
    pub story: Vec<Story>,
    /// Steps that follow where a story of the urgent pathway leaves off, in this order, as far as they are still wanted.
    #[serde(default)]
    pub ending: Vec<StoryStep>,
}

/// The example office as it comes with the program.
pub fn office() -> ExampleOffice {
    toml::from_str(OFFICE).expect("config/example/office.toml is read by a test")
}

/// The stories as they come with the program.
pub fn stories() -> Stories {
    let read = |text| toml::from_str::<Stories>(text).expect("config/example/stories is read by a test");
    let mut stories = read(STORIES);
    stories.story.extend(OTHERS.iter().flat_map(|text| read(text).story));
    stories
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_compiled_in_can_be_read_and_speaks_of_people_who_are_there() {
        let office = office();
        let staff: Vec<&str> = office.staff.iter().map(|worker| worker.key.as_str()).collect();
        for shift in [&office.shifts.day, &office.shifts.night] {
            assert!(staff.contains(&shift.desk.as_str()) && staff.contains(&shift.decides.as_str()));
        }
        for person in &office.person {
            assert!(office.location.iter().any(|place| place.key == person.at), "{}", person.at);
        }
        let stories = stories();
        assert!(stories.story.len() > 10);
        for story in stories.story.iter().filter(|story| story.pathway.is_some()) {
            assert!(story.ago.is_some(), "{} is told once", story.key);
        }
        for step in stories.story.iter().flat_map(|story| &story.step).chain(&stories.ending) {
            for who in std::iter::once(&step.by).chain(&step.typed_by) {
                assert!(
                    staff.contains(&who.as_str()) || ["desk", "decider"].contains(&who.as_str()),
                    "{who}"
                );
            }
        }
    }

    #[test]
    fn lengths_are_read_as_they_are_written() {
        let read = |text: &str| After::try_from(text.to_owned()).map(|after| after.0);
        assert_eq!(read("3m..14m"), Ok(3..=14));
        assert_eq!(read("1h30m..3h10m"), Ok(90..=190));
        assert_eq!(read("2d"), Ok(2880..=2880));
        assert!(read("5m..2m").is_err() && read("5").is_err() && read("5w").is_err());
    }
}
