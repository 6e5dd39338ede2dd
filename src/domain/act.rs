//! Acts: the short closed list of entries that are not steps of a pathway.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::answer::{Answers, Named};
use super::commitment::Party;
use super::disposal::Ground;
use super::handover::{Answered, HandedOver};
use super::ids::{CaseId, CommitmentId, DraftId, EditionId, EntryId, Hash32, Seq, SignId};
use super::keys::{Fingerprint, PublicKey};
use super::owning::{OfferAnswer, Owned};
use super::secret::SecretKind;
use super::signs::SignAnswer;

/// One of the acts of the ledger. Stored as the entry's body; never changed once released, only added to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case", deny_unknown_fields)]
pub enum Act {
    /// The ledger begins.
    Found {
        /// The office's name.
        office: String,
        /// IANA name of the office's one time zone.
        zone: String,
        /// `yes` for a practice or example office: every screen and export says TRAINING.
        training: super::answer::YesNo,
    },
    /// Definitions come into force: their full text is kept here.
    Adopt {
        /// The edition's id.
        edition: EditionId,
        /// Full text by file name (`pathways/urgent.toml`).
        files: BTreeMap<String, String>,
    },
    /// A correction, or the filling of blanks: the named entry's answers are these from now on; both stay visible.
    Amend {
        /// The entry that is amended.
        entry: EntryId,
        /// All answers of the step as they stand after it.
        answers: Answers,
        /// When it happened, where that is corrected too.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        occurred: Option<super::answer::When>,
        /// Why; empty where only blanks were filled.
        reason: String,
    },
    /// A whole case moves to the right record, leaving a stub that says so.
    Reattribute {
        /// The case that moves.
        case: CaseId,
        /// From this subject.
        from: CaseId,
        /// To that subject.
        to: CaseId,
        /// Why.
        reason: String,
    },
    /// Two cases belong together (one call about two people, a duplicate).
    Link {
        /// One.
        a: CaseId,
        /// The other.
        b: CaseId,
        /// In the office's words.
        reason: String,
        /// Whether both were opened for one and the same matter: what happened is then read in one row, from either.
        #[serde(skip_serializing_if = "is_no", default = "no")]
        duplicate: super::answer::YesNo,
    },
    /// A link was wrong.
    Unlink {
        /// One.
        a: CaseId,
        /// The other.
        b: CaseId,
        /// Why.
        reason: String,
    },
    /// Something owed is no longer wanted here, because of what a step of another case says (a person has died).
    Cancel {
        /// What is owed.
        owed: CommitmentId,
        /// The entry that says so.
        because: EntryId,
        /// In the office's words.
        reason: String,
        /// It is wanted all the same, and goes on as this in the case that the entry opened.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        goes_on: Option<CommitmentId>,
    },
    /// Somebody else of ours sees to something owed, because of what a step of another case says.
    PassOn {
        /// What is owed.
        owed: CommitmentId,
        /// Who sees to it from now on.
        to: CaseId,
        /// The entry that says so.
        because: EntryId,
        /// In the office's words.
        reason: String,
    },
    /// A duty of the rota passes to a member of staff (`decision_holder`), until the next such act or until a slot of the
    /// rota begins.
    HoldDuty {
        /// The duty's id.
        duty: String,
        /// Who holds it.
        staff: CaseId,
        /// At which location; everywhere where none is said.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        place: Option<CaseId>,
    },
    /// What was typed for somebody is confirmed, or not, by the one whose act it is.
    ConfirmTyped {
        /// The entry typed for them.
        entry: EntryId,
        /// Whether it is as they said it.
        agrees: super::answer::YesNo,
        /// What differs, where it does.
        #[serde(skip_serializing_if = "String::is_empty", default)]
        note: String,
    },
    /// A second person agrees, or not, to an entry that wants two people.
    Countersign {
        /// The entry that waits.
        entry: EntryId,
        /// Whether it is to have effect. Refused, it never has.
        agrees: super::answer::YesNo,
        /// Why not, or what is to be known beside.
        #[serde(skip_serializing_if = "String::is_empty", default)]
        note: String,
    },
    /// Somebody else's unfinished form is taken over.
    TakeDraft {
        /// The draft.
        draft: DraftId,
        /// Whose it was.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        from: Option<CaseId>,
        /// Why.
        reason: String,
    },
    /// Two records of a register are of one and the same: whoever reads the one that is gone is shown the one that is
    /// kept, with all that stands in either.
    Merge {
        /// The register's pathway id.
        register: String,
        /// The record that stands.
        kept: CaseId,
        /// The record that is read as the other from now on.
        gone: CaseId,
        /// Why.
        reason: String,
    },
    /// A merge was wrong: each record stands by itself again.
    Unmerge {
        /// The record that stood.
        kept: CaseId,
        /// The record that stands again.
        gone: CaseId,
        /// Why.
        reason: String,
    },
    /// Somebody says who they are at the keyboard.
    SignIn {
        /// Who.
        staff: CaseId,
    },
    /// A key lets somebody in over SSH from now on.
    EnrolKey {
        /// Whose it is; nobody's for the key of a shared workstation.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        staff: Option<CaseId>,
        /// What the key is known by.
        fingerprint: Fingerprint,
        /// The key.
        key: PublicKey,
        /// What it is called ("work laptop"), or the workstation's name.
        label: String,
        /// The last day on which it lets in, by the office's wall.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        until: Option<NaiveDate>,
    },
    /// A key lets nobody in any more, and never will again.
    RevokeKey {
        /// Whose it is, as it was enrolled.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        staff: Option<CaseId>,
        /// What the key is known by.
        fingerprint: Fingerprint,
        /// Why.
        reason: String,
    },
    /// A PIN or passphrase was set for a member of staff, by themselves or by whoever gives them one to begin with. The
    /// secret itself is never in the ledger.
    SetSecret {
        /// For whom.
        staff: CaseId,
        /// Which kind.
        what: SecretKind,
    },
    /// Too many wrong PINs had locked a person or a station, and somebody else lets them try again.
    Unlock {
        /// The member of staff, where it was one.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        staff: Option<CaseId>,
        /// The station's name, where it was one.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        station: Option<String>,
    },
    /// An entry that was recorded while nobody was signed in is signed by whoever took it.
    Sign {
        /// The entry.
        entry: EntryId,
    },
    /// A record that somebody may not normally see (of another place, or kept to a few) is opened to them for a while. The
    /// header names it as its subject.
    LookBeyond {
        /// The record or the case.
        subject: CaseId,
        /// Why.
        reason: String,
    },
    /// Somebody whose task it is has seen that a record was opened beyond, and why.
    BeyondSeen {
        /// The entry in which it was opened.
        entry: EntryId,
        /// What they have to say to it.
        #[serde(skip_serializing_if = "String::is_empty", default)]
        note: String,
    },
    /// A shift is handed over: every line as it was shown, which is never changed afterwards.
    HandOver(Box<HandedOver>),
    /// Lines of a handover are taken, read, refused or queried. Whoever answers decides what they take.
    HandoverAnswer {
        /// The entry in which it was handed over.
        handover: EntryId,
        /// The lines, by their keys.
        items: Vec<String>,
        /// What is answered to them.
        answer: Answered,
        /// Why, where they are refused or queried.
        #[serde(skip_serializing_if = "String::is_empty", default)]
        reason: String,
    },
    /// Somebody says back in their own words what they were handed.
    HandoverReadBack {
        /// The entry in which it was handed over.
        handover: EntryId,
        /// Their words.
        words: String,
    },
    /// Lines of a handover that nobody had taken pass to a duty of the rota: at the end of the shift, or when whoever
    /// handed over leaves before. When it happened is since when.
    HandoverLeft {
        /// The entry in which it was handed over.
        handover: EntryId,
        /// The lines, by their keys.
        items: Vec<String>,
        /// The duty that has them from then on.
        duty: String,
    },
    /// How a handover was, said at its end or at any time later.
    HandoverEnd {
        /// The entry in which it was handed over.
        handover: EntryId,
        /// Whether it was as it should be.
        satisfactory: super::answer::YesNo,
        /// What was missing, or what else is to be known.
        #[serde(skip_serializing_if = "String::is_empty", default)]
        note: String,
    },
    /// Somebody has seen that something is owed: the bell is silent about it for them, and for nobody else, until it comes
    /// back. The header names the case.
    Acknowledge {
        /// What is owed in the case.
        what: Vec<CommitmentId>,
    },
    /// A warning sign stands and is put on record by the program, so that it is never dropped unseen. When it happened is
    /// since when it stands; the header names the case or record that it is about.
    RaiseSign {
        /// The sign: it follows from the rule and from what shows it.
        sign: SignId,
        /// The rule's id.
        rule: String,
        /// The edition of the definitions by which it was seen.
        edition: EditionId,
        /// The entries that show it.
        entries: Vec<EntryId>,
        /// What there was to see in particular.
        #[serde(skip_serializing_if = "String::is_empty", default)]
        words: String,
    },
    /// A person answers a warning sign that is on record. The header names the case or record that it is about.
    AnswerSign {
        /// The sign.
        sign: SignId,
        /// What they answer.
        answer: SignAnswer,
        /// What is done about it, or why nothing is.
        words: String,
        /// Who does it, where something is done.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        owner: Option<CaseId>,
        /// By when.
        #[serde(skip_serializing_if = "Option::is_none", default, with = "super::time::maybe_whole_seconds")]
        by: Option<DateTime<Utc>>,
    },
    /// How far the access log had come: it is then found out where looks are taken out of it, or all of it is removed.
    Looks {
        /// How many looks there were.
        looks: Seq,
        /// The hash of the last of them.
        head: Hash32,
    },
    /// Whose act it is sees to these from now on. The header names the case.
    Take {
        /// What is taken.
        what: Vec<Owned>,
        /// Why; needed where a person had it, who is told.
        #[serde(skip_serializing_if = "String::is_empty", default)]
        reason: String,
        /// The handover in which its owner gave it to whoever comes: it was not taken from them unasked.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        handover: Option<EntryId>,
    },
    /// What one owns is offered to somebody else of ours. Until they take it the giver owns it; a newer offer of the same
    /// takes its place. The header names the case.
    Offer {
        /// What is offered.
        what: Vec<Owned>,
        /// To whom: a member of staff, or whoever holds a role or duty.
        to: Party,
        /// The handover it is a part of.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        handover: Option<EntryId>,
        /// What the giver says to it.
        #[serde(skip_serializing_if = "String::is_empty", default)]
        note: String,
    },
    /// Whoever it was made to answers an offer: all that still stands of it. The header names the case.
    AnswerOffer {
        /// The entry that offered.
        offer: EntryId,
        /// What they say.
        answer: OfferAnswer,
        /// Why it is refused, or what is asked.
        #[serde(skip_serializing_if = "String::is_empty", default)]
        reason: String,
    },
    /// An offer is taken back. The header names the case.
    WithdrawOffer {
        /// The entry that offered.
        offer: EntryId,
        /// Why, where it is said.
        #[serde(skip_serializing_if = "String::is_empty", default)]
        reason: String,
    },
    /// What one owns passes to whoever holds a duty or role: at the end of a shift what nobody took, and all that
    /// somebody had who leaves. The header names the case.
    LeaveTo {
        /// What passes.
        what: Vec<Owned>,
        /// The duty's or role's id.
        duty: String,
        /// The entry in which somebody refused it.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        refused: Option<EntryId>,
        /// Why.
        #[serde(skip_serializing_if = "String::is_empty", default)]
        reason: String,
    },
    /// A case or record is put under a legal hold: nothing of it, nor of what is about it or stands at it, is disposed of
    /// until that is lifted. The header names it.
    Hold {
        /// What it is held for: which claim, inquiry or request.
        reason: String,
    },
    /// A legal hold is lifted, once a second person agrees; the first programs let one do it. The header names the case or
    /// record that it is on.
    LiftHold {
        /// The entry that placed it.
        hold: EntryId,
        /// Why it is no longer needed.
        reason: String,
    },
    /// Content is disposed of: body and salt of the entries that are named go once a second person agrees. The header names
    /// the case, or the record with all cases about it; handover sheets, and what was written for the office as a whole, belong
    /// to none. It is kept for ever, so nothing that a
    /// person wrote stands in it.
    Dispose {
        /// The edition of the definitions by which it is due.
        edition: EditionId,
        /// The class of its `retention.toml` by which it is due, its id.
        class: String,
        /// The day from which its years were counted.
        from: NaiveDate,
        /// The day since which it is due.
        due: NaiveDate,
        /// The entries, by their numbers in rising order.
        seqs: Vec<Seq>,
    },
    /// What is given of an entry when the person asks for a copy of their record: of several the last counts. The header
    /// names the case.
    Withhold {
        /// The entry.
        entry: EntryId,
        /// Whether it is withheld.
        withheld: super::answer::YesNo,
        /// On which ground, where it is.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        ground: Option<Ground>,
        /// Who judged so and why.
        reason: String,
    },
    /// A copy of their record was given to a person who asked for it. The header names the record.
    GiveCopy {
        /// SHA-256 of that very copy.
        copy: Hash32,
        /// SHA-256 of the list that was gone through before.
        list: Hash32,
        /// How many passages of it were withheld.
        withheld: u64,
    },
    /// An evidence pack that shows something of a case was made for somebody outside. The header names the case or record.
    Disclose {
        /// For whom.
        whom: Named,
        /// About what the pack is: `case`, `person`, `provider`, `period`, `scorecard`.
        about: String,
        /// In which form: `html`, `json`, `csv`.
        form: String,
        /// Whether third parties are protected in it.
        redacted: super::answer::YesNo,
        /// SHA-256 of that very copy; of tables, of all of them one after the other.
        copy: Hash32,
    },
}

