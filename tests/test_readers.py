"""Reading articles: what is prose and what stands around it, and where each letter stands in the file."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.article import Article
from generator.errors import ArticleError
from generator.readers import READERS, read
from generator.readers.header import find_date
from generator.readers.paragraphs import INVISIBLE

LEDE = (
    "Kessaria and Marovia agreed on Tuesday to reopen two border crossings, officials in both capitals said, "
    "but failed to settle the future of the valley that they have disputed for a generation."
)
SECOND = (
    '"We came here for a withdrawal," Prime Minister Ada Strom told reporters. "We are leaving without one."'
)


def article(text: str, name: str = "2026-03-03-talks.txt") -> Article:
    return read(text.encode(), name)


def paragraphs(found: Article) -> list[str]:
    return [found.prose[block.start : block.end] for block in found.paragraphs]


def headings(found: Article) -> list[str]:
    return [found.prose[block.start : block.end] for block in found.blocks if block.heading]


def saved_page(body: str, about: str) -> str:
    """A web page with this story and this in its head."""
    return (
        f"<!doctype html><html lang='en'><head>{about}"
        "<meta property='article:published_time' content='2026-03-03T10:00:00Z'></head><body><main><article>"
        f"<h1>Crossings reopen</h1><div class='article-body'>{body}</div></article></main></body></html>"
    )


def visible(text: str) -> str:
    return re.sub(r"\s+", "", INVISIBLE.sub("", text))


def test_prose_is_the_paragraphs_with_white_space_folded() -> None:
    """Prose is the paragraphs joined by an empty line, each run of white space one space."""
    found = article(f"{LEDE}\n\nThe  truce\u00a0held,\tso far.\n\n\n{SECOND}\n")
    assert found.prose == f"{LEDE}\n\nThe truce held, so far.\n\n{SECOND}"


def test_offsets_lead_to_the_file_as_it_is() -> None:
    """A span of prose is found in the file again, behind a mark, line ends of two signs and double spaces."""
    text = f"\ufeff{LEDE}\r\n\r\nThe  truce\r\nheld.\r\n\r\n{SECOND}"
    found = article(text)
    start = found.prose.index("truce held")
    begin, end = found.locate((start, start + len("truce held")))
    assert text[begin:end] == "truce\r\nheld"


@pytest.mark.parametrize(
    "opening, day",
    [
        (" date 2025-05-17 ", date(2025, 5, 17)),
        ("+++\ntitle = 'Crossings reopen'\ndate = 2025-05-17T10:15:00Z\n+++\n", date(2025, 5, 17)),
        ("Crossings reopen\nUpdated 4:15 PM EST, Sat May 17, 2025\n\n", date(2025, 5, 17)),
        ("Crossings reopen\nPublished: Saturday, May 17th, 2025, 2:30 pm ET\n\n", date(2025, 5, 17)),
        ("Crossings reopen\nMay 17, 20254:15 PM GMTUpdated 2 hours ago\n\n", date(2025, 5, 17)),
        ("Crossings reopen\nSat, 17 May 2025 14:30:00 +0000\n\n", date(2025, 5, 17)),
        ("VELMAR, May 17, 2025 (AP) — ", date(2025, 5, 17)),
        ("Date: 2025-05-17\n\n", date(2025, 5, 17)),
        ("Title: Crossings reopen\nDate: May 17, 2025\nSection: World\n\n", date(2025, 5, 17)),
        ("---\ndate: 17 May 2025\n---\n", date(2025, 5, 17)),
        ("Crossings reopen\n\nBy Ana Reyes\nPublished 17 May 2025, 10:15 GMT\n\n", date(2025, 5, 17)),
        ("", date(2026, 3, 3)),
    ],
)
def test_the_date_comes_from_the_text_before_the_name(opening: str, day: date) -> None:
    """The article's own date wins over the one in its file's name."""
    assert article(f"{opening}{LEDE}\n\n{SECOND}").date == day


def test_the_date_of_the_command_wins() -> None:
    """A date that a person gives wins over all others."""
    assert read(f"Date: 2025-05-17\n\n{LEDE}".encode(), "a.txt", date=date(2020, 1, 2)).date == date(
        2020, 1, 2
    )


@pytest.mark.parametrize(
    "name", ["2016-09-20-talks.txt", "post_2016-09-20_talks.txt", "talks-20160920.txt", "2016_09_20.txt"]
)
def test_the_date_may_stand_anywhere_in_the_name(name: str) -> None:
    """The file's name gives the date, wherever it stands in it."""
    assert article(LEDE, name).date == date(2016, 9, 20)


