"""Is every setting found where it stands, told from where, and no secret told at all?"""

import os

import pytest

from recourse.adapters.cli.known import KNOWN, Known, Unreadable
from recourse.adapters.cli.settings import read_settings
from recourse.adapters.storage.addresses import shown
from recourse.values.parties import Text

SECRET = "hunter2"  # a password nobody may read
DATABASE = f"postgresql://li:{SECRET}@127.0.0.1:1/plant"


def in_force(ask, *flags):
    return {each["name"]: each for each in ask(*flags, "settings", "--show")}


def test_every_setting_is_told_with_its_value_and_where_it_stands(here, ask, monkeypatch):
    here.joinpath("recourse.toml").write_text(
        'lang = "en"\n[kafka]\nbootstrap = ["a:9092", "b:9092"]\n[operations]\nmost_lag = 7\n'
    )
    monkeypatch.setenv("RECOURSE_OPERATIONS_BEAT_SECONDS", "90")

    told = in_force(ask, "--store", "flag.db")

    found = {name: (each["value"], each["from"]) for name, each in told.items()}
    assert found.keys() == KNOWN.keys()
    assert found["store"] == ("flag.db", "--store")
    assert found["lang"] == ("en", "recourse.toml")
    assert found["kafka.bootstrap"] == (["a:9092", "b:9092"], "recourse.toml")
    assert found["operations.most_lag"] == (7, "recourse.toml")
    assert found["operations.beat_seconds"] == (90, "RECOURSE_OPERATIONS_BEAT_SECONDS")
    assert found["operations.log_level"] == ("warning", "default")
    assert found["as"] == (None, "")


def test_a_list_may_stand_in_the_environment_with_commas(here, ask, monkeypatch):
    monkeypatch.setenv("RECOURSE_KAFKA_BOOTSTRAP", "a:9092, b:9092")

    assert in_force(ask)["kafka.bootstrap"]["value"] == ["a:9092", "b:9092"]


def test_a_secret_may_stand_in_a_file_of_its_own(here, ask, monkeypatch):
    here.joinpath("url").write_text("secret.db\n")
    monkeypatch.setenv("RECOURSE_STORE_FILE", str(here / "url"))

    store = in_force(ask)["store"]

    assert (store["value"], store["from"]) == ("secret.db", "RECOURSE_STORE_FILE")


def test_a_file_of_a_secret_that_is_not_there_is_told(here, run, monkeypatch):
    monkeypatch.setenv("RECOURSE_STORE_FILE", "nowhere")

    told = run("claim", "list")

    assert told.code == 2
    assert "RECOURSE_STORE_FILE" in told.err


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ('[kafka]\nbootstrp = ["a:1"]', "bootstrap"),
        ("[operations]\nlag = 1", "most_lag"),
        ("[kafak]", "kafka"),
        ("[operations]\nmost_lag = 0", "1, 2, ..."),
        ("[operations]\nmost_lag = 'much'", "1, 2, ..."),
        ("[operations]\nlog_level = 'loud'", "debug | info"),
        ("[kafka]\nbootstrap = []", '["...", "..."]'),
        ("kafka = 1", "[kafka]"),
    ],
)
def test_a_mistyped_setting_is_refused_with_those_that_are_known(here, run, written, known):
    here.joinpath("recourse.toml").write_text(written)

    told = run("--format", "json", "settings", "--show")

    assert told.code == 2
    assert known in told.document["why"]


def test_a_mistyped_value_in_the_environment_names_the_variable(here, run, monkeypatch):
    monkeypatch.setenv("RECOURSE_OPERATIONS_MOST_LAG", "-1")

    told = run("--format", "json", "settings", "--show")

    assert told.code == 2
    assert "RECOURSE_OPERATIONS_MOST_LAG" in told.document["why"]


def test_a_variable_that_is_no_setting_is_noted(here, run, monkeypatch):
    monkeypatch.setenv("RECOURSE_KAFKA_BOOTSTRP", "a:9092")

    assert "RECOURSE_KAFKA_BOOTSTRP" in run("settings", "--show").err


