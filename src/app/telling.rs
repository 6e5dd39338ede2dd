//! What a case says in words: its entries on the editions they were filled in on, its four sources, its parties.
//!
//! Screens do not know definitions; this is where the two meet. How it is laid out is left to `ui`.

use super::App;
use crate::domain::act::Act;
use crate::domain::answer::{When, YesNo};
use crate::domain::case::CaseState;
use crate::domain::commitment::Party;
use crate::domain::entry::{Entry, Said as Body, StepSaid, Stub};
use crate::domain::ids::{CaseId, CommitmentId};
use crate::domain::leave::Waits;
use crate::domain::time::display;
use crate::domain::views::{CaseView, Told, party_name};
use crate::domain::words::app as words;
use crate::domain::words::disposal;
use crate::domain::words::keys;
use crate::domain::words::ui as ui_words;
use crate::domain::words::{owning, pack};
use crate::pathway::edition::Editions;
pub use crate::pathway::struck::Struck;
use crate::pathway::struck::{correction, emptied, standing, struck};
pub use crate::pathway::triangulation::Source;
use crate::pathway::triangulation::triangulate;
use crate::pathway::{advice, passing, show};

/// An entry in words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Said {
    /// What was done ("Decision").
    pub verb: String,
    /// The most telling of it.
    pub gist: String,
    /// Whose act it was; empty where nobody said who they were.
    pub by: String,
    /// Who typed it, where that was somebody else.
    pub typed_by: String,
    /// All of it, in the order of the form.
    pub all: Vec<Answered>,
    /// Where it stands with the second person that it wants, in words; empty where it wants none.
    pub second: String,
    /// Through whose hands its form went before it was saved, in words.
    pub taken_over: Vec<String>,
    /// When newer advice came than what it says was advised.
    pub newer_advice: Option<When>,
    /// What was struck from it, oldest first, each with the name of whoever struck it.
    pub struck: Vec<(Struck, String)>,
}

/// One answer of an entry in words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answered {
    /// The field's label.
    pub label: String,
    /// The answer as it stands.
    pub words: String,
    /// Somebody else's words.
    pub quoted: bool,
}

impl App {
    /// An entry in words.
    pub fn said(&self, view: &CaseView, told: &Told) -> Said {
        let name = |staff: Option<CaseId>| staff.and_then(|staff| view.names.get(&staff)).cloned();
        let who = told.entry.who;
        let by = name(who.by.or(told.signed_by)).unwrap_or_default();
        let by = ui_words::acting_for(&by, name(told.entry.leave.acting_for));
        let typed_by = name(who.typed_by.filter(|typed| Some(*typed) != who.by)).unwrap_or_default();
        let second = told.second.as_ref().map(|second| {
            let (by, at) = second.word().unzip();
            let when = at.map(|at| display::short(at, self.now, self.zone)).unwrap_or_default();
            ui_words::second(second, &name(by.flatten()).unwrap_or_default(), &when)
        });
        let second = second.unwrap_or_default();
        let taken_over = told.taken_over.iter().map(|one| {
            let (from, by) = (name(one.from).unwrap_or_default(), name(one.by).unwrap_or_default());
            ui_words::standing::taken_over(
                &from,
                &by,
                &display::short(one.at, self.now, self.zone),
                &one.reason,
            )
        });
        let said = Said { by, typed_by, second, taken_over: taken_over.collect(), ..Said::default() };
        let Body::Step(step) = &told.entry.said else {
            let gist = match &told.entry.said {
                Body::Act(Act::Amend { entry, reason, .. }) => {
                    correction(&self.editions, view, told.entry.id, *entry, reason)
                }
                said => act_gist(view, said, &self.editions),
            };
            return Said { verb: kind(&told.entry.said), gist, ..said };
        };
        let edition = self.editions.get(step.edition).unwrap_or_else(|| self.editions.current());
        let defined = edition.pathways.get(&step.pathway).and_then(|pathway| pathway.step(&step.step));
        let Some(defined) = defined else {
            return Said { verb: step.step.clone(), ..said };
        };
        let answers = standing(view, told, defined, told.answers.as_ref().unwrap_or(&step.answers));
        let emptied = emptied(view, told, defined, &self.zone);
        let gist = std::iter::once(show::gist(defined, &answers, &self.zone))
            .chain(emptied.iter().map(|line| words::label_and_words(&line.label, &line.words)));
        let gist = gist.filter(|words| !words.is_empty()).collect::<Vec<_>>().join("\n");
        let all = show::lines(defined, &answers, &self.zone).into_iter().chain(emptied);
        let name = |struck: &Struck| struck.by.and_then(|by| view.names.get(&by)).cloned();
        let struck = struck(view, told, defined, &self.zone).into_iter();
        Said {
            verb: defined.title.clone(),
            gist,
            newer_advice: advice::newer(view, told, &self.editions),
            all: all.map(answered).collect(),
            struck: struck.map(|one| (one.clone(), name(&one).unwrap_or_default())).collect(),
            ..said
        }
    }

    /// The title of a step as it was recorded, and the most telling of what was said in it.
    pub(super) fn gist(&self, step: &StepSaid) -> (String, String) {
        let edition = self.editions.get(step.edition).unwrap_or_else(|| self.editions.current());
        let defined = edition.pathways.get(&step.pathway).and_then(|pathway| pathway.step(&step.step));
        defined.map_or_else(
            || (step.step.clone(), String::new()),
            |defined| (defined.title.clone(), show::gist(defined, &step.answers, &self.zone)),
        )
    }