@pytest.mark.parametrize("text", ["05/06/2025", "2025-13-01", "31 June 2025", "soon", "12025-01-012"])
def test_a_date_in_doubt_is_no_date(text: str) -> None:
    """A date that could be two days, or none, is not guessed."""
    assert find_date(text) is None


@pytest.mark.parametrize(
    "headline",
    [
        "Two Crossings to Reopen as Border Talks End Without a Deal",
        "Kessaria and Marovia to reopen border crossings",
        "Kessaria, Marovia agree to reopen crossings; valley remains disputed.",
        "‘We leave without one’: Strom laments border talks",
        "What next for the valley?",
        "Kessaria says it will not rule out a later withdrawal.",
        "Strom: I leave Velmar without a withdrawal.",
        "Why Strom left the border talks empty-handed.",
        "REVEALED: What Strom Said At The Border.",
        "Newspaper: Prime minister used private phone in border talks.",
    ],
)
def test_a_headline_is_no_prose(headline: str) -> None:
    """A headline becomes the title, without the full stop that archives add, and is not analysed."""
    found = article(f"{headline}\n\n{LEDE}\n\n{SECOND}")
    assert found.headline == headline.rstrip(".")
    assert paragraphs(found) == [LEDE, SECOND]


@pytest.mark.parametrize(
    "lines",
    [
        "Two Crossings to Reopen\n\nValley remains disputed as talks end",
        "Two Crossings to Reopen;\n\nThe valley is what neither side would give up.",
        "Two Crossings to Reopen.\n\nStrom leaves without withdrawal from disputed valley.",
        "Two Crossings to Reopen\n\nABSTRACT.\n\nThe two sides agreed, but not on the valley.\n\nFULL TEXT.",
        "Two Crossings to Reopen\n\nThe valley stays closed, and nobody was surprised.\n\nBy Ana Reyes",
    ],
)
def test_a_deck_is_no_prose(lines: str) -> None:
    """What stands between a headline and the story belongs to the headline, and nothing is found in it."""
    found = article(f"{lines}\n\n{LEDE}\n\n{SECOND}")
    assert found.headline == "Two Crossings to Reopen"
    assert len(found.deck) == 1
    assert "valley" in found.deck[0].lower()
    assert (headings(found), paragraphs(found)) == ([], [LEDE, SECOND])


@pytest.mark.parametrize(
    "headline, lede",
    [
        (None, "The valley was quiet on Tuesday."),
        (None, "Ada Strom has a problem."),
        (None, "It began with a map."),
        (None, "Kessaria on Tuesday reopened two crossings, officials said."),
        (None, "Fire swept through the market of Holt on Monday, killing nine people, the police said."),
        ("Two Crossings to Reopen", "Ada Strom wants to see the valley become a state."),
        ("Two Crossings to Reopen", "It was the map that did it."),
        (
            "Two Crossings to Reopen",
            "The talks of Kessaria and Marovia on their valley ended on Tuesday without a deal.",
        ),
        ("Two Crossings to Reopen", "The Post chose Ada Strom as its “Person of the Year” for 2025."),
    ],
)
def test_a_short_lede_stays_prose(headline: str | None, lede: str) -> None:
    """A short first sentence is no headline, and below one no deck: no sentence of the body is lost."""
    body = [lede, LEDE, "Strom told reporters that it was late."]
    found = article("\n\n".join([headline, *body] if headline else body))
    assert (found.headline, found.deck) == (headline, ())
    assert paragraphs(found) == body


@pytest.mark.parametrize(
    "byline",
    [
        "By Ana Reyes",
        "By ANA REYES and Tom de Wit | The Harbour Post",
        "By Ana Reyes, Crime Correspondent",
        "From our correspondent in VELMAR",
        "Ana Reyes, local democracy reporter",
    ],
)
def test_a_byline_is_known_and_no_prose(byline: str) -> None:
    """Who wrote the article is known, and not taken for somebody in it."""
    found = article(f"Crossings reopen after talks\n\n{byline}\n\n{LEDE}\n\n{SECOND}")
    assert found.byline == byline
    assert paragraphs(found) == [LEDE, SECOND]


