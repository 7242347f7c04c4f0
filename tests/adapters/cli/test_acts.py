"""Can everything that the engine can be asked be asked for on the command line?"""

import pytest

from recourse.adapters.cli.acts import example, example_of
from recourse.adapters.cli.assignments import assigned, made
from recourse.commands import PUBLIC

CLAIM = (
    "--as=engineer",
    "do",
    "receive_claim",
    "claim=C9",
    "unit=U9",
    "part=P1",
    "stage=after_sale",
    "repaired_on=2026-03-01",
    "costs.labour=10.00",
)


@pytest.mark.parametrize("act", PUBLIC)
def test_every_act_has_a_help_page_with_its_fields_and_who_may(run, act):
    page = run("do", act, "--help")

    command = PUBLIC[act]
    told = [command.TITLE.zh, command.TITLE.en, *command.BY, *command.RULES, *command.model_fields]
    assert page.code == 0
    assert [each for each in told if each not in page.out] == []
    assert example(command).split()[-1] in page.out


@pytest.mark.parametrize("act", PUBLIC)
def test_the_example_of_every_act_is_well_formed(act):
    command = made(assigned(example_of(PUBLIC[act]), PUBLIC[act]), PUBLIC[act])

    assert command.act_name() == act


def test_all_acts_are_listed_with_both_titles_and_who_may(run):
    page = run("do", "--help")

    told = [(act, each.TITLE.zh, each.TITLE.en, each.BY[0]) for act, each in PUBLIC.items()]
    assert [each for each in told if any(word not in page.out for word in each)] == []


def test_an_act_is_done_and_its_events_are_named(month, ask):
    done = ask(*CLAIM, "--command-id", "K1", "--recorded-at", "2026-03-09")

    assert done == {
        "command_id": "K1",
        "act": "receive_claim",
        "about": "C9",
        "events": ["claim:C9@1"],
    }


def test_a_repeated_command_id_is_answered_alike(month, ask):
    once = ask(*CLAIM, "--command-id", "K1")

    assert ask(*CLAIM, "--command-id", "K1") == once


def test_a_command_id_is_not_used_for_something_else(month, ask):
    ask(*CLAIM, "--command-id", "K1")

    other = ask("--as", "engineer", "do", "confirm_cost", "claim=C9", "--command-id", "K1")

    assert other["code"] == "command-id-taken"


def test_shared_options_may_stand_after_the_act(month, run):
    early = run("--as", "engineer", "--format", "json", *CLAIM[1:], "--command-id", "K1")
    late = run(*CLAIM[1:], "--command-id=K1", "--format=json", "--as=engineer")

    assert early == late
    assert late.code == 0


def test_times_are_those_of_shanghai(month, ask):
    ask(*CLAIM, "--recorded-at", "2026-03-09T08:30", "--effective-on", "2026-03-06")

    (event,) = ask("claim", "history", "C9")
    assert event["recorded_at"] == "2026-03-09T00:30:00+00:00"
    assert event["effective_on"] == "2026-03-06"


@pytest.mark.parametrize(
    ("act", "words", "fields"),
    [
        ("confirm_cost", ["claim=C1", "accepted.labour=1.00"], {"accepted": {"labour": "1.00"}}),
        ("confirm_cost", ['accepted={"labour": "1.00"}'], {"accepted": {"labour": "1.00"}}),
        ("confirm_cost", ['accepted={labour = "1.00"}'], {"accepted": {"labour": "1.00"}}),
        ("attribute_claim", ["shares.supplier:S1=0.7"], {"shares": {"supplier:S1": "0.7"}}),
        ("draft_chargeback", ["claims=C1,C2"], {"claims": ["C1", "C2"]}),
        ("draft_chargeback", ["claims=C1", "claims=C2"], {"claims": ["C1", "C2"]}),
        ("draft_chargeback", ['claims=["C,1"]'], {"claims": ["C,1"]}),
        (
            "recheck_appeal",
            ['outcomes.C1/labour={reduced_to = "8.00"}', "outcomes.C1/other=withdrawn"],
            {"outcomes": {"C1/labour": {"reduced_to": "8.00"}, "C1/other": "withdrawn"}},
        ),
        ("set_penalty", ["reason=a=b {c}"], {"reason": "a=b {c}"}),
    ],
)
def test_fields_are_written_as_key_and_value(act, words, fields):
    assert assigned(words, PUBLIC[act]).items() >= fields.items()


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        (["claim=C1", "accepted.labour=1.234"], "accepted.labour"),
        (["claim=C1", "accepted.tax=1.00"], "accepted.tax"),
        (["claim=C1", "accepted=1.00"], "accepted"),
        (["claim=C1", "surprise=1"], "surprise"),
        (["claim=C 1"], "claim"),
        (["claim=C1", "claim=C2"], "claim"),
        (["C1"], "C1"),
        ([], "claim"),
    ],
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_malformed_fields_are_told_one_by_one(month, run, words, wrong, language):
    told = run("--as=engineer", "--lang", language, "--format=json", "do", "confirm_cost", *words)

    assert told.code == 2
    assert told.document["code"] == "malformed-input"
    assert [each["field"] for each in told.document["fields"]] == [wrong]
    assert told.document["why"].isascii() == (language == "en")


