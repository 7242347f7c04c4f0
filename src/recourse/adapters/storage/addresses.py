"""What does the URL of a store name: memory, a file, or a schema on a PostgreSQL server?"""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from recourse.values.parties import Text

MEMORY = "memory:"
FILE = "sqlite:///"
POSTGRES = {"postgresql", "postgres", "postgresql+psycopg"}
SCHEMA = "recourse"
LOCK_TIMEOUT = "5s"
NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")
SECRET = re.compile(r"(?<=password)=[^&\s]*", re.IGNORECASE)
PERCENT = re.compile(r"%[0-9A-Fa-f]{2}")
SIGNS = re.compile(r"[/?#\[\]@%\s]")
KNOWN = Text(
    "请使用文件路径、sqlite:///路径、postgresql://主机/数据库 或 memory: 。",
    "Use a file path, sqlite:///path, postgresql://host/database or memory: instead.",
)


class UnknownStore(Exception):
    """No store of this version can be reached under the URL; nothing was written."""

    def __init__(self, url: str, why: Text, remedy: Text) -> None:
        super().__init__(url)
        self.what = Text(f"无法连接存储 {url}。", f"The store {url} cannot be reached.")
        self.why = why
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.what.en} {self.why.en} {self.remedy.en}"


@dataclass(frozen=True, slots=True)
class PostgresAddress:
    """A schema in a database: `url` is what libpq understands, without our own parameter."""

    url: str
    schema: str = SCHEMA

    @property
    def conninfo(self) -> str:
        """For libpq, with the schema as the only place where names are looked up.

        Who waits for a lock is told after a while, if the `options` of the URL do not say
        otherwise.
        """
        parts = urlsplit(self.url)
        query = dict(parse_qsl(parts.query))
        chosen = query.pop("options", "")
        options = f"-clock_timeout={LOCK_TIMEOUT} {chosen} -csearch_path={self.schema}"
        query |= {"options": options, "application_name": query.get("application_name", "recourse")}
        return urlunsplit(parts._replace(query=urlencode(query, quote_via=quote)))

    @property
    def shown(self) -> str:
        """For people: without the password."""
        return f"{shown(self.url.partition('?')[0])}?schema={self.schema}"


Address = PostgresAddress | Path | None
"""A schema, a file, or None for memory."""


def address_of(url: str) -> Address:
    """What `url` names; raises `UnknownStore`."""
    if url == MEMORY:
        return None
    scheme, separator, _ = url.partition("://")
    if not separator:
        return Path(url)
    if url.startswith(FILE) and url != FILE:
        return Path(url.removeprefix(FILE))
    if scheme in POSTGRES:
        return _postgres(url)
    raise UnknownStore(
        f"{scheme}://...",  # what follows may hold a password
        Text("不认识这种地址。", "This kind of address is not known."),
        KNOWN,
    )


def shown(url: str) -> str:
    """`url` as it may be told: without a password, wherever it stands."""
    scheme, separator, rest = url.partition("://")
    if not separator:
        return url
    user, at, place = rest.rpartition("@")
    return f"{scheme}{separator}{user.partition(':')[0]}{at}{SECRET.sub('=***', place)}"


def _must_be_well_written(url: str) -> None:
    """Refuse signs in user or password that would be read as another part of the URL, and told."""
    user, _, _ = url.partition("://")[2].rpartition("@")
    if SIGNS.search(PERCENT.sub("", user)):
        raise UnknownStore(
            shown(url),
            Text(
                "用户名或密码中有 / ? # [ ] @ % 之类的符号。",
                "There is a sign such as / ? # [ ] @ % in its user or password.",
            ),
            Text(
                "把这些符号写成 % 加两位十六进制数，例如 / 写成 %2F。",
                "Write such signs as % and two hex digits, as %2F for /.",
            ),
        )


def _postgres(url: str) -> PostgresAddress:
    _must_be_well_written(url)
    parts = urlsplit(url)
    query = parse_qsl(parts.query, keep_blank_values=True)
    schema = dict(query).get("schema", SCHEMA)
    if not NAME.fullmatch(schema):
        raise UnknownStore(
            f"postgresql://...?schema={schema}",
            Text(
                "schema 的名称只能由小写字母、数字和下划线组成。",
                "The name of a schema has lower-case letters, digits and underscores only.",
            ),
            Text("请更正 schema=。", "Correct schema=."),
        )
    rest = urlencode([pair for pair in query if pair[0] != "schema"], quote_via=quote)
    return PostgresAddress(urlunsplit(parts._replace(scheme="postgresql", query=rest)), schema)