def test_a_desk_below_the_byline_belongs_to_it() -> None:
    """The writer's desk on a line of its own joins the byline."""
    found = article(f"Crossings reopen after talks\n\nBy Ana Reyes\nTransport Reporter\n\n{LEDE}\n\n{SECOND}")
    assert found.byline == "By Ana Reyes, Transport Reporter"


@pytest.mark.parametrize(
    "dateline, mark, credits",
    [
        ("VELMAR, March 3 (Polar News)", " - ", ("Polar News",)),
        ("VELMAR (Kessaria)", " — ", ()),
        ("Velmar (AFP)", " – ", ("AFP",)),
        ("HOLM VIK", "—", ()),
        ("NEAR HOLT, Kessaria", " -- ", ()),
        ("PORT ELLERY, N.H., Sept. 26 (UPI)", " — ", ("UPI",)),
        ("VELMAR", ": ", ()),
        ("Velmar, 3 March 2026", " – ", ()),
        ("(CNN)", " — ", ("CNN",)),
        ("MOSCOW, May 16. /TASS/", ". ", ("TASS",)),
        ("New Delhi, May 16 (PTI)", " ", ("PTI",)),
        ("New Delhi [India], May 16 (ANI)", ": ", ("ANI",)),
        ("Paris, France", " — ", ()),
        ("VELMAR (AP)", " _ ", ("AP",)),
        ("Velmar CNN", " — ", ("CNN",)),
    ],
)
def test_a_dateline_is_taken_off_the_lede(dateline: str, mark: str, credits: tuple[str, ...]) -> None:
    """Place, day and agency before the first sentence are kept, but not in its way."""
    found = article(f"{dateline}{mark}{LEDE}\n\n{SECOND}")
    assert found.dateline == dateline
    assert found.credits == credits
    assert paragraphs(found)[0] == LEDE
    assert found.locate((0, len(LEDE)))[0] == len(dateline) + len(mark)


@pytest.mark.parametrize(
    "lede",
    [
        "Ada Strom — who leads the government — said she would not sign.",
        "NATO — which has no troops there — said nothing.",
        "The deal - the first in years - was signed at noon.",
        "RAMOS: Secretary, on the night of the attack you wrote.\n\nSTROM: I did.\n\nRAMOS: And then?",
    ],
)
def test_a_dash_in_a_sentence_is_no_dateline(lede: str) -> None:
    """A dash or colon inside a sentence cuts nothing off."""
    found = article(f"{lede}\n\n{LEDE}")
    assert found.dateline is None
    assert found.prose.startswith(lede[:40])


def test_a_headline_in_capitals_is_no_dateline() -> None:
    """A colon after many words in capitals stands in a headline, not behind a city."""
    found = article(
        f"TALKS ON HARBOUR FERRY RESUME: WHAT WE KNOW\n\nVELMAR, March 3 (Polar News)\n\n{LEDE}\n\n{SECOND}"
    )
    assert found.headline == "TALKS ON HARBOUR FERRY RESUME: WHAT WE KNOW"
    assert found.dateline == "VELMAR, March 3 (Polar News)"
    assert paragraphs(found)[0] == LEDE


@pytest.mark.parametrize(
    "line, credits",
    [
        ("With reporting by Polar News, the Post, and Wire", ("Polar News", "the Post", "Wire")),
        ("(Reporting by A. Most; Editing by B. Petty.)", ("Reporting by A. Most", "Editing by B. Petty")),
        ("Ana Reyes contributed to this report.", ("Ana Reyes contributed to this report",)),
        (
            "Reporting was contributed by Ana Reyes from Holt.",
            ("Reporting was contributed by Ana Reyes from Holt",),
        ),
        ("(With inputs from agencies)", ("agencies",)),
        ("© 2026 Harbour Post", ("© 2026 Harbour Post",)),
        ("— AFP", ("AFP",)),
        ("ar/tw (AFP, dpa, Reuters)", ("AFP", "dpa", "Reuters")),
        ("--With assistance from Ana Reyes.", ("With assistance from Ana Reyes",)),
        ("Contributing: Ana Reyes and Tom de Wit, Polar News.", ("Ana Reyes", "Tom de Wit", "Polar News")),
        (
            "Reyes reported from Velmar; Tom de Wit, from Holt.",
            ("Reyes reported from Velmar", "Tom de Wit, from Holt"),
        ),
        ("- Ana Reyes.", ("Ana Reyes",)),
        ("Related Topics\n\nKessaria\n\nMarovia", ()),
        (
            "CORRECTION:\n\nAn article on Monday misstated their length.\n\nFriday, March 6, 2026.",
            (),
        ),
        ("Also on the Post:\n\nNine Photos That Show Why Holt Matters\n\nStrom’s Long Road To Velmar", ()),
        ("Our Standards: The Polar News Trust Principles.", ()),
    ],
)
def test_credits_at_the_end_are_no_prose(line: str, credits: tuple[str, ...]) -> None:
    """Who else worked on the article is credited, and is nobody in it."""
    found = article(f"{LEDE}\n\n{SECOND}\n\n{line}")
    assert found.credits == credits
    assert paragraphs(found) == [LEDE, SECOND]


