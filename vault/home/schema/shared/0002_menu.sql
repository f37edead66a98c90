-- What stands on the menu beyond the library's own: offered by a practitioner, put to
-- rest by somebody here, retired. Who did it is not kept.
CREATE TABLE menu_item (
	exercise TEXT PRIMARY KEY,
	state    TEXT NOT NULL CHECK (state IN ('offered', 'resting', 'retired')),
	note     TEXT NOT NULL,
	since    TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE menu_change (
	seq      INTEGER PRIMARY KEY,
	exercise TEXT NOT NULL,
	state    TEXT NOT NULL,
	day      TEXT NOT NULL
) STRICT;

-- How close a practitioner lets the exercises of this home come; one row or none.
CREATE TABLE menu_limit (
	one       INTEGER PRIMARY KEY CHECK (one = 1),
	closeness INTEGER NOT NULL CHECK (closeness BETWEEN 0 AND 4)
) STRICT;

-- Days on which an exercise rests, from the first to the last. Neither cause nor
-- author is kept: rests that began by themselves look like all others.
CREATE TABLE exercise_rest (
	exercise  TEXT NOT NULL,
	first_day TEXT NOT NULL,
	last_day  TEXT NOT NULL,
	PRIMARY KEY (exercise, first_day)
) STRICT, WITHOUT ROWID;

-- Up to which day rests were drawn.
CREATE TABLE rest_drawn (
	exercise TEXT PRIMARY KEY,
	day      TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- An exercise that everybody sat down for and that is under way.
CREATE TABLE run (
	one      INTEGER PRIMARY KEY CHECK (one = 1),
	exercise TEXT    NOT NULL,
	step     INTEGER NOT NULL,
	day      TEXT    NOT NULL
) STRICT;

-- Exercises of our own, as the file says them, with the same fields as the library's.
CREATE TABLE own_exercise (
	id       TEXT PRIMARY KEY,
	text     TEXT NOT NULL,
	added_on TEXT NOT NULL
) STRICT, WITHOUT ROWID;