fn no() -> super::answer::YesNo {
    super::answer::YesNo::No
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_no(answer: &super::answer::YesNo) -> bool {
    *answer == super::answer::YesNo::No
}

impl Act {
    /// The kind of a move to another record.
    pub const REATTRIBUTE: &str = "act.reattribute";
    /// The kind of an acknowledgement.
    pub const ACKNOWLEDGE: &str = "act.acknowledge";
    /// The kind of a disposal.
    pub const DISPOSE: &str = "act.dispose";
    /// The kind of a second person's word.
    pub const COUNTERSIGN: &str = "act.countersign";

    /// The kind as the header stores it, prefixed `act.`.
    pub fn kind(&self) -> &'static str {
        match self {
            Act::Found { .. } => "act.found",
            Act::Adopt { .. } => "act.adopt",
            Act::Amend { .. } => "act.amend",
            Act::Reattribute { .. } => Act::REATTRIBUTE,
            Act::Link { .. } => "act.link",
            Act::Unlink { .. } => "act.unlink",
            Act::Cancel { .. } => "act.cancel",
            Act::PassOn { .. } => "act.pass_on",
            Act::HoldDuty { .. } => "act.hold_duty",
            Act::ConfirmTyped { .. } => "act.confirm_typed",
            Act::Countersign { .. } => Act::COUNTERSIGN,
            Act::TakeDraft { .. } => "act.take_draft",
            Act::Merge { .. } => "act.merge",
            Act::Unmerge { .. } => "act.unmerge",
            Act::SignIn { .. } => "act.sign_in",
            Act::EnrolKey { .. } => "act.enrol_key",
            Act::RevokeKey { .. } => "act.revoke_key",
            Act::SetSecret { .. } => "act.set_secret",
            Act::Unlock { .. } => "act.unlock",
            Act::Sign { .. } => "act.sign",
            Act::LookBeyond { .. } => "act.look_beyond",
            Act::BeyondSeen { .. } => "act.beyond_seen",
            Act::HandOver(_) => "act.hand_over",
            Act::HandoverAnswer { .. } => "act.handover_answer",
            Act::HandoverReadBack { .. } => "act.handover_read_back",
            Act::HandoverLeft { .. } => "act.handover_left",
            Act::HandoverEnd { .. } => "act.handover_end",
            Act::Acknowledge { .. } => Act::ACKNOWLEDGE,
            Act::RaiseSign { .. } => "act.raise_sign",
            Act::AnswerSign { .. } => "act.answer_sign",
            Act::Looks { .. } => "act.looks",
            Act::Take { .. } => "act.take",
            Act::Offer { .. } => "act.offer",
            Act::AnswerOffer { .. } => "act.answer_offer",
            Act::WithdrawOffer { .. } => "act.withdraw_offer",
            Act::LeaveTo { .. } => "act.leave_to",
            Act::Hold { .. } => "act.hold",
            Act::LiftHold { .. } => "act.lift_hold",
            Act::Dispose { .. } => Act::DISPOSE,
            Act::Withhold { .. } => "act.withhold",
            Act::GiveCopy { .. } => "act.give_copy",
            Act::Disclose { .. } => "act.disclose",
        }
    }
}
