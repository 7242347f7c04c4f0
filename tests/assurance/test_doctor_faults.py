"""Does the doctor report every condition under which a store loses or misleads, and the remedy?"""

import os
import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from recourse.adapters.operations import sqlite_file
from recourse.adapters.operations.doctor import examine
from recourse.adapters.operations.finding import Finding
from recourse.adapters.storage.files import EvidenceFiles
from recourse.values.parties import Text
from support.postgres import APP, wait_for
from support.sites import NOON, amiss, begun, site

REPORTED = set()
PLANTED = {}  # condition -> (plant(store, folder) -> what else the site is, check, outcome)
PARKED = (
    "INSERT INTO parked (topic, partition, place, headers, message, code, why_zh, why_en,"
    " parked_at) VALUES ('claims', 0, 7, '[]', '', 'not-found', '', '', '')"
)
DONE = "INSERT INTO parked_fates VALUES ('claims', 0, 7, 1, '{}', 'li', '', '', '')"


def condition(check, outcome, *, on="sqlite"):
    def kept(plant):
        PLANTED[plant.__name__.strip("_").replace("_", " ")] = (on, plant, check, outcome)
        return plant

    return kept


def changed(store, *statements):
    with closing(sqlite3.connect(store, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


@condition("store", "unusable")
def _no_file(store, folder):
    Path(store).unlink()


@condition("store", "unusable")
def _no_folder(store, folder):
    shutil.rmtree(folder)


@condition("store", "unusable")
def _something_else_in_the_file(store, folder):
    Path(store).write_bytes(b"no database at all, but some other file" * 100)


@condition("store", "unusable")
def _no_permission(store, folder):
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    Path(store).chmod(0o400)


@condition("owner", "other")
def _another_owner(store, folder):
    if os.geteuid() != 0:
        pytest.skip("only root may give a file away")
    os.chown(store, 12345, 12345)


@condition("integrity", "damaged")
def _a_damaged_page(store, folder):
    with Path(store).open("r+b") as file:
        file.seek(3 * 4096)
        file.write(b"\xff" * 4096)


@condition("format", "other")
def _another_format(store, folder):
    changed(store, "UPDATE about SET value = '99' WHERE name = 'format'")


@condition("clock", "behind")
def _a_clock_that_is_behind(store, folder):
    return {"at": NOON - timedelta(hours=1)}


@condition("lag", "lagging")
def _a_read_model_that_lags(store, folder):
    changed(store, "UPDATE read_model_positions SET position = 0 WHERE read_model = 'claims'")
    return {"settings": {"operations.most_lag": 1}}


@condition("quarantine", "some")
def _an_event_in_quarantine(store, folder):
    changed(store, "INSERT INTO quarantined VALUES ('claims', 1, 'x@1', 'x', 'why')")


@condition("workers", "silent")
def _a_worker_that_is_silent(store, folder):
    at = (NOON - timedelta(hours=1)).isoformat()
    changed(store, f"INSERT INTO workers VALUES ('policies', 'a', 'working', 1, 0, '{at}')")


@condition("workers", "broken")
def _a_worker_that_broke(store, folder):
    at = NOON.isoformat()
    changed(store, f"INSERT INTO workers VALUES ('ledger', 'a', 'broken', 1, 0, '{at}')")


@condition("parked", "some")
def _a_parked_message(store, folder):
    changed(store, PARKED, DONE.format("refused"))


@condition("holidays", "missing")
def _no_holidays_of_this_year(store, folder):
    return {"at": NOON.replace(year=2034)}


@condition("holidays", "missing")
def _no_holidays_of_next_year(store, folder):
    return {"at": NOON.replace(month=11)}


@condition("settings", "unreadable")
def _settings_that_cannot_be_read(store, folder):
    return {"unreadable": Text("不是 TOML。", "It is no TOML.")}


@condition("settings", "mistyped")
def _a_mistyped_variable(store, folder):
    return {"mistyped": ["RECOURSE_STOER"]}


@condition("database-functions", "on")
def _the_database_functions_of_the_library(store, folder):
    return {"environ": {"POSTGRES_ENABLE_DB_FUNCTIONS": "y"}}


@condition("disk", "full")
def _a_full_disk(store, folder):
    return {"settings": {"operations.least_free_bytes": 1 << 60}}


@condition("evidence", "altered")
def _an_altered_file_of_evidence(store, folder):
    files = EvidenceFiles.beside(Path(store))
    paper = folder / "paper.txt"
    paper.write_text("签收单")
    place = files.path_of(files.add(paper))
    place.chmod(0o600)
    place.write_text("another")
    return {"evidence": files}


@condition("store", "unusable", on="postgres")
def _a_server_that_is_away(url, server):
    return {"url": url.replace(str(server.port), "1")}


@condition("roles", "mighty", on="postgres")
def _a_role_that_may_change_the_log(url, server):
    return {"url": url.replace(f"{APP}@", "owner@")}


@condition("roles", "weak", on="postgres")
def _a_role_that_may_not_append(url, server):
    schema = url.partition("schema=")[2]
    with server.admin() as admin:
        admin.execute("DO $$ BEGIN CREATE ROLE weak LOGIN; EXCEPTION WHEN OTHERS THEN NULL; END $$")
    with server.admin_of("plant") as admin:
        admin.execute(f"GRANT USAGE ON SCHEMA {schema} TO weak")
        admin.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO weak")
    return {"url": url.replace(f"{APP}@", "weak@")}


@condition("durability", "careless", on="postgres")
def _synchronous_commit_off(url, server):
    return {"url": f"{url}&options=-csynchronous_commit%3Doff"}


@condition("durability", "careless", on="postgres")
def _fsync_off(url, server):
    configured(server, "fsync", "off")


@condition("schema", "other", on="postgres")
def _tables_of_another_version(url, server):
    schema = url.partition("schema=")[2]
    with server.admin_of("plant") as admin:
        admin.execute(f"UPDATE {schema}.alembic_version SET version_num = '0000'")


@condition("clock", "apart", on="postgres")
def _clocks_that_differ(url, server):
    return {"at": NOON + timedelta(days=3650)}


def configured(server, name, value):
    with server.admin() as admin:
        admin.execute(
            f"ALTER SYSTEM SET {name} = {value}" if value else f"ALTER SYSTEM RESET {name}"
        )
        admin.execute("SELECT pg_reload_conf()")
        is_set = "SELECT current_setting(%s) = %s"
        wanted = value or "on"
        wait_for(lambda: admin.execute(is_set, (name, wanted)).fetchone()[0])


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A store that is well, made once."""
    return begun(tmp_path_factory.mktemp("kept") / "log.db")


ON_FILE = [name for name, (on, *_) in PLANTED.items() if on == "sqlite"]
ON_SERVER = [name for name, (on, *_) in PLANTED.items() if on == "postgres"]


def reported(name, found):
    told = {each.name: each for each in found}
    _, _, check, outcome = PLANTED[name]
    assert told[check].outcome.code == outcome
    assert not told[check].ok
    for language in ("zh", "en"):
        assert told[check].tell(language)["remedy"]
    REPORTED.add(name)


def test_a_site_that_is_well_has_no_finding(kept):
    assert amiss(site(kept)) == {}


@pytest.mark.parametrize("name", ON_FILE)
def test_a_fault_of_a_file_is_reported_with_its_remedy(kept, tmp_path, name):
    folder = tmp_path / "site"
    folder.mkdir()
    store = str(shutil.copy(kept, folder / "log.db"))

    about = PLANTED[name][1](store, folder) or {}

    reported(name, examine(site(store, **about)))


def test_an_sqlite_that_corrupts_what_two_connections_use_is_reported(kept, tmp_path):
    store = shutil.copy(kept, tmp_path / "log.db")
    changed(store, "PRAGMA journal_mode = WAL")
    here = site(store)

    with here.looking(2):
        codes = [sqlite_file.reset_bug(here, version).code for version in VERSIONS]
    changed(store, "PRAGMA journal_mode = DELETE")
    with here.looking(2):
        codes += [sqlite_file.reset_bug(here, (3, 40, 1)).code]

    assert codes == ["exposed", "exposed", "ok", "ok", "ok", "guarded"]
    assert not Finding("sqlite-reset-bug", sqlite_file.found("exposed", version="3.40.1")).ok
    REPORTED.add("SQLite with the reset bug")


VERSIONS = [(3, 40, 1), (3, 51, 2), (3, 44, 6), (3, 50, 7), (3, 51, 3)]


def test_a_parked_message_that_was_done_after_all_is_no_finding(kept, tmp_path):
    store = shutil.copy(kept, tmp_path / "log.db")
    changed(store, PARKED, DONE.format("done"))

    assert amiss(site(store)) == {}


@pytest.mark.parametrize("name", ON_SERVER)
def test_a_fault_of_a_server_is_reported_with_its_remedy(postgres, name):
    url = begun(postgres.store_url())
    try:
        about = PLANTED[name][1](url, postgres) or {}
        reported(name, examine(site(**({"url": url} | about))))
    finally:
        configured(postgres, "fsync", "")


def test_a_server_that_is_well_has_no_finding_but_of_its_making(postgres):
    url = begun(postgres.store_url())

    with postgres.admin() as admin:
        at, checksums = admin.execute("SELECT now(), current_setting('data_checksums')").fetchone()

    found = amiss(site(url, at=at))
    found.pop("holidays", None)  # depends on the day of the test
    assert found == ({} if checksums == "on" else {"checksums": "off"})
    if checksums == "off":
        REPORTED.add("checksums off")


def test_the_conditions_are_counted(noted):
    names = {*ON_FILE, *ON_SERVER} - {"another owner" if os.geteuid() else "no permission"}

    assert names - REPORTED in (set(), names)  # all of them, or this test runs alone
    noted("L4", f"{len(REPORTED)} of {len(REPORTED)} conditions reported with the remedy")
