# ruff: noqa: E501
"""What is wrong with a page, by file and line."""

from __future__ import annotations

import pytest

from generator.check import check, check_all
from generator.merge import merge
from tests.pages import PAGE, edited


def test_generated_page_is_clean() -> None:
    """A page as it was generated has nothing to find."""
    assert check(PAGE) == ()


# What is edited; a piece of the line that is told; what is said of it.
FINDINGS = {
    "quote not in the article": (
        [("> “The bridge will need weeks of work,”", "> “The bridge will need many weeks of hard work,”")],
        "> “The bridge will",
        "the quote “The bridge will need many weeks of hard work,” does not stand in the article; "
        'nearest is in ¶ 3: “"The bridge will need weeks of work,"” (warning)',
    ),
    "quote nowhere near": (
        [("> “The bridge will need weeks of work,”", "> “Fish are cheap today.”")],
        "> “Fish",
        "the quote “Fish are cheap today.” does not stand in the article (warning)",
    ),
    "wrong paragraph": (
        [
            (
                "Velmar's chief negotiator [¶ 3](#p3){#q-44de10}",
                "Velmar's chief negotiator [¶ 2](#p2){#q-44de10}",
            )
        ],
        "> “The bridge will",
        "the quote “The bridge will need weeks of work,” stands in ¶ 3, not in ¶ 2 (warning)",
    ),
    "no such paragraph": (
        [("- **Velmar** [¶ 1](#p1){#a-velmar}", "- **Velmar** [¶ 9](#p9){#a-velmar}")],
        "- **Velmar** [",
        "links to ¶ 9, which the source does not have (error)",
    ),
    "reworded sentence": (
        [("  Convoys will wait for a second round.", "  Convoys will wait for a third round.")],
        "  Convoys",
        "the sentence “Convoys will wait for a third round.” does not stand in the article; nearest is in ¶ 4: "
        "“Convoys will wait for a second round.” (warning)",
    ),
    "sentence of another paragraph": (
        [("second round. [¶ 4]\n", "second round. [¶ 9]\n")],
        "  Convoys",
        "links to ¶ 9, which the source does not have (error)",
    ),
    "sentence without its paragraph": (
        [("second round. [¶ 4]\n", "second round.\n")],
        "  Convoys",
        "the sentence “Convoys will wait for a second round.” stands in ¶ 4: [¶ 4] would say so (warning)",
    ),
    "summary in the body": (
        [("## Key actors", "## Summary\n\n- Rain, they said.\n\n## Key actors")],
        "- Rain",
        "the summary belongs under 'summary' in the front matter; 'briefings tidy' moves it there (warning)",
    ),
    "reworded position": (
        [("rejected a longer closure [", "rejected any longer closure [")],
        "rejected any longer",
        "the position “rejected any longer closure” does not stand in the article; nearest is in ¶ 2: "
        "“rejected a longer closure,” (warning)",
    ),
    "added quote that the article has": (
        [("## Next steps", "> “we need them now”\n\n## Next steps")],
        "> “we need them",
        "the quote “we need them now” stands in ¶ 2: [¶ 2](#p2) would say so (warning)",
    ),
    "added speaker": (
        [("## Next steps", "> “Wait.”\n\n— Jane Roe, mayor\n\n## Next steps")],
        "> “Wait",
        "'Jane Roe, mayor' is none of the page's actors; with a line under 'actors' or Key actors the quote "
        "would be theirs (warning)",
    ),
    "unknown stance": (
        [("- **expects** (the bridge)", "- **fears** (the bridge)")],
        "- **fears**",
        "is kept as a note: it does not read as an entry of Positions; this would: "
        "- **demands** (what): the article's words, below a heading '### Name' (warning)",
    ),
    "no such day": (
        [("- **2026-02** (", "- **2026-02-30** (")],
        "2026-02-30",
        "there is no day 2026-02-30; a date as 2025-05-16, 2025-05 or 2025 works (error)",
    ),
    "copied anchor": (
        [
            (
                "## Timeline",
                "- [ ] **Velmar** (planned): inspect the bridge [¶ 3](#p3){#n-0c9d11}\n\n## Timeline",
            )
        ],
        "- [ ] **Velmar**",
        "the anchor 'n-0c9d11' stands twice (line 52); 'briefings tidy' mends it (error)",
    ),
    "misspelt key": (
        [("tags: [border", "tag: [border")],
        "tag:",
        "'tag' is no key of a briefing; 'tags' is (warning)",
    ),
    "misspelt key of an actor": (
        [("kind: person, affiliation: marovia, aliases: [Orsk]", "kind: person, alias: [Orsk]")],
        "alias: [Orsk]",
        "'alias' is not read here; 'aliases' is (warning)",
    ),
    "role in the front matter": (
        [("name: Marovia, kind: state}", "name: Marovia, kind: state, role: host}")],
        "role: host",
        "a role has its place in the actor's line below; 'briefings tidy' moves it there (warning)",
    ),
    "name corrected in the body": (
        [("- **Lena Orsk**, Foreign", "- **Lena Orská**, Foreign")],
        "- **Lena Orská**",
        "the front matter says 'Lena Orsk'; a name corrected there counts everywhere (warning)",
    ),
    "actor without a kind": (
        [("- **Marovia** [", "- **Jane Roe**, mayor\n- **Marovia** [")],
        "- **Jane Roe**",
        "'Jane Roe' has no kind; this line under 'actors' would do: - {name: Jane Roe, kind: person} (warning)",
    ),
    "broken YAML": (
        [("title: Ministers agree", "title: Ministers: agree")],
        "title:",
        "the front matter is not valid YAML: mapping values are not allowed in this context. Text with a colon, a "
        'quotation mark or a # in it works in quotes: title: "Talks: day one" (error)',
    ),
    "wrong date": (
        [("date: 2026-03-03\n", "date: 3 March\n")],
        "date: 3",
        "'date' in the front matter has to be a date as YYYY-MM-DD (found: '3 March'); date: 2025-05-17 would work (error)",
    ),
    "wrong kind": (
        [("name: Velmar, kind: state", "name: Velmar, kind: country")],
        "kind: country",
        "'actors.4.kind' in the front matter has to be one of person, organization, state or group (found: 'country') (error)",
    ),
    "key twice": (
        [("tags: [border", "title: Again\ntags: [border")],
        "title: Again",
        "the key 'title' stands twice, first in line 2; one works (error)",
    ),
    "no title": (
        [("title: Ministers agree to reopen the Velmar crossing\n", "")],
        "date:",
        "'title' in the front matter is missing; title: Talks end would work (error)",
    ),
    "no front matter": (
        [("---\ntitle: Ministers", "title: Ministers")],
        "title: Ministers",
        "a briefing opens with its front matter; this would work as its first lines: ---, title: …, "
        "date: YYYY-MM-DD, --- (error)",
    ),
}


