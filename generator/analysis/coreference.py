"""Which mentions are one actor: names with names, then role nouns and pronouns with their antecedents."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from spacy.tokens import Token

from generator.analysis.geography import State, atlas, key, lexicon
from generator.analysis.mentions import (
    INITIAL,
    PERSON_LABELS,
    PLACE_LABELS,
    SUFFIXES,
    Guess,
    Mention,
    Page,
    clause_head,
    head,
    words,
)
from generator.analysis.model import Kind
from generator.analysis.roles import person_noun, roles_of
from generator.analysis.syntax import SUBJECTS

MASCULINE = frozenset({"he", "him", "his", "himself"})
FEMININE = frozenset({"she", "her", "hers", "herself"})
NEUTER = frozenset({"it", "its", "itself"})
PLURAL = frozenset({"they", "them", "their", "theirs", "themselves"})
FIRST = frozenset({"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"})
PRONOUNS = MASCULINE | FEMININE | NEUTER | PLURAL | FIRST


@dataclass(slots=True, eq=False)
class Entity:
    """One actor in the making: its names, and what speaks for its kind and gender."""

    names: list[Mention] = field(default_factory=list)
    kind: Kind | None = None
    state: State | None = None
    outlet: bool = False
    place: bool = False
    thing: bool = False
    gender: Counter[str] = field(default_factory=Counter)
    role: str | None = None
    role_spans: list[tuple[int, int]] = field(default_factory=list)
    role_strength: float = 0.0
    affiliation: str | None = None
    others: list[tuple[int, int]] = field(default_factory=list)
    """Pronouns and role nouns that refer to it, as ranges of tokens."""
    name: str = ""
    id: str = ""
    plural: bool = False
    weak: bool = False
    """Whether nothing but two words with capitals speaks for its being a person."""
    common: bool = False
    """Whether it is called by a common noun alone: a group, \"police\", \"the foreign ministry\"."""

    @property
    def first(self) -> int:
        return min((mention.start for mention in self.names), default=0)

    def says_gender(self) -> str | None:
        """`"m"`, `"f"`, or None where the evidence is missing or even."""
        male, female = self.gender["m"], self.gender["f"]
        return "m" if male > female else "f" if female > male else None


def link_names(page: Page, mentions: list[Mention]) -> list[Entity]:
    """The entities that a list of mentions by name make up, in order of their first mention."""
    entities: list[Entity] = []
    states: dict[str, Entity] = {}
    local = _local_states(page, mentions)
    placed = [(mention, _state(mention, local)) for mention in mentions]
    loose = [
        mention
        for mention, state in placed
        if state is None or mention.honorific or (mention.title and mention.guess == "person")
    ]
    votes, weak = _votes(page, loose)
    surnames = {m.parts[-1] for m in loose if len(m.parts) > 1 and votes[m.text] == "person"}
    for mention, state in placed:
        if state is None or mention in loose:
            continue
        if mention.text in surnames and not _located(page, mention):
            votes[mention.text] = "person"  # "Ellis Jordan", and then "Jordan said"
            loose.append(mention)
            continue
        entity = states.get(state.code)
        if entity is None:
            entity = states[state.code] = Entity(kind="state", state=state)
            entities.append(entity)
        entity.names.append(mention)
    loose.sort(key=lambda mention: mention.start)
    persons = [m for m in loose if votes[m.text] == "person"]
    rest = [m for m in loose if votes[m.text] != "person"]
    people = _link_persons(page, persons)
    for entity in people:
        entity.weak = all(m.text in weak for m in entity.names)
    entities += people
    entities += _link_bodies(page, rest, votes)
    return sorted(entities, key=lambda entity: entity.first)


def _located(page: Page, mention: Mention) -> bool:
    """Whether a name stands as a place ("in Jordan")."""
    return mention.start > 0 and page.lower[mention.start - 1] in {"in", "from", "near", "across", "outside"}


CONTINENTS = frozenset(
    {
        "Europe",
        "Asia",
        "Africa",
        "Oceania",
        "Antarctica",
        "Eurasia",
        "Siberia",
        "Arabia",
        "Scandinavia",
        "West",
        "East",
        "Middle East",
        "Gulf",
        "Balkans",
        "Caribbean",
        "Latin America",
    }
)


