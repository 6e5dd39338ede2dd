//! The tables of an evidence pack: titles, columns, and what stands where one is empty.

use super::TableWords;
use crate::domain::pack::About;

/// The cases.
pub const CASES: TableWords = TableWords {
    id: "cases",
    title: "Cases, and what each came to",
    about: "Every case of this pack, notifications and candour among them, and those that are tied to one of them.",
    none: "No case.",
    columns: &[
        ("case", "Case"),
        ("kind", "Kind"),
        ("about", "About"),
        ("matter", "Matter"),
        ("opened", "Opened"),
        ("stands", "Stands"),
        ("tied", "Tied to"),
    ],
};
/// Decisions.
pub const DECISIONS: TableWords = TableWords {
    id: "decisions",
    title: "Decisions and why",
    about: "What was decided, by whom, for which reason, with what the person wanted and who saw it otherwise.",
    none: "No decision is on record.",
    columns: &[
        ("case", "Case"),
        ("when", "When"),
        ("step", "Step"),
        ("decided", "Decided"),
        ("why", "Why"),
        ("by", "By"),
        ("person", "What the person wants"),
        ("otherwise", "Seen otherwise"),
        ("entry", "Entry"),
    ],
};
/// Contacts and advice.
pub const CONTACTS: TableWords = TableWords {
    id: "contacts",
    title: "Contacts and advice",
    about: "Who outside was contacted, how it ended, and what they advised.",
    none: "No contact is on record.",
    columns: &[
        ("case", "Case"),
        ("when", "When"),
        ("who", "With whom"),
        ("how", "How"),
        ("ended", "How it ended"),
        ("advice", "Advice"),
        ("entry", "Entry"),
    ],
};
/// What an organisation has to do, in its own copy.
pub const TO_DO: TableWords = TableWords {
    id: "to_do",
    title: "What they have to do",
    about: "What was asked of them or promised by them and was not seen to be done yet, the first due first. What others do, and what is done, stands apart from it.",
    none: "Nothing is open.",
    columns: &[
        ("what", "What"),
        ("case", "Case"),
        ("said", "Said on"),
        ("due", "By when"),
        ("stands", "How it stands"),
        ("entry", "Entry"),
    ],
};
/// The column of [`TO_DO`] that says by when.
pub const TO_DO_DUE: usize = 3;
/// Promises.
pub const PROMISES: TableWords = TableWords {
    id: "promises",
    title: "Promises of others: promised against kept",
    about: "What others said they would do and by when, how often they were chased, and when it was seen to be done. Asked for is not done.",
    none: "Nobody outside owes or owed anything.",
    columns: &[
        ("case", "Case"),
        ("who", "Who"),
        ("what", "What"),
        ("said", "Said on"),
        ("due", "By when"),
        ("kept", "Kept"),
        ("chased", "Chased"),
        ("entry", "Entry"),
    ],
};
/// Interim controls.
pub const CONTROLS: TableWords = TableWords {
    id: "controls",
    title: "Interim controls",
    about: "What kept somebody safe meanwhile, by when it was to be looked at again, and whether it was.",
    none: "No interim control is on record.",
    columns: &[
        ("case", "Case"),
        ("control", "Control"),
        ("from", "From"),
        ("review", "To be looked at by"),
        ("looked", "Looked at"),
        ("entry", "Entry"),
    ],
};
/// The four sources.
pub const SOURCES: TableWords = TableWords {
    id: "sources",
    title: "The four sources held against each other",
    about: "Whether what was observed was escalated, what was advised, whether care changed, and whether somebody looked back, with the visit note and the amended care plan that each names. What is missing is said.",
    none: "In none of these cases is anybody observed.",
    columns: &[
        ("case", "Case"),
        ("observed", "Observed"),
        ("escalated", "Escalated"),
        ("advised", "Advised"),
        ("changed", "Care changed"),
        ("checked", "Looked back on"),
    ],
};
/// What was shared.
pub const SHARES: TableWords = TableWords {
    id: "shares",
    title: "Who was told what, and on which basis",
    about: "Every telling outside and to the person, family and staff, notifications and candour among them.",
    none: "Nothing was told to anybody.",
    columns: &[
        ("case", "Case"),
        ("when", "When"),
        ("who", "Told"),
        ("how", "How"),
        ("what", "What"),
        ("purpose", "What for"),
        ("basis", "Basis"),
        ("without", "Without agreement because"),
        ("entry", "Entry"),
    ],
};
/// Notifications and candour.
pub const NOTIFICATIONS: TableWords = TableWords {
    id: "notifications",
    title: "Notifications and candour",
    about: "What was decided, sent and said in notifications, duty of candour and whatever the regulator asked: each step in the order in which it happened.",
    none: "No notification and no duty of candour is on record.",
    columns: &[
        ("case", "Case"),
        ("when", "When"),
        ("step", "Step"),
        ("what", "What"),
        ("by", "By"),
        ("entry", "Entry"),
    ],
};
/// Reviews.
pub const REVIEWS: TableWords = TableWords {
    id: "reviews",
    title: "Reviews, and whether they were on time",
    about: "Looking back, by whom it was due, when, and when it was done.",
    none: "No review is due or done.",
    columns: &[
        ("case", "Case"),
        ("review", "Review"),
        ("who", "Whose"),
        ("due", "Due"),
        ("done", "Done"),
        ("entry", "Entry"),
    ],
};
/// What comes round.
pub const ROUNDS: TableWords = TableWords {
    id: "rounds",
    title: "Reviews and policies that come round",
    about: "Of the whole office: when each was last looked at, when it is looked at next, what was missed.",
    none: "Nothing comes round yet.",
    columns: &[
        ("case", "Case"),
        ("what", "What"),
        ("rhythm", "How often"),
        ("held", "Reviewed on"),
        ("next", "Next review"),
        ("missed", "Missed"),
        ("who", "Whose"),
    ],
};
/// Our own actions.
pub const ACTIONS: TableWords = TableWords {
    id: "actions",
    title: "What we owed, and when it was done",
    about: "Steps that were due and actions that were agreed, each with its owner.",
    none: "We owe and owed nothing.",
    columns: &[
        ("case", "Case"),
        ("what", "What"),
        ("who", "Whose"),
        ("due", "Due"),
        ("done", "Done"),
        ("entry", "Entry"),
    ],
};
/// Warning signs.
pub const SIGNS: TableWords = TableWords {
    id: "signs",
    title: "Warning signs and what was answered",
    about: "What the rules saw in the records, since when, and what a person said to it.",
    none: "No warning sign stands or stood.",
    columns: &[
        ("case", "Case"),
        ("sign", "Sign"),
        ("shows", "What it shows"),
        ("since", "Since"),
        ("answered", "Answered"),
    ],
};
/// Audits.
pub const AUDITS: TableWords = TableWords {
    id: "audits",
    title: "Audits of records",
    about: "How a sample was drawn and what it came to: met of met and not met, what does not apply is counted and never credited.",
    none: "No sample was drawn in these cases.",
    columns: &[
        ("case", "Case"),
        ("days", "Days"),
        ("sample", "Sample n of N"),
        ("drawn", "How it was drawn"),
        ("met", "Met"),
        ("before", "The time before"),
        ("actions", "Actions"),
    ],
};
/// What changed, and how it ended.
pub const OUTCOMES: TableWords = TableWords {
    id: "outcomes",
    title: "What changed, and how it ended",
    about: "Impact, measures before and after, care that changed, proof and closing.",
    none: "No change and no ending is on record.",
    columns: &[("case", "Case"), ("when", "When"), ("step", "Step"), ("what", "What"), ("entry", "Entry")],
};
/// Learning.
pub const LEARNING: TableWords = TableWords {
    id: "learning",
    title: "Learning",
    about: "What we know or do now that we did not before, what was passed to governance, and what whoever rang was told came of it.",
    none: "No learning is on record.",
    columns: &[("case", "Case"), ("when", "When"), ("step", "Step"), ("what", "What"), ("entry", "Entry")],
};
/// Corrections.
pub const CORRECTIONS: TableWords = TableWords {
    id: "corrections",
    title: "Corrections",
    about: "What was written and stands no more. It is struck in the chronology, and stays to be read.",
    none: "Nothing was corrected.",
    columns: &[
        ("case", "Case"),
        ("what", "What stood there"),
        ("by", "Struck by"),
        ("when", "When"),
        ("why", "Why"),
        ("entry", "Entry"),
    ],
};
/// Gaps.
pub const GAPS: TableWords = TableWords {
    id: "gaps",
    title: "What the record does not show",
    about: "Gaps as they stand, said before anybody asks: what is missing, late, unconfirmed, unanswered or still open.",
    none: "No gap was found by the rules of this program.",
    columns: &[("case", "Case"), ("gap", "Gap"), ("entry", "Entry")],
};
/// The index by regulation and statement.
pub const INDEX: TableWords = TableWords {
    id: "regulations",
    title: "By regulation and statement",
    about: "Which entries show something about which regulation, law or statement, by the tags in force, each with the edition of its framework.",
    none: "No entry is tagged.",
    columns: &[("case", "Case"), ("of", "Of"), ("tag", "Regulation or statement"), ("entries", "Entries")],
};
/// Counts of twelve months.
pub const COUNTS: TableWords = TableWords {
    id: "counts",
    title: "Counts of twelve months",
    about: "Cases by kind that were opened in the twelve months up to the end of this pack, the month in which it ends among them, under the same filter of person, organisation and place.",
    none: "No case in twelve months.",
    columns: &[
        ("kind", "Kind"),
        ("opened", "Opened"),
        ("closed", "Of them closed"),
        ("open", "Of them open"),
    ],
};
/// The organisation.
pub const PROFILE: TableWords = TableWords {
    id: "profile",
    title: "The provider",
    about: "The places of the provider as its own record has them.",
    none: "No place is on record.",
    columns: &[
        ("place", "Place"),
        ("service", "Service"),
        ("registration", "CQC registration number"),
        ("responsible", "Responsible person"),
        ("holder", "CQC relationship holder"),
    ],
};

