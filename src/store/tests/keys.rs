//! Keys for SSH: whose each is, until when, who may let it in, and that what is taken back stays out.

use chrono::{Days, NaiveDate};

use super::*;
use crate::domain::answer::YesNo;
use crate::domain::keys::{PublicKey, Standing, Whose};

const LAPTOP: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILtcRg6pV/Vur2dUN8xGRtqjrR9aQGCOx1gT4EfsMxs0";
const DESK: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH";

fn key(line: &str) -> PublicKey {
    line.parse().unwrap()
}

fn enrolment(staff: Option<CaseId>, line: &str, until: Option<NaiveDate>) -> Act {
    let key = key(line);
    Act::EnrolKey { staff, fingerprint: key.fingerprint(), key, label: "work laptop".to_owned(), until }
}

fn revocation(staff: Option<CaseId>, line: &str) -> Act {
    Act::RevokeKey { staff, fingerprint: key(line).fingerprint(), reason: "lost on a train".to_owned() }
}

impl Office {
    /// Appends an act as this member of staff.
    fn act(&mut self, by: CaseId, act: Act) -> Result<Receipt, AppendError> {
        let id = self.id();
        let entry = NewEntry {
            who: Who { by: Some(by), typed_by: Some(by), method: Method::Asserted },
            what: NewSaid::Act(act),
            ..step(id, Some(by), "urgent.call", None, Answers::new())
        };
        let viewer = self.store.viewer_for(Some(by), now()).unwrap();
        // Where there is nobody else who may, it is done alone.
        let batch = Batch { alone: Some("a provider of three people".to_owned()), ..one(entry) };
        self.store.append(&viewer, batch, now())
    }

    fn carer(&mut self) -> CaseId {
        let roles = Answer::Choices(vec!["duty_coordinator".to_owned()]);
        self.register("staff", [("name", text("Priya Shah")), ("roles", roles)])
    }

    fn standing(&self, line: &str, at: DateTime<Utc>) -> Standing {
        self.store.standing(&key(line).fingerprint(), at).unwrap()
    }
}

fn says(refused: Result<Receipt, AppendError>) -> String {
    refused.unwrap_err().to_string()
}

#[test]
fn a_key_belongs_to_one_person_until_its_day_is_over_and_stays_out_once_it_is_taken_back() {
    let mut office = Office::new();
    let (manager, carer) = (office.manager, office.carer());
    let today = Zone::default().day(now());
    assert_eq!(office.standing(LAPTOP, now()), Standing::Unknown);
    office.act(manager, enrolment(Some(carer), LAPTOP, Some(today))).unwrap();
    office.act(manager, enrolment(Some(carer), DESK, None)).unwrap();
    for line in [LAPTOP, DESK] {
        assert_eq!(office.standing(line, now()), Standing::Stands(Whose::Staff(carer)));
    }
    let tomorrow = Zone::default().start_of_day(today + Days::new(1));
    let last = tomorrow - chrono::TimeDelta::seconds(1);
    assert_eq!(office.standing(LAPTOP, last), Standing::Stands(Whose::Staff(carer)));
    assert_eq!(office.standing(LAPTOP, tomorrow), Standing::Expired(today));
    // Nobody else's, not even once it is taken back; by whoever lost it, without leave.
    assert!(says(office.act(manager, enrolment(Some(manager), DESK, None))).contains("enrolled already"));
    assert!(says(office.act(carer, revocation(Some(manager), DESK))).contains("is for"));
    office.act(carer, revocation(Some(carer), DESK)).unwrap();
    assert_eq!(office.standing(DESK, now()), Standing::Revoked);
    assert!(says(office.act(manager, revocation(Some(carer), DESK))).contains("taken back before"));
    assert!(says(office.act(manager, enrolment(Some(manager), DESK, None))).contains("never comes again"));
    let told = office.store.case(&office.viewer(), carer, now()).unwrap().chronology;
    assert_eq!(told.len(), 4, "registered, two keys, one taken back");
    office.whole();
    office.store.rebuild(&Viewer::system()).unwrap();
    assert_eq!(office.standing(DESK, now()), Standing::Revoked);
}

#[test]
fn who_may_not_enrol_is_told_who_may_and_sees_their_own_keys() {
    let mut office = Office::new();
    let (manager, carer) = (office.manager, office.carer());
    let refused = office.act(carer, enrolment(Some(carer), LAPTOP, None));
    assert!(
        matches!(&refused, Err(AppendError::Denied(why)) if why.0.contains("Registered Manager")),
        "{refused:?}"
    );
    office.act(manager, enrolment(Some(carer), LAPTOP, None)).unwrap();
    office.act(manager, enrolment(None, DESK, None)).unwrap();
    assert_eq!(office.standing(DESK, now()), Standing::Stands(Whose::Station("work laptop".to_owned())));
    assert_eq!(office.store.keys(&office.viewer()).unwrap().len(), 2);
    let own = office.store.keys(&office.store.viewer_for(Some(carer), now()).unwrap()).unwrap();
    assert_eq!(own.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), ["SHAH, Priya"]);
    assert_eq!(own[0].enrolled_by, "OKAFOR, Adaeze");
    assert!(office.store.keys(&Viewer::default()).unwrap().is_empty());
}