def _local_states(page: Page, mentions: list[Mention]) -> dict[str, State]:
    """States that the lexicon lacks, seen by a people or government named after them, with their capitals.

    "Kessarian" beside "Kessaria", and "Velmar, the capital of neighboring Kessaria".
    """
    forms = {
        m.text
        for m in mentions
        if len(m.parts) == 1 and m.guess != "person" and key(m.text) not in atlas().names
    }
    forms -= CONTINENTS
    labelled = Counter(m.text for m in mentions if page.doc[m.start].ent_type_ in PLACE_LABELS)
    counted = Counter(m.text for m in mentions)
    tails = {m.parts[-1] for m in mentions if len(m.parts) > 1}
    forms = {form for form in forms if 2 * labelled[form] >= counted[form] and form not in tails}
    found: dict[str, State] = {}
    adjectives = {
        w
        for w, c in zip(page.words, page.capital)
        if c and w.endswith(("an", "ese", "ish", "i", "ic", "ans"))
    }
    for form in sorted(forms):
        stem = re.sub(r"[aeiou]+$", "", form)
        if len(stem) < 4:
            continue
        own = sorted(
            a
            for a in adjectives
            if a != form and re.fullmatch(re.escape(stem) + r"(?:an|ian|ean|n|ese|ish|i)s?", a)
        )
        if own:
            state = State(key(form).replace(" ", "-"), form, (form,), tuple(own))
            found[key(form)] = state
            for adjective in own:
                found[key(adjective)] = state
    for i, word in enumerate(page.lower):
        if word == "capital" and i > 2 and page.lower[i + 1 : i + 2] == ["of"]:
            city = next((k for k in range(i - 1, max(i - 4, -1), -1) if page.capital[k]), None)
            country = next((k for k in range(i + 2, min(i + 5, len(page.words))) if page.capital[k]), None)
            if city is not None and country is not None and key(page.words[country]) in found:
                found[key(page.words[city])] = found[key(page.words[country])]
    return found


def _state(mention: Mention, local: dict[str, State]) -> State | None:
    known, text = atlas(), key(mention.text)
    if mention.guess in {"outlet", "thing"}:
        return None
    return (
        known.names.get(text)
        or known.people.get(text)
        or known.adjectives.get(text)
        or known.seats.get(text)
        or local.get(text)
    )


def _votes(page: Page, mentions: list[Mention]) -> tuple[dict[str, Guess | None], frozenset[str]]:
    """What each form names, and the forms that little speaks for, decided for the whole article by all its mentions and what stands around them.

    Spelling and lexicon weigh most, then titles and descriptions beside the name, then the recognizer's
    label, averaged over the mentions: one that is wrong about a name is often wrong all over the article.
    """
    ballots: dict[str, Counter[str]] = {}
    counts = Counter(mention.text for mention in mentions)
    for mention in mentions:
        ballot = ballots.setdefault(mention.text, Counter())
        if mention.guess is not None:
            ballot[mention.guess] += (6.0 if mention.sure else 2.0) / (
                1 if mention.sure else counts[mention.text]
            )  # type: ignore[assignment]
        for guess, weight in _context(page, mention).items():
            ballot[guess] += weight / counts[mention.text]  # type: ignore[assignment]
        for guess, weight in _description(page, mention).items():
            ballot[guess] += weight  # type: ignore[assignment]
    for text in CONTINENTS & ballots.keys():
        ballots[text] = Counter(place=5)
    winners = {text: _winner(ballot) for text, ballot in ballots.items()}
    tails = {tail for m in mentions if winners[m.text] == "person" for tail in _surnames(m)}
    given = {m.parts[0] for m in mentions if winners[m.text] == "person" and len(m.parts) > 1}
    for text, ballot in ballots.items():
        if text in CONTINENTS:
            continue
        if text in tails:
            ballot["person"] += 4
        elif text in given:
            ballot["person"] += 2
        elif " " not in text and not any(m.honorific or m.title for m in mentions if m.text == text):
            ballot["person"] -= 1.0  # type: ignore[assignment]
    weak = frozenset(text for text, ballot in ballots.items() if max(ballot.values(), default=0) < 1.0)
    return {text: _winner(ballot) for text, ballot in ballots.items()}, weak


def _winner(ballot: Counter[str]) -> Guess | None:
    best = sorted(ballot.items(), key=lambda item: (-item[1], item[0]))
    return best[0][0] if best and best[0][1] > 0.3 else None  # type: ignore[return-value]


