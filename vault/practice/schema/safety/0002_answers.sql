-- Answers to the two questions about pressure on a check-in that was filled in on
-- paper. The other answers of that check-in lie in the record, under the same id.
CREATE TABLE pressure_answer (
	check_in BLOB    NOT NULL CHECK (length(check_in) = 16),
	item     INTEGER NOT NULL CHECK (item IN (10, 11)),
	day      TEXT    NOT NULL,
	answer   TEXT    NOT NULL,
	PRIMARY KEY (check_in, item)
) STRICT, WITHOUT ROWID;
