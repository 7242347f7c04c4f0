"""Is a file that is no case turned away whole, with the step and key of each mistake?"""

import pytest

from recourse.adapters.cases import CaseProblem, about, play

LOOK = 'at = 2026-03-02, expect = "referrals", open = 0'
PAYABLE = 'at = 2026-03-02, by = "cashier", do = "record_payable", supplier = "S1", document = "D1"'
SUPPLIER = 'at = 2026-03-02, by = "buyer", do = "register_supplier", supplier = "S1", name = "甲"'

# (the step after one that is right, the key)
STEPS = [
    (f'{SUPPLIER}, disposal = "entrusted", colour = "red"', "colour"),
    (f"{SUPPLIER}", "disposal"),
    (f'{SUPPLIER}, disposal = "burns"', "disposal"),
    (f'{SUPPLIER}, disposal = "entrusted", expect = "referrals"', "do"),
    (f'{SUPPLIER}, disposal = "entrusted", on = 2026-03-02T10:00:00', "on"),
    (f'{SUPPLIER}, disposal = "entrusted", on = 1999-12-31', "on"),
    (f'{SUPPLIER}, disposal = "entrusted", refused = ["ZA2"]', "refused"),
    (f'{SUPPLIER}, disposal = "entrusted", refused = ""', "refused"),
    (f'{PAYABLE}, due_on = 2026-03-31, amount = "12.345"', "amount"),
    (f'{PAYABLE}, due_on = 2026-03-31, amount = "zwölf"', "amount"),
    (f"{PAYABLE}, due_on = 2026-03-31, amount = 12.5", "amount"),
    (f'{PAYABLE}, due_on = "soon", amount = "1.00"', "due_on"),
    ("at = 2026-03-02", "do"),
    ('at = 2026-03-02, by = "buyer", do = "register_suplier"', "do"),
    ('at = 2026-03-02, by = "buyer", do = "begin_day", day = 2026-03-02', "do"),
    ('at = 2026-03-02, by = "nobody", do = "confirm_cost", claim = "C1"', "by"),
    ('at = 2026-03-02, do = "confirm_cost", claim = "C1"', "by"),
    ('by = "buyer", do = "confirm_cost", claim = "C1"', "at"),
    ('at = 2026-03-01, expect = "referrals", open = 0', "at"),
    ('at = 2026-03-02T08:59:59, expect = "referrals", open = 0', "at"),
    ('at = "2026-03-02", expect = "referrals", open = 0', "at"),
    ('at = 2026-03-02T09:00:00Z, expect = "referrals", open = 0', "at"),
    ('at = 9999-12-31, expect = "referrals", open = 0', "at"),
    ('at = 2026-03-02, expect = "weather"', "expect"),
    ('at = 2026-03-02, expect = "referrals", closed = 0', "closed"),
    ('at = 2026-03-02, expect = "referrals", by = "buyer"', "by"),
    ('at = 2026-03-02, expect = "referrals", open = "0"', "open"),
    ('at = 2026-03-02, expect = "claim", accepted = "1.00"', "claim"),
    ('at = 2026-03-02, expect = "claim", claim = "C1", accepted = "1.005"', "accepted"),
    ('at = 2026-03-02, expect = "claim", claim = "C1", cost = "settled"', "cost"),
    ('at = 2026-03-02, expect = "claim", claim = "C1", valid = "yes"', "valid"),
    (
        'at = 2026-03-02, expect = "claim", claim = "C1", gates_missing = ["gate"]',
        "gates_missing.0",
    ),
    (
        'at = 2026-03-02, expect = "claim", claim = "C1", bearers = { S1 = "1.00" }',
        "bearers.S1.[key]",
    ),
    ('at = 2026-03-02, expect = "part", tag = "T1", missing = true', "missing"),
    ('at = 2026-03-02, expect = "part", claim = "C1", place = "store"', "tag"),
    ('at = 2026-03-02, expect = "chargeback", chargeback = "N1", last_day = "none"', "last_day"),
    ('at = 2026-03-02, expect = "bearers", month = "2026-13", accepted = "0.00"', "month"),
    ('at = 2026-03-02, expect = "explanation", of = "C1", cites = "Z-1"', "cites"),
    ('at = 2026-03-02, expect = "log", balanced = false', "balanced"),
]
HEADS = [
    ("", "name"),
    ('name = ""\n', "name"),
    ('name = "x"\ncolour = "red"\n', "colour"),
    ('name = "x"\nrules = "Z-4.5.2a"\n', "rules"),
    ('name = "x"\nrulebook = "ours"\n', "rulebook"),
    ('name = "x"\nsettings = { "hold.colour" = "red" }\n', "settings.hold.colour"),
    ('name = "x"\nsettings = { "hold.scope" = "some" }\n', "settings.hold.scope"),
    ('name = "x"\nsettings = { "penalty.minimum" = 500 }\n', "settings.penalty.minimum"),
]
PEOPLE = [
    ("", "people"),
    ('[people]\nbuyer = "boss"\n', "people.buyer.0"),
    ('[people]\nbuyer = ["purchasing", "supplier:"]\n', "people.buyer.1"),
    ("[people]\nbuyer = []\n", "people.buyer"),
    ("[people]\nbuyer = 1\n", "people.buyer"),
]
NOT_TOML = [
    (b'name = "x"\nname = "y"\n', "line 2"),
    (b'name = "x"\n# \xd6\xd0\n', "Line 2"),
    (b"name = \n", "line 1"),
]


