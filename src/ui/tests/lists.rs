//! Lists of the same office: its locations, who is on call.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::office::{at, case_id, now, person_record};

use crate::domain::rota::{OnCall, Person, Rota, Slot};
use crate::domain::views::{LocationRow, Locations, More, OpenThere, RecordRow, TypeOf};
use crate::pathway::edition::Edition;

/// Three that are open, one whose matters are not the viewer's, one that has closed.
pub fn locations() -> Locations {
    let row = |number, name: &str, kind: &str, holder: Option<&str>, now| {
        let type_of = Some(TypeOf { id: String::new(), label: kind.to_owned() });
        let location = RecordRow {
            register: "locations".to_owned(),
            phone: Some(format!("01632 960 1{number}")),
            place: None,
            more: More { type_of, ..More::default() },
            ..person_record(number, name, name)
        };
        LocationRow { location, closed: number == 74, relationship_holder: holder.map(str::to_owned), now }
    };
    let open = |people, calls, undecided, late, restricted| {
        Some(OpenThere { people, calls, undecided, late, restricted })
    };
    Locations {
        rows: vec![
            row(70, "Rowan House", "Care home", Some("M. Reyes, east team"), open(31, 3, 1, 12, 1)),
            row(71, "Elm Court", "Supported living", None, open(11, 1, 0, 0, 0)),
            row(72, "Harbour Home Care", "Care at home", None, open(1, 0, 0, 0, 0)),
            row(73, "Willow Lodge", "Care home", None, None),
            row(74, "Larch Round", "Care at home", None, open(0, 0, 0, 0, 0)),
        ],
        open: 4,
        lead: Some("Inspector or inspection manager, 4 to 19".to_owned()),
        lead_names: vec!["J. Adomako".to_owned()],
        nowhere: OpenThere { undecided: 1, late: 2, ..OpenThere::default() },
    }
}

/// The night of 21-Nov: three who are rung, a gap on Sunday evening, the night shift after it planned for a place.
pub fn on_call() -> OnCall {
    let slot = |number: u128, duty: &str, staff, from: &str, until: &str, place| Slot {
        id: case_id(800 + number),
        duty: duty.to_owned(),
        staff: case_id(staff),
        place,
        from: at(from),
        until: at(until),
        phone: None,
    };
    let person = |name: &str, phone: &str| Person {
        name: name.to_owned(),
        phone: Some(phone.to_owned()),
        ..Person::default()
    };
    let (tonight, morning, evening) =
        ("2026-11-21T20:00:00Z", "2026-11-22T08:00:00Z", "2026-11-22T20:00:00Z");
    let rota = Rota {
        slots: vec![
            slot(1, "decision_holder", 91, tonight, morning, None),
            slot(2, "on_call", 92, tonight, morning, None),
            slot(3, "second_on_call", 93, tonight, evening, None),
            slot(4, "on_call", 91, "2026-11-22T22:00:00Z", "2026-11-23T08:00:00Z", Some(case_id(70))),
        ],
        people: BTreeMap::from([
            (case_id(91), person("OKAFOR, A.", "07700 900204")),
            (case_id(92), person("LIS, M.", "07700 900301")),
            (case_id(93), person("COLE, S.", "07700 900205")),
        ]),
        places: BTreeMap::from([(case_id(70), "Rowan House".to_owned())]),
        open: Some(Vec::new()),
        roles: Arc::new(Edition::built_in().roles.clone()),
        ..Rota::default()
    };
    rota.listed(now())
}
