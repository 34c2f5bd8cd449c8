"""The dated events of a story, in order, each once, in the article's own words."""

from __future__ import annotations

from datetime import date

import pytest

from generator.analysis.model import Quote
from generator.analysis.timeline import find_events
from tests.parses import parsed

# A Wednesday.
TODAY = date(2024, 7, 17)

OPENED = (
    "The/DT/det/2 harbour/NN/nsubj/3 opened:open/VBD/root/0 in/IN/case/5 1987/CD/obl/3 and/CC/cc/7"
    " closed:close/VBD/conj/3 in/IN/case/9 2004/CD/obl/7 ././punct/3"
)
VISIT = (
    "The/DT/det/2 mayor/NN/nsubj/3 visited:visit/VBD/root/0 the/DT/det/5 harbour/NN/obj/3 on/IN/case/7"
    " Monday/NNP/obl/3 ././punct/3"
)
VOTE = (
    "The/DT/det/2 senate/NN/nsubj/4 will/MD/aux/4 vote/VB/root/0 on/IN/case/6 Tuesday/NNP/obl/4 ././punct/4"
)


def events(*sentences: str) -> list[tuple[str, str]]:
    doc = parsed(*sentences)
    return [(e.date, doc.text[slice(*e.span[0])].rstrip(".")) for e in find_events(doc, TODAY)]


def test_events_come_in_order_of_their_dates() -> None:
    """Past and future events stand by date, then by place, two in a sentence apart."""
    assert events(VOTE, VISIT, OPENED) == [
        ("1987", "The harbour opened in 1987"),
        ("2004", "closed in 2004"),
        ("2024-07-15", "The mayor visited the harbour on Monday"),
        ("2024-07-23", "The senate will vote on Tuesday"),
    ]


def test_a_clause_that_leans_on_a_noun_is_told_with_it() -> None:
    """ "Which begins on Tuesday" tells nothing without its noun, "published on Monday" without its clause."""
    term = (
        "The/DT/det/2 term/NN/nsubj/7 that/WDT/nsubj/4 begins:begin/VBZ/acl:relcl/2 on/IN/case/6"
        " Tuesday/NNP/obl/4 worries:worry/VBZ/root/0 them/PRP/obj/7 ././punct/7"
    )
    report = (
        "The/DT/det/2 report/NN/nsubj/6 published:publish/VBN/acl/2 on/IN/case/5 Monday/NNP/obl/3"
        " praised:praise/VBD/root/0 the/DT/det/8 guild/NN/obj/6 ././punct/6"
    )
    assert events(term) == [("2024-07-23", "The term that begins on Tuesday")]
    assert events(report) == [("2024-07-15", "The report published on Monday praised the guild")]


@pytest.mark.parametrize(
    "sentence",
    [
        "The/DT/det/2 law/NN/nsubj/3 cut/VBD/root/0 emissions:emission/NNS/obj/3 below/IN/case/7"
        " 2005/CD/compound/7 levels:level/NNS/obl/3 ././punct/3",
        "The/DT/det/2 guild/NN/nsubj/4 has:have/VBZ/aux/4 led:lead/VBN/root/0 the/DT/det/6"
        " talks:talk/NNS/obj/4"
        " since/IN/case/8 2019/CD/obl/4 ././punct/4",
        "Will/MD/aux/4 the/DT/det/3 mayor/NN/nsubj/4 run/VB/root/0 again/RB/advmod/4 in/IN/case/7"
        " 2027/CD/obl/4"
        " ?/./punct/4",
        "The/DT/det/2 mayor/NN/nsubj/3 is:be/VBZ/root/0 tired/JJ/xcomp/3 today/NN/obl/3 ././punct/3",
        "The/DT/det/2 pool/NN/nsubj/4 will/MD/aux/4 close/VB/root/0 soon/RB/advmod/4 ././punct/4",
    ],
)
def test_dates_that_tell_no_event(sentence: str) -> None:
    """Measures, spans of time, questions, "today" and "soon" are no dated events."""
    assert events(sentence) == []


def test_that_somebody_spoke_this_week_is_no_event_below_the_lede() -> None:
    """Who told whom on Tuesday is an event only in the first paragraph."""
    spoke = (
        "Mr./NNP/nmod:desc/2 Holt/NNP/nsubj/3 said:say/VBD/root/0 on/IN/case/5 Tuesday/NNP/obl/3"
        " that/IN/mark/9"
        " he/PRP/nsubj/9 was:be/VBD/cop/9 tired/JJ/ccomp/3 ././punct/3"
    )
    assert [d for d, _ in events(spoke)] == ["2024-07-16"]
    assert events(VISIT + " ¶/_SP/dep/3", spoke) == events(VISIT)


def test_what_was_said_words_ago_is_left_out_of_the_event() -> None:
    """Of ' "…," the mayor told reporters in June 2012' the event is the telling."""
    told = (
        "\"/``/punct/3 We/PRP/nsubj/3 leave/VBP/ccomp/8 ,/,/punct/3 \"/''/punct/3 the/DT/det/7"
        " mayor/NN/nsubj/8"
        " told:tell/VBD/root/0 reporters:reporter/NNS/iobj/8 in/IN/case/12 June/NNP/nmod:unmarked/12"
        " 2012/CD/obl/8"
        " ././punct/8"
    )
    assert events(told) == [("2012-06", "the mayor told reporters in June 2012")]


def test_a_date_that_only_comes_back_is_told_once() -> None:
    """A clause that describes what met on Monday is no second event of that Monday."""
    again = (
        "The/DT/det/2 port/NN/nsubj/10 ,/,/punct/5 which/WDT/nsubj/5 opened:open/VBD/acl:relcl/2 on/IN/case/7"
        " Monday/NNP/obl/5 ,/,/punct/2 is:be/VBZ/cop/10 empty/JJ/root/0 ././punct/10"
    )
    assert [d for d, _ in events(again)] == ["2024-07-15"]
    assert events(VISIT, again) == events(VISIT)


def test_events_in_quotes_weigh_less() -> None:
    """What somebody tells of last Monday in direct speech is left out."""
    doc = parsed(VISIT)
    quote = Quote("mayor", "the mayor", ((0, len(doc.text)),))
    assert find_events(doc, TODAY, [quote]) == ()


def test_real_prose(nlp) -> None:  # type: ignore[no-untyped-def]
    """On the embedded model: the timeline of a short report."""
    doc = nlp(
        "The harbour board voted on Tuesday to sell the ferry, which was built in 1987. The sale will be"
        " completed"
        " by the end of September. The board bought the ferry in March 2010."
    )
    assert [e.date for e in find_events(doc, TODAY)] == ["1987", "2010-03", "2024-07-16", "2024-09"]
