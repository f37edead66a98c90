-- Answers to the two questions about pressure on a check-in that was filled in on
-- paper. The other answers of that check-in lie in the record, under the same id.
CREATE TABLE pressure_answer (
	check_in BLOB    NOT NULL CHECK (length(check_in) = 16),
	item     INTEGER NOT NULL CHECK (item IN (10, 11)),
	day      TEXT    NOT NULL,
	answer   TEXT    NOT NULL,
	PRIMARY KEY (check_in, item)
) STRICT, WITHOUT ROWID;

-- How they were typed before they were corrected, and what is being entered of them, as
-- check_in_earlier and check_in_draft of the record are for the rest of the sheet.
CREATE TABLE pressure_earlier (
	check_in BLOB    NOT NULL CHECK (length(check_in) = 16),
	number   INTEGER NOT NULL CHECK (number > 0),
	day      TEXT    NOT NULL,
	answers  TEXT    NOT NULL,
	at       INTEGER NOT NULL,
	PRIMARY KEY (check_in, number)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER pressure_earlier_stays BEFORE UPDATE ON pressure_earlier BEGIN SELECT raise(ABORT, 'what was typed stays as it was'); END;
CREATE TABLE pressure_draft (
	check_in BLOB    PRIMARY KEY CHECK (length(check_in) = 16),
	answers  TEXT    NOT NULL,
	saved_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
