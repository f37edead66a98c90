-- What I opened, for myself, until the end of a day. Nobody else reads it but when
-- everybody has sat down, and then only whether all did.
CREATE TABLE opening (
	exercise TEXT PRIMARY KEY,
	day      TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Rows only while all my openings rest.
CREATE TABLE own_rest (
	one   INTEGER PRIMARY KEY CHECK (one = 1),
	since TEXT NOT NULL
) STRICT;

-- Exercises that I put out of my own sight.
CREATE TABLE hidden (
	exercise TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- What I decided about a document, one row for each decision. The text's hash says
-- which text it was.
CREATE TABLE consent (
	seq      INTEGER PRIMARY KEY,
	document TEXT    NOT NULL,
	version  INTEGER NOT NULL,
	hash     BLOB    NOT NULL CHECK (length(hash) = 32),
	decision TEXT    NOT NULL CHECK (decision IN ('given', 'withdrawn')),
	day      TEXT    NOT NULL
) STRICT;

-- An exercise for one that is under way, so that a crash in the middle loses no step.
CREATE TABLE run (
	one      INTEGER PRIMARY KEY CHECK (one = 1),
	exercise TEXT    NOT NULL,
	step     INTEGER NOT NULL,
	day      TEXT    NOT NULL
) STRICT;