def test_every_setting_is_described_in_both_languages(here, run):
    chinese, english = run("settings").out, run("--lang", "en", "settings").out

    assert [each.name for each in KNOWN.values() if each.says.zh not in chinese] == []
    assert [each.name for each in KNOWN.values() if each.says.en not in english] == []


@pytest.mark.parametrize(
    "words", [("settings", "--show"), ("claim", "list"), ("doctor",), ("init",)]
)
@pytest.mark.parametrize("form", ["table", "json"])
@pytest.mark.parametrize(
    "url",
    [
        DATABASE,
        f"postgresql://li@127.0.0.1:1/plant?password={SECRET}",
        f"postgresql://li:{SECRET}/x@127.0.0.1:1/plant",
        f"postgresql://li:x/{SECRET}@127.0.0.1:1/plant",
        f"postgresql://li:{SECRET}%zz@127.0.0.1:1/plant",
        f"postgresql://li:[{SECRET}@127.0.0.1:1/plant",
        f"postgresql://li:{SECRET}@127.0.0.1:port/plant",
        f"oracle://li:{SECRET}@127.0.0.1:1/plant",
    ],
)
def test_a_password_is_never_told(here, run, monkeypatch, words, form, url):
    monkeypatch.setenv("RECOURSE_STORE", url)

    ended = run("--format", form, *words)

    assert SECRET not in ended.out + ended.err


def test_a_secret_is_hidden_and_not_quoted_where_it_is_wrong():
    known = Known("mail.password", "secret", Text("密码", "password"))

    assert known.told(SECRET) == "***"
    with pytest.raises(Unreadable) as refused:
        known.read(12345, "")
    assert "12345" not in str(refused.value)


def test_a_url_is_shown_without_what_opens_it():
    assert shown(f"{DATABASE}?sslpassword={SECRET}&x=1") == (
        "postgresql://li@127.0.0.1:1/plant?sslpassword=***&x=1"
    )


def test_a_secret_never_stands_in_the_file_of_settings(here, run):
    here.joinpath("recourse.toml").write_text(f'[mail]\npassword = "{SECRET}"\n')

    told = run("claim", "list")

    assert (told.code, SECRET in told.err) == (2, False)
    assert "RECOURSE_MAIL_PASSWORD_FILE" in told.err


def test_the_password_of_mail_may_stand_in_a_file_of_its_own(here, ask, monkeypatch):
    here.joinpath("password").write_text(SECRET)
    monkeypatch.setenv("RECOURSE_MAIL_PASSWORD_FILE", str(here / "password"))

    settings = read_settings({}, os.environ, here)

    assert settings.secrets("mail") == {"RECOURSE_MAIL_PASSWORD": SECRET}
    assert settings.mail == {}
    assert in_force(ask)["mail.password"] == {
        "name": "mail.password",
        "value": "***",
        "from": "RECOURSE_MAIL_PASSWORD_FILE",
    }


@pytest.mark.parametrize(
    ("kind", "written", "value"),
    [
        ("number", "7", 7),
        ("numbers", "5, 30", [5, 30]),
        ("numbers", [5, 30], [5, 30]),
        ("seconds", "0.5", 0.5),
        ("seconds", 3, 3.0),
        ("list", "a, b", ["a", "b"]),
        ("table", {"S1/q": "a@b"}, {"S1/q": "a@b"}),
    ],
)
def test_each_kind_is_read_from_the_file_or_the_environment(kind, written, value):
    assert Known("x.y", kind, Text("", "")).read(written, "") == value


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        ("number", "0"),
        ("number", True),
        ("number", "1.5"),
        ("numbers", []),
        ("numbers", "5, x"),
        ("numbers", 5),
        ("seconds", "inf"),
        ("seconds", "-1"),
        ("seconds", True),
        ("seconds", "soon"),
        ("list", [1]),
        ("list", 1),
        ("table", "x"),
        ("text", 1),
    ],
)
def test_what_is_not_of_its_kind_is_refused(kind, written):
    with pytest.raises(Unreadable):
        Known("x.y", kind, Text("", "")).read(written, "")
