"""One set of entity labels over corpora that each have their own.

A corpus that does not annotate a kind says nothing about it: a word outside of every name there
may be of any kind that the corpus leaves out. So a word's gold is the *set* of labels it may have.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from .corpora import (
    TaggedText,
    TreebankDocument,
    gum_entities,
    read_column_entities,
    read_gmb,
)

KINDS = ("PERSON", "ORG", "GPE", "LOC", "NORP", "EVENT", "MISC", "DATE")

_PLAIN = {
    "PER": "PERSON",
    "person": "PERSON",
    "politician": "PERSON",
    "scientist": "PERSON",
    "writer": "PERSON",
    "musicalartist": "PERSON",
    "researcher": "PERSON",
    "ORG": "ORG",
    "organisation": "ORG",
    "organization": "ORG",
    "politicalparty": "ORG",
    "band": "ORG",
    "university": "ORG",
    "LOC": "LOC",
    "location": "LOC",
    "place": "LOC",
    "country": "GPE",
    "event": "EVENT",
    "election": "EVENT",
    "conference": "EVENT",
    "per": "PERSON",
    "org": "ORG",
    "geo": "LOC",
    "gpe": "NORP",
    "eve": "EVENT",
    "tim": "DATE",
}

# Kinds of place that no government governs; every other place is taken for a GPE.
_LANDSCAPE = re.compile(
    r"\b(sea|ocean|river|lake|gulf|bay|strait|straits|channel|canal|peninsula|valley|desert|mountains?|mount|"
    r"mt|hills?|coast|shore|beach|islands?|reef|forest|falls|volcano|delta|cape|basin|plateau|"
    r"street|st|road|avenue|square|park|airport|airfield|bridge|tunnel|station|stadium|arena|harbou?r|port|"
    r"building|tower|hall|palace|castle|fort|base|pad|hospital|prison|museum|center|centre|library|theat(er|re)|"
    r"church|cathedral|mosque|temple|cemetery|zoo|garden|gardens|hotel|house|complex|campus|"
    r"europe|asia|africa|america|oceania|antarctica|arctic|atlantic|pacific|mediterranean|caribbean|balkans?|"
    r"middle east|far east|midwest|sahara|himalayas?|alps|andes|earth|moon|mars|northwest|northeast|"
    r"southwest|southeast|west|east|north|south)$",
    re.IGNORECASE,
)
_COUNTRIES = frozenset(
    (
        "south africa",
        "ivory coast",
        "solomon islands",
        "marshall islands",
        "united states of america",
    )
)
_CREEDS = re.compile(
    r"^(republicans?|democrats?|democratic|conservatives?|liberals?|labou?r|tory|tories|socialists?|"
    r"communists?|islamists?|muslims?|christians?|catholics?|protestants?|jews?|jewish|hindus?|buddhists?|"
    r"sikhs?|sunnis?|shi'?ites?|shias?|evangelicals?|mormons?|kurds?|kurdish|arabs?|arabic|latinos?|hispanics?|"
    r"islamic|orthodox|roma|europeans?|africans?|asians?)$",
    re.IGNORECASE,
)
_PEOPLES = re.compile(
    r"^(soviet|uyghurs?|czechs?|danes?|dutch|french|swiss|greeks?|thai|welsh|scots|spaniards?|turks?|"
    r"\w+(ese|ish|ians?|icans?|ans|anis?|rmans?|aelis?|aqis?|emenis?))$",
    re.IGNORECASE,
)
_COUNTRY_LIKE = re.compile(r"^(U\.?S\.?A?\.?|U\.?K\.?|U\.?N\.?|E\.?U\.?)$")

TITLES = frozenset(
    """president prime minister mr. mrs. ms. mr mrs ms dr. dr sen. sen rep. rep gov. gov gen. gen lt.
    lt col. col sgt. sgt capt. capt maj. maj adm. adm sir lord lady dame king queen prince princess
    pope archbishop bishop rev. rev reverend senator senators congressman congresswoman
    representative governor lieutenant general colonel captain major admiral sergeant judge justice
    professor prof. prof chancellor secretary ambassador chairman chairwoman chair director ceo
    mayor attorney sheriff chief deputy vice former foreign defense defence interior finance press
    state speaker leader administrator commissioner envoy spokesman spokeswoman spokesperson premier
    emperor sheikh sheik imam ayatollah rabbi crown acting then-president commander coach officer
    st. saint mp""".split()
)

NAMED_WITHOUT_IDENTITY = frozenset({"person", "organization", "place"})
_EVERYTHING = frozenset(KINDS)


@dataclass(frozen=True, slots=True)
class NamedText:
    """Texts of one corpus with names of KINDS, and the kinds that its annotators looked for."""

    texts: tuple[TaggedText, ...]
    covers: frozenset[str]


def kind_of(label: str, text: str) -> str | None:
    """Give the kind of a name from its label in its corpus and its own words; None for no name."""
    kind = _PLAIN.get(label)
    if kind is None:
        # Genres, fields and tasks are common nouns as often as names.
        if not text[:1].isupper():
            return None
        kind = "MISC"
    if (kind in ("MISC", "ORG") and _CREEDS.match(text)) or (kind == "MISC" and _PEOPLES.match(text)):
        return "NORP"
    if kind == "LOC" or kind == "NORP":
        if _COUNTRY_LIKE.match(text):
            return "GPE"
        if kind == "LOC":
            natural = _LANDSCAPE.search(text) and text.lower() not in _COUNTRIES
            return "LOC" if natural else "GPE"
    return kind


def untitled(text: str, start: int, end: int) -> int:
    """Give where a person's name begins after the titles before it; `end` where nothing else is left."""
    for word in re.finditer(r"\S+", text[start:end]):
        if word.group().lower().rstrip(",") not in TITLES:
            return start + word.start()
    return end


