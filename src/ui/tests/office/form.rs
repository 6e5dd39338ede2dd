//! A form of the office that is being filled in.

use super::{at, level, quill};
use crate::form::face::{Choosing, Face, Line, Section, Standing, Value};

fn line(path: &str, label: &str, value: Value) -> Line {
    Line {
        over: None,
        path: path.to_owned(),
        label: label.to_owned(),
        indent: 0,
        focused: false,
        required: false,
        either: false,
        quoted: false,
        value,
        understood: None,
        problem: None,
        blank: None,
        remark: None,
    }
}

fn typed(text: &str, notes: bool) -> Value {
    Value::Text { text: text.to_owned(), cursor: None, selected: None, notes }
}

fn choices(many: bool, of: &[(&str, &str, bool)]) -> Value {
    let options = of.iter().map(|(id, label, chosen)| Choosing {
        id: (*id).to_owned(),
        label: (*label).to_owned(),
        key: label.chars().next().unwrap_or('x'),
        weight: level(id).map_or(0, |level| level.weight),
        chosen: *chosen,
        pointed: false,
        help: String::new(),
    });
    Value::Options { options: options.collect(), many }
}

/// A call half typed.
pub fn face() -> Face {
    let said = "Only opens her eyes when I shout. One cup since lunch. Leans to the left in the chair. Not like this at tea.";
    let changed = Line {
        focused: true,
        required: true,
        value: Value::Text { text: said.to_owned(), cursor: Some(said.len()), selected: None, notes: true },
        ..line("changed", "what has changed, in their words", typed("", true))
    };
    let about = Value::Record {
        text: "QUILL, Theresa  born 14-Mar-1941  flat 4".to_owned(),
        cursor: None,
        selected: None,
        standing: Standing::Picked(quill().id),
    };
    let awake = choices(false, &[("yes", "yes", false), ("no", "no", true), ("unknown", "not known", false)]);
    let risk = choices(false, &[("red", "RED", true), ("amber", "amber", false), ("green", "green", false)]);
    let called_at = Line {
        understood: Some("today 21:02 GMT".to_owned()),
        ..line("at", "called at", typed("2102", false))
    };
    let summary = Line {
        remark: Some("says nothing to the next reader: who does what, by when?".to_owned()),
        ..line("summary", "our summary", typed("office informed", false))
    };
    let advice = Line {
        problem: Some("Say what is wanted, or \"none, for information\".".to_owned()),
        required: true,
        ..line("advice", "advice sought", typed("", false))
    };
    let fold = Value::Fold {
        open: false,
        labels: ["seen at", "told us at", "triggers"].map(str::to_owned).to_vec(),
    };
    Face {
        title: "Urgent communication log".to_owned(),
        short_title: "Urgent communication log".to_owned(),
        help: String::new(),
        about: String::new(),
        matter: String::new(),
        not_told: String::new(),
        ring: String::new(),
        began: at("2026-11-21T21:02:12Z"),
        mark: None,
        sections: vec![
            Section {
                title: String::new(),
                lines: vec![
                    line("caller", "caller, number", typed("WQ, carer 07700 900118", false)),
                    Line {
                        remark: Some("another QUILL here: Thomas, flat 9".to_owned()),
                        ..line("about", "about", about)
                    },
                    line("awake", "awake and breathing normally?", awake),
                    called_at,
                    changed,
                    line("risk", "risk", risk),
                    advice,
                ],
            },
            Section { title: String::new(), lines: vec![line("later", "after the call", fold), summary] },
        ],
        missing: 1,
        required: 6,
        missing_labels: vec!["advice sought".to_owned()],
        next: Some("decision within 5 min (target for red) by A. OKAFOR".to_owned()),
        hint: "As the caller says it. It is kept as typed.".to_owned(),
        longest_hint: "As the caller says it. It is kept as typed.".to_owned(),
        keys: "enter breaks the line; tab goes on",
        problems: Vec::new(),
        saving: "saves as an incomplete call, in the record".to_owned(),
    }
}
