-- The people of a case, in their own words. left_on is empty while somebody is part
-- of it.
CREATE TABLE member (
	id          BLOB PRIMARY KEY CHECK (length(id) = 16),
	place       INTEGER NOT NULL,
	name        TEXT NOT NULL,
	pronouns    TEXT NOT NULL,
	description TEXT NOT NULL,
	ask         TEXT NOT NULL,
	legal_name  TEXT NOT NULL,
	level       TEXT NOT NULL,
	access      TEXT NOT NULL,
	joined_on   TEXT NOT NULL,
	left_on     TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What two of them call what is between them; first < second.
CREATE TABLE pair (
	first  BLOB NOT NULL REFERENCES member (id),
	second BLOB NOT NULL REFERENCES member (id),
	words  TEXT NOT NULL,
	PRIMARY KEY (first, second),
	CHECK (first < second)
) STRICT, WITHOUT ROWID;

-- Before you call.
CREATE TABLE contact_sheet (
	member            BLOB PRIMARY KEY REFERENCES member (id),
	number            TEXT NOT NULL,
	voicemail         TEXT NOT NULL CHECK (voicemail IN ('', 'no', 'neutral', 'yes')),
	times             TEXT NOT NULL,
	post              TEXT NOT NULL,
	code_word         TEXT NOT NULL,
	emergency_name    TEXT NOT NULL,
	emergency_number  TEXT NOT NULL,
	emergency_bounds  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE contact (
	id         BLOB    PRIMARY KEY CHECK (length(id) = 16),
	member     BLOB    REFERENCES member (id),
	at         INTEGER NOT NULL,
	zone       TEXT    NOT NULL,
	local_date TEXT    NOT NULL,
	way        TEXT    NOT NULL,
	incoming   INTEGER NOT NULL CHECK (incoming IN (0, 1)),
	words      TEXT    NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_by_time ON contact (at DESC);

-- member is set if it is a meeting with one of them alone.
CREATE TABLE meeting (
	id         BLOB    PRIMARY KEY CHECK (length(id) = 16),
	at         INTEGER NOT NULL,
	zone       TEXT    NOT NULL,
	local_date TEXT    NOT NULL,
	minutes    INTEGER NOT NULL,
	member     BLOB    REFERENCES member (id),
	state      TEXT    NOT NULL CHECK (state IN ('planned', 'held', 'cancelled', 'not held')),
	interpreter TEXT   NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX meeting_by_time ON meeting (at DESC);

CREATE TABLE attendance (
	meeting BLOB NOT NULL REFERENCES meeting (id),
	member  BLOB NOT NULL REFERENCES member (id),
	state   TEXT NOT NULL CHECK (state IN ('present', 'part', 'absent')),
	video   INTEGER NOT NULL CHECK (video IN (0, 1)),
	place   TEXT NOT NULL,
	earshot TEXT NOT NULL,
	PRIMARY KEY (meeting, member)
) STRICT, WITHOUT ROWID;

CREATE TABLE review (
	id      BLOB PRIMARY KEY CHECK (length(id) = 16),
	kind    TEXT NOT NULL,
	due_on  TEXT NOT NULL,
	done_on TEXT NOT NULL
) STRICT, WITHOUT ROWID;
