"""Does everything in the tutorial happen as it is printed?"""

from support.tutorial import PAGE, played


def test_every_command_of_the_tutorial_prints_what_the_page_says(tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("NO_COLOR", "1")
    page = PAGE.read_text(encoding="utf-8")

    assert played(page, tmp_path) == page, "run `make docs` and read what changed"
