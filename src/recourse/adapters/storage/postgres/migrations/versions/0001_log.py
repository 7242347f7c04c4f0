"""What is the log made of: events, keys, answers and how far each follower has come?"""

from alembic import op

revision = "0001"
down_revision = None

SCHEMA = """
-- The log: what was recorded, in the order in which it was recorded. Nothing here is ever changed.
CREATE TABLE events (
    seq bigint PRIMARY KEY,
    stream text COLLATE "C" NOT NULL,
    version int NOT NULL CHECK (version > 0),
    topic text COLLATE "C" NOT NULL,
    state bytea NOT NULL,
    UNIQUE (stream, version)
);

-- Who held which key, turn by turn; the last turn counts, and nobody holds what was given up.
CREATE TABLE keys (
    key text COLLATE "C" NOT NULL,
    turn int NOT NULL,
    stream text COLLATE "C",
    PRIMARY KEY (key, turn)
);

-- How each command was answered, so that a repeated one is answered alike.
CREATE TABLE answers (
    command_id text COLLATE "C" PRIMARY KEY,
    answer text NOT NULL
);

-- How far each follower of the log has come; the farthest counts.
CREATE TABLE positions (
    follower text COLLATE "C" NOT NULL,
    position bigint NOT NULL,
    PRIMARY KEY (follower, position)
);

CREATE TABLE about (
    name text COLLATE "C" PRIMARY KEY,
    value text NOT NULL
);

-- Which worker does which task, and when it last said so. Not part of the log.
CREATE TABLE workers (
    task text COLLATE "C" NOT NULL,
    who text COLLATE "C" NOT NULL,
    state text NOT NULL,
    position bigint,
    lag bigint,
    at text COLLATE "C" NOT NULL,
    PRIMARY KEY (task, who)
);

-- Refuses a gap, in the log as in each stream. It sees what one statement added, so that a large
-- batch is judged once.
CREATE FUNCTION events_follow_one_another() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM (SELECT min(seq) AS first, max(seq) AS last, count(*) AS added FROM new) AS n
        WHERE n.last - n.first + 1 <> n.added
            OR n.first <> coalesce((SELECT max(seq) FROM events WHERE seq < n.first), 0) + 1
            OR EXISTS (SELECT FROM events WHERE seq > n.last)
    ) OR EXISTS (
        SELECT FROM (
            SELECT stream, min(version) AS first, max(version) AS last, count(*) AS added
            FROM new GROUP BY stream
        ) AS n
        WHERE n.last - n.first + 1 <> n.added
            OR n.first <> 1 AND NOT EXISTS (
                SELECT FROM events AS e WHERE e.stream = n.stream AND e.version = n.first - 1)
    ) THEN
        RAISE EXCEPTION 'an event follows the last one of its stream'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER events_follow_one_another AFTER INSERT ON events
REFERENCING NEW TABLE AS new FOR EACH STATEMENT EXECUTE FUNCTION events_follow_one_another();

CREATE FUNCTION is_never_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is only ever added to', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER events_are_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON events
FOR EACH STATEMENT EXECUTE FUNCTION is_never_changed();
CREATE TRIGGER keys_are_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON keys
FOR EACH STATEMENT EXECUTE FUNCTION is_never_changed();
CREATE TRIGGER answers_are_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON answers
FOR EACH STATEMENT EXECUTE FUNCTION is_never_changed();
CREATE TRIGGER about_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON about
FOR EACH STATEMENT EXECUTE FUNCTION is_never_changed();
"""


def upgrade() -> None:
    """Lay out the tables of the log."""
    op.get_bind().connection.cursor().execute(SCHEMA)  # as it stands, signs of percent and all
