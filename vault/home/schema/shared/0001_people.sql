-- A shared drawer: everybody who had a seat when it was founded reads all of it.
CREATE TABLE person (
	seat     INTEGER PRIMARY KEY CHECK (seat BETWEEN 0 AND 3),
	name     TEXT NOT NULL,
	pronouns TEXT NOT NULL,
	about    TEXT NOT NULL
) STRICT;

-- Sentences that somebody chose to copy here. The day is all that is kept of
-- when; the entry it came from is known in its author's drawer alone.
CREATE TABLE line (
	id        BLOB    PRIMARY KEY CHECK (length(id) = 16),
	seat      INTEGER NOT NULL,
	text      TEXT    NOT NULL,
	shared_on TEXT    NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX line_by_day ON line (shared_on DESC);