def _description(page: Page, mention: Mention) -> dict[str, float]:
    """Votes of a description beside the name: one found in one place speaks for the whole article."""
    n = len(page.words)
    votes: dict[str, float] = {}
    if mention.end - mention.start > 1 or mention.honorific:
        if any(role.strength >= 2 for role in roles_of(page, mention)):
            votes["person"] = 3.0
    k = mention.end
    if (
        k < n
        and page.words[k] in {",", "--", "—", "–"}
        and k + 1 < n
        and page.lower[k + 1] in {"a", "an", "the", "one", "which"}
    ):
        noun = next(
            (
                i
                for i in range(k + 2, min(k + 9, n))
                if page.lower[i] in COLLECTIVE_HEADS and page.tags[i] == "NN"
            ),
            None,
        )
        stop = next(
            (
                i
                for i in range(k + 2, min(k + 9, n))
                if page.tags[i] in {"IN", "WP", "WDT", "VBD"} or page.words[i] == ","
            ),
            n,
        )
        if (
            page.lower[k + 1] == "which"
            or (noun is not None
            and noun < stop
            and not person_noun(page, stop - 1))
        ):
            votes["organization"] = 3.0 if page.lower[k + 1] != "which" else 1.0
    before = page.lower[mention.start - 1] if mention.start else ""
    size = mention.end - mention.start
    if before in OUTLETS and mention.title is None:
        votes["outlet"] = 4.0
    elif (
        (before in COLLECTIVE_HEADS or (before.endswith("maker") and size == 1))
        and mention.title is None
        and page.tags[mention.start - 1] == "NN"
    ):
        votes["organization"] = votes.get("organization", 0.0) + 2.5
    if k < n and page.lower[k] in {
        "party",
        "bloc",
        "group",
        "movement",
        "coalition",
        "spokesman",
        "spokeswoman",
        "shareholders",
        "shares",
        "board",
        "plc",
    }:
        votes["organization"] = votes.get("organization", 0.0) + 2.0
    return votes


OUTLETS = frozenset(
    "outlet newspaper magazine website channel station newsletter daily weekly tabloid blog podcast broadcaster".split()
)
COLLECTIVE_HEADS = frozenset(
    "company firm group charity union party agency association organisation organization bank fund retailer cooperative "
    "startup club lobby bloc movement watchdog regulator think-tank nonprofit carmaker manufacturer consortium newspaper "
    "militia federation coalition campaign network foundation institute operator maker supplier airline league lender "
    "broadcaster alliance insurer brand conglomerate committee council body service tribunal court".split()
)


def _context(page: Page, mention: Mention) -> dict[str, float]:
    """Votes of the words right around a mention, and of the recognizer, on what it names."""
    ballot: dict[str, float] = dict.fromkeys(("person", "organization", "place"), 0.0)
    first = mention.title[0] if mention.title else mention.start
    before = page.lower[first - 1] if first else ""
    after = page.words[mention.end : mention.end + 4]
    size = mention.end - mention.start
    if (
        len(after) >= 3
        and after[0] == ","
        and re.fullmatch(r"\d{1,3}", after[1])
        and after[2] in {",", "."}
        and 5 < int(after[1]) < 115
    ):
        ballot["person"] += 4
    if after[:2] in ([",", "who"], [",", "whose"]) or after[:1] == ["who"]:
        ballot["person"] += 2
    if before == "the" and mention.title is None:
        ballot["organization"] += 1
        ballot["person"] -= 2
    if before in {"in", "at", "near", "across", "outside", "around"} and mention.title is None:
        ballot["place"] += 1.2
    elif before in {"from", "to"} and mention.title is None:
        ballot["place"] += 0.4
    token = head(page, mention)
    if token.dep_ in SUBJECTS and token.head.lemma_ in SPEECH:
        ballot["person"] += 1.0 if 1 < size < 5 else 0.3
        ballot["organization"] += 0.3
    if (
        1 < size < 4
        and before not in {"the", "a", "in", "at"}
        and all(w.isalpha() and not w.isupper() for w in mention.parts)
    ):
        ballot["person"] += 0.6
    if before == "told" and mention.title is None and mention.honorific is None:
        ballot["outlet"] = 1.2
    label = page.doc[mention.end - 1].ent_type_
    if label in PERSON_LABELS:
        ballot["person"] += 1.5
    elif label in PLACE_LABELS:
        ballot["place"] += 1.2
    elif label == "ORG":
        ballot["organization"] += 1
    elif label in {"MISC", "EVENT", "WORK_OF_ART", "LAW", "PRODUCT"}:
        ballot["thing"] = 1.0
    elif label == "NORP":
        ballot["people"] = 1.0
    if after[:1] == ["("] and len(after) > 2 and after[1].replace(".", "").isupper() and after[2] == ")":
        ballot["organization"] += 3
    return ballot