def relabel(tagged: TaggedText) -> TaggedText:
    """Give the text with its names in KINDS, persons without their titles."""
    spans = []
    for start, end, label in tagged.spans:
        kind = kind_of(label, tagged.text[start:end])
        if kind == "PERSON":
            start = untitled(tagged.text, start, end)
        if kind and start < end:
            spans.append((start, end, kind))
    return TaggedText(tagged.text, tuple(spans))


def gum_names(document: TreebankDocument) -> list[tuple[int, int, int, str]]:
    """Give a GUM document's names as (sentence, first word, last word, kind).

    GUM annotates whole noun phrases; a name is the run of capitalised words around the proper noun that
    heads one, without a person's titles and the names among them. Things and ideas need a Wikipedia
    identity, too: most of their phrases are no names.
    """
    found: list[tuple[int, int, int, str]] = []
    mentions = gum_entities(document)
    for number, first, last, label, identity in mentions:
        words = document.sentences[number].words
        inside = range(first, last + 1)
        head = next((i for i in inside if words[i].head not in inside or words[i].head == i), last)
        if words[head].upos != "PROPN" or not (identity or label in NAMED_WITHOUT_IDENTITY):
            continue
        begin, stop = head, head
        while begin > first and (words[begin - 1].form[:1].isupper() or words[begin - 1].form in "-&"):
            begin -= 1
        while stop < last:
            ahead = stop + 1
            while ahead < last and words[ahead].form in ("of", "the", "and", "&", "for", "-", "'s"):
                ahead += 1
            if not (words[ahead].form[:1].isupper() or words[ahead].form.isdigit()):
                break
            if words[ahead].form in ("Mr.", "CEO") or (words[stop + 1].form == "'s" and label == "person"):
                break
            stop = ahead
        if words[begin].form.lower() in ("the", "a", "an") and begin < head:
            begin += 1
        if label == "person":
            for place in range(begin, stop):
                # "U.S. Senator John Cornyn": the name comes after the title.
                if words[place].form.lower() in TITLES:
                    begin = place + 1
            for n, a, b, _, other in mentions:
                # "Governor of Washington Chris Gregoire": another name ends before the head.
                if n == number and begin <= a and b < head and other not in ("", identity):
                    begin = b + 1
        text = " ".join(w.form for w in words[begin : stop + 1])
        kind = kind_of(label, text)
        nominal = text.split()[-1].lower() in TITLES or (label == "person" and _CREEDS.match(text))
        if kind and not nominal:
            found.append((number, begin, stop, kind))
    longest: list[tuple[int, int, int, str]] = []
    for name in sorted(set(found), key=lambda n: (n[0], n[1] - n[2], n[1], n[3])):
        if all(name[0] != n[0] or name[2] < n[1] or n[2] < name[1] for n in longest):
            longest.append(name)
    return sorted(longest)


def gum_text(document: TreebankDocument) -> TaggedText:
    """Give a GUM document as text, paragraphs parted by blank lines, with its names."""
    text = ""
    places: dict[tuple[int, int], tuple[int, int]] = {}
    for number, sentence in enumerate(document.sentences):
        if text:
            text = text.rstrip() + ("\n\n" if sentence.opens_paragraph else " ")
        for at, word in enumerate(sentence.words):
            places[number, at] = (len(text), len(text) + len(word.form))
            text += word.form + (" " if word.space_after else "")
    spans = [(places[n, a][0], places[n, b][1], kind) for n, a, b, kind in gum_names(document)]
    return TaggedText(text.rstrip(), tuple(spans))


def read_names(path: Path, only: str = "") -> NamedText:
    """Give the names of one of the corpora in `ner/`, known by its place there.

    `only` keeps the sentences of Universal NER whose numbers begin so ("n": news).
    """
    place = path.as_posix()
    if "gmb" in place:
        return NamedText(
            tuple(map(relabel, read_gmb(path))), frozenset({"PERSON", "ORG", "GPE", "LOC", "NORP", "DATE"})
        )
    covers = _EVERYTHING - {"DATE"}
    if "uner" in place:
        covers = frozenset({"PERSON", "ORG", "GPE", "LOC"})
    elif "crossner" in place:
        covers = covers - {"NORP"}
    return NamedText(tuple(map(relabel, read_column_entities(path, only))), covers)
