-- Documents in versions that came after the program's own, as a practitioner worded
-- them. Who agreed to one is nowhere in here.
CREATE TABLE document (
	name    TEXT    NOT NULL,
	version INTEGER NOT NULL CHECK (version >= 1),
	title   TEXT    NOT NULL,
	summary TEXT    NOT NULL,
	text    TEXT    NOT NULL,
	since   TEXT    NOT NULL,
	PRIMARY KEY (name, version)
) STRICT, WITHOUT ROWID;
