-- Everything here follows from the entries: it can be thrown away and made again. Times are milliseconds since
-- 1970, ids 16 bytes, lists and states JSON. `{schema}` is main, or temp while the record is verified.
CREATE TABLE {schema}.office (
    one INTEGER PRIMARY KEY CHECK (one = 1), name TEXT NOT NULL, zone TEXT NOT NULL, training INTEGER NOT NULL
) STRICT;
CREATE TABLE {schema}.editions (seq INTEGER PRIMARY KEY, id BLOB NOT NULL) STRICT;
-- Roles, duties and pathways of the edition in force, so that a board opens without reading definitions.
CREATE TABLE {schema}.roles (id TEXT PRIMARY KEY, title TEXT NOT NULL, short TEXT NOT NULL, may TEXT NOT NULL) STRICT;
CREATE TABLE {schema}.duties (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, roles TEXT NOT NULL, out_of_hours INTEGER NOT NULL
) STRICT;
CREATE TABLE {schema}.steps (kind TEXT PRIMARY KEY, title TEXT NOT NULL) STRICT;
-- The chains and the office hours of the edition in force, with the bank holidays that those mind.
CREATE TABLE {schema}.routes (
    one INTEGER PRIMARY KEY CHECK (one = 1), chains TEXT NOT NULL, hours TEXT, calendar TEXT NOT NULL,
    warned INTEGER
) STRICT;
-- Who took a duty last, for a place or (empty) for everywhere.
CREATE TABLE {schema}.holders (
    duty TEXT NOT NULL, place BLOB NOT NULL, staff BLOB NOT NULL, since INTEGER NOT NULL, PRIMARY KEY (duty, place)
) STRICT, WITHOUT ROWID;
-- Slots of the rota that were not called off. Whether one is on is asked on reading.
CREATE TABLE {schema}.slots (
    id BLOB PRIMARY KEY, duty TEXT NOT NULL, staff BLOB NOT NULL, place BLOB, starts INTEGER NOT NULL,
    ends INTEGER NOT NULL, phone TEXT
) STRICT;
CREATE INDEX {schema}.slots_ends ON slots (ends);

-- Cases and records that are kept to a few. The class of a row is the one of these that it belongs to, if any.
CREATE TABLE {schema}.restrictions (
    id BLOB PRIMARY KEY, subject BLOB, location BLOB, mark TEXT NOT NULL
) STRICT;

CREATE TABLE {schema}.cases (
    id BLOB PRIMARY KEY,
    pathway TEXT NOT NULL,
    letter TEXT NOT NULL,
    number INTEGER NOT NULL,
    register INTEGER NOT NULL,
    urgent INTEGER NOT NULL,
    subject BLOB,
    location BLOB,
    class BLOB,
    state TEXT NOT NULL,
    closed INTEGER NOT NULL,
    undecided INTEGER NOT NULL,
    opened_at INTEGER NOT NULL,
    called_at INTEGER NOT NULL,
    precision TEXT NOT NULL,
    risk TEXT,
    headline TEXT,
    missing INTEGER NOT NULL,
    owed INTEGER NOT NULL,
    version INTEGER NOT NULL,
    facts TEXT NOT NULL,
    body TEXT NOT NULL,
    -- Entries recorded while nobody was signed in that nobody has signed.
    unsigned INTEGER NOT NULL,
    -- Who of ours sees to it while it is open, and to whom that is offered: a role's or duty's id, or the record's. From
    -- whom it was taken without their having offered it.
    owner TEXT,
    offered_to TEXT,
    taken_from TEXT,
    -- When the visit begins that it is about, the number of the paper slip it was entered from, whether it is a pad of them.
    visit INTEGER,
    slip INTEGER,
    pad INTEGER NOT NULL,
    -- The state in which whoever takes the organisation is warned, and since when it stands so.
    warns TEXT,
    -- When something was last decided in it, by whatever says so in its forms.
    decided INTEGER
) STRICT;
CREATE INDEX {schema}.cases_decided ON cases (decided, id) WHERE decided IS NOT NULL;
CREATE INDEX {schema}.cases_owner ON cases (owner, opened_at, id) WHERE owner IS NOT NULL;
CREATE INDEX {schema}.cases_offered ON cases (offered_to, id) WHERE offered_to IS NOT NULL;
CREATE INDEX {schema}.cases_taken ON cases (taken_from, id) WHERE taken_from IS NOT NULL;
CREATE INDEX {schema}.cases_visit ON cases (visit, id) WHERE visit IS NOT NULL;
CREATE INDEX {schema}.cases_slip ON cases (slip) WHERE slip IS NOT NULL;
CREATE INDEX {schema}.cases_pad ON cases (opened_at, number) WHERE pad = 1;
CREATE INDEX {schema}.cases_warning ON cases (id) WHERE warns IS NOT NULL;
CREATE INDEX {schema}.cases_unsigned ON cases (id) WHERE unsigned > 0;
CREATE UNIQUE INDEX {schema}.cases_reference ON cases (letter, number);
CREATE INDEX {schema}.cases_subject ON cases (subject, closed, opened_at) WHERE subject IS NOT NULL;
CREATE INDEX {schema}.cases_opened ON cases (opened_at, id) WHERE register = 0;
CREATE INDEX {schema}.cases_open ON cases (opened_at, id) WHERE register = 0 AND closed = 0;
CREATE INDEX {schema}.cases_kind ON cases (pathway, opened_at, id) WHERE register = 0;
CREATE INDEX {schema}.cases_kind_open ON cases (pathway, opened_at, id) WHERE register = 0 AND closed = 0;
CREATE INDEX {schema}.cases_registers ON cases (version) WHERE register = 1;
CREATE INDEX {schema}.cases_calls ON cases (called_at, number) WHERE urgent = 1;
CREATE INDEX {schema}.cases_calls_open ON cases (called_at, number) WHERE urgent = 1 AND closed = 0;