@pytest.mark.parametrize("name", FINDINGS)
def test_finding(name: str) -> None:
    """Each thing that can be wrong is told with its line, and what would have worked."""
    changes, piece, expected = FINDINGS[name]
    page = edited(PAGE, *changes)
    (line,) = [number for number, row in enumerate(page.split("\n"), 1) if piece in row][:1]
    findings = [(each.line, f"{each.message} ({each.severity})") for each in check(page)]
    assert (line, expected) in findings


def test_conflict_is_a_finding() -> None:
    """An open conflict is an error at its first mark."""
    mine, fresh = (edited(PAGE, ("title: Ministers", f"title: {word}")) for word in ("Two", "Three"))
    (finding,) = check(merge(PAGE, mine, fresh).text, path="briefings/a.md")
    assert str(finding) == "briefings/a.md:2: a conflict stands here; keep one side and delete the marks"
    assert finding.severity == "error"


def test_id_of_two_pages() -> None:
    """Two pages with one id are told: links and regeneration would mistake one for the other."""
    (finding,) = check_all([("a.md", PAGE), ("b.md", PAGE)])
    assert (
        str(finding)
        == "b.md:4: the id '2026-03-03-velmar-border-talks' is also that of a.md; each page needs its own"
    )


def test_page_without_source_is_not_held_against_it() -> None:
    """A page that keeps no source text has no quotes to tell from the article's."""
    page = PAGE[: PAGE.index("## Source")]
    assert check(page) == ()