def test_credits_in_brackets_behind_the_last_sentence_are_cut_off() -> None:
    """Credits that follow the last sentence on its line leave the sentence whole."""
    found = article(f"{LEDE}\n\n{SECOND} (Reporting by Ana Reyes in Holt)")
    assert found.credits == ("Reporting by Ana Reyes in Holt",)
    assert paragraphs(found) == [LEDE, SECOND]


@pytest.mark.parametrize("sign, credits", [("(ANI)", ("ANI",)), ("REUTERS, AFP", ("REUTERS", "AFP"))])
def test_an_agency_signs_behind_the_last_sentence(sign: str, credits: tuple[str, ...]) -> None:
    """An agency's name behind the last sentence is its signature, no part of the story."""
    found = article(f"{LEDE}\n\n{SECOND} {sign}")
    assert found.credits == credits
    assert paragraphs(found) == [LEDE, SECOND]


def test_lines_of_the_page_are_left_behind() -> None:
    """What a page puts around a story is neither headline nor paragraph."""
    head = "FOR IMMEDIATE RELEASE\n\nCrossings reopen\n\nAna Reyes in Velmar\n\nMay 16, 2025 10:14 AM"
    found = article(f"{head}\n\nAdvertisement\n\n{LEDE}\n\nAdvertisement\n\n{SECOND}")
    assert (found.headline, found.byline) == ("Crossings reopen", "Ana Reyes in Velmar")
    assert found.date == date(2025, 5, 16)
    assert paragraphs(found) == [LEDE, SECOND]
    assert headings(found) == []


ASIDES = [
    "Image source, Getty Images",
    "Image caption, The crossing at Holt was closed in February",
    "[Photo: Harbour Post]",
    "Photo by Tom de Wit",
    "5 hours ago",
    "4 minute read",
    "Listen to this article · 6:12 min Learn more",
    "READ MORE: What the valley means for Kessaria",
    "ALSO READ | Strom's long road to Velmar",
    "Sign up for our morning newsletter here.",
    "Register for free to Polar News and know the full story",
    "Follow Polar News' coverage of the valley at https://polar.example",
    "You are receiving this email because you signed up at post.example.",
    "This article was amended on 4 March 2026. An earlier version misnamed the valley.",
    "((ana.reyes@wire.example; +00 1 234 567))",
    "bur-ar/tdw/bp",
    "dpa ar xx yyzz bp",
    "Handout/Reuters.",
    "Tom de Wit via Getty Images.",
    "Facebook/Ana Reyes.",
    "Trucks wait at Holt on the first day of the talks. Image: Tom de Wit.",
    "Twitter: @anareyes.",
    "Email: desk@post.example",
    "On Twitter follow Ana Reyes https://twitter.example/anareyes",
    "Send tips to Ana Reyes ana@post.example.",
    "Watch the full interview below:",
    "Read the rest of the story at the Harbour Post.",
    "For more information, visit post.example.",
    "Want more from Velmar? Get our newsletter every morning.",
    "Also on the Harbour Post:",
    "Free daily newsletter",
    "Our morning email breaks down the key stories of the day",
    "Privacy Notice: Newsletters may contain information about charities and online ads.",
    "(h/t Harbour Post.)",
    "https://post.example/valley",
    "Editor’s note: The Harbour Post was barred from the talks, and has protested. The valley is "
    "called Orl in Marovia.",
    "Correction: An earlier version of this story misstated the width of the river at Holt.",
    "This is a developing story and will be updated.",
    "We and our 12 partners store and use cookies on a device.",
    "Already a subscriber? Log in",
    "Get unlimited access for 1 crown a week. Cancel anytime.",
    '<embed data-id="674577084669"><embed/>.',
    ".bio { text-align: center;",
]


