"""Time expressions are found and resolved as the annotation guidelines read them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.analysis.dates import Tense, find_dates, period

# A Wednesday.
TODAY = date(2024, 7, 17)


def resolved(
    text: str, tense: Tense | None = "past", reference: date = TODAY
) -> list[tuple[str, str | None]]:
    return [(text[e.start : e.end], e.iso) for e in find_dates(text, reference, lambda offset: tense)]


@pytest.mark.parametrize(
    ("text", "expression", "iso"),
    [
        ("The harbour reopened on May 16, 2019.", "May 16, 2019", "2019-05-16"),
        ("The harbour reopened on 16 May 2019.", "16 May 2019", "2019-05-16"),
        ("The harbour reopened on Thursday, May 16, 2019, at noon.", "Thursday, May 16, 2019", "2019-05-16"),
        ("The harbour reopened on the 16th of May 2019.", "the 16th of May 2019", "2019-05-16"),
        ("The harbour reopened on Thursday 16 May.", "Thursday 16 May", "2024-05-16"),
        ("Filed 2019-05-16 in Tarn.", "2019-05-16", "2019-05-16"),
        ("Filed 16/05/2019 in Tarn.", "16/05/2019", "2019-05-16"),
        ("Filed 05/16/2019 in Tarn.", "05/16/2019", "2019-05-16"),
        ("Filed 16.05.2019 in Tarn.", "16.05.2019", "2019-05-16"),
        ("It opened in Sept. 2011.", "Sept. 2011", "2011-09"),
        ("It opened in September, 2011.", "September, 2011", "2011-09"),
        ("It opened in September of last year.", "September of last year", "2023-09"),
        ("It opened on Feb. 3 of this year.", "Feb. 3 of this year", "2024-02-03"),
        ("It opened in the spring of 2022.", "the spring of 2022", "2022"),
        ("It opened in the third quarter of 2021.", "the third quarter of 2021", "2021"),
        ("It opened in the fiscal year 2021.", "the fiscal year 2021", "2021"),
        ("The fair runs on May 3-5.", "May 3-5", "2024-05-03"),
        ("It lasted between 2015 and 2021.", "between 2015 and 2021", "2015"),
        ("It lasted the 2015-16 season.", "2015-16", "2015"),
        ("In 1884, the mill burned.", "1884", "1884"),
        ("It was early in the year 2000.", "in the year 2000", "2000"),
    ],
)
def test_absolute_dates(text: str, expression: str, iso: str) -> None:
    """A full date keeps the granularity it is written with, in any of the usual orders."""
    assert (expression, iso) in [(e.removeprefix("early in "), i) for e, i in resolved(text)]


def test_a_date_that_can_be_read_two_ways_is_only_its_year() -> None:
    """Of 05/06/2019 only the year is certain."""
    assert resolved("Filed 05/06/2019 in Tarn.") == [("05/06/2019", "2019")]


@pytest.mark.parametrize(
    ("words", "tense", "iso"),
    [
        ("on Monday", "past", "2024-07-15"),
        ("on Monday", "future", "2024-07-22"),
        ("on Monday", "present", "2024-07-22"),
        ("on Wednesday", "past", "2024-07-17"),
        ("on Wednesday", "future", "2024-07-17"),
        ("on Thursday", "past", "2024-07-11"),
        ("on Thursday", "future", "2024-07-18"),
        ("last Wednesday", "past", "2024-07-10"),
        ("next Wednesday", "future", "2024-07-24"),
        ("next Thursday", "present", "2024-07-18"),
        ("this Friday", "future", "2024-07-19"),
        ("this coming Friday", None, "2024-07-19"),
        ("late on Friday night", "past", "2024-07-12"),
        ("at 10 a.m. on Friday", "future", "2024-07-19"),
        ("until Friday", None, "2024-07-19"),
    ],
)
def test_weekdays(words: str, tense: Tense | None, iso: str) -> None:
    """A weekday is the latest in the past tense, the first to come in the future; the article's own is"
    " its day."""
    assert [i for _, i in resolved(f"The board meets {words} in Tarn.", tense)] == [iso]


@pytest.mark.parametrize(
    ("words", "tense", "iso"),
    [
        ("May 16", "past", "2024-05-16"),
        ("May 16", "future", "2025-05-16"),
        ("Sept. 3", "past", "2023-09-03"),
        ("Sept. 3", "future", "2024-09-03"),
        ("Sept. 3", "present", "2024-09-03"),
        ("July 17", "past", "2024-07-17"),
        ("July 17", "future", "2024-07-17"),
        ("31 July", "future", "2024-07-31"),
        ("September", "past", "2023-09"),
        ("September", "future", "2024-09"),
        ("July", "past", "2024-07"),
        ("last December", "past", "2023-12"),
        ("last July", "past", "2023-07"),
        ("next March", "future", "2025-03"),
        ("early November", "future", "2024-11"),
        ("Christmas", "future", "2024-12-25"),
        ("Easter", "future", "2025-04-20"),
        ("Easter", "past", "2024-03-31"),
        ("Thanksgiving", "future", "2024-11-28"),
    ],
)
def test_days_and_months_without_a_year(words: str, tense: Tense, iso: str) -> None:
    """Without a year the tense decides: up to the article's date in the past, from it on in the future."""
    assert [i for _, i in resolved(f"The board met in {words}.", tense)] == [iso]