def never(book):
    raise AssertionError("nothing of a file with mistakes is played")


@pytest.fixture
def problem(written):
    """The problem of a file that is no case."""

    def problem_of(*steps, **parts) -> CaseProblem:
        with pytest.raises(CaseProblem) as raised:
            play(written(*steps, **parts), engine_for=never)
        return raised.value

    return problem_of


@pytest.mark.parametrize(("step", "key"), STEPS)
def test_a_step_that_cannot_be_played_is_told_with_its_number_and_key(problem, step, key):
    found = problem(LOOK, step)

    assert (found.step, found.key) == (2, key)


@pytest.mark.parametrize(("head", "key"), HEADS)
def test_a_wrong_head_is_told_with_its_key(problem, head, key):
    found = problem(LOOK, head=head)

    assert (found.step, found.key) == (0, key)


@pytest.mark.parametrize(("people", "key"), PEOPLE)
def test_wrong_people_are_told_with_their_key(problem, people, key):
    found = problem(LOOK, people=people)

    assert (found.step, found.key) == (0, key)


@pytest.mark.parametrize(("content", "line"), NOT_TOML)
def test_a_file_that_is_not_toml_in_utf8_is_told_with_the_line(problem, content, line):
    found = problem(whole=content)

    assert (found.step, found.key) == (0, "") and line in found.tell("en")["why"]


def test_a_file_without_steps_is_no_case(problem):
    assert problem().key == "steps"


def test_a_step_that_is_no_table_is_told_with_its_number(problem):
    whole = b'name = "x"\nsteps = ["receive_claim"]\n[people]\nbuyer = "purchasing"\n'

    assert problem(whole=whole).step == 1


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(CaseProblem) as raised:
        play(tmp_path / "none.toml", engine_for=never)

    assert "none.toml" in raised.value.tell("en")["what"]


def test_every_mistake_is_told_at_once_in_the_order_of_the_steps(problem):
    found = problem(
        'at = 2026-03-02, by = "nobody", do = "record_payable", supplier = "S1", amount = 1',
        'at = 2026-03-01, expect = "weather"',
        head='name = "x"\nrulebook = "ours"\n',
    )

    assert [(each.step, each.key) for each in found.mistakes] == [
        (0, "rulebook"),
        (1, "by"),
        (1, "document"),
        (1, "amount"),
        (1, "due_on"),
        (2, "at"),
        (2, "expect"),
    ]


def test_a_problem_is_told_in_chinese(problem):
    assert problem(LOOK, 'at = 2026-03-02, expect = "weather"').tell("zh") == {
        "what": "无法运行案例 story.toml。",
        "why": "第 2 步 expect：'weather' 不是可以期望的内容。可用：claim, part, notice,"
        " chargeback, account, bearers, referrals, explanation, log。",
        "remedy": "更正后再运行；没有执行任何一步。",
    }


def test_a_problem_is_told_in_english(problem):
    assert problem(LOOK, PAYABLE + ', due_on = 2026-03-31, amount = "1.005"').tell("en") == {
        "what": "The case story.toml cannot be played.",
        "why": "step 2 amount: It says '1.005': '1.005' has more than two decimals; "
        "the smallest unit is 0.01 yuan. Correct the value as the reason says.",
        "remedy": "Correct it and play it again; no step of it was played.",
    }


def test_a_byte_order_mark_does_no_harm(written, in_memory):
    path = written(LOOK)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())

    assert play(path, engine_for=in_memory).steps == 1


@pytest.mark.parametrize(
    ("rule", "is_about"),
    [
        ("Z-4.5.2a", True),
        ("Z-4.5.2", True),
        ("Z-4.5", True),
        ("ZA1", False),
        ("ZA10", True),
        ("Z-4.5.2b", False),
        ("Z-4.5.2ab", False),
        ("Z-4.5.20", False),
    ],
)
def test_a_clause_covers_its_parts_and_nothing_else(written, rule, is_about):
    path = written(LOOK, head='name = "x"\nrules = ["Z-4.5.2a", "ZA10"]\n')

    assert about(path, rule) is is_about


def test_what_a_case_is_about_can_be_asked_although_it_cannot_be_played(written):
    path = written('at = 2026-03-02, by = "buyer", do = "fly"')

    assert about(path, "Z-4.5.2") is True


def test_a_file_that_is_not_toml_is_about_nothing(written):
    with pytest.raises(CaseProblem):
        about(written(whole=b"?"), "Z-4.5.2")