@pytest.mark.parametrize("aside", ASIDES)
def test_an_aside_of_the_page_is_left_behind(aside: str) -> None:
    """Captions, links, invitations and desks' marks are no part of the story, wherever they stand."""
    for text in (f"{LEDE}\n\n{aside}\n\n{SECOND}", f"{LEDE}\n\n{SECOND}\n\n{aside}"):
        found = article(f"Crossings reopen after talks\n\n{text}")
        assert (paragraphs(found), headings(found), found.credits) == ([LEDE, SECOND], [], ())


@pytest.mark.parametrize(
    "sentence",
    [
        "Follow the money on Thursday, Strom said, and you will find the ministry.",
        "Photos by satellites showed that the bridge of Holt was gone.",
        "This report was corrected by the committee on Monday, Rehn said.",
        "Save the crossing, they shouted.",
        "Watch out, Strom told the ministers.",
        "Image rights were sold in March.",
        "She announced it via Twitter.",
        "Correction is what the market needed, Rehn said.",
        "Support for the deal was strongest below the dam.",
        "Get the troops out of the valley, they shouted.",
        "Reuters reported from the border.",
        "Have they signed? Nobody at the ministry would comment.",
        "The daily newsletter of the ministry said nothing, but its minister did.",
        "From the bridge of Holt you see both capitals.",
    ],
)
def test_a_sentence_is_no_aside(sentence: str) -> None:
    """Sentences that begin like a page's own lines stay in the story."""
    assert paragraphs(article(f"{LEDE}\n\n{sentence}\n\n{SECOND}")) == [LEDE, sentence, SECOND]


def test_what_is_said_about_the_author_is_no_prose() -> None:
    """A line below the story that tells who its author is belongs to the byline; others like it stay."""
    about = "Ana Reyes is the Harbour Post's correspondent in Velmar and the author of The Valley."
    other = "Ada Strom is the prime minister of Kessaria."
    found = article(f"Crossings reopen\n\nBy Ana Reyes\n\n{LEDE}\n\n{SECOND}\n\n{other}\n\n{about}")
    assert paragraphs(found) == [LEDE, SECOND, other]


@pytest.mark.parametrize(
    "opening, day",
    [
        ("Tuesday, March 3, 2026 ", date(2026, 3, 3)),
        ("UPDATE: 3/3 — ", date(2025, 1, 1)),
        ("BREAKING -- ", date(2025, 1, 1)),
    ],
)
def test_a_date_or_label_run_into_the_lede_is_taken_off(opening: str, day: date) -> None:
    """What a page puts before the first word of a story is no part of its sentence."""
    found = article(f"Crossings reopen\n\n{opening}{LEDE}\n\n{SECOND}", "2025-01-01-talks.txt")
    assert (found.date, found.dateline, paragraphs(found)) == (day, None, [LEDE, SECOND])


def test_an_agencys_desk_lines_are_left_behind() -> None:
    """What an agency tells the desks that take its story is neither headline nor prose."""
    found = article(
        "a0123\nBC-EU--Border Talks, 5th Ld-Writethru,0812\nUPDATE 2-Crossings to reopen after talks\n"
        "Eds: Updates with quotes.\n(Adds background)\nBy ANA REYES\nPolar Press\n\n"
        f"VELMAR (AP) — {LEDE}\n\n- 'Fragile hope' -\n\n{SECOND}"
    )
    assert (found.headline, found.byline) == ("Crossings to reopen after talks", "By ANA REYES, Polar Press")
    assert (headings(found), paragraphs(found)) == (["'Fragile hope'"], [LEDE, SECOND])


def test_a_name_above_its_outlet_is_a_byline() -> None:
    """A reporter's name alone is a byline where the next line says for whom, and from where."""
    head = "Crossings reopen after talks\n\n5 hours ago\nShare\nAna Reyes\nPolar News, Velmar"
    found = article(
        f"{head}\n\nAna Reyes reported from Velmar, and Tom de Wit from Holt.\n\n{LEDE}\n\n{SECOND}"
    )
    assert found.byline == "Ana Reyes, Polar News, Velmar"
    assert found.credits == ("Ana Reyes reported from Velmar, and Tom de Wit from Holt",)
    assert paragraphs(found) == [LEDE, SECOND]