SPEECH = frozenset(
    "say tell add ask argue warn note claim insist announce declare explain write deny reply respond acknowledge admit "
    "urge call accuse suggest believe think hope expect want vow pledge promise describe recall testify state tweet".split()
)


def _surnames(mention: Mention) -> list[str]:
    """The forms by which a full name is taken up later: its last word, its tails from a particle on."""
    parts = [p for p in mention.parts if p not in SUFFIXES and p != ","]
    if len(parts) < 2:
        return []
    tails = [parts[-1]]
    for n in range(2, len(parts)):
        tails.append(_join(parts[-n:]))
    return tails


def _join(parts: list[str] | tuple[str, ...]) -> str:
    return " ".join(parts).replace(" - ", "-")


def _link_persons(page: Page, mentions: list[Mention]) -> list[Entity]:
    """Persons: full names found first, surnames joined to the fitting full name, spouses kept apart."""
    entities: list[Entity] = []
    for mention in sorted(mentions, key=lambda m: (-len(_core(m)) > -2, m.start)):
        if len(_core(mention)) < 2:
            continue
        for entity in entities:
            if any(_same_full(_core(mention), _core(other)) for other in entity.names):
                entity.names.append(mention)
                break
        else:
            entities.append(Entity(names=[mention], kind="person"))
    lone: dict[str, Entity] = {}
    for mention in sorted(mentions, key=lambda m: m.start):
        core = _core(mention)
        if len(core) > 1:
            continue
        entity = _namesake(page, mention, entities) or lone.get(mention.text)
        if entity is None:
            entity = lone[mention.text] = Entity(kind="person")
        entity.names.append(mention)
    entities += [entity for entity in lone.values() if entity.names]
    entities = _merge_tails(entities)
    for entity in entities:
        entity.names.sort(key=lambda m: m.start)
        _note_gender(page, entity)
    return entities


def _core(mention: Mention) -> list[str]:
    """The words of a person's name without initials inside it, suffixes and commas."""
    parts = [p for p in mention.parts if p not in SUFFIXES and p != ","]
    return [p for n, p in enumerate(parts) if (n == 0 and len(parts) > 1) or not INITIAL.match(p)] or parts


def _same_full(a: list[str], b: list[str]) -> bool:
    """Whether two names of several words are one person's ("Donald J. Trump", "Donald Trump")."""
    a, b = [p.casefold() for p in a], [p.casefold() for p in b]
    if a == b:
        return True
    short, long = sorted((a, b), key=len)
    if short[-1] == long[-1] and short[0] == long[0]:
        return True
    size = len(short)
    # "Guajardo Villarreal", "Suu Kyi", "von der Leyen" are tails, "Enrique Peña" a head, of the full name.
    if size < len(long) and (long[-size:] == short or long[:size] == short):
        return True
    return short[-1] == long[-1] and (INITIAL.match(short[0]) is not None and long[0].startswith(short[0][0]))


def _namesake(page: Page, mention: Mention, entities: list[Entity]) -> Entity | None:
    """The person whose surname (or, failing that, given name) a single word is: the last one named in full
    before it, a fitting honorific deciding between spouses."""
    word = _core(mention)[-1]
    fitting = [
        e
        for e in entities
        if any(_core(m)[-1] == word or word in _surnames(m) for m in e.names if len(_core(m)) > 1)
    ]
    if not fitting:  # "Bryan" for Bryan Pagliano, and "Mr. Ban" for Ban Ki-moon
        fitting = [e for e in entities if any(_core(m)[0] == word for m in e.names if len(_core(m)) > 1)]
        if len(fitting) > 1:
            return None
    if mention.honorific and len(fitting) > 1:
        gender = (
            "m" if mention.honorific in words().male else "f" if mention.honorific in words().female else None
        )
        if gender:
            for entity in fitting:
                _note_gender(page, entity)
            fitting = [e for e in fitting if e.says_gender() in {gender, None}] or fitting
    if len(fitting) <= 1:
        return fitting[0] if fitting else None

    def closeness(entity: Entity) -> tuple[bool, int]:
        earlier = [m.start for m in entity.names if m.start < mention.start]
        return (bool(earlier), max(earlier) if earlier else -min(m.start for m in entity.names))

    # The surname alone belongs to whoever carries it alone most: the person in the story, not a relative
    # named once in full.
    before = [e for e in fitting if any(m.start < mention.start for m in e.names)]
    if before:
        weights = {id(e): sum(1 for m in e.names if m.start < mention.start) for e in before}
        ranked = sorted(before, key=lambda e: (-weights[id(e)], -closeness(e)[1]))
        if len(ranked) > 1 and weights[id(ranked[0])] == weights[id(ranked[1])]:
            return max(before, key=closeness)
        return ranked[0]
    return max(fitting, key=closeness)


