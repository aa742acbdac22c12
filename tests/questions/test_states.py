"""Where a question stands, against a second reading of the rules."""

from hypothesis import given, settings
from hypothesis import strategies as st

from community.questions.models import State
from community.questions.states import Utterance, derive

UTTERANCES = st.builds(
    Utterance,
    by_asker=st.booleans(),
    is_answer=st.booleans(),
    is_partial=st.booleans(),
    asks_for_info=st.booleans(),
)
HELPED = Utterance(by_asker=False, is_answer=True)
PARTLY = Utterance(by_asker=False, is_answer=True, is_partial=True)
REMARK = Utterance(by_asker=False, is_answer=False)
ASKED = Utterance(by_asker=False, is_answer=False, asks_for_info=True)
ASKER = Utterance(by_asker=True, is_answer=False)


def state(*said):
    return derive(closed=False, solved=False, said=said)


def told_by_walking(said):
    """The same rules, read as a story: what each utterance changes."""
    waits_for_asker = False
    ever, since = [], []
    for each in said:
        if each.by_asker:
            waits_for_asker, since = False, []
            asker_spoke_last = True
            continue
        asker_spoke_last = False
        waits_for_asker = waits_for_asker or each.asks_for_info
        if each.is_answer:
            ever.append(each.is_partial)
            since.append(each.is_partial)
    if waits_for_asker:
        return State.NEEDS_INFO
    if not said or asker_spoke_last or all(since or ever):
        return State.NEEDS_ATTENTION
    return State.RESPONDED


@settings(max_examples=500)
@given(st.lists(UTTERANCES, max_size=8), st.booleans(), st.booleans())
def test_the_state_is_what_the_story_tells(said, closed, solved):
    expected = told_by_walking(said)
    if solved:
        expected = State.SOLVED
    if closed:
        expected = State.CLOSED
    assert derive(closed=closed, solved=solved, said=said) == expected


@given(st.lists(UTTERANCES, max_size=8))
def test_whenever_the_asker_spoke_last_it_needs_attention(said):
    assert state(*said, ASKER) == State.NEEDS_ATTENTION


@given(st.lists(UTTERANCES, max_size=8))
def test_a_full_answer_is_a_response_unless_details_were_asked_for(said):
    assert state(*said, HELPED) in {State.RESPONDED, State.NEEDS_INFO}


def test_the_rules_one_by_one():
    assert state() == State.NEEDS_ATTENTION
    assert state(REMARK) == State.NEEDS_ATTENTION
    assert state(HELPED) == State.RESPONDED
    assert state(PARTLY) == State.NEEDS_ATTENTION
    assert state(PARTLY, REMARK) == State.NEEDS_ATTENTION
    assert state(PARTLY, HELPED) == State.RESPONDED
    assert state(ASKED) == State.NEEDS_INFO
    assert state(ASKED, HELPED) == State.NEEDS_INFO
    assert state(ASKED, ASKER) == State.NEEDS_ATTENTION
    assert state(HELPED, ASKER) == State.NEEDS_ATTENTION
    assert state(HELPED, ASKER, REMARK) == State.RESPONDED
    assert state(HELPED, ASKER, PARTLY) == State.NEEDS_ATTENTION
