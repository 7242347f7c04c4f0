"""What does a message from another system ask, and what makes it none that can be asked?"""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft7Validator, FormatChecker
from jsonschema.exceptions import best_match

from recourse.adapters.catalogue.asks import TYPE, VERSION, asks, envelope, schema_of_ask, type_of
from recourse.application import Ask, Person
from recourse.application.parking import Headers, Parked, Place
from recourse.values.parties import Text

LARGEST = 1 << 20  # bytes of a body
BEGINNING = 4096  # bytes kept of a larger one
AHEAD = timedelta(minutes=2)  # by which the clocks of two systems may differ
UNREADABLE = "record-unreadable"
NAME = 201  # characters of the longest source and the longest id
SAID = 200  # characters of what a sender wrote, when that is quoted


@dataclass(frozen=True, slots=True)
class Message:
    """A message as Kafka has it."""

    place: Place
    key: bytes | None
    headers: Headers
    body: bytes | None
    readable: bool = True

    def header(self, name: str) -> str | None:
        """What the first header of that name says, if it is text."""
        found = next((value for each, value in self.headers if each == name), b"")
        return found.decode("utf-8", "replace") or None

    @property
    def name(self) -> str:
        """Source and id, which name it wherever it lies; "" where one of them is missing."""
        source, number = self.header("ce_source"), self.header("ce_id")
        return _plain(f"{source} {number}"[:NAME]) if source and number else ""


class Unfit(Exception):
    """The message cannot be asked: `code` is published, `facts` are the actual values."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = {name: str(value)[:SAID] for name, value in facts.items()}

    @property
    def why(self) -> Text:
        """Why, and what helps."""
        said = _reasons()[self.code]
        return Text(said["zh"].format_map(self.facts), said["en"].format_map(self.facts))


def parked(message: Message, code: str, why: Text, at: datetime) -> Parked:
    """`message` as it is parked: byte for byte, but for a body that is too large to be kept."""
    body = message.body
    if body is not None and len(body) > LARGEST:
        body = body[:BEGINNING]
    return Parked(
        place=message.place,
        key=message.key,
        headers=message.headers,
        body=body,
        message=message.name,
        code=code,
        why=Text(_plain(why.zh), _plain(why.en)),
        at=at,
    )


def message_of(row: Parked) -> Message:
    """The message that was parked."""
    readable = row.code != UNREADABLE
    return Message(row.place, row.key, row.headers, row.body, readable=readable)


def said_in(message: Message) -> object:
    """What a message says, wherever it lies: by this it is known again."""
    return (message.header("ce_type"), message.key, message.body)


def asked(message: Message, sources: Mapping[str, Person], at: datetime) -> Ask:
    """What `message` asks at `at`, on behalf of the person whom its source stands for.

    Its id in the log is its source and id, so that it is answered once. Raises `Unfit`.
    """
    if not message.readable:
        raise Unfit(UNREADABLE)
    if not message.key:
        raise Unfit("no-key")
    said = _headers(message)
    person = sources.get(said["ce_source"])
    if person is None:
        raise Unfit("unknown-source", source=said["ce_source"])
    _must_have_been_sent(said["ce_time"], at)
    act = _act(said["ce_type"])
    document = _document(message.body)
    _must_be_as_published(document, act)
    try:
        command = asks()[act].model_validate(document)
    except ValueError as error:
        raise Unfit("not-an-act", act=act, detail=_first(error)) from error
    return Ask(command, person, at, message.name)


def _headers(message: Message) -> dict[str, str]:
    """Every header of the envelope, each there once and as published."""
    said = {}
    for name, rules in envelope().items():
        found = [value for each, value in message.headers if each == name]
        if not found:
            raise Unfit("header-missing", name=name)
        if len(found) > 1:
            raise Unfit("header-twice", name=name, count=len(found))
        text = found[0].decode("utf-8", "replace")
        rule = rules.get("const") or rules.get("pattern")
        fits = rule is None or (re.fullmatch(rule, text) if "pattern" in rules else text == rule)
        if not fits:
            raise Unfit("header-malformed", name=name, value=repr(text[:SAID]), rule=rule)
        said[name] = text
    return said


def _must_have_been_sent(written: str, at: datetime) -> None:
    try:
        sent = datetime.fromisoformat(written)
        late = sent - at > AHEAD  # a time without an offset cannot be compared
    except (ValueError, TypeError, OverflowError):
        rule = "2026-03-09T14:30:00+08:00"
        raise Unfit("header-malformed", name="ce_time", value=repr(written), rule=rule) from None
    if late:
        raise Unfit("sent-in-the-future", time=written, now=at.isoformat(timespec="seconds"))


def _act(written: str) -> str:
    act, _, version = written.removeprefix(TYPE).rpartition(".v")
    if act not in asks():
        raise Unfit("unknown-act", act=act)
    if written != type_of(act):
        raise Unfit("unknown-version", act=act, version=version, known=VERSION)
    return act


def _document(body: bytes | None) -> Any:
    if not body:
        raise Unfit("no-body")
    if len(body) > LARGEST:
        raise Unfit("too-large", size=f"{len(body):,}", most=f"{LARGEST:,}")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unfit("not-utf8", detail=f"{error.reason}, {error.start}") from error
    try:
        document = json.loads(text, parse_constant=_no_number, object_pairs_hook=_each_once)
    except (ValueError, RecursionError) as error:
        raise Unfit("not-json", detail=str(error) or "depth") from error
    if not _is_text(document):
        raise Unfit("not-utf8", detail="U+0000, U+D800-U+DFFF")
    return document


def _no_number(written: str) -> None:
    raise ValueError(written)


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    document = dict(pairs)
    if len(document) != len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"{next(name for name in names if names.count(name) > 1)!r} twice")
    return document


def _is_text(document: Any) -> bool:
    """Whether every text in it can be written in UTF-8 and kept by every store."""
    try:
        return b"\\u0000" not in json.dumps(document, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False


def _must_be_as_published(document: Any, act: str) -> None:
    found = best_match(_judge(act).iter_errors(document))
    if found is not None:
        schema = f"inbox/{act}/v{VERSION}.schema.json"
        where = ".".join(map(str, found.absolute_path)) or "/"
        raise Unfit("not-as-published", schema=schema, where=where, detail=found.message)


@cache
def _judge(act: str) -> Draft7Validator:
    return Draft7Validator(schema_of_ask(act), format_checker=FormatChecker(["date"]))


@cache
def _reasons() -> Mapping[str, Mapping[str, str]]:
    text = files("recourse.adapters.kafka").joinpath("reasons.toml").read_text("utf-8")
    return tomllib.loads(text)


def _plain(text: str) -> str:
    """`text` as every store can keep it."""
    kept = text.encode("utf-8", "replace").decode("utf-8")
    return kept.replace("\x00", "\N{SYMBOL FOR NULL}")


def _first(error: ValueError) -> str:
    return " ".join(str(error).splitlines()[1:3]) or str(error)
