"""Is the broker of the tests one that keeps what it acknowledged, whatever happens to it?"""

from kafka import KafkaProducer

from support.broker import PATIENCE


def producer(broker) -> KafkaProducer:
    return KafkaProducer(
        bootstrap_servers=broker.bootstrap,
        request_timeout_ms=2000,
        delivery_timeout_ms=PATIENCE * 1000,
        reconnect_backoff_max_ms=500,
        allow_auto_create_topics=False,
    )


def test_what_was_sent_is_read_back_in_the_order_of_its_key(broker):
    topic = broker.topic()
    with producer(broker) as sending:
        sent = [sending.send(topic, str(each).encode(), b"a key") for each in range(50)]
        offsets = [each.get(PATIENCE).offset for each in sent]

    assert offsets == list(range(50))
    assert [message.value for message in broker.read(topic)] == [b"%d" % each for each in range(50)]


def test_a_broker_that_was_killed_and_one_that_hung_have_all_that_they_acknowledged(durable_broker):
    topic = durable_broker.topic(partitions=1)
    with producer(durable_broker) as sending:
        sending.send(topic, b"before").get(PATIENCE)
        durable_broker.restart()
        sending.send(topic, b"after the kill").get(PATIENCE)
        durable_broker.pause()
        hanging = sending.send(topic, b"after the pause")
        durable_broker.resume()
        hanging.get(PATIENCE)

    said = [message.value for message in durable_broker.read(topic)]
    assert said == [b"before", b"after the kill", b"after the pause"]
