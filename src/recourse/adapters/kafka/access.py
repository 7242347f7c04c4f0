"""Which brokers does recourse talk to, under which names of topics, with which credentials?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

TEXTS = {
    "bootstrap": 'bootstrap = "broker1:9092,broker2:9092"',
    "prefix": 'prefix = "plant1."',
    "security_protocol": 'security_protocol = "SASL_SSL"',
    "sasl_mechanism": 'sasl_mechanism = "SCRAM-SHA-512"',
    "sasl_plain_username": 'sasl_plain_username = "recourse"',
    "ssl_cafile": 'ssl_cafile = "ca.pem"',
    "ssl_certfile": 'ssl_certfile = "recourse.pem"',
    "ssl_keyfile": 'ssl_keyfile = "recourse.key"',
}
NUMBERS = {"partitions": "partitions = 12", "replication": "replication = 3"}
SECURITY = tuple(name for name in TEXTS if name.startswith(("security", "sasl", "ssl")))
PARTITIONS = 12  # of a topic that is made: as many as there may ever be members of a group
AS_THE_BROKERS_HAVE_IT = -1
BOOTSTRAP = "RECOURSE_KAFKA_BOOTSTRAP"
SECRETS = {
    "RECOURSE_KAFKA_SASL_PASSWORD": "sasl_plain_password",
    "RECOURSE_KAFKA_SSL_PASSWORD": "ssl_password",
}
"""What is never written into a file, by the variable that has it."""


@dataclass(frozen=True, slots=True)
class Access:
    """How Kafka is reached; `bootstrap` is empty where a site does without it."""

    bootstrap: tuple[str, ...] = ()
    prefix: str = ""  # before the name of every topic, where several sites share the brokers
    partitions: int = PARTITIONS
    replication: int = AS_THE_BROKERS_HAVE_IT
    security: Mapping[str, Any] = field(default_factory=dict, repr=False)  # as kafka-python has it


def access_of(written: Mapping[str, Any], environ: Mapping[str, str]) -> Access:
    """What [kafka] of the settings says, and the environment before it.

    Raises ValueError for what cannot be said there, a password among it.
    """
    named = [TEXTS[name] for name in TEXTS if not isinstance(written.get(name, ""), str)]
    named += [NUMBERS[name] for name in NUMBERS if not _is_count(written.get(name, 1))]
    strange = sorted(set(written) - set(TEXTS) - set(NUMBERS))
    if strange:
        known = " | ".join((*TEXTS.values(), *NUMBERS.values()))
        named.append(f"{', '.join(strange)}: {known}; {', '.join(SECRETS)}")
    if named:
        raise ValueError("; ".join(named))
    bootstrap = environ.get(BOOTSTRAP) or written.get("bootstrap", "")
    secrets = {ours: environ[name] for name, ours in SECRETS.items() if environ.get(name)}
    return Access(
        bootstrap=tuple(filter(None, (each.strip() for each in bootstrap.split(",")))),
        prefix=written.get("prefix", ""),
        partitions=written.get("partitions", PARTITIONS),
        replication=written.get("replication", AS_THE_BROKERS_HAVE_IT),
        security={name: written[name] for name in SECURITY if name in written} | secrets,
    )


def _is_count(value: object) -> bool:
    return type(value) is int and value > 0