def _merge_tails(entities: list[Entity]) -> list[Entity]:
    """Join persons first seen under a part of their name to the one full name it fits."""
    result: list[Entity] = []
    for entity in sorted(entities, key=lambda e: -max(len(_core(m)) for m in e.names)):
        longest = max((_core(m) for m in entity.names), key=len)
        hosts = [
            e
            for e in result
            if any(_core(m)[-len(longest) :] == longest and len(_core(m)) > len(longest) for m in e.names)
        ]
        if len(hosts) == 1:
            hosts[0].names += entity.names
        else:
            result.append(entity)
    return result


def _note_gender(page: Page, entity: Entity) -> None:
    """Count what honorifics, titles and the given name say of a person's gender."""
    lex = words()
    entity.gender = Counter()
    for mention in entity.names:
        if mention.honorific in lex.male:
            entity.gender["m"] += 4
        elif mention.honorific in lex.female:
            entity.gender["f"] += 4
        if mention.title:
            for i in range(*mention.title):
                if page.lower[i] in lex.male_nouns:
                    entity.gender["m"] += 3
                elif page.lower[i] in lex.female_nouns:
                    entity.gender["f"] += 3
        if len(mention.parts) > 1:
            if mention.parts[0] in lex.male_names:
                entity.gender["m"] += 1
            elif mention.parts[0] in lex.female_names:
                entity.gender["f"] += 1


def _link_bodies(page: Page, mentions: list[Mention], votes: dict[str, Guess | None]) -> list[Entity]:
    """Organisations, places and things: by full name, by the short form in brackets, by initials, by head."""
    entities: list[Entity] = []
    by_form: dict[str, Entity] = {}
    acronyms = _bracketed(page, mentions)
    for mention in sorted(mentions, key=lambda m: (m.start, m.end)):
        form = _plain(mention.text)
        entity = by_form.get(form)
        if entity is None:
            entity = by_form[form] = Entity()
            entities.append(entity)
        entity.names.append(mention)
    for short, long in acronyms:
        if short in by_form and long in by_form:
            _absorb(by_form, by_form[long], by_form[short])
    forms = sorted(by_form, key=lambda f: -len(f))
    for form in forms:
        if by_form[form].names and _initialism(form):
            hosts = [
                f
                for f in forms
                if by_form[f] is not by_form[form] and len(f.split()) > 1 and _initials_fit(form, f)
            ]
            owners = list(dict.fromkeys(id(by_form[f]) for f in hosts))
            if len(owners) == 1:
                _absorb(by_form, by_form[hosts[0]], by_form[form])
    for form in sorted(by_form, key=len):
        entity = by_form[form]
        hosts = [
            f
            for f in forms
            if by_form[f] is not entity and _shortens(form, f, votes, entity.first < by_form[f].first)
        ]
        owners = {id(by_form[f]): by_form[f] for f in hosts}
        if len(owners) == 1:
            _absorb(by_form, next(iter(owners.values())), entity)
        elif len(owners) > 1:
            _share_out(entity, list(owners.values()))
    result = [e for e in {id(e): e for e in by_form.values()}.values() if e.names]
    for entity in result:
        entity.names.sort(key=lambda m: m.start)
        tally = Counter(votes[m.text] for m in entity.names if votes.get(m.text))
        best = tally.most_common(1)[0][0] if tally else None
        if any(votes[m.text] == "organization" and m.sure for m in entity.names):
            best = "organization"
        entity.outlet = best == "outlet"
        entity.place = best in {"place", "seat", "state"} or any(m.text in CONTINENTS for m in entity.names)
        entity.thing = best in {"thing", None, "people"}
        entity.kind = "organization"
    return result


def _share_out(entity: Entity, hosts: list[Entity]) -> None:
    """Give each mention of a short form that fits several bodies ("the Council") to the one named last."""
    for mention in list(entity.names):
        before = [(m.start, n) for n, host in enumerate(hosts) for m in host.names if m.start < mention.start]
        if before:
            hosts[max(before)[1]].names.append(mention)
            entity.names.remove(mention)


def _plain(text: str) -> str:
    text = text.replace("’", "'")
    return re.sub(r"^(?:The|the)\s+", "", text)


