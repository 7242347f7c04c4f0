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

-- Messages that could not be done as they came. Not derived from the log: nothing else has them.
CREATE TABLE IF NOT EXISTS parked (
    topic TEXT NOT NULL,
    partition INTEGER NOT NULL,
    place INTEGER NOT NULL,             -- the offset
    key BLOB,
    headers TEXT NOT NULL,              -- JSON: [[name, value in base64], ...]
    body BLOB,
    message TEXT NOT NULL,              -- source and id, '' where it named none
    code TEXT NOT NULL,
    why_zh TEXT NOT NULL,
    why_en TEXT NOT NULL,
    parked_at TEXT NOT NULL,
    PRIMARY KEY (topic, partition, place)
) STRICT;

CREATE INDEX IF NOT EXISTS parked_messages ON parked (message);

-- What became of each, turn by turn; the last turn counts.
CREATE TABLE IF NOT EXISTS parked_fates (
    topic TEXT NOT NULL,
    partition INTEGER NOT NULL,
    place INTEGER NOT NULL,
    turn INTEGER NOT NULL CHECK (turn > 0),
    became TEXT NOT NULL CHECK (became IN ('done', 'refused', 'dismissed')),
    actor TEXT NOT NULL,
    reason TEXT NOT NULL,
    command_id TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (topic, partition, place, turn)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER IF NOT EXISTS parked_is_never_changed BEFORE UPDATE ON parked
BEGIN SELECT RAISE(ABORT, 'parked messages are never changed'); END;

CREATE TRIGGER IF NOT EXISTS parked_is_never_deleted BEFORE DELETE ON parked
BEGIN SELECT RAISE(ABORT, 'parked messages are never deleted'); END;

CREATE TRIGGER IF NOT EXISTS fates_are_of_parked_messages BEFORE INSERT ON parked_fates
WHEN NOT EXISTS (SELECT 1 FROM parked
    WHERE topic = NEW.topic AND partition = NEW.partition AND place = NEW.place)
BEGIN SELECT RAISE(ABORT, 'a fate is that of a parked message'); END;

CREATE TRIGGER IF NOT EXISTS fates_are_never_changed BEFORE UPDATE ON parked_fates
BEGIN SELECT RAISE(ABORT, 'what became of a parked message is never changed'); END;

CREATE TRIGGER IF NOT EXISTS fates_are_never_deleted BEFORE DELETE ON parked_fates
BEGIN SELECT RAISE(ABORT, 'what became of a parked message is never deleted'); END;