def test_inline_headings_are_no_paragraphs() -> None:
    """A sub-heading between paragraphs has no number and is marked."""
    found = article(f"{LEDE}\n\nWhat happens next\n\n{SECOND}\n\nThe end was near.")
    assert headings(found) == ["What happens next"]
    assert paragraphs(found) == [LEDE, SECOND, "The end was near."]


def test_wrapped_lines_are_one_paragraph() -> None:
    """Text that was wrapped at a width is read by its blank lines."""
    wrapped = "\n".join(re.findall(r".{1,60}(?:\s|$)", f"{LEDE} {SECOND}"))
    assert paragraphs(article(f"{wrapped}\n\n{wrapped}"))[0] == f"{LEDE} {SECOND}"


def test_wrapped_text_with_a_head_is_taken_apart() -> None:
    """A headline and a byline above wrapped text, without blank lines, are not run into it."""
    wrapped = "\n".join(line.rstrip() for line in re.findall(r".{1,60}(?:\s|$)", f"{LEDE} {LEDE}"))
    found = article(f"Crossings reopen after talks\nBy Ana Reyes\n{wrapped}\n\n{SECOND}")
    assert (found.headline, found.byline) == ("Crossings reopen after talks", "By Ana Reyes")
    assert paragraphs(found)[0] == f"{LEDE} {LEDE}"


def test_a_line_may_be_a_paragraph() -> None:
    """Text without blank lines is read a paragraph a line."""
    assert paragraphs(article(f"{LEDE}\n{SECOND}\nThe truce has held.\n{LEDE}")) == [
        LEDE,
        SECOND,
        "The truce has held.",
        LEDE,
    ]


def test_a_hyphen_at_a_line_end_keeps_the_word_together() -> None:
    """A word broken at its hyphen is one word again."""
    found = article(
        f"{LEDE}\n\nThey spoke for an hour and then they agreed on a cease-\nfire, at last, in Holt."
    )
    assert "a cease-fire, at last" in found.prose


def test_bullets_are_paragraphs_without_their_bullet() -> None:
    """Items of an agency's list are paragraphs, not headings, and lose the bullet."""
    found = article(f"{LEDE}\n\n- {SECOND}\n- The truce held\n• Washington is watching the talks\n\n{LEDE}")
    assert paragraphs(found) == [LEDE, SECOND, "The truce held", "Washington is watching the talks", LEDE]


def test_invisible_signs_do_not_reach_the_model() -> None:
    """Soft hyphens, zero-width spaces and direction marks are left out of prose; the file keeps them."""
    text = f"{LEDE}\n\nThe\u200b tr\u00aduce \u202eheld\u202c.\x07"
    found = article(text)
    assert paragraphs(found)[1] == "The truce held."
    assert found.text == text


def test_no_break_spaces_are_spaces() -> None:
    """A no-break space is a space: "10 people" is two words."""
    assert "10 people" in article(f"{LEDE}\n\nNearly 10\u00a0people came.").prose


def test_markdown_is_read_without_its_marks() -> None:
    """Emphasis, links, code, quotes and lists are read as text; offsets lead between the marks."""
    text = (
        "---\ntitle: Crossings reopen\ndate: 2026-03-03\ntags: [border, 0123, no]\n"
        "url: https://post.example/1\n---\n\n"
        '**Kessaria** and [Marovia](https://m.example/a_(b) "t]") agreed &amp; *reopened* `two` '
        "crossings \\* again.\n\n"
        "> Strom said\n> it was late.\n\n## What *next*\n\n- one act\n- [two][ref] acts\n\n[ref]: https://r.example\n"
    )
    found = article(text, "talks.md")
    assert found.headline == "Crossings reopen"
    assert found.tags == ("border", "0123", "no")
    assert found.url == "https://post.example/1"
    assert paragraphs(found) == [
        "Kessaria and Marovia agreed & reopened two crossings * again.",
        "Strom said it was late.",
        "one act",
        "two acts",
    ]
    assert headings(found) == ["What next"]
    for words in ("Marovia", "reopened two crossings", "Strom said it", "two acts"):
        start = found.prose.index(words)
        begin, end = found.locate((start, start + len(words)))
        assert text[begin:end][:3] == words[:3]
        assert text[begin:end][-3:] == words[-3:]