def _absorb(by_form: dict[str, Entity], host: Entity, guest: Entity) -> None:
    if host is guest:
        return
    host.names += guest.names
    for form, entity in list(by_form.items()):
        if entity is guest:
            by_form[form] = host


def _bracketed(page: Page, mentions: list[Mention]) -> list[tuple[str, str]]:
    """Short forms introduced in brackets: (short, long) of "Environmental Protection Agency (EPA)"."""
    found = []
    by_start = {m.start: m for m in mentions}
    for mention in mentions:
        if page.words[mention.end : mention.end + 1] == ["("] and mention.end + 1 in by_start:
            short = by_start[mention.end + 1]
            if page.words[short.end : short.end + 1] == [")"]:
                found.append((_plain(short.text), _plain(mention.text)))
    return found


def _initialism(form: str) -> bool:
    letters = form.replace(".", "")
    return letters.isupper() and 2 <= len(letters) <= 7 and " " not in letters


def _initials_fit(short: str, long: str) -> bool:
    """Whether capitals are the initials of a name: of all its words or of its capitalised ones ("NATO" fits none)."""
    letters = short.replace(".", "").casefold()
    parts = re.findall(r"[^\W_]+", long.replace("'s", ""))
    capitals = "".join(p[0] for p in parts if p[0].isupper()).casefold()
    return letters in {capitals, "".join(p[0] for p in parts).casefold()}


def _shortens(short: str, long: str, votes: dict[str, Guess | None], earlier: bool) -> bool:
    """Whether one body's name is the beginning or end of another's ("Peterson Institute", "the Supreme Court")."""
    a, b = short.split(), long.split()
    if len(a) >= len(b) or votes.get(long) not in {"organization", None}:
        return False
    if b[: len(a)] == a:
        if earlier and b[len(a)] in {"on", "of", "for"}:
            return False  # "European Council", and later "European Council on Foreign Relations"
        return (
            (
                (len(a) > 1
                and a[-1] in words().bodies)
                or b[-1] in words().forms | PRIVATE
                or b[len(a)] in PRIVATE
            )
            and len(a[0]) > 2
            and key(short) not in atlas().adjectives
        )
    if b[-len(a) :] == a:
        return (
            a[-1] in words().bodies
            and a[0] not in {"House", "Party", "Police", "University", "Department", "Ministry"}
            and len(b) - len(a) <= 3
            and (len(a) > 1 or len(b) <= 3)
            and "of" not in b
        )
    return False


# Role nouns


def link_nouns(page: Page, entities: list[Entity]) -> dict[int, Entity]:
    """Definite nouns for actors already named, by the noun's token: "the president", "the agency", "the union"."""
    lex, people, bodies = words(), lexicon("people")["takes_up"], lexicon("organizations")["takes_up"]
    found: dict[int, Entity] = {}
    persons = [e for e in entities if e.kind == "person"]
    groups = [
        e for e in entities if e.kind == "organization" and not e.place and not e.thing and not e.outlet
    ]
    named = {i for e in entities for m in e.names for i in range(m.title[0] if m.title else m.start, m.end)}
    roles = {id(e): _role_words(page, e) for e in persons}
    described = {i for e in persons for start, end in e.role_spans for i in range(start, end)}
    for i, word in enumerate(page.lower):
        if i in named or (page.words[i] != word and not _titlecase_role(page, i)) or not i:
            continue
        if word in lex.persons and i not in described and _definite(page, i):
            if (
                page.lower[i + 1 : i + 2] in (["of"], ["for"])
                or (page.capital[i + 1 : i + 2] == [True]
                and page.words[i + 1].isalpha())
            ):
                continue  # "the leader of the Russian delegation" says itself who is meant
            candidates = [
                e for e in persons if _first_before(e, i) and _fits_role(word, roles[id(e)], people)
            ]
            candidates = [e for e in candidates if _modifiers_fit(page, i, roles[id(e)])]
            if candidates:
                found[i] = max(candidates, key=lambda e: _last_before(e, i))
        elif word in bodies and _definite(page, i) and page.tags[i] == "NN":
            candidates = [e for e in groups if _first_before(e, i) and _fits_body(bodies[word], e)]
            if candidates:
                found[i] = max(candidates, key=lambda e: _last_before(e, i))
        elif (
            word in {"company", "firm", "group", "retailer", "carmaker", "bank", "lender", "manufacturer"}
            and _definite(page, i)
            and page.tags[i] == "NN"
        ):
            candidates = [e for e in groups if _first_before(e, i) and _company(page, e)]
            if candidates:
                found[i] = max(candidates, key=lambda e: _last_before(e, i))
    for i, entity in found.items():
        start = i
        while (
            start > 0
            and page.sentence[start - 1] == page.sentence[i]
            and page.tags[start - 1] in {"DT", "JJ", "NN", "NNP", "PRP$", "HYPH", "JJS"}
            and i - start < 4
        ):
            start -= 1
            if page.tags[start] in {"DT", "PRP$"}:
                break
        entity.others.append((start, i + 1))
    return found


