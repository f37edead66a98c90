CREATE TABLE plan (
	version INTEGER PRIMARY KEY,
	day     TEXT NOT NULL,
	text    TEXT NOT NULL
) STRICT;

-- What is being written of the next version of the plan.
CREATE TABLE plan_draft (
	only INTEGER PRIMARY KEY CHECK (only = 1),
	text TEXT NOT NULL
) STRICT;

CREATE TABLE intake (
	member  BLOB NOT NULL REFERENCES member (id),
	section TEXT NOT NULL,
	text    TEXT NOT NULL,
	day     TEXT NOT NULL,
	PRIMARY KEY (member, section)
) STRICT, WITHOUT ROWID;

-- Check-ins that were filled in on paper. What was not answered has no row.
CREATE TABLE check_in (
	id     BLOB PRIMARY KEY CHECK (length(id) = 16),
	member BLOB NOT NULL REFERENCES member (id),
	day    TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE check_in_answer (
	check_in BLOB    NOT NULL REFERENCES check_in (id) ON DELETE CASCADE,
	item     INTEGER NOT NULL CHECK (item BETWEEN 1 AND 14 AND item NOT IN (10, 11)),
	answer   TEXT    NOT NULL,
	PRIMARY KEY (check_in, item)
) STRICT, WITHOUT ROWID;

-- How a check-in was typed before each time that it was corrected; at is when that was.
-- answers is a JSON object: by item, a list.
CREATE TABLE check_in_earlier (
	check_in BLOB    NOT NULL REFERENCES check_in (id) ON DELETE CASCADE,
	number   INTEGER NOT NULL CHECK (number > 0),
	day      TEXT    NOT NULL,
	answers  TEXT    NOT NULL,
	at       INTEGER NOT NULL,
	PRIMARY KEY (check_in, number)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER check_in_earlier_stays BEFORE UPDATE ON check_in_earlier BEGIN SELECT raise(ABORT, 'what was typed stays as it was'); END;

-- What is being entered of a sheet, or corrected, and was not kept yet; id is that of the
-- check-in, which may be there already.
CREATE TABLE check_in_draft (
	id       BLOB    PRIMARY KEY CHECK (length(id) = 16),
	member   BLOB    NOT NULL REFERENCES member (id),
	day      TEXT    NOT NULL,
	answers  TEXT    NOT NULL,
	saved_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Attached files. The parts come first; a part without a file in this table is what a
-- crash left.
CREATE TABLE attachment (
	id     BLOB    PRIMARY KEY CHECK (length(id) = 16),
	title  TEXT    NOT NULL,
	member BLOB    REFERENCES member (id),
	day    TEXT    NOT NULL,
	size   INTEGER NOT NULL,
	hash   BLOB    NOT NULL CHECK (length(hash) = 32),
	discarded INTEGER NOT NULL DEFAULT 0 CHECK (discarded IN (0, 1)) -- off the list, and gone at the next opening
) STRICT, WITHOUT ROWID;
CREATE TABLE attachment_part (
	seq        INTEGER PRIMARY KEY,
	attachment BLOB    NOT NULL,
	bytes      BLOB    NOT NULL
) STRICT;
CREATE INDEX attachment_part_of ON attachment_part (attachment, seq);

-- Which policy on secrets is chosen, the latest last, and the texts that were put
-- before people in this case.
CREATE TABLE policy (
	seq      INTEGER PRIMARY KEY,
	document TEXT    NOT NULL,
	version  INTEGER NOT NULL,
	day      TEXT    NOT NULL
) STRICT;
CREATE TABLE document (
	name      TEXT    NOT NULL,
	version   INTEGER NOT NULL,
	language  TEXT    NOT NULL,
	level     TEXT    NOT NULL,
	text      TEXT    NOT NULL,
	hash      BLOB    NOT NULL CHECK (length(hash) = 32),
	issued_on TEXT    NOT NULL,
	PRIMARY KEY (name, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER document_stays BEFORE UPDATE ON document BEGIN SELECT raise(ABORT, 'a version is never changed'); END;

-- One row for each decision of one person.
CREATE TABLE decision (
	seq      INTEGER PRIMARY KEY,
	member   BLOB    NOT NULL REFERENCES member (id),
	document TEXT    NOT NULL,
	version  INTEGER NOT NULL,
	hash     BLOB    NOT NULL CHECK (length(hash) = 32),
	decision TEXT    NOT NULL CHECK (decision IN ('given', 'declined', 'withdrawn')),
	method   TEXT    NOT NULL CHECK (method IN ('screen', 'paper', 'spoken')),
	remark   TEXT    NOT NULL,
	day      TEXT    NOT NULL,
	FOREIGN KEY (document, version) REFERENCES document (name, version)
) STRICT;
CREATE INDEX decision_by_member ON decision (member, document, seq DESC);
CREATE TRIGGER decision_stays BEFORE UPDATE ON decision BEGIN SELECT raise(ABORT, 'a decision stays as it was'); END;
CREATE TRIGGER decision_remains BEFORE DELETE ON decision BEGIN SELECT raise(ABORT, 'a decision stays as it was'); END;

-- That somebody was seen alone; what was said lies in their safety drawer.
CREATE TABLE seen_alone (
	seq    INTEGER PRIMARY KEY,
	member BLOB NOT NULL REFERENCES member (id),
	day    TEXT NOT NULL
) STRICT;

-- Limits of the case (no member) or of one person; the last of each counts. There is
-- no place for a reason.
CREATE TABLE menu_limit (
	seq        INTEGER PRIMARY KEY,
	member     BLOB    REFERENCES member (id),
	closeness  INTEGER NOT NULL CHECK (closeness BETWEEN 0 AND 4),
	categories TEXT    NOT NULL,
	exercises  TEXT    NOT NULL,
	at_once    INTEGER NOT NULL CHECK (at_once IN (0, 1)),
	day        TEXT    NOT NULL
) STRICT;

-- reviewed_on is the day on which an exercise of closeness 4 was gone through with the
-- people, which is the one day for which it is offered.
CREATE TABLE menu_item (
	exercise    TEXT PRIMARY KEY,
	state       TEXT NOT NULL CHECK (state IN ('offered', 'resting', 'retired')),
	note        TEXT NOT NULL,
	since       TEXT NOT NULL,
	reviewed_on TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE menu_change (
	seq      INTEGER PRIMARY KEY,
	exercise TEXT NOT NULL,
	state    TEXT NOT NULL,
	day      TEXT NOT NULL
) STRICT;
-- Offers before everybody was seen alone, with the reason.
CREATE TABLE override (
	seq      INTEGER PRIMARY KEY,
	exercise TEXT NOT NULL,
	reason   TEXT NOT NULL,
	day      TEXT NOT NULL
) STRICT;
-- The practice's own exercises as they were offered here.
CREATE TABLE own_exercise (
	id   TEXT PRIMARY KEY,
	text TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE observation (
	seq      INTEGER PRIMARY KEY,
	id       BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
	member   BLOB    NOT NULL REFERENCES member (id),
	day      TEXT    NOT NULL,
	domain   TEXT    NOT NULL CHECK (domain IN ('communication', 'closeness', 'affection', 'how often')),
	words    TEXT    NOT NULL,
	band     TEXT    NOT NULL,
	context  TEXT    NOT NULL,
	lasting  TEXT    NOT NULL CHECK (lasting IN ('', 'passing', 'season', 'longer', 'not sure')),
	source   TEXT    NOT NULL CHECK (source IN ('observed', 'told', 'check-in')),
	released INTEGER NOT NULL CHECK (released IN (0, 1)),
	CHECK (released = 0 OR domain <> 'how often')
) STRICT;
CREATE INDEX observation_by_member ON observation (member, day);

CREATE TABLE feedback (
	seq        INTEGER PRIMARY KEY,
	id         BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
	member     BLOB NOT NULL REFERENCES member (id),
	day        TEXT NOT NULL,
	about      TEXT NOT NULL,
	keep       TEXT NOT NULL,
	change     TEXT NOT NULL,
	drop_it    TEXT NOT NULL,
	changed    TEXT NOT NULL,
	changed_on TEXT NOT NULL
) STRICT;
CREATE INDEX feedback_by_member ON feedback (member, day);

CREATE TABLE prep_line (
	seq    INTEGER PRIMARY KEY,
	id     BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
	page   TEXT NOT NULL CHECK (page IN ('table', 'mine')),
	member BLOB REFERENCES member (id) CHECK (member IS NULL OR page = 'mine'),
	text   TEXT NOT NULL
) STRICT;
