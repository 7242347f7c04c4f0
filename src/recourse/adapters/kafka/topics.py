"""Which topics are there to be, and who makes them?"""

from recourse.adapters.catalogue.channels import Channel, channels
from recourse.adapters.catalogue.inbox_channel import asked_on
from recourse.adapters.kafka.access import Access
from recourse.adapters.kafka.trouble import KafkaTrouble
from recourse.contracts import EVENTS


def topics_of(access: Access) -> dict[str, Channel]:
    """Every topic that events are sent to, with its channel, and the one that others ask on."""
    told = {access.prefix + each.address: each for each in channels(EVENTS)}
    return told | {inbox_topic(access): asked_on()}


def event_topics(access: Access) -> tuple[str, ...]:
    """The topics that events are sent to."""
    return tuple(access.prefix + each.address for each in channels(EVENTS))


def inbox_topic(access: Access) -> str:
    """The topic on which other systems ask."""
    return access.prefix + asked_on().address


def missing_of(access: Access) -> list[str]:
    """The topics that are not there; raises `KafkaTrouble`."""
    must_be_usable(access)
    from recourse.adapters.kafka.link import missing_topics  # noqa: PLC0415 - an extra

    return missing_topics(access, topics_of(access))


def create_missing(access: Access) -> list[str]:
    """Make the topics that are not there, and name them; raises `KafkaTrouble`."""
    must_be_usable(access)
    from recourse.adapters.kafka.link import create_topics  # noqa: PLC0415 - an extra

    return create_topics(access, topics_of(access))


def must_be_usable(access: Access) -> None:
    """Refuse where no broker is named, or the client of Kafka is not installed."""
    if not access.bootstrap:
        raise KafkaTrouble("not-set")
    try:
        import kafka  # noqa: F401, PLC0415 - an extra, and slow to import
    except ImportError as error:
        raise KafkaTrouble("not-installed") from error