def _company(page: Page, entity: Entity) -> bool:
    """Whether a body may be "the company": no public body by its name, and none of one bare word like "Congress"."""
    lex = words()
    for mention in entity.names:
        last = mention.parts[-1]
        if last in lex.forms or last in PRIVATE:
            return True
        if (
            any(part in lex.bodies or part in lex.bare for part in mention.parts)
            or (_initialism(mention.text)
            and len(entity.names) == 1)
        ):
            return False
    return True


PRIVATE = frozenset(
    "Bank Airlines Airways Energy Enterprises Group Holdings Industries Motors Petroleum Pharma Pharmaceuticals Railway Railways Steel Oil Systems Technologies Foods Mills Electric Media Studios Solutions Securities Ventures Capital Partners Rail".split()
)


def _titlecase_role(page: Page, i: int) -> bool:
    return page.words[i] in words().titles


def _definite(page: Page, i: int) -> bool:
    """Whether a singular noun stands with "the", "this", or a possessive, and what lies between are its modifiers."""
    for k in range(i - 1, max(i - 5, -1), -1):
        word = page.lower[k]
        if word in {"the", "this", "that", "whose"} or (word in {"his", "her", "its", "their"} and k == i - 1):
            return word in {"the", "this", "that"}
        if page.tags[k] not in {"JJ", "NN", "NNP", "HYPH", "JJS", "VBN", "CD"}:
            return False
    return False


PASSING = frozenset(
    "former new current outgoing late acting incumbent then young old same embattled veteran longtime own 's ’s -".split()
)


def _modifiers_fit(page: Page, i: int, role: frozenset[str]) -> bool:
    """Whether what stands between the article and a role noun agrees with a person's role: "the *Turkish
    foreign* minister" is no other state's minister, "the *opposition* leader" not the prime minister."""
    known = atlas()
    for k in range(i - 1, max(i - 5, -1), -1):
        word = page.lower[k]
        if page.tags[k] in {"DT", "PRP$", "WP$"}:
            return True
        state = known.adjectives.get(word) or known.names.get(word)
        if state is not None:
            if not state.region and state.code not in role:
                return False
        elif word not in PASSING and word not in role and page.words[k] not in role:
            return False
    return True


def _role_words(page: Page, entity: Entity) -> frozenset[str]:
    """The words of everything that titles and describes a person, states by their code too."""
    spans = [m.title for m in entity.names if m.title] + entity.role_spans
    found = set()
    known = atlas()
    for start, end in spans:
        for i in range(start, end):
            found |= {page.lower[i], page.words[i]}
            state = known.adjectives.get(page.lower[i]) or known.names.get(page.lower[i])
            if state:
                found.add(state.code)
    if entity.role:
        found |= set(entity.role.casefold().split())
    for mention in entity.names:
        if mention.honorific:
            found.add(mention.honorific)
    return frozenset(found)


def _fits_role(word: str, role: frozenset[str], takes_up: dict[str, list[str]]) -> bool:
    if word in role:
        return True
    return any(all(part in role for part in title.split()) for title in takes_up.get(word, ()))


def _fits_body(heads: list[str], entity: Entity) -> bool:
    return any(part in heads for m in entity.names for part in (m.text, m.parts[-1], *m.parts))


def _first_before(entity: Entity, i: int) -> bool:
    return entity.first < i


def _last_before(entity: Entity, i: int) -> int:
    return max((m.start for m in entity.names if m.start < i), default=-1)


# Pronouns