    /// What of an entry waits for a second person, in words, under the title of what was done.
    pub fn waiting_gist(&self, entry: &Entry) -> (String, String) {
        match &entry.said {
            Body::Step(step) => {
                let (title, gist) = self.gist(step);
                let Some(Waits::Part(answers)) = &entry.leave.waits else { return (title, gist) };
                let edition = self.editions.get(step.edition).unwrap_or_else(|| self.editions.current());
                let defined = edition.pathways.get(&step.pathway).and_then(|one| one.step(&step.step));
                let lines = defined.map(|step| show::lines(step, answers, &self.zone)).unwrap_or_default();
                let lines = lines.iter().map(|line| words::label_and_words(&line.label, &line.words));
                (title, lines.collect::<Vec<_>>().join("\n"))
            }
            Body::Act(Act::Dispose { edition, class, from, due, seqs }) => {
                let class = self.editions.kept_as(*edition, class);
                let by_class = disposal::by_class(class, *from, *due, seqs.len());
                (kind(&entry.said), disposal::agreeing(&by_class, entry.seq))
            }
            lifts @ Body::Act(Act::LiftHold { reason, .. }) => (kind(lifts), reason.clone()),
            other => (kind(other), key_gist(other).unwrap_or_default()),
        }
    }

    /// The four sources of a case.
    pub fn sources(&self, state: &CaseState) -> [Source; 4] {
        triangulate(state, &self.zone)
    }

    /// Who a party is, in a case.
    pub fn party(&self, view: &CaseView, party: &Party) -> String {
        let roles = &self.editions.current().roles;
        party_name(
            party,
            |staff: CaseId| view.names.get(&staff).cloned(),
            |role| {
                let title = roles.title(role);
                let holder = self.rota().holder(role, view.state.location, self.now);
                holder.map_or_else(
                    || title.to_owned(),
                    |holder| crate::domain::words::ui::holder(self.rota().name(holder.staff), title),
                )
            },
        )
    }
}

fn answered(shown: show::Shown) -> Answered {
    Answered { label: shown.label, words: shown.words, quoted: shown.quoted }
}

/// What an act says, in words: from whom to whom, and why.
fn act_gist(view: &CaseView, said: &Body, editions: &Editions) -> String {
    let roles = &editions.current().roles;
    let name = |id: &CaseId| view.names.get(id).cloned().unwrap_or_default();
    match said {
        Body::Act(Act::Reattribute { from, to, reason, .. }) => {
            words::moved_from_to(&name(from), &name(to), reason)
        }
        Body::Act(Act::Link { reason, .. } | Act::Unlink { reason, .. }) => reason.clone(),
        Body::Act(Act::Merge { kept, gone, reason, .. } | Act::Unmerge { kept, gone, reason }) => {
            words::both_and_why(&name(gone), &name(kept), reason)
        }
        Body::Act(Act::Hold { reason } | Act::LiftHold { reason, .. }) => reason.clone(),
        Body::Act(Act::Dispose { edition, class, from, due, seqs }) => {
            disposal::by_class(editions.kept_as(*edition, class), *from, *due, seqs.len())
        }
        Body::Act(Act::Withhold { withheld, ground, reason, .. }) => {
            disposal::withheld(*withheld == YesNo::Yes, *ground, reason)
        }
        Body::Act(Act::GiveCopy { copy, withheld, .. }) => disposal::given(&copy.to_string(), *withheld),
        Body::Act(Act::Disclose { whom, about, form, redacted, copy }) => {
            pack::disclosed(&whom.words, about, form, *redacted == YesNo::Yes, &copy.to_string())
        }
        Body::Act(Act::Cancel { owed, reason, .. }) => words::called_off(what(view, owed), reason),
        Body::Act(Act::PassOn { owed, to, reason, .. }) => {
            words::passed_on(what(view, owed), &name(to), reason)
        }
        Body::Act(Act::Acknowledge { what: seen }) => {
            seen.iter().map(|owed| what(view, owed)).collect::<Vec<_>>().join("; ")
        }
        Body::Act(Act::ConfirmTyped { agrees: YesNo::No, note, .. }) => words::differs(note),
        Body::Act(Act::ConfirmTyped { .. }) => words::AS_SAID.to_owned(),
        Body::Act(Act::Countersign { agrees, note, .. }) => words::second_word(*agrees == YesNo::Yes, note),
        Body::Act(act) if passing::in_words(view, act, roles).is_some() => {
            passing::in_words(view, act, roles).unwrap_or_default()
        }
        other => key_gist(other).unwrap_or_default(),
    }
}

/// What an act says of a key.
fn key_gist(said: &Body) -> Option<String> {
    match said {
        Body::Act(Act::EnrolKey { label, fingerprint, until, .. }) => {
            Some(keys::enrolled(label, &fingerprint.to_string(), *until))
        }
        Body::Act(Act::RevokeKey { fingerprint, reason, .. }) => {
            Some(keys::revoked(&fingerprint.to_string(), reason))
        }
        _ => None,
    }
}

/// An act by its kind, without the prefix it is stored under.
/// What was owed, by its own words.
fn what<'a>(view: &'a CaseView, owed: &CommitmentId) -> &'a str {
    let one = view.state.commitments.iter().find(|one| one.id == *owed);
    one.map_or("", |one| one.what.as_str())
}

fn kind(said: &Body) -> String {
    match said {
        Body::Step(step) => step.step.clone(),
        Body::Act(Act::AnswerOffer { answer, .. }) => owning::answered(*answer).to_owned(),
        Body::Act(Act::Cancel { goes_on: Some(_), .. }) => words::GOES_ON.to_owned(),
        Body::Act(act) => words::act(act.kind()).to_owned(),
        Body::Stub(Stub::Disposed { .. }) => disposal::CONTENT_GONE.to_owned(),
        Body::Stub(_) => crate::domain::words::ui::NO_WORDS.to_owned(),
    }
}
