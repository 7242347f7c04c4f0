"""Which messages from other systems could not be done, and what became of them?"""

from alembic import op

revision = "0002"
down_revision = "0001"

SCHEMA = """
-- Messages that could not be done as they came. Not derived from the log: nothing else has them.
CREATE TABLE parked (
    topic text COLLATE "C" NOT NULL,
    partition int NOT NULL,
    place bigint NOT NULL,
    key bytea,
    headers text NOT NULL,
    body bytea,
    message text COLLATE "C" NOT NULL,
    code text NOT NULL,
    why_zh text NOT NULL,
    why_en text NOT NULL,
    parked_at text NOT NULL,
    PRIMARY KEY (topic, partition, place)
);

CREATE INDEX parked_messages ON parked (message);

-- What became of each, turn by turn; the last turn counts.
CREATE TABLE parked_fates (
    topic text COLLATE "C" NOT NULL,
    partition int NOT NULL,
    place bigint NOT NULL,
    turn int NOT NULL CHECK (turn > 0),
    became text NOT NULL CHECK (became IN ('done', 'refused', 'dismissed')),
    actor text NOT NULL,
    reason text NOT NULL,
    command_id text NOT NULL,
    recorded_at text NOT NULL,
    PRIMARY KEY (topic, partition, place, turn),
    FOREIGN KEY (topic, partition, place) REFERENCES parked
);

CREATE TRIGGER parked_are_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON parked
FOR EACH STATEMENT EXECUTE FUNCTION is_never_changed();
CREATE TRIGGER fates_are_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON parked_fates
FOR EACH STATEMENT EXECUTE FUNCTION is_never_changed();
"""


def upgrade() -> None:
    """Lay out the tables of parked messages."""
    op.get_bind().connection.cursor().execute(SCHEMA)
