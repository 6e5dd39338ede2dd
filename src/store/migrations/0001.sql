-- The record. Never changed: a correction is a new entry. What each column means stands in src/store/header.rs.
CREATE TABLE entries (
    format INTEGER NOT NULL,
    seq INTEGER PRIMARY KEY CHECK (seq >= 1),
    id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    -- A UUID as text: the header outlives the words, so nothing that a person wrote may stand in it.
    key TEXT NOT NULL UNIQUE CHECK (length(key) = 36 AND key NOT GLOB '*[^0-9a-f-]*'),
    kind TEXT NOT NULL,
    edition BLOB CHECK (length(edition) = 32),
    case_id BLOB CHECK (length(case_id) = 16),
    subject_id BLOB CHECK (length(subject_id) = 16),
    on_commitment TEXT,
    occurred_at INTEGER NOT NULL,
    precision TEXT NOT NULL,
    reported_at INTEGER,
    recorded_at INTEGER NOT NULL,
    offset_minutes INTEGER NOT NULL,
    clock_regressed INTEGER NOT NULL CHECK (clock_regressed IN (0, 1)),
    by_staff BLOB CHECK (length(by_staff) = 16),
    typed_by BLOB CHECK (length(typed_by) = 16),
    method TEXT NOT NULL,
    program TEXT NOT NULL,
    body_commit BLOB NOT NULL CHECK (length(body_commit) = 32),
    prev BLOB NOT NULL CHECK (length(prev) = 32),
    hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE TABLE bodies (
    seq INTEGER PRIMARY KEY REFERENCES entries (seq),
    salt BLOB NOT NULL CHECK (length(salt) = 32),
    body BLOB NOT NULL
) STRICT;

-- Which bodies were lawfully disposed of, and by which later act. What the record is read by is kept for ever: its
-- beginning, its definitions, and the acts of disposal themselves.
CREATE TABLE disposals (
    seq INTEGER PRIMARY KEY REFERENCES entries (seq),
    act INTEGER NOT NULL REFERENCES entries (seq)
) STRICT;

-- BEFORE INSERT as well: REPLACE would otherwise delete the older row without any trigger seeing it.
CREATE TRIGGER entries_insert BEFORE INSERT ON entries
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM entries)
    OR EXISTS (SELECT 1 FROM entries WHERE id = NEW.id)
    OR EXISTS (SELECT 1 FROM entries WHERE key = NEW.key)
    OR NEW.prev IS NOT coalesce((SELECT hash FROM entries WHERE seq = NEW.seq - 1), zeroblob(32))
BEGIN SELECT raise(ABORT, 'entries are only ever added, each once and in order'); END;
CREATE TRIGGER entries_update BEFORE UPDATE ON entries
BEGIN SELECT raise(ABORT, 'entries are never changed'); END;
CREATE TRIGGER entries_delete BEFORE DELETE ON entries
BEGIN SELECT raise(ABORT, 'entries are never deleted'); END;

CREATE TRIGGER bodies_insert BEFORE INSERT ON bodies
WHEN NEW.seq IS NOT (SELECT max(seq) FROM entries) OR EXISTS (SELECT 1 FROM bodies WHERE seq = NEW.seq)
BEGIN SELECT raise(ABORT, 'a body is added once, with its entry'); END;
CREATE TRIGGER bodies_update BEFORE UPDATE ON bodies
BEGIN SELECT raise(ABORT, 'bodies are never changed'); END;
CREATE TRIGGER bodies_delete BEFORE DELETE ON bodies
WHEN NOT EXISTS (SELECT 1 FROM disposals WHERE seq = OLD.seq)
BEGIN SELECT raise(ABORT, 'a body is deleted only where an act of disposal names its entry'); END;

CREATE TRIGGER disposals_insert BEFORE INSERT ON disposals
WHEN NOT EXISTS (SELECT 1 FROM entries WHERE seq = NEW.act AND kind = 'act.dispose')
    OR NEW.act <= NEW.seq
    OR EXISTS (SELECT 1 FROM entries WHERE seq = NEW.seq AND kind IN ('act.found', 'act.adopt', 'act.dispose'))
    OR EXISTS (SELECT 1 FROM disposals WHERE seq = NEW.seq)
BEGIN SELECT raise(ABORT, 'only an act of disposal disposes, each body once'); END;
CREATE TRIGGER disposals_update BEFORE UPDATE ON disposals
BEGIN SELECT raise(ABORT, 'disposals are never changed'); END;
CREATE TRIGGER disposals_delete BEFORE DELETE ON disposals
BEGIN SELECT raise(ABORT, 'disposals are never deleted'); END;
