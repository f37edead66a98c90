-- The texts that I decided about. Each stays readable, whatever version came after it.
CREATE TABLE consent_text (
	hash    BLOB PRIMARY KEY CHECK (length(hash) = 32),
	title   TEXT NOT NULL,
	summary TEXT NOT NULL,
	text    TEXT NOT NULL
) STRICT, WITHOUT ROWID;
