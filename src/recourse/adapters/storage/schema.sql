-- The log: what was recorded, in the order in which it was recorded. Nothing here is ever changed.
CREATE TABLE IF NOT EXISTS events (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    stream TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    topic TEXT NOT NULL,
    state BLOB NOT NULL,
    UNIQUE (stream, version)
) STRICT;

-- Refuses a gap, and what REPLACE would otherwise put in the place of an event.
CREATE TRIGGER IF NOT EXISTS events_follow_one_another BEFORE INSERT ON events
WHEN NEW.version <> (SELECT coalesce(max(version), 0) + 1 FROM events WHERE stream = NEW.stream)
    OR NEW.seq IN (SELECT seq FROM events)
BEGIN SELECT RAISE(ABORT, 'an event follows the last one of its stream'); END;

CREATE TRIGGER IF NOT EXISTS events_are_never_changed BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;

CREATE TRIGGER IF NOT EXISTS events_are_never_deleted BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;

-- Who holds which key; written with the events that take it or give it up.
CREATE TABLE IF NOT EXISTS keys (
    key TEXT PRIMARY KEY,
    stream TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- How each command was answered, so that a repeated one is answered alike.
CREATE TABLE IF NOT EXISTS answers (
    command_id TEXT PRIMARY KEY,
    answer TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- How far each follower of the log has come.
CREATE TABLE IF NOT EXISTS positions (
    follower TEXT PRIMARY KEY,
    position INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS about (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Which worker does which task, and when it last said so. Not part of the log.
CREATE TABLE IF NOT EXISTS workers (
    task TEXT NOT NULL,
    who TEXT NOT NULL,
    state TEXT NOT NULL,
    position INTEGER,
    lag INTEGER,
    at TEXT NOT NULL,
    PRIMARY KEY (task, who)
) STRICT, WITHOUT ROWID;
