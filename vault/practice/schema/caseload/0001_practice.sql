-- The practice drawer: what is known of all cases without opening any, and what
-- opens them.
CREATE TABLE setting (
	name  TEXT PRIMARY KEY,
	value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- code is how a case is named everywhere; label is for the practitioner's eyes,
-- against mistaking one case for another. stale: an act on the record was begun, and
-- the index below was perhaps not brought up to it. Days are YYYY-MM-DD or empty.
CREATE TABLE case_file (
	id         BLOB    PRIMARY KEY CHECK (length(id) = 16),
	code       TEXT    NOT NULL UNIQUE COLLATE NOCASE,
	label      TEXT    NOT NULL,
	opened_on  TEXT    NOT NULL,
	closed_on  TEXT    NOT NULL,
	keep_until TEXT    NOT NULL,
	held       INTEGER NOT NULL CHECK (held IN (0, 1)),
	stale      INTEGER NOT NULL CHECK (stale IN (0, 1))
) STRICT, WITHOUT ROWID;

-- The drawers of a case. role is as in the ring: 5 record, 6 process, 7 safety; a
-- safety drawer without a member is that of the case. key is the drawer's own for a
-- record, and wrapped under the step-up secret for the others.
CREATE TABLE case_drawer (
	id      BLOB    PRIMARY KEY CHECK (length(id) = 16),
	case_id BLOB    NOT NULL REFERENCES case_file (id) ON DELETE CASCADE,
	role    INTEGER NOT NULL CHECK (role IN (5, 6, 7)),
	member  BLOB,
	file    TEXT    NOT NULL UNIQUE CHECK (length(file) = 24),
	key     BLOB    NOT NULL CHECK (length(key) = CASE role WHEN 5 THEN 32 ELSE 72 END),
	seen    INTEGER NOT NULL,
	CHECK (member IS NULL OR role = 7)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_drawer_by_case ON case_drawer (case_id, role);

-- Files that are being made, or are to be destroyed.
CREATE TABLE doomed (
	file TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- From here to the reviews: an index of the records. Instants are milliseconds since
-- 1970 in UTC, with the zone and the date on the wall beside them.
CREATE TABLE case_meeting (
	meeting    BLOB    PRIMARY KEY,
	case_id    BLOB    NOT NULL REFERENCES case_file (id) ON DELETE CASCADE,
	at         INTEGER NOT NULL,
	zone       TEXT    NOT NULL,
	local_date TEXT    NOT NULL,
	state      TEXT    NOT NULL,
	noted      INTEGER NOT NULL CHECK (noted IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE INDEX case_meeting_by_case ON case_meeting (case_id, at, state, noted);
CREATE INDEX case_meeting_by_date ON case_meeting (local_date, case_id);
CREATE INDEX case_meeting_unnoted ON case_meeting (at, case_id) WHERE noted = 0 AND state IN ('planned', 'held');

CREATE TABLE case_review (
	review  BLOB PRIMARY KEY,
	case_id BLOB NOT NULL REFERENCES case_file (id) ON DELETE CASCADE,
	kind    TEXT NOT NULL,
	due_on  TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX case_review_by_day ON case_review (due_on, case_id);
CREATE INDEX case_review_by_case ON case_review (case_id, due_on);

-- Texts that people sign. A version is never changed.
CREATE TABLE document (
	name      TEXT    NOT NULL,
	version   INTEGER NOT NULL CHECK (version > 0),
	language  TEXT    NOT NULL,
	level     TEXT    NOT NULL,
	text      TEXT    NOT NULL,
	hash      BLOB    NOT NULL CHECK (length(hash) = 32),
	issued_on TEXT    NOT NULL,
	PRIMARY KEY (name, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER document_stays BEFORE UPDATE ON document BEGIN SELECT raise(ABORT, 'a version is never changed'); END;
CREATE TRIGGER document_remains BEFORE DELETE ON document BEGIN SELECT raise(ABORT, 'a version is never removed'); END;

-- What is being written of the next version of a text.
CREATE TABLE document_draft (
	name TEXT PRIMARY KEY,
	text TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE own_exercise (
	id       TEXT PRIMARY KEY,
	text     TEXT NOT NULL,
	added_on TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Note templates of one's own; keys and prompts are JSON arrays of the same length.
CREATE TABLE template (
	name    TEXT PRIMARY KEY,
	keys    TEXT NOT NULL,
	prompts TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- People whom somebody may be referred to, the same for every case. Nothing says who was.
CREATE TABLE referral (
	id     BLOB PRIMARY KEY CHECK (length(id) = 16),
	field  TEXT NOT NULL,
	name   TEXT NOT NULL,
	reach  TEXT NOT NULL,
	remark TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What destroying a case did and did not reach. files is what was still there when it
-- was last looked at; no name and no code is in it.
CREATE TABLE certificate (
	id        BLOB    PRIMARY KEY CHECK (length(id) = 16),
	day       TEXT    NOT NULL,
	rule      TEXT    NOT NULL,
	drawers   INTEGER NOT NULL,
	files     TEXT    NOT NULL,
	keys_hash BLOB    NOT NULL CHECK (length(keys_hash) = 32)
) STRICT, WITHOUT ROWID;

-- What became of the case in backups: by the name of a backup's folder.
CREATE TABLE certificate_backup (
	certificate BLOB    NOT NULL REFERENCES certificate (id),
	backup      TEXT    NOT NULL,
	cleared     INTEGER NOT NULL CHECK (cleared IN (0, 1)),
	day         TEXT    NOT NULL,
	PRIMARY KEY (certificate, backup)
) STRICT, WITHOUT ROWID;

-- What was done, in order, each row bound to the one before it. No text is in it.
CREATE TABLE audit (
	seq     INTEGER PRIMARY KEY,
	at      INTEGER NOT NULL,
	verb    TEXT    NOT NULL,
	class   TEXT    NOT NULL,
	case_id BLOB    NOT NULL CHECK (length(case_id) = 16),
	object  BLOB    NOT NULL CHECK (length(object) = 16),
	hash    BLOB    NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN SELECT raise(ABORT, 'what was told stays told'); END;
CREATE TRIGGER audit_remains BEFORE DELETE ON audit BEGIN SELECT raise(ABORT, 'what was told stays told'); END;