@pytest.mark.parametrize(
    ("words", "iso"),
    [
        ("yesterday", "2024-07-16"),
        ("today", "2024-07-17"),
        ("last night", "2024-07-16"),
        ("tomorrow morning", "2024-07-18"),
        ("the day after tomorrow", "2024-07-19"),
        ("this week", "2024-07"),
        ("earlier this week", "2024-07"),
        ("next week", "2024-07"),
        ("last week", "2024-07"),
        ("last month", "2024-06"),
        ("next month", "2024-08"),
        ("later this month", "2024-07"),
        ("last year", "2023"),
        ("early next year", "2025"),
        ("by the end of the year", "2024"),
        ("by the end of June next year", "2025-06"),
        ("over the weekend", "2024-07-13"),
        ("last weekend", "2024-07-13"),
        ("this past summer", "2023"),
        ("last spring", "2024"),
        ("next winter", "2025"),
        ("two weeks ago", "2024-07-03"),
        ("three days ago", "2024-07-14"),
        ("a month ago", "2024-06"),
        ("six months ago", "2024-01"),
        ("ten years ago", "2014"),
        ("in the past two weeks", "2024-07"),
        ("next quarter", "2024"),
    ],
)
def test_relative_expressions(words: str, iso: str) -> None:
    """Weeks resolve to their month, weekends to their Saturday, seasons to their year, "ago" by"
    " subtraction."""
    assert [i for _, i in resolved(f"They met {words}.")] == [iso]


@pytest.mark.parametrize(
    ("words", "iso"),
    [
        ("within 30 days", "2024-08-16"),
        ("within two weeks", "2024-07-31"),
        ("in three months", "2024-10"),
        ("within 48 hours", "2024-07-19"),
        ("by June", "2025-06"),
        ("by the end of September", "2024-09"),
        ("this weekend", "2024-07-20"),
        ("next weekend", "2024-07-20"),
        ("on Dec. 1", "2024-12-01"),
        ("in the fall", "2024"),
    ],
)
def test_deadlines(words: str, iso: str) -> None:
    """A deadline counts from the article's date."""
    assert [i for _, i in resolved(f"The board will answer {words}.", "future")] == [iso]


def test_what_may_be_done_within_days_is_a_date() -> None:
    """ "Has 30 days to appeal" tells the last of them."""
    assert resolved("The firm has 30 days to appeal.", "present") == [("30 days", "2024-08-16")]


@pytest.mark.parametrize(
    ("text", "isos"),
    [
        (
            "The vote was on July 2, 2021. A day earlier, the mayor had resigned.",
            ["2021-07-02", "2021-07-01"],
        ),
        ("The vote was on July 2, 2021. The following day the mayor resigned.", ["2021-07-02", "2021-07-03"]),
        ("The vote was on July 2, 2021. Later that day the mayor resigned.", ["2021-07-02", "2021-07-02"]),
        ("In 2007 the line opened. Two years later it closed.", ["2007", "2009"]),
        ("In June 2012 it passed. That month, two members left.", ["2012-06", "2012-06"]),
        ("In March 2012 it passed. A month later, two members left.", ["2012-03", "2012-04"]),
        ("The survey comes on Aug. 4. We decide within a week of that.", ["2024-08-04", "2024-08-11"]),
        ("A day earlier, the mayor had resigned.", ["2024-07-16"]),
        ("In 2007 the line opened. A week later it closed.", ["2007", None]),
    ],
)
def test_expressions_that_lean_on_the_one_before(text: str, isos: list[str | None]) -> None:
    """ "A day earlier" counts from the expression before it, never finer than that is known."""
    tense: Tense = "future" if "decide" in text else "past"
    assert [i for _, i in resolved(text, tense)] == isos


@pytest.mark.parametrize(
    "words",
    ["soon", "in the near future", "as soon as possible", "in the coming weeks", "in the 1990s",
     "a few weeks ago",
     "more than 20 years ago", "decades ago", "in recent months", "in the next few days",
     "within ten days of the verdict", "in the 19th century"],
)  # fmt: skip
def test_what_nobody_can_resolve(words: str) -> None:
    """Vague expressions are found, without a date."""
    assert [i for _, i in resolved(f"It will end {words}.", "future")] == [None]