/// What the records count of an organisation.
pub const SCORE: TableWords = TableWords {
    id: "score",
    title: "What the records say of them",
    about: "Cases that name them, what they promised and tries to reach them: in the last 90 days beside the 90 before.",
    none: "Nothing is counted of them.",
    columns: &[("what", "What"), ("lately", "Last 90 days"), ("before", "The 90 before")],
};
/// What comes round with an organisation.
pub const STREAMS: TableWords = TableWords {
    id: "streams",
    title: "What is looked at with them, and when",
    about: "The streams of monitoring and reviews of each arrangement: when each was last done, and by when it is due.",
    none: "Nothing comes round with them.",
    columns: &[("case", "Case"), ("what", "What"), ("done", "Last done"), ("due", "Due")],
};
/// The classes of record that are kept about an organisation.
pub const TRAIL: TableWords = TableWords {
    id: "trail",
    title: "The trail of this arrangement, by class of record",
    about: "Every entry about this organisation under the class of record that it belongs to, by the definitions in force. A class of which nothing is on record says so.",
    none: "No class of record is defined.",
    columns: &[
        ("class", "Class"),
        ("case", "Case"),
        ("when", "When"),
        ("step", "Step"),
        ("what", "What"),
        ("by", "By"),
        ("entry", "Entry"),
    ],
};
/// Measures.
pub const MEASURES: TableWords = TableWords {
    id: "measures",
    title: "Measures",
    about: "Each measure with how many of how many it is, beside the period before; fewer than ten are never a percentage.",
    none: "No measure is defined.",
    columns: &[
        ("measure", "Measure"),
        ("group", "Under"),
        ("value", "Value"),
        ("counted", "Of how many"),
        ("before", "Before"),
        ("change", "Change"),
        ("says", "What counts"),
    ],
};