def link_pronouns(page: Page, entities: list[Entity], nouns: dict[int, Entity]) -> dict[int, Entity]:
    """The antecedents of third-person pronouns, by the pronoun's token.

    Candidates of the last sentences are weighed by recency, grammatical function and number, in the manner
    of Lappin and Leass (1994); gender must not disagree. Pronouns in a quotation do not refer to the
    subject of the verb of speech outside of it.
    """
    places: dict[int, Entity] = dict(nouns)
    heads: dict[int, Entity] = dict(nouns)
    for entity in entities:
        for mention in entity.names:
            token = head(page, mention)
            heads[token.i] = entity
            for i in range(mention.start, mention.end):
                places[i] = entity
    first, alone = _resolve(page, entities, heads)
    for i in alone:  # where one person only could be meant, the pronoun tells their gender
        first[i].gender["m" if page.lower[i] in MASCULINE else "f"] += 1
    return _resolve(page, entities, heads)[0]


def _resolve(
    page: Page, entities: list[Entity], heads: dict[int, Entity]
) -> tuple[dict[int, Entity], list[int]]:
    """The antecedents, and the pronouns for a person that only one person near could be."""
    alone: list[int] = []
    recent: list[tuple[int, Entity]] = []
    found: dict[int, Entity] = {}
    functions = {i: page.doc[i] for i in heads}
    for entity in entities:
        for mention in entity.names:
            functions[head(page, mention).i] = clause_head(page, mention)
    in_role = {i: id(e) for e in entities for start, end in e.role_spans for i in range(start, end)}
    for i, word in enumerate(page.lower):
        if i in heads:
            recent.append((i, heads[i]))
            recent = recent[-40:]
            continue
        if word not in PRONOUNS or word in FIRST or page.tags[i] not in {"PRP", "PRP$"}:
            continue
        if word in NEUTER and page.doc[i].dep_ == "expl":
            continue
        best = _antecedent(page, i, word, recent, in_role, functions)
        if best is not None:
            found[i] = best
            if (
                word in MASCULINE | FEMININE
                and len({id(e) for at, e in recent[-12:] if e.kind == "person"}) == 1
            ):
                alone.append(i)
            functions[i] = page.doc[i]
            recent.append((i, best))
    return found, alone


def _antecedent(
    page: Page,
    i: int,
    word: str,
    recent: list[tuple[int, Entity]],
    in_role: dict[int, int],
    functions: dict[int, Token],
) -> Entity | None:
    here, quote = page.sentence[i], page.quoted[i]
    scores: dict[int, float] = {}
    by_id: dict[int, Entity] = {}
    token = page.doc[i]
    singular = word in MASCULINE | FEMININE
    for at, entity in recent:
        distance = here - page.sentence[at]
        if distance > (4 if singular else 2) or page.paragraph[i] - page.paragraph[at] > 3:
            continue
        if singular:
            if entity.kind != "person":
                continue
            gender = entity.says_gender()
            if gender is not None and gender != ("m" if word in MASCULINE else "f"):
                continue
        elif word in NEUTER:
            if entity.kind not in {"organization", "state"} or entity.plural or entity.outlet:
                continue
        elif entity.kind == "person" or (entity.kind == "organization" and entity.thing):
            continue
        other = functions[at]
        if (
            quote != page.quoted[at]
            and quote >= 0
            and abs(distance) == 0
            and other.dep_ in SUBJECTS
            and other.head.lemma_ in SPEECH
        ):
            continue  # the speaker is no "he" of his own words
        if (
            other.head.i == token.head.i
            and at != token.i
            and not word.endswith(("self", "selves"))
            and page.tags[i] == "PRP"
        ):
            if other.dep_ in SUBJECTS or token.dep_ in SUBJECTS:
                continue
        score = 3.0 - 0.9 * distance
        score += 1.5 if other.dep_ in SUBJECTS else 0.0
        score += 0.3 if page.bounds[page.sentence[at]][0] + 3 > at else 0.0
        score -= 1.0 if other.dep_ in {"nmod:poss", "poss", "compound", "amod", "nmod"} else 0.0
        score -= 1.5 if page.quoted[at] >= 0 and quote != page.quoted[at] else 0.0
        score -= 1.0 if in_role.get(at, id(entity)) != id(entity) else 0.0
        score += 0.004 * max(0, 100 - (i - at))
        if singular and entity.says_gender() is None:
            score -= 0.4
        if word in PLURAL and entity.kind == "group":
            score += 1.0
        if word in PLURAL and entity.kind == "state":
            score -= 1.5
        if page.lower[at] in PRONOUNS:
            score += 0.5
        if score > scores.get(id(entity), -9.0):
            scores[id(entity)] = score
            by_id[id(entity)] = entity
        else:
            scores[id(entity)] += 0.2
    if not scores:
        return None
    best = max(scores, key=lambda k: (scores[k], k in by_id))
    least = 1.0 if singular else 2.0
    return by_id[best] if scores[best] >= least else None