@pytest.mark.parametrize(
    "text",
    [
        "The minister may march with them.",
        "They may, he said, march on.",
        "Mrs. May told the House so.",
        "Sales were hit on Black Friday.",
        "The Sunday Herald asked him.",
        "It sent 2000 troops to the valley.",
        "More than 1950 people fled.",
        "The bid failed by 2019 votes.",
        "It costs $2019 a year in all.",
        "The flat has 1984 square feet, some 2010 in all.",
        "He is the second to resign, at 56.",
        "As soon as it was over, they left.",
        "She spoke shortly after the vote.",
        "It opens every Monday.",
        "The bus runs on a Wednesday.",
        "They sold Christmas trees.",
        "It trades for 12.5 and 3.10.",
        "The Sept. 11 attacks changed that.",
        "The tower is 200 m high and 16 may be built.",
        "He built it in two days.",
    ],
)
def test_what_is_no_date(text: str) -> None:
    """Modals, names, counts, prices and habits are no dates."""
    assert resolved(text) == []


def test_a_surname_that_is_a_month_is_no_month() -> None:
    """In an article about a Mr. May, "by May" is he; "in May" and "May 3" are still dates."""
    text = "Theresa May spoke. The plan was drawn up by May. It was shown in May. She left on May 3."
    assert [e for e, _ in resolved(text)] == ["May", "May 3"]


def test_the_words_before_an_expression_belong_to_it() -> None:
    """A deadline's preposition and the time of day are part of the expression, "on" and "in" are not."""
    text = "Bids are due by the end of June. It opens at 10 a.m. on Friday. It rained in May."
    found = find_dates(text, TODAY, lambda offset: "future")
    assert [text[e.start : e.end] for e in found] == ["by the end of June", "10 a.m. on Friday", "May"]
    assert [e.lead for e in found] == ["by", "", ""]


def test_what_only_describes_a_noun_is_marked() -> None:
    """ "The 2016 campaign" and "Friday's meeting" describe; "in 2016" does not."""
    text = "The 2016 campaign and Friday's meeting were long; in 2016 voters stayed home."
    assert [e.attributive for e in find_dates(text, TODAY, lambda offset: "past")] == [True, True, False]


def test_a_meeting_ahead_is_the_nearest_one() -> None:
    """ "Ahead of Thursday's meeting" on a Wednesday is tomorrow's, whatever the tense around it."""
    assert resolved("Ahead of Thursday's meeting, envoys gathered.") == [("Thursday", "2024-07-18")]


def test_a_day_that_only_names_an_event_is_the_nearest_one() -> None:
    """The tense tells when an event has its effect, not when "Monday's ruling" or "the June 7 vote" is."""
    assert resolved("Monday's ruling will please nobody.", "future") == [("Monday", "2024-07-15")]
    assert resolved("Friday's vote will decide it.", "future") == [("Friday", "2024-07-19")]
    assert resolved("Both toured the coast ahead of the Aug. 7 vote.") == [("Aug. 7", "2024-08-07")]
    assert resolved("She resigned after the May 7 vote.") == [("May 7", "2024-05-07")]


def test_cues_of_schedules_beat_the_tense() -> None:
    """What "was scheduled for Monday" lies ahead."""
    assert resolved("The hearing was scheduled for Monday.") == [("Monday", "2024-07-22")]


def test_periods() -> None:
    """An ISO date of any granularity is a period of days."""
    assert period("2024") == (date(2024, 1, 1), date(2024, 12, 31))
    assert period("2024-02") == (date(2024, 2, 1), date(2024, 2, 29))
    assert period("2024-02-03") == (date(2024, 2, 3), date(2024, 2, 3))


@given(
    st.lists(
        st.sampled_from(
            "on in by Monday May 31 2019 Feb. 30 last next week two years ago later the a day earlier 's"
            " , - 2000 since between and "
            "Friday's 12/13/2014 1/2/2003 quarter Easter within 900 days of that 👍 e\u0301".split()
        ),
        max_size=20,
    ),
    st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)),
    st.sampled_from(["past", "present", "future", None]),
)
def test_any_words_give_ordered_valid_dates(words: list[str], reference: date, tense: Tense | None) -> None:
    """Whatever the words, expressions do not overlap and every date is one of the calendar."""
    text = " ".join(words)
    end = 0
    for found in find_dates(text, reference, lambda offset: tense):
        assert end <= found.start <= found.core < found.end <= len(text)
        end = found.end
        if found.iso is not None:
            first, last = period(found.iso)
            assert first <= last


def test_the_day_before() -> None:
    """A bare "the day before" at the end of a clause is counted from the article's date."""
    assert resolved("The harbour had closed the day before.") == [("the day before", "2024-07-16")]