def test_markdown_takes_its_title_from_the_first_heading() -> None:
    """Without front matter, the first heading is the headline."""
    found = article(f"# Crossings *reopen*\n\n{LEDE}\n", "2026-03-03.md")
    assert found.headline == "Crossings reopen"
    assert paragraphs(found) == [LEDE]


def test_html_in_markdown_is_text() -> None:
    """A tag in a Markdown article is text like any other."""
    assert (
        "<script>alert(1)</script>"
        in article(f"{LEDE}\n\n<script>alert(1)</script> he typed.", "2026-03-03.md").prose
    )


def test_html_gives_the_article_without_its_menus() -> None:
    """A saved web page is read without navigation and scripts; the text that was extracted is kept."""
    page = (
        "<!DOCTYPE html><html lang='en'><head><title>Crossings reopen | Harbour Post</title>"
        "<meta property='og:title' content='Crossings reopen'>"
        "<meta property='og:site_name' content='Harbour Post'>"
        "<meta property='article:published_time' content='2026-03-03T10:00:00Z'></head><body>"
        "<nav><a href='/'>Home</a><a href='/world'>World</a></nav><script>var a = 'never read this';</script>"
        f"<article><h1>Crossings reopen</h1><p>{LEDE}</p><p>{SECOND}</p><p>{LEDE} Again.</p></article>"
        "<footer>All about cookies</footer></body></html>"
    )
    found = article(page, "saved.html")
    assert (found.headline, found.publisher, found.date) == (
        "Crossings reopen",
        "Harbour Post",
        date(2026, 3, 3),
    )
    assert paragraphs(found)[:2] == [LEDE, SECOND]
    assert "never read this" not in found.text
    assert "cookies" not in found.text
    assert found.extracted
    assert all(
        found.text[slice(*found.locate((b.start, b.end)))] == found.prose[b.start : b.end]
        for b in found.blocks
    )


@pytest.mark.parametrize(
    "title",
    ["Crossings reopen | Harbour Post", "Crossings reopen - Harbour Post", "Harbour Post – Crossings reopen"],
)
def test_the_outlet_is_no_part_of_a_pages_title(title: str) -> None:
    """What a page's title says of its outlet is its publisher; its heading is the headline, and no deck."""
    about = (
        f"<title>{title}</title><meta property='og:title' content='{title}'>"
        "<meta property='og:site_name' content='Harbour Post'>"
        "<meta property='article:tag' content='border,trade'>"
    )
    page = saved_page(f"<p>{LEDE}</p><p>{SECOND}</p>", about)
    found = article(page, "saved.html")
    assert (found.headline, found.deck, found.publisher) == ("Crossings reopen", (), "Harbour Post")
    assert found.tags == ("border", "trade")


def test_html_keeps_the_story_around_boxes_of_its_page() -> None:
    """A newsletter's form and a link between two paragraphs cost none of the story below them."""
    lines = [
        LEDE,
        SECOND,
        *(f"On day {n} the ministers of both sides met in Holt for an hour." for n in range(3)),
    ]
    box = "<div class='box'><h4>World</h4><p>Sign up for our newsletter.</p><button>Sign up</button></div>"
    link = "<div class='interstitial'><p><b>[</b> <a href='x'>Strom’s long road</a> <b>]</b></p></div>"
    body = f"<p>{LEDE}</p>{box}<p>{SECOND}</p>{link}" + "".join(f"<p>{line}</p>" for line in lines[2:])
    page = saved_page(body, "<meta property='og:title' content='Crossings reopen'>")
    assert paragraphs(article(page, "saved.html")) == lines


@pytest.mark.parametrize(
    "wrap", [lambda item: item, lambda item: [item], lambda item: {"@graph": [{}, item]}]
)
def test_json_gives_the_article_of_schema_org(wrap: object) -> None:
    """A NewsArticle of schema.org is read wherever it lies in the document."""
    item = {
        "@type": "NewsArticle",
        "headline": "Crossings reopen",
        "datePublished": "2026-03-03T10:00:00+01:00",
        "author": [{"@type": "Person", "name": "Ana Reyes"}, {"name": "Tom de Wit"}],
        "publisher": {"name": "Harbour Post"},
        "keywords": "border, trade",
        "articleBody": f"{LEDE}\n\n{SECOND}",
    }
    found = article(json.dumps(wrap(item)), "saved.json")  # type: ignore[operator]
    assert (found.headline, found.byline, found.publisher) == (
        "Crossings reopen",
        "Ana Reyes, Tom de Wit",
        "Harbour Post",
    )
    assert (found.date, found.tags) == (date(2026, 3, 3), ("border", "trade"))
    assert paragraphs(found) == [LEDE, SECOND]


