-- One person's private drawer: nobody else holds its key.
CREATE TABLE profile (
	one      INTEGER PRIMARY KEY CHECK (one = 1),
	name     TEXT NOT NULL,
	pronouns TEXT NOT NULL,
	about    TEXT NOT NULL
) STRICT;

CREATE TABLE setting (
	name  TEXT PRIMARY KEY,
	value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Instants are milliseconds since 1970 in UTC; the zone and the date on the
-- writer's wall calendar stand beside them, because "Thursday evening" is what
-- was meant. moods and tags are JSON arrays of words.
CREATE TABLE entry (
	seq        INTEGER PRIMARY KEY,
	id         BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
	source     TEXT    UNIQUE,
	text       TEXT    NOT NULL,
	moods      TEXT    NOT NULL,
	tags       TEXT    NOT NULL,
	title      TEXT    NOT NULL,
	preview    TEXT    NOT NULL,
	written_at INTEGER NOT NULL,
	zone       TEXT    NOT NULL,
	local_date TEXT    NOT NULL,
	all_day    INTEGER NOT NULL CHECK (all_day IN (0, 1)),
	starred    INTEGER NOT NULL CHECK (starred IN (0, 1)),
	created_at INTEGER NOT NULL,
	edited_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX entry_by_time ON entry (written_at DESC, seq DESC);

-- An entry that was discarded, for the ten seconds in which that can be undone.
CREATE TABLE discarded (
	discarded_at INTEGER NOT NULL,
	seq        INTEGER PRIMARY KEY,
	id         BLOB    NOT NULL UNIQUE,
	source     TEXT,
	text       TEXT    NOT NULL,
	moods      TEXT    NOT NULL,
	tags       TEXT    NOT NULL,
	title      TEXT    NOT NULL,
	preview    TEXT    NOT NULL,
	written_at INTEGER NOT NULL,
	zone       TEXT    NOT NULL,
	local_date TEXT    NOT NULL,
	all_day    INTEGER NOT NULL,
	starred    INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	edited_at  INTEGER NOT NULL
) STRICT;

-- What is being written and not kept yet; id is that of the entry to be.
CREATE TABLE draft (
	id         BLOB    PRIMARY KEY CHECK (length(id) = 16),
	text       TEXT    NOT NULL,
	moods      TEXT    NOT NULL,
	tags       TEXT    NOT NULL,
	written_at INTEGER NOT NULL,
	zone       TEXT    NOT NULL,
	local_date TEXT    NOT NULL,
	saved_at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Which of my sentences I copied to the shared drawer, and from where.
CREATE TABLE released (
	line        BLOB    PRIMARY KEY CHECK (length(line) = 16),
	entry       BLOB    NOT NULL,
	released_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE entry_text USING fts5 (
	text, moods, tags,
	content = 'entry', content_rowid = 'seq',
	tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
);
-- Without this, words of deleted entries stay in the index.
INSERT INTO entry_text (entry_text, rank) VALUES ('secure-delete', 1);

CREATE TRIGGER entry_added AFTER INSERT ON entry BEGIN
	INSERT INTO entry_text (rowid, text, moods, tags) VALUES (new.seq, new.text, new.moods, new.tags);
END;
CREATE TRIGGER entry_removed AFTER DELETE ON entry BEGIN
	INSERT INTO entry_text (entry_text, rowid, text, moods, tags) VALUES ('delete', old.seq, old.text, old.moods, old.tags);
END;
CREATE TRIGGER entry_changed AFTER UPDATE OF text, moods, tags ON entry BEGIN
	INSERT INTO entry_text (entry_text, rowid, text, moods, tags) VALUES ('delete', old.seq, old.text, old.moods, old.tags);
	INSERT INTO entry_text (rowid, text, moods, tags) VALUES (new.seq, new.text, new.moods, new.tags);
END;
