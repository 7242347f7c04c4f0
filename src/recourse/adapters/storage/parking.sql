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
