//! Warning signs on screen: which one is at hand, its page, the form in which a person answers it, and that the program
//! puts those on record that stand.

use super::App;
use super::acts::{self, field};
use super::layer::Layer;
use super::list::{ListRowId, Rows};
use super::load::Load;
use super::msg::Effect;
use super::sheet::SheetLayer;
use crate::domain::act::Act;
use crate::domain::answer::{Answer, Answers};
use crate::domain::ids::SignId;
use crate::domain::permission::{Grant, Reason};
use crate::domain::sheet::Wanted;
use crate::domain::signs::SignAnswer;
use crate::domain::views::SignRow;
use crate::domain::words::signs as words;
use crate::form::Form;
use crate::pathway::definition::{Choice, Field, Kind, Predicate, Step};

/// The form in which a sign is answered.
pub(super) const ANSWER_SIGN: &str = "answer_sign";
const ANSWER: &str = "answer";
const WORDS: &str = "words";
const OWNER: &str = "owner";
const BY: &str = "by";

impl App {
    /// The sign that is selected in the queue, or whose page is on top.
    pub(super) fn sign_at_hand(&self) -> Option<&SignRow> {
        match self.under() {
            Layer::List(list) => match (list.rows.ready()?, list.selection()?) {
                (Rows::Signs(rows), ListRowId::Sign(id)) => rows.iter().find(|row| row.id == id),
                _ => None,
            },
            Layer::Sheet(SheetLayer { wanted: Wanted::Sign(row), .. }) => Some(row),
            _ => None,
        }
    }

    /// Whether the queue of signs is on top.
    pub(super) fn lists_signs(&self) -> bool {
        matches!(self.under(), Layer::List(list) if list.kind == super::list::ListKind::Signs)
    }

    /// Whether whoever is signed in may answer it.
    pub(super) fn may_answer_sign(&self) -> Result<(), Reason> {
        let no = |words: &str| Err(Reason(words.to_owned()));
        match self.sign_at_hand() {
            None => no(words::NO_SIGN),
            Some(SignRow { ask: Some(_), title, .. }) => no(title),
            Some(row) if row.answered.is_some() => no(words::ANSWERED_ALREADY),
            Some(row) if row.raised.is_none() => no(words::NOT_YET_ON_RECORD),
            Some(_) => self.may(Grant::AnswerSigns),
        }
    }

    /// Shows the page of the selected sign.
    pub(super) fn open_sign(&mut self, out: &mut Vec<Effect>) {
        let Some(row) = self.sign_at_hand().cloned() else { return };
        let wanted = Wanted::Sign(Box::new(row));
        let request = self.ask();
        out.push(Effect::ReadSheet(request, wanted.clone()));
        self.layers.push(Layer::Sheet(SheetLayer { wanted, sheet: Load::Loading, request, at: 0 }));
    }

    /// Opens the form that answers it.
    pub(super) fn begin_sign_answer(&mut self, out: &mut Vec<Effect>) {
        let Some(row) = self.sign_at_hand().cloned() else { return };
        if let Some(mut form) = self.begin_act(ANSWER_SIGN, None) {
            form.draft.case = row.about;
            form.draft.about = row.title;
            acts::aim_at_sign(&mut form, row.id);
            self.push_form(form, out);
        }
    }

    /// A sign stands that is not on record: whoever notices first puts it there. Not by a clock that has just jumped: it
    /// would put everything on record that was to be done one day.
    pub(super) fn note_signs(&self, out: &mut Vec<Effect>) {
        if self.doubts_clock() {
            return;
        }
        let board = self.board().data.ready().filter(|board| !board.sealed && board.denied.is_none());
        if board.is_some_and(|board| board.signs.to_note) {
            out.push(Effect::NoteSigns);
        }
    }

    /// How many wait for an answer of whoever may give one.
    pub fn open_signs(&self) -> u64 {
        let board = self.board().data.ready().filter(|board| !board.sealed && board.denied.is_none());
        board.filter(|_| self.may(Grant::AnswerSigns).is_ok()).map_or(0, |board| board.signs.open)
    }
}

/// The form that answers a sign.
pub(super) fn step() -> Step {
    let answers = [
        (SignAnswer::Accepted, words::ACCEPTED, 'a'),
        (SignAnswer::Explained, words::EXPLAINED, 'e'),
        (SignAnswer::FalseAlarm, words::FALSE_ALARM, 'f'),
    ];
    let choices = answers.into_iter().map(|(answer, label, key)| Choice::plain(answer.word(), label, key));
    let accepted = || {
        let any = vec![SignAnswer::Accepted.word().to_owned()];
        Some(Predicate::Is { step: None, field: ANSWER.to_owned(), any })
    };
    let staff = Kind::Record { register: "staff".to_owned(), on_the_spot: false };
    let only = |field: Field| Field { required: Some(accepted()), shown: accepted(), ..field };
    acts::step(
        ANSWER_SIGN,
        words::ANSWER_FORM,
        words::ANSWER_FORM_HELP,
        vec![
            field(ANSWER, words::ANSWER_LABEL, words::ANSWER_HELP, Kind::Choice(choices.collect())),
            field(WORDS, words::WORDS_LABEL, words::WORDS_HELP, Kind::Notes),
            only(Field::plain(OWNER, words::OWNER_LABEL, staff).with_help(words::OWNER_HELP)),
            only(Field::plain(BY, words::BY_LABEL, Kind::Time { future: true }).with_help(words::BY_HELP)),
        ],
    )
}

/// What the form puts into the record.
pub(super) fn act(form: &Form, answers: &Answers) -> Option<Act> {
    let sign: SignId = acts::aimed_at_sign(form)?;
    let Some(Answer::Choice(said)) = answers.get(ANSWER) else { return None };
    let answer = SignAnswer::ALL.into_iter().find(|answer| answer.word() == said)?;
    let words = match answers.get(WORDS) {
        Some(Answer::Text(words)) => words.clone(),
        _ => return None,
    };
    let accepted = answer == SignAnswer::Accepted;
    let owner = match answers.get(OWNER) {
        Some(Answer::Named(named)) if accepted => named.id,
        _ => None,
    };
    let by = match answers.get(BY) {
        Some(Answer::Time(when)) if accepted => Some(when.at),
        _ => None,
    };
    Some(Act::AnswerSign { sign, answer, words, owner, by })
}