/// So many tables say whose pack it is and which cases are in it.
const FIRST: usize = 2;
/// All tables of a pack that is about a case, a person or a time, in its order: the [`FIRST`] before all else.
const WHOLE: &[TableWords] = &[
    PROFILE,
    CASES,
    SOURCES,
    DECISIONS,
    CONTACTS,
    PROMISES,
    CONTROLS,
    SHARES,
    NOTIFICATIONS,
    REVIEWS,
    ROUNDS,
    ACTIONS,
    SIGNS,
    AUDITS,
    OUTCOMES,
    LEARNING,
    CORRECTIONS,
    GAPS,
    INDEX,
    COUNTS,
];
/// What a pack of an organisation has beside them, after its cases.
const OF_PROVIDER: [TableWords; 3] = [SCORE, STREAMS, TRAIL];
/// Those of a scorecard.
const OF_SCORECARD: &[TableWords] =
    &[PROFILE, CASES, SCORE, STREAMS, PROMISES, CONTROLS, REVIEWS, ACTIONS, SIGNS, GAPS, COUNTS];
/// Those of a governance report.
const OF_GOVERNANCE: &[TableWords] = &[PROFILE, MEASURES, ROUNDS];

/// The tables of a pack, in its order.
pub fn tables(about: About) -> Vec<&'static TableWords> {
    match about {
        About::Case(_) | About::Person(_) | About::Period => WHOLE.iter().collect(),
        About::Provider(_) => {
            let (before, after) = WHOLE.split_at(FIRST);
            before.iter().chain(&OF_PROVIDER).chain(after).collect()
        }
        About::Scorecard(_) => OF_SCORECARD.iter().collect(),
        About::Governance => OF_GOVERNANCE.iter().collect(),
    }
}