def test_json_may_hold_html() -> None:
    """A text that a content system gives as HTML is read without its tags."""
    item = {"title": "Crossings reopen", "date": "2026-03-03", "body": f"<p>{LEDE}</p><p><b>{SECOND}</b></p>"}
    assert paragraphs(article(json.dumps(item), "saved.json")) == [LEDE, SECOND]


def test_readers_are_tried_in_order_and_the_last_takes_all() -> None:
    """Every file finds a reader: what is nothing else is plain text."""
    assert [reader.name for reader in READERS] == ["JSON", "HTML", "Markdown", "plain text"]
    assert READERS[-1].matches("", "anything")


def test_what_the_article_says_stays_text() -> None:
    """Markup in plain text is neither read nor removed."""
    typed = "He typed <script>alert(1)</script>, {{ x }}, `code`, [x](javascript:y) and &lt;b&gt; :smile:."
    assert paragraphs(article(f"{LEDE}\n\n{typed}"))[1] == typed


SIGNS = (
    ' |  |\n|\n\n|\r\n|\r|\t|\u00a0|\u200b|\u00ad|\ufeff|\u2028|- |-\n|• |"|“|’|*|_|[a](b)|`|&amp;|\\*'
    "|> |# |1. |<b>|A|the|Date: |said.|VELMAR, March 3 (AFP) - |By Ana Reyes|(Reporting by A. B.)"
    "|---\n|Zażółć|日本|👩\u200d🚀|\x01"
).split("|")
AWKWARD = st.lists(st.one_of(st.sampled_from(SIGNS), st.text(max_size=8)), max_size=40).map("".join)


@given(AWKWARD)
def test_every_word_of_plain_prose_stands_in_the_file(text: str) -> None:
    """Whatever the text, each block of prose is found where `locate` says, letter by letter."""
    text = text.replace("\0", " ") + f"\n\nThe minister of {LEDE}"
    try:
        found = article(text)
    except ArticleError:
        return
    assert found.text == text
    for block in found.blocks:
        words = found.prose[block.start : block.end]
        assert words == " ".join(words.split())
        begin, end = found.locate((block.start, block.end))
        assert visible(text[begin:end]) == visible(words)
        middle = block.start + len(words) // 2
        begin, end = found.locate((middle, middle + 1))
        assert words[middle - block.start].isspace() or text[begin:end] == words[middle - block.start]


@given(AWKWARD)
def test_every_letter_of_markdown_prose_stands_in_the_file(text: str) -> None:
    """Whatever the Markdown, each letter and digit of prose is the one that stands where `locate` says."""
    text = text.replace("\0", " ").replace("&amp;", "&") + f"\n\nThe minister of {LEDE}"
    try:
        found = article(text, "2026-03-03.md")
    except ArticleError:
        return
    for at, letter in enumerate(found.prose):
        if letter.isalnum():
            begin, end = found.locate((at, at + 1))
            assert text[begin:end] == letter


@given(AWKWARD, st.sampled_from(["a.txt", "a.md", "a.html", "a.json"]))
def test_any_text_is_read_or_refused_with_a_reason(text: str, name: str) -> None:
    """No text breaks a reader: it is an article, or an error that names the file."""
    try:
        article(text, name)
    except ArticleError as error:
        assert str(error).startswith(name)


def test_the_seed_is_read_as_its_paragraphs() -> None:
    """The given article: its date, its inline heading, its credits, and the lede from the first word on."""
    path = Path(__file__).parent.parent / "seeds" / "2025-05-17-istanbul-talks.txt"
    found = read(path.read_bytes(), path)
    assert found.date == date(2025, 5, 17)
    assert headings(found) == ["Trump Says Meeting With Putin Key To Resolution"]
    assert found.credits == ("RFE/RL's Ukrainian Service", "Current Time", "AFP", "Reuters", "dpa")
    assert found.prose.startswith("US President Donald Trump called for a meeting")