def test_several_malformed_fields_are_told_at_once(month, ask):
    told = ask("--as=engineer", "do", "set_penalty", "claim=C1", "severity=x", "amount=y")

    assert {each["field"] for each in told["fields"]} == {"severity", "amount", "reason"}


def test_a_mistyped_act_is_told_with_those_that_are_close(run):
    told = run("do", "confirm_costs", "claim=C1")

    assert told.code == 2
    assert "confirm_cost" in told.err


STEPS = """
steps = [
  { do = "confirm_information", claim = "C9", by = "engineer" },
  { do = "confirm_cost", claim = "C9", at = 2026-03-11T10:00:00, on = 2026-03-10 },
]
"""


@pytest.fixture
def play(month, run):
    """Plays steps from a file as the engineer, after the claim C9 was received."""
    run(*CLAIM, "--recorded-at", "2026-03-09")

    def played(steps, *words):
        month.joinpath("more.toml").write_text(steps, encoding="utf-8")
        shared = ("--as=engineer", "--recorded-at=2026-03-10", "--format=json")
        return run(*shared, "do", "--file", "more.toml", *words)

    return played


def test_the_steps_of_a_file_are_done_in_their_order(play, ask):
    done = play(STEPS).document

    assert [each["act"] for each in done["steps"]] == ["confirm_information", "confirm_cost"]
    assert (done["done"], done["refused"]) == (2, 0)
    assert ask("claim", "history", "C9")[-1]["effective_on"] == "2026-03-10"


def test_a_file_repeated_under_its_command_id_is_answered_alike(play):
    once = play(STEPS, "--command-id", "batch")

    assert play(STEPS, "--command-id", "batch") == once
    assert once.document["steps"][0]["command_id"] == "batch/1"


REFUSED_FIRST = STEPS.replace(
    'do = "confirm_information"', 'do = "waive_gate", gate = "a", reason = "b"'
)


def test_a_refusal_stops_the_file(play):
    told = play(REFUSED_FIRST)

    assert told.code == 5
    assert (told.document["code"], told.document["step"]) == ("not-your-role", 1)
    assert len(told.document["steps"]) == 1


def test_a_file_goes_on_after_a_refusal_where_it_may(play):
    told = play(REFUSED_FIRST, "--keep-going")

    assert told.code == 5
    assert (told.document["done"], told.document["refused"]) == (1, 1)


@pytest.mark.parametrize(
    "steps",
    [
        "steps = 1",
        "steps = [1]",
        'steps = [{ do = "nothing" }]',
        'steps = [{ expect = "claim", claim = "C9" }]',
        'settings = { "hold.scope" = "all" }\nsteps = []',
        'steps = [{ do = "confirm_cost", claim = "C9", at = "today" }]',
        'steps = [{ do = "confirm_cost", claim = "C9", on = "today" }]',
        'steps = [{ do = "confirm_cost", claim = "C9", by = "nobody" }]',
        'steps = [{ do = "confirm_cost", claim = "C9" }, { do = "confirm_cost" }]',
        "steps = [",
    ],
)
def test_a_malformed_file_is_refused_before_anything_is_asked(play, ask, steps):
    before = ask("claim", "history", "C9")

    told = play(steps)

    assert told.code == 2
    assert ask("claim", "history", "C9") == before


def test_a_file_and_an_act_are_not_asked_for_together(play):
    assert play(STEPS, "confirm_cost", "claim=C9").code == 2