CREATE TABLE {schema}.case_entries (
    case_id BLOB NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (case_id, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE {schema}.letters (letter TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT;

-- What is still owed. What was settled stands in the state of its case.
CREATE TABLE {schema}.owed (
    id TEXT PRIMARY KEY,
    case_id BLOB NOT NULL,
    due INTEGER NOT NULL,
    urgent INTEGER NOT NULL,
    outside INTEGER NOT NULL,
    -- Where it stands among the open escalations: an undecided call first, see src/store/derive/case_rows.rs.
    rank INTEGER NOT NULL,
    subject BLOB,
    location BLOB,
    class BLOB,
    obligor TEXT NOT NULL,
    owner TEXT NOT NULL,
    offered_to TEXT,
    taken_from TEXT,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX {schema}.owed_owner ON owed (owner, due, id);
CREATE INDEX {schema}.owed_offered ON owed (offered_to, due, id) WHERE offered_to IS NOT NULL;
CREATE INDEX {schema}.owed_taken ON owed (taken_from, due, id) WHERE taken_from IS NOT NULL;
CREATE INDEX {schema}.owed_due ON owed (due, id);
CREATE INDEX {schema}.owed_urgent ON owed (rank, due, id) WHERE urgent = 1;
CREATE INDEX {schema}.owed_outside ON owed (due, id) WHERE outside = 1;
CREATE INDEX {schema}.owed_case ON owed (case_id, due, id);
CREATE INDEX {schema}.owed_subject ON owed (subject, due, id) WHERE subject IS NOT NULL;

CREATE TABLE {schema}.to_confirm (
    entry BLOB PRIMARY KEY, staff BLOB NOT NULL, case_id BLOB NOT NULL
) STRICT;
CREATE INDEX {schema}.to_confirm_staff ON to_confirm (staff);

-- What has no effect until a second person agrees, and what wanted two people and was done by one.
CREATE TABLE {schema}.to_countersign (entry BLOB PRIMARY KEY, seq INTEGER NOT NULL) STRICT;
CREATE TABLE {schema}.done_alone (seq INTEGER PRIMARY KEY, entry BLOB NOT NULL, why TEXT NOT NULL) STRICT;

CREATE TABLE {schema}.records (
    id BLOB PRIMARY KEY,
    register TEXT NOT NULL,
    sort TEXT NOT NULL,
    location BLOB,
    class BLOB,
    closed INTEGER NOT NULL,
    roles TEXT NOT NULL,
    -- For whom a member of staff acts, from when and until when: whether it lasts is asked on reading.
    acting TEXT NOT NULL,
    row TEXT NOT NULL,
    answers TEXT NOT NULL,
    -- Shown on request only: label and words.
    sealed TEXT NOT NULL
) STRICT;
CREATE INDEX {schema}.records_sort ON records (register, sort, id);
CREATE INDEX {schema}.records_location ON records (location) WHERE location IS NOT NULL;
CREATE TABLE {schema}.find_keys (
    register TEXT NOT NULL, key TEXT NOT NULL, record BLOB NOT NULL, PRIMARY KEY (register, key, record)
) STRICT, WITHOUT ROWID;
CREATE INDEX {schema}.find_keys_record ON find_keys (record, key);

-- Stubs where a case stood that was moved to the right record.
CREATE TABLE {schema}.moved (
    seq INTEGER PRIMARY KEY, subject BLOB NOT NULL, case_id BLOB NOT NULL, at INTEGER NOT NULL, reason TEXT NOT NULL
) STRICT;
CREATE INDEX {schema}.moved_subject ON moved (subject);

-- What was shared in each case, by when.
CREATE TABLE {schema}.shares (
    case_id BLOB NOT NULL, place INTEGER NOT NULL, at INTEGER NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (case_id, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX {schema}.shares_at ON shares (at, case_id, place);

-- Records that are read as another: each with the one that was kept when they were merged, which may have been merged
-- with a third since.
CREATE TABLE {schema}.merged (
    gone BLOB PRIMARY KEY, kept BLOB NOT NULL, at INTEGER NOT NULL, by_staff BLOB, reason TEXT NOT NULL
) STRICT;
CREATE INDEX {schema}.merged_kept ON merged (kept);

-- Unfinished forms that somebody took over: by the form's id, which is that of the entry it becomes.
CREATE TABLE {schema}.taken_forms (
    seq INTEGER PRIMARY KEY, form BLOB NOT NULL, begun_by BLOB, taken_by BLOB, at INTEGER NOT NULL, reason TEXT NOT NULL
) STRICT;
CREATE INDEX {schema}.taken_forms_form ON taken_forms (form);

-- Records that were opened beyond what somebody may normally see, and whether that has been seen since.
CREATE TABLE {schema}.beyond (
    seq INTEGER PRIMARY KEY, entry BLOB NOT NULL, staff BLOB, subject BLOB NOT NULL, at INTEGER NOT NULL,
    until INTEGER NOT NULL, reason TEXT NOT NULL, seen_by BLOB, seen_at INTEGER
) STRICT;
CREATE INDEX {schema}.beyond_entry ON beyond (entry);
CREATE INDEX {schema}.beyond_staff ON beyond (staff, until);
-- Handovers as their acts have made them. An open one has lines that nobody has taken and that passed to nobody.
CREATE TABLE {schema}.handovers (
    seq INTEGER PRIMARY KEY, entry BLOB NOT NULL, giver BLOB NOT NULL, until INTEGER NOT NULL, open INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX {schema}.handovers_entry ON handovers (entry);
CREATE INDEX {schema}.handovers_open ON handovers (until) WHERE open = 1;
-- How far the access log had come, as the ledger wrote it down.
CREATE TABLE {schema}.looks_heads (seq INTEGER PRIMARY KEY, looks INTEGER NOT NULL, head BLOB NOT NULL) STRICT;

-- How many there are, by location and access class (each empty where there is none), so that no total is counted on
-- reading and none betrays what may not be seen.
CREATE TABLE {schema}.counts (
    what TEXT NOT NULL, location BLOB NOT NULL, class BLOB NOT NULL, n INTEGER NOT NULL,
    PRIMARY KEY (what, location, class)
) STRICT, WITHOUT ROWID;

-- Keys that were ever enrolled for SSH, with what became of them. A key of nobody's is a workstation's own.
CREATE TABLE {schema}.keys (
    fingerprint TEXT PRIMARY KEY,
    key TEXT NOT NULL,
    staff BLOB,
    label TEXT NOT NULL,
    until TEXT,
    entry BLOB NOT NULL,
    enrolled_at INTEGER NOT NULL,
    enrolled_by BLOB,
    waits INTEGER NOT NULL,
    revoked_at INTEGER,
    reason TEXT NOT NULL
) STRICT;
-- What measures sum over, in the order of time (milliseconds), so that a year is read in one go. What a case has come to:
-- when it reached each milestone (`vague`: a bit for each that is known by the day only), by when it was first to be
-- decided and reviewed, who was told last when, and the ids of the choices that say what it was about and how it ended.
CREATE TABLE {schema}.case_facts (
    at INTEGER NOT NULL, case_id BLOB NOT NULL, pathway TEXT NOT NULL, subject BLOB, location BLOB, class BLOB, risk TEXT,
    observed INTEGER, called INTEGER, emergency INTEGER,
    police INTEGER, fire INTEGER, duty_team INTEGER, decided INTEGER, contacted INTEGER, advised INTEGER,
    told INTEGER, care_changed INTEGER, reviewed INTEGER, closed INTEGER, vague INTEGER NOT NULL,
    decide_by INTEGER, review_by INTEGER, told_whom TEXT, tags TEXT, ended TEXT, is_closed INTEGER NOT NULL,
    followed INTEGER, changed INTEGER, complaint INTEGER, again INTEGER NOT NULL, effects TEXT,
    routes TEXT, same_visit INTEGER, complete INTEGER, themes TEXT,
    PRIMARY KEY (at, case_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX {schema}.case_facts_case ON case_facts (case_id);
-- What others promised, actions of ours and interim controls, each from when it came into force until it ended (the
-- largest number there is, while it has not). `supersedes` is the one in whose place it stands.
CREATE TABLE {schema}.promise_facts (
    ended INTEGER NOT NULL, id BLOB NOT NULL, case_id BLOB NOT NULL, owes INTEGER NOT NULL, who TEXT NOT NULL,
    location BLOB, class BLOB, since INTEGER NOT NULL, started INTEGER NOT NULL, due INTEGER NOT NULL,
    timed INTEGER NOT NULL, how INTEGER, chased INTEGER NOT NULL, supersedes BLOB,
    PRIMARY KEY (ended, id)
) STRICT, WITHOUT ROWID;
-- Attempts to reach somebody outside.
CREATE TABLE {schema}.contact_facts (
    at INTEGER NOT NULL, case_id BLOB NOT NULL, place INTEGER NOT NULL, who TEXT NOT NULL, outcome TEXT NOT NULL,
    location BLOB, class BLOB,
    PRIMARY KEY (at, case_id, place)
) STRICT, WITHOUT ROWID;

-- Warning signs as the rules in force see them, each with the times between which it stands: both may lie ahead. Of a case
-- (`source`), counted over cases (`counted`: the rule and the key), or of what was done by one. An end that nothing has
-- brought about is the last instant that there is.
CREATE TABLE {schema}.signs (
    id BLOB PRIMARY KEY, rule TEXT NOT NULL, about BLOB, source BLOB, counted TEXT, since INTEGER NOT NULL,
    until INTEGER NOT NULL, body TEXT NOT NULL
) STRICT;
CREATE INDEX {schema}.signs_source ON signs (source) WHERE source IS NOT NULL;
CREATE INDEX {schema}.signs_counted ON signs (counted, since) WHERE counted IS NOT NULL;
CREATE INDEX {schema}.signs_until ON signs (until, since);
CREATE INDEX {schema}.signs_since ON signs (since);
CREATE INDEX {schema}.signs_about ON signs (about) WHERE about IS NOT NULL;
-- What is counted over cases, by the rule and what it is counted together with.
CREATE TABLE {schema}.sign_marks (
    rule TEXT NOT NULL, key TEXT NOT NULL, at INTEGER NOT NULL, case_id BLOB NOT NULL, place INTEGER NOT NULL,
    body TEXT NOT NULL, PRIMARY KEY (rule, key, at, case_id, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX {schema}.sign_marks_case ON sign_marks (case_id);
-- Signs that are on record, with what was answered to them.
CREATE TABLE {schema}.signs_raised (
    id BLOB PRIMARY KEY, seq INTEGER NOT NULL, rule TEXT NOT NULL, about BLOB, since INTEGER NOT NULL,
    at INTEGER NOT NULL, answer TEXT, body TEXT NOT NULL
) STRICT;
CREATE INDEX {schema}.signs_raised_open ON signs_raised (at) WHERE answer IS NULL;
CREATE INDEX {schema}.signs_raised_about ON signs_raised (about) WHERE about IS NOT NULL;
CREATE INDEX {schema}.signs_raised_rule ON signs_raised (rule, answer);
-- The words of entries as they stand after amendments, and the index by which they are searched. It holds keys that
-- src/store/derive/said.rs has folded, so that `ascii` has only to cut at blanks. No text and no positions: a search
-- asks which entries have a word, what it quotes it reads from `said`. Words taken out are gone at once
-- (secure-delete), not when SQLite next merges.
CREATE TABLE {schema}.said (seq INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
CREATE VIRTUAL TABLE {schema}.said_words USING fts5 (
    keys, content='', columnsize=0, detail=none, prefix='2 3 4 5', tokenize='ascii'
);
INSERT INTO {schema}.said_words (said_words, rank) VALUES ('secure-delete', 1);
