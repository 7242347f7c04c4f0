"""What does an event say when it is read aloud?"""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import BaseModel

from recourse.aggregates.base import DomainEvent, Share
from recourse.aggregates.chargeback import ChargeLine, LineOutcome
from recourse.aggregates.statement import StatementFigures
from recourse.aggregates.zero_km_job import Spares
from recourse.projections.referrals import reason
from recourse.rulebook.charging import Charging, Measures
from recourse.values.money import Fen, yuan
from recourse.values.parties import Text
from recourse.values.words import joined, word

ABOUT_ITSELF = set(DomainEvent.model_fields)


@cache
def sentences() -> Mapping[str, Text]:
    """What each event says, by its topic, with its fields in braces."""
    text = files("recourse.projections").joinpath("telling.toml").read_text(encoding="utf-8")
    return {topic: Text(said["zh"], said["en"]) for topic, said in tomllib.loads(text).items()}


def tell(event: DomainEvent) -> Text:
    """One sentence in each language."""
    said = sentences()[event.TOPIC]
    fields = {
        name: _field(getattr(event, name), name, money=field.metadata == FEN)
        for name, field in type(event).model_fields.items()
        if name not in ABOUT_ITSELF
    }
    return Text(
        said.zh.format_map({name: text.zh for name, text in fields.items()}),
        said.en.format_map({name: text.en for name, text in fields.items()}),
    )


class _Amount(BaseModel):
    fen: Fen


FEN = _Amount.model_fields["fen"].metadata
SAID_WHERE_PRESENT = {"measures", "charging"}


def _field(value: Any, of: str, *, money: bool) -> Text:
    if value is None and of in SAID_WHERE_PRESENT:
        return Text("", "")
    return _value(value, of, money=money)


def _value(value: Any, of: str, *, money: bool) -> Text:
    match value:
        case bool():
            return word("yes" if value else "no")
        case int() if money:
            return Text(f"{yuan(value)} 元", f"{yuan(value)} yuan")
        case str():
            return reason(value) if of == "code" else word(value, of=of)
        case Mapping():
            return _amounts(value)
        case Sequence():
            return joined([_value(each, of, money=money) for each in value])
    return _part(value)


def _part(value: Any) -> Text:
    """One share, line or outcome inside an event, or nothing; else as it writes itself."""
    for kind, tells in PARTS.items():
        if isinstance(value, kind):
            return tells(value)
    written = "—" if value is None else str(value)
    return Text(written, written)


def _share(of: Share) -> Text:
    bearer = word(of.bearer)
    return Text(f"{bearer.zh} {of.share}", f"{bearer.en} {of.share}")


def _spares(of: Spares) -> Text:
    return Text(f"{of.part} × {of.quantity}", f"{of.part} x {of.quantity}")


def _measures(of: Measures) -> Text:
    """What a line says beside its amounts, as far as it does."""
    price = None if of.unit_price is None else yuan(of.unit_price)
    told = of.model_dump() | {"unit_price": price}
    parts = [
        Text(f"{word(name).zh} {value}", f"{word(name).en} {value}")
        for name, value in told.items()
        if value is not None
    ]
    said = joined(parts)
    return Text(f"；{said.zh}", f"; {said.en}")


def _charging(of: Charging) -> Text:
    """By which clauses suppliers are charged, and for which family of part."""
    clauses = sorted({rule.clause for rule in of.rules})
    family = Text(f"（零件类别 {of.family}）", f" (part family {of.family})")
    zh, en = family if of.family else ("", "")
    return Text(f"；按手册{zh}计收：{'、'.join(clauses)}", f"; charged{en} by {', '.join(clauses)}")


def _line(of: ChargeLine | LineOutcome) -> Text:
    name = of.name if isinstance(of, ChargeLine) else of.line
    return Text(f"{name} {yuan(of.amount)} 元", f"{name} {yuan(of.amount)} yuan")


def _outcome(outcome: LineOutcome) -> Text:
    said = word(outcome.outcome)
    line = _line(outcome)
    return Text(f"{said.zh} {line.zh}", f"{said.en} {line.en}")


def figures(of: StatementFigures) -> Text:
    """A supplier's month in its figures."""
    opening, closing, held = map(yuan, (of.opening, of.closing, of.held))
    charged, credited, collected = map(yuan, (of.charged, of.credited, of.collected))
    return Text(
        f"{of.month}，期初 {opening} 元 + 索赔 {charged} 元 + 贷记 {credited} 元 - 收款 "
        f"{collected} 元 = 期末 {closing} 元；停付 {held} 元",
        f"{of.month}, opening {opening} + charged {charged} + credited {credited} - collected "
        f"{collected} = closing {closing} yuan; held {held} yuan",
    )


def _amounts(amounts: Mapping[str, Any]) -> Text:
    """Amounts in fen by component, bearer or both; of anything else the names alone."""
    texts = []
    for name, amount in amounts.items():
        said = word(name)
        if isinstance(amount, Mapping):
            inner = _amounts(amount)
            texts.append(Text(f"{said.zh}（{inner.zh}）", f"{said.en} ({inner.en})"))
        elif isinstance(amount, int):
            texts.append(Text(f"{said.zh} {yuan(amount)} 元", f"{said.en} {yuan(amount)} yuan"))
        else:  # a hash, say, which tells people nothing
            texts.append(said)
    return joined(texts)


PARTS: Mapping[type, Callable[[Any], Text]] = {
    Share: _share,
    Spares: _spares,
    ChargeLine: _line,
    LineOutcome: _outcome,
    StatementFigures: figures,
    Measures: _measures,
    Charging: _charging,
}
