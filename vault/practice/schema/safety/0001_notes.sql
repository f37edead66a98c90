-- Notes. audience is joint or individual in a record, process in a process drawer,
-- safety in a safety drawer. sections is a JSON array of {key, member, text}; text is
-- all of it for the index. An open note may be changed and discarded; from the first
-- version on (locked, signed) it stays.
CREATE TABLE note (
	seq        INTEGER PRIMARY KEY,
	id         BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
	audience   TEXT    NOT NULL CHECK (audience IN ('joint', 'individual', 'process', 'safety')),
	member     BLOB,
	meeting    BLOB,
	template   TEXT    NOT NULL,
	local_date TEXT    NOT NULL,
	state      TEXT    NOT NULL CHECK (state IN ('open', 'locked', 'signed')),
	sections   TEXT    NOT NULL,
	text       TEXT    NOT NULL,
	title      TEXT    NOT NULL,
	created_at INTEGER NOT NULL,
	edited_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX note_by_day ON note (local_date DESC, seq DESC);
CREATE INDEX note_by_meeting ON note (meeting, state);
CREATE INDEX note_by_template ON note (template, local_date DESC, seq DESC);

-- A note that was discarded, for the ten seconds in which that can be undone.
CREATE TABLE note_discarded (
	id         BLOB    PRIMARY KEY,
	audience   TEXT    NOT NULL,
	member     BLOB,
	meeting    BLOB,
	template   TEXT    NOT NULL,
	local_date TEXT    NOT NULL,
	state      TEXT    NOT NULL,
	sections   TEXT    NOT NULL,
	text       TEXT    NOT NULL,
	title      TEXT    NOT NULL,
	created_at INTEGER NOT NULL,
	edited_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What is being written and was not kept yet; id is that of the note, which may be
-- there already.
CREATE TABLE note_draft (
	id         BLOB    PRIMARY KEY CHECK (length(id) = 16),
	audience   TEXT    NOT NULL CHECK (audience IN ('joint', 'individual', 'process', 'safety')),
	member     BLOB,
	meeting    BLOB,
	template   TEXT    NOT NULL,
	local_date TEXT    NOT NULL,
	sections   TEXT    NOT NULL,
	saved_at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Every version that was locked, signed or amended, each bound to the one before it:
-- what it said, about which day and meeting, and after which template.
CREATE TABLE note_version (
	note       BLOB    NOT NULL REFERENCES note (id),
	number     INTEGER NOT NULL CHECK (number > 0),
	act        TEXT    NOT NULL CHECK (act IN ('locked', 'reopened', 'signed', 'amended')),
	meeting    BLOB,
	template   TEXT    NOT NULL,
	local_date TEXT    NOT NULL,
	sections   TEXT    NOT NULL,
	reason     TEXT    NOT NULL,
	at         INTEGER NOT NULL,
	zone       TEXT    NOT NULL,
	hash       BLOB    NOT NULL CHECK (length(hash) = 32),
	PRIMARY KEY (note, number)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER note_version_stays BEFORE UPDATE ON note_version BEGIN SELECT raise(ABORT, 'a version stays as it was'); END;
CREATE TRIGGER note_version_remains BEFORE DELETE ON note_version BEGIN SELECT raise(ABORT, 'a version stays as it was'); END;

CREATE VIRTUAL TABLE note_text USING fts5 (
	text, content = 'note', content_rowid = 'seq',
	tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
);
-- Without this, words of deleted notes stay in the index.
INSERT INTO note_text (note_text, rank) VALUES ('secure-delete', 1);

CREATE TRIGGER note_added AFTER INSERT ON note BEGIN
	INSERT INTO note_text (rowid, text) VALUES (new.seq, new.text);
END;
CREATE TRIGGER note_removed AFTER DELETE ON note BEGIN
	INSERT INTO note_text (note_text, rowid, text) VALUES ('delete', old.seq, old.text);
END;
CREATE TRIGGER note_changed AFTER UPDATE OF text ON note BEGIN
	INSERT INTO note_text (note_text, rowid, text) VALUES ('delete', old.seq, old.text);
	INSERT INTO note_text (rowid, text) VALUES (new.seq, new.text);
END;
