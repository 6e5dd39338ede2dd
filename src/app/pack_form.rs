//! The form that asks in which form a pack is made, of which time and place, and for whom. It puts nothing into the record by
//! itself: what it asks for goes to the packing thread, which notes that it left.

use super::App;
use super::acts::{self, field};
use super::layer::Layer;
use super::msg::Effect;
use crate::domain::answer::{Answer, Answers, Named, YesNo};
use crate::domain::pack::{About, Form as WrittenAs, Making, PackAsked};
use crate::domain::words::pack as words;
use crate::form::Form;
use crate::form::typed::text;
use crate::pathway::definition::{Choice, Field, Kind, Step, WhyAsked};

/// The form of a pack, and of one that holds figures alone: nobody is protected in it.
const MAKE_PACK: &str = "make_pack";
const MAKE_REPORT: &str = "make_report";
/// Its lines.
const WRITTEN_AS: &str = "form";
const REDACT: &str = "redact";
const WHOM: &str = "whom";
const WHOM_ELSE: &str = "whom_else";
const FROM: &str = "from";
const UNTIL: &str = "until";
const PLACE: &str = "place";
/// The path that keeps about what it is, by its word; about which record is the form's case.
const ABOUT: &str = "+about";

impl App {
    /// Opens the form for a pack; asks for which first, where that is open.
    pub(super) fn begin_pack(&mut self, asked: Option<PackAsked>, out: &mut Vec<Effect>) {
        let Some(asked) = asked else { return self.offer_otherwise() };
        let step = if asked.about == About::Governance { MAKE_REPORT } else { MAKE_PACK };
        let (name, place) = match self.under() {
            Layer::Person(layer) => (layer.view.ready().map(|view| view.record.name.clone()), None),
            Layer::Measures(layer) => (None, layer.place()),
            _ => (Some(self.about_case()), None),
        };
        let zone = self.zone;
        let Some(mut form) = self.begin_act(step, None) else { return };
        let mut offer = |path: &str, answer: Answer| form.offer(path, &answer, zone);
        offer(WRITTEN_AS, Answer::Choice(WrittenAs::default().word().to_owned()));
        for (path, day) in [(FROM, asked.from), (UNTIL, asked.until)] {
            day.into_iter().for_each(|day| offer(path, Answer::Date(day)));
        }
        if let Some(words) = place {
            offer(PLACE, Answer::Named(Named { id: asked.location, words }));
        }
        offer(ABOUT, Answer::Text(asked.about.word().to_owned()));
        form.draft.case = asked.about.of();
        form.draft.about = words::otherwise(asked.about, &name.unwrap_or_default());
        self.push_form(form, out);
    }

    /// Makes what a form asks for, where it is one of these, and takes it away. What it asks for is said where it cannot be.
    pub(super) fn makes_pack(&mut self, form: &Form, out: &mut Vec<Effect>) -> bool {
        let reading = self.reading();
        let (answers, _) = form.read(reading);
        let Some((asked, written_as)) = asked(form, &answers) else { return false };
        if self.is_packing() {
            self.says(words::ONE_AT_A_TIME);
        } else if let Some((line, why)) = contradicts(&asked, &answers) {
            if let Layer::Form(layer) = self.top_mut() {
                layer.form.focus_on(line, reading);
            }
            self.says(why);
        } else {
            self.take_form(form.draft.id);
            out.push(Effect::ClearDraft(form.draft.id));
            self.make_pack(Making::Pack(asked, written_as), out);
        }
        true
    }
}

/// Which line contradicts another, and how; `None` where none does.
fn contradicts(asked: &PackAsked, answers: &Answers) -> Option<(&'static str, &'static str)> {
    if asked.from.zip(asked.until).is_some_and(|(from, until)| until < from) {
        return Some((UNTIL, words::LAST_BEFORE_FIRST));
    }
    // It is noted as disclosed to one: whoever else got it would stand nowhere.
    let both = [WHOM, WHOM_ELSE].iter().all(|line| answers.contains_key(*line));
    both.then_some((WHOM_ELSE, words::FOR_ONE))
}

/// What a form asks for.
fn asked(form: &Form, answers: &Answers) -> Option<(PackAsked, WrittenAs)> {
    let about = About::of_word(text(&form.draft.text, ABOUT), form.draft.case)?;
    let day = |path: &str| match answers.get(path) {
        Some(Answer::Date(day)) => Some(*day),
        _ => None,
    };
    let named = |path: &str| match answers.get(path) {
        Some(Answer::Named(named)) => Some(named.clone()),
        _ => None,
    };
    let whom_else = match answers.get(WHOM_ELSE) {
        Some(Answer::Text(words)) => Some(Named { id: None, words: words.clone() }),
        _ => None,
    };
    let is_form =
        |one: &WrittenAs| matches!(answers.get(WRITTEN_AS), Some(Answer::Choice(id)) if id == one.word());
    let asked = PackAsked {
        from: day(FROM),
        until: day(UNTIL),
        location: named(PLACE).and_then(|place| place.id),
        redact: matches!(answers.get(REDACT), Some(Answer::YesNo { is: YesNo::Yes, .. })),
        whom: named(WHOM).or(whom_else),
        ..PackAsked::whole(about)
    };
    Some((asked, WrittenAs::ALL.into_iter().find(is_form)?))
}

/// The two forms.
pub(super) fn steps() -> [Step; 2] {
    let record = |register: &str| Kind::Record { register: register.to_owned(), on_the_spot: false };
    let forms = WrittenAs::ALL.map(|form| {
        let (label, key) = words::written_as(form);
        Choice::plain(form.word(), label, key)
    });
    let lines = |redact: Option<Field>| {
        let first =
            field(WRITTEN_AS, words::IN_WHICH_FORM, words::IN_WHICH_FORM_HELP, Kind::Choice(forms.to_vec()));
        let rest = [
            Field::plain(WHOM, words::FOR_WHOM, record("organisations")).with_help(words::FOR_WHOM_HELP),
            Field::plain(WHOM_ELSE, words::FOR_WHOM_ELSE, Kind::Text).with_help(words::FOR_WHOM_ELSE_HELP),
            Field::plain(FROM, words::FIRST_DAY, Kind::Date).with_help(words::DAYS_HELP),
            Field::plain(UNTIL, words::LAST_DAY, Kind::Date).with_help(words::DAYS_HELP),
            Field::plain(PLACE, words::PLACE, record("locations")).with_help(words::PLACE_HELP),
        ];
        std::iter::once(first).chain(redact).chain(rest).collect()
    };
    let redact = field(REDACT, words::REDACT, words::REDACT_HELP, Kind::YesNo { why: WhyAsked::Never });
    [
        acts::step(MAKE_PACK, words::PACK_FORM, words::PACK_FORM_HELP, lines(Some(redact))),
        acts::step(MAKE_REPORT, words::REPORT_FORM, words::PACK_FORM_HELP, lines(None)),
    ]
}