#[test]
fn what_cannot_be_a_persons_key_is_refused_with_why() {
    let mut office = Office::new();
    let (manager, person) = (office.manager, office.person);
    let yesterday = Zone::default().day(now()) - Days::new(1);
    let unnamed = |act| match act {
        Act::EnrolKey { staff, fingerprint, key, until, .. } => {
            Act::EnrolKey { staff, fingerprint, key, until, label: " ".to_owned() }
        }
        other => other,
    };
    let swapped = match enrolment(Some(manager), LAPTOP, None) {
        Act::EnrolKey { staff, key, label, until, .. } => {
            Act::EnrolKey { staff, fingerprint: self::key(DESK).fingerprint(), key, label, until }
        }
        other => other,
    };
    for (act, why) in [
        (enrolment(Some(person), LAPTOP, None), "on the staff list"),
        (enrolment(Some(manager), LAPTOP, Some(yesterday)), "is over already"),
        (unnamed(enrolment(Some(manager), LAPTOP, None)), "which key it is"),
        (swapped, "fingerprint"),
        (revocation(Some(manager), LAPTOP), "No such key"),
    ] {
        let refused = says(office.act(manager, act));
        assert!(refused.contains(why), "{refused}");
    }
    assert!(office.store.keys(&office.viewer()).unwrap().is_empty());
}

#[test]
fn a_key_waits_for_a_second_person_who_is_neither_whose_it_is_nor_who_enrolled_it() {
    let mut office = Office::new();
    let (manager, carer) = (office.manager, office.carer());
    let roles = Answer::Choices(vec!["provider_lead".to_owned()]);
    let lead = office.register("staff", [("name", text("Ines Brandt")), ("roles", roles)]);
    let word = |office: &Office, agrees| {
        let waiting = office.store.keys(&Viewer::system()).unwrap().remove(0);
        assert!(waiting.waits);
        Act::Countersign { entry: waiting.entry, agrees, note: String::new() }
    };
    office.act(manager, enrolment(Some(carer), LAPTOP, None)).unwrap();
    assert_eq!(office.standing(LAPTOP, now()), Standing::Waits);
    for not_second in [manager, carer] {
        let word = word(&office, YesNo::Yes);
        assert!(matches!(office.act(not_second, word), Err(AppendError::Denied(_))));
    }
    // Not agreed to, it is as if it had never been enrolled.
    let no = word(&office, YesNo::No);
    office.act(lead, no).unwrap();
    assert_eq!(office.standing(LAPTOP, now()), Standing::Unknown);
    office.act(lead, enrolment(Some(carer), LAPTOP, None)).unwrap();
    let yes = word(&office, YesNo::Yes);
    office.act(manager, yes).unwrap();
    assert_eq!(office.standing(LAPTOP, now()), Standing::Stands(Whose::Staff(carer)));
    // Whose own key it is does not agree to it, though they may enrol: nobody is left, and it is done alone.
    office.act(manager, enrolment(Some(lead), DESK, None)).unwrap();
    assert_eq!(office.standing(DESK, now()), Standing::Stands(Whose::Staff(lead)));
    assert_eq!(office.store.done_alone(&office.viewer(), 10).unwrap().len(), 1);
    office.whole();
    office.store.rebuild(&Viewer::system()).unwrap();
    assert_eq!(office.standing(LAPTOP, now()), Standing::Stands(Whose::Staff(carer)));
}

#[test]
fn a_key_that_was_taken_back_while_it_waited_never_comes_again_though_nobody_agreed_to_it() {
    let mut office = Office::new();
    let (manager, carer) = (office.manager, office.carer());
    let roles = Answer::Choices(vec!["provider_lead".to_owned()]);
    let lead = office.register("staff", [("name", text("Ines Brandt")), ("roles", roles)]);
    office.act(manager, enrolment(Some(carer), LAPTOP, None)).unwrap();
    let waiting = office.store.keys(&Viewer::system()).unwrap().remove(0).entry;
    office.act(carer, revocation(Some(carer), LAPTOP)).unwrap();
    office.act(lead, Act::Countersign { entry: waiting, agrees: YesNo::No, note: String::new() }).unwrap();
    assert_eq!(office.standing(LAPTOP, now()), Standing::Revoked);
    assert!(says(office.act(manager, enrolment(Some(carer), LAPTOP, None))).contains("never comes again"));
    office.whole();
}
