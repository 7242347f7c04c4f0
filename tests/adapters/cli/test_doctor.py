"""Does `recourse doctor` tell what it finds, and end with 6 where something is to be done?"""

WELL = ("--recorded-at", "2026-03-10")


def test_a_site_that_is_well_ends_with_0(month, run):
    ended = run(*WELL, "doctor", "--format", "json")

    assert (ended.code, ended.document["ok"]) == (0, True)
    assert all(check["ok"] and not check["remedy"] for check in ended.document["checks"])


def test_a_finding_ends_with_6_and_says_what_to_do(month, run, monkeypatch):
    monkeypatch.setenv("RECOURSE_STOER", "x.db")

    ended = run(*WELL, "doctor", "--format", "json", "--lang", "en")

    assert (ended.code, ended.document["ok"]) == (6, False)
    (found,) = [check for check in ended.document["checks"] if not check["ok"]]
    assert "RECOURSE_STOER" in found["detail"]
    assert found["remedy"]


def test_a_site_without_a_store_is_looked_at_too(here, run):
    ended = run("doctor", "--format", "json")

    checks = {check["name"]: check["ok"] for check in ended.document["checks"]}
    assert ended.code == 6
    assert (checks["store"], checks["versions"]) == (False, True)
    assert not (here / "recourse.db").exists()


def test_settings_that_cannot_be_read_are_a_finding_among_others(month, run):
    month.joinpath("recourse.toml").write_text("colour = 'red'")

    ended = run(*WELL, "doctor", "--format", "json")

    checks = {check["name"]: check for check in ended.document["checks"]}
    assert ended.code == 6
    assert "colour" in checks["settings"]["detail"]
    assert checks["store"]["ok"]


def test_a_person_reads_it_in_both_languages(month, run):
    chinese, english = run(*WELL, "doctor"), run(*WELL, "doctor", "--lang", "en")

    assert "没有被隔离的事件" in chinese.out
    assert "No event is quarantined" in english.out
