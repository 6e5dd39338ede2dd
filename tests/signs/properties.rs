//! Whatever is recorded in whatever order: signs that were brought up to date by each entry are those that are worked out anew.

use proptest::prelude::*;

use super::office::{Office, Told};

/// A few minutes to a few days after the one before, one of these on one of two people.
fn steps() -> impl Strategy<Value = Vec<(u16, u8, bool)>> {
    prop::collection::vec((1u16..4000, 0u8..9, any::<bool>()), 4..24)
}

fn told(text: &str) -> Told {
    toml::from_str(text).expect("a step")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn signs_that_were_kept_up_are_signs_worked_out_anew(steps in steps()) {
        let mut office = Office::new();
        let mut at = 0;
        let mut open: Vec<String> = Vec::new();
        for (n, (after, what, other)) in steps.into_iter().enumerate() {
            at += i64::from(after);
            let person = if other { "Bernard Oakes" } else { "Theresa Quill" };
            let case = open.get(usize::from(what) % open.len().max(1)).cloned();
            let step = match (what, case) {
                (0..=3, _) | (_, None) => {
                    open.push(format!("c{n}"));
                    format!(
                        "step = \"urgent.call\"\ncase = \"c{n}\"\nsays = {{ about = \"{person}\", risk = \"amber\", place = \"Rowan House\", triggers = [\"fall\"] }}"
                    )
                }
                (4, Some(case)) => format!("step = \"urgent.decision\"\ncase = \"{case}\"\nsays = {{ route = [\"gp\"] }}"),
                (5, Some(case)) => format!(
                    "step = \"urgent.liaise\"\ncase = \"{case}\"\nsays = {{ who = \"District nursing\", outcome = \"no_answer\" }}"
                ),
                (6, Some(case)) => format!(
                    "step = \"urgent.liaise\"\ncase = \"{case}\"\nsays = {{ who = \"The Elms Surgery\", outcome = \"spoke\", promises = [{{ what = \"GP rings back\", by = \"+55\" }}] }}"
                ),
                (7, Some(case)) => format!(
                    "step = \"urgent.control\"\ncase = \"{case}\"\nsays = {{ controls = [{{ what = \"Two carers\", review_by = \"+120\" }}] }}"
                ),
                (_, Some(_)) => format!("step = \"cover.uncovered\"\nsays = {{ about = \"{person}\", place = \"Rowan House\" }}"),
            };
            office.tell(&told(&format!("at = {at}\n{step}")));
            if n % 5 == 4 {
                office.store.note_signs(office.at(at + 1)).expect("noted");
            }
        }
        office.is_whole();
        let before = office.signs(office.at(at + 60));
        office.store.rebuild(&dutydesk::domain::permission::Viewer::system()).expect("made anew");
        prop_assert_eq!(office.signs(office.at(at + 60)), before);
        office.is_whole();
    }
}
