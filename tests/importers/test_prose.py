import pytest

from importers.prose import first_sentence, tidy_name, tidy_prose


@pytest.mark.parametrize(
    ("shouted", "said"),
    [
        ("THE HALE AND DISTRICT U3A ", "The Hale and District U3A"),
        ("ST PETER'S HERITAGE TRUST", "St Peter's Heritage Trust"),
        ("TLC: TALK, LISTEN, CHANGE", "TLC: Talk, Listen, Change"),
        ("17TH SALE SCOUT GROUP", "17th Sale Scout Group"),
        ("HEYES LANE PRIMARY SCHOOL PTA", "Heyes Lane Primary School PTA"),
        ("TIMPERLEY (RIDDINGS) COMMUNITY ASSOCIATION", "Timperley (Riddings) Community Association"),
        ("Cheshire ,North Wales", "Cheshire, North Wales"),
    ],
)
def test_a_shouted_name_is_written_as_people_write_it(shouted, said):
    assert tidy_name(shouted) == said


def test_lost_line_breaks_become_sentences():
    assert tidy_prose("their champion.The trust helps dependentsTo make grants") == (
        "Their champion. The trust helps dependents. To make grants."
    )


def test_shouted_prose_keeps_the_capitals_of_names():
    assert (
        tidy_prose("HELPING OLD PEOPLE OF SALE. FREE TEA.", names="SALE TRUST")
        == "Helping old people of Sale. Free tea."
    )


def test_a_title_does_not_end_a_sentence():
    assert first_sentence("Works with the Revd. Ian and others. More.") == "Works with the Revd. Ian and others."
