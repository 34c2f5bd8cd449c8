# ruff: noqa: E501
"""Hypothesis strategies: briefings whose every text is as awkward as an article can make it."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from generator.briefing import (
    KINDS,
    STANCES,
    STATUSES,
    Actor,
    Anchors,
    Block,
    Briefing,
    Entry,
    Event,
    Heading,
    Item,
    NextStep,
    Paragraph,
    Position,
    Quote,
    Register,
    Sentence,
    Source,
    slugify,
)
from generator.markdown import escape_heading, one_line
from generator.sections import SECTIONS

LIVE = (
    "<script>alert(1)</script>", "<!-- x -->", "{{ page.title }}", "{% raw %}", "---", "# one", "## two", "- item",
    "+ item", "1. item", "2) item", "> said", "| a | b |", "`code`", "```", "~~~", "[x](javascript:alert(1))",
    "![x](x.png)", "[x][y]", "[x]: http://x.example", "&lt;", "&amp;", "&#60;", "&copy", ":smile:", "12:30:45",
    "[^1]", "[^1]: note", "*a*", "**b**", "_a_", "snake_case_name", "~~gone~~", "H~2~O", "==mark==", "^^ins^^",
    "x^2^", "{: .x }", "{ #id }", "{#p1}", "!!! note", "??? note", "=== \"tab\"", "/// note", "--8<-- \"x\"",
    "*[HTML]: text", "https://example.org/a_b", "www.example.org", "WWW.example.org", "ann@example.org", "@handle",
    "\\", "\\\\", "\\*", "++ctrl++", "{++in++}", "$x$", "[TOC]", "[ ] box", "[x] box", "[is that]", "[word](",
    "...", "A\u2028B", "A\u0000B", "\u202eabc\u202c", "\ufeff", "\u00a0", "don’t", "“so-called”", "\"yes\"",
    "¶ 3", "[¶ 3](#p3)", "*check this*", "(agreed)", "2025-05-16", "— Ann", ": term", "a; b", "a, b and c", "#",
    "<b", "a<b>c", "&", "AT&T", "C#", "%", "'", "\"", "“", "”", "…", " … ", "<<<<<<< mine", "=======", ">>>>>>> x",
    "\t", "  ", "null", "no", "0123", "12:30", "~", "1e3", "yes", ": ", " #", "{a: b}", "[a, b]", "- ", "? x", "&a", "*a",
)  # fmt: skip

_word = st.one_of(
    st.sampled_from(LIVE),
    st.sampled_from(("talks", "Ann", "the", "Velmar", "said", "on", "1,000")),
    st.text(alphabet=st.characters(codec="utf-8"), max_size=6),
    st.text(alphabet="*_`[](){}<>#+-.!|~^=:&@/\\\"'“” ax1", max_size=8),
)
raw_text = st.lists(_word, min_size=1, max_size=6).map(" ".join) | st.lists(
    _word, min_size=1, max_size=4
).map("".join)
"""Text as an article may hold it, control characters included."""
text = raw_text.map(one_line).filter(bool)
"""Text as a briefing holds it: one line, visible."""

ISO = st.sampled_from(("2025", "2025-05", "2025-05-16"))
number = st.integers(1, 5)


@st.composite
def briefings(draw: st.DrawFn, *, text: st.SearchStrategy[str] = text) -> Briefing:
    """Any briefing that `compose` could give."""
    names = draw(st.lists(text, max_size=4, unique_by=str.casefold))
    actors: list[Actor] = []
    taken: set[str] = set()
    for at, name in enumerate(names):
        if name.casefold() in taken:
            continue
        aliases = [a for a in draw(st.lists(text, max_size=2)) if a.casefold() not in taken and a != name]
        taken |= {name.casefold(), *map(str.casefold, aliases)}
        actors.append(
            Actor(
                id=f"{slugify(name, limit=20)}-{at}".strip("-"),
                name=name,
                kind=draw(st.sampled_from(KINDS)),
                role=draw(st.none() | text),
                affiliation=draw(st.none() | st.just("marovia")),
                aliases=tuple(aliases),
                key=draw(st.booleans()),
                paragraph=draw(number),
            )
        )
    register = Register(actors)
    ids = [actor.id for actor in actors]
    roles = {actor.id: actor.role for actor in actors}
    unnamed = text.filter(lambda words: register.prefix(words) is None)
    who = st.sampled_from(ids) if ids else st.none()
    counter = iter(range(1000))

    def anchor(prefix: str) -> str:
        return f"{prefix}-{next(counter):06x}"

    entries: dict[str, list[Block]] = {section.kind: [] for section in SECTIONS}

    def add(kind: str, value: Entry) -> None:
        entries[kind].append(Item(value))

    anchors = Anchors("s")
    sentences = [
        Sentence(anchors.make(words), words, draw(st.none() | number))
        for words in draw(st.lists(text, max_size=3))
    ]
    for actor in actors:
        add("key-actors" if actor.key else "other-actors", actor)
    for _ in range(draw(st.integers(0, 2))):
        actor_id = draw(who | st.none())
        shown = register.name(actor_id) if actor_id else draw(unnamed)
        entries["positions"].append(Heading(3, escape_heading(shown)))
        for words in draw(st.lists(text, min_size=1, max_size=2)):
            position = Position(
                anchor("p"), actor_id, shown, draw(st.sampled_from(STANCES)), draw(st.none() | text), words,
                draw(number), draw(st.booleans()),
            )  # fmt: skip
            add("positions", position)
    for parts in draw(st.lists(st.lists(text, min_size=1, max_size=3), max_size=2)):
        speaker = draw(who | st.none())
        shown_speaker = register.name(speaker) if speaker else draw(st.none() | unnamed)
        role = roles[speaker] if speaker else None
        quote = Quote(
            anchor("q"), speaker, shown_speaker, role, tuple(parts), draw(number), draw(st.booleans())
        )
        add("quotes", quote)
    for words in draw(st.lists(text, max_size=2)):
        owners = tuple(draw(st.lists(st.sampled_from(ids), max_size=2, unique=True))) if ids else ()
        step = NextStep(
            anchor("n"), owners, tuple(map(register.name, owners)), words, draw(st.sampled_from((*STATUSES, None))),
            draw(st.none() | text), draw(st.none() | ISO), draw(number), draw(st.booleans()), draw(st.booleans()),
        )  # fmt: skip
        add("next-steps", step)
    for words in draw(st.lists(text, max_size=2)):
        event = Event(
            anchor("e"), draw(ISO), draw(st.none() | text), words, draw(number), draw(st.booleans())
        )
        add("timeline", event)
    for at, words in enumerate(draw(st.lists(text, max_size=3)), start=1):
        add("source", Paragraph(words, at if draw(st.booleans()) else None))
    blocks: list[Block] = []
    for section in SECTIONS:
        if entries[section.kind]:
            blocks += [Heading(2, section.title, section.kind), *entries[section.kind]]
    return Briefing(
        id="2025-05-17-talks",
        title=draw(text),
        date=date(2025, 5, 17),
        source=Source(
            file=draw(st.none() | text),
            publisher=draw(st.none() | text),
            byline=draw(st.none() | text),
            url=draw(st.none() | text),
            credits=tuple(draw(st.lists(text, max_size=2))),
            sha256="0" * 64,
        ),
        tags=tuple(draw(st.lists(text, max_size=2))),
        actors=tuple(actors),
        blocks=tuple(blocks),
        summary=tuple(sentences),
    )
