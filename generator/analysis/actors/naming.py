"""Which names are one actor: full names and short ones, acronyms, peoples and seats of government."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from generator.analysis.actors.forms import Guess, Mention, surnames
from generator.analysis.actors.functions import acts, clause_head
from generator.analysis.actors.geography import State, atlas, key
from generator.analysis.actors.kinds import vote
from generator.analysis.actors.layout import Page
from generator.analysis.actors.vocabulary import (
    CARRYING,
    CONTINENTS,
    GOVERNMENT,
    INITIAL,
    PLACE_LABELS,
    PRIVATE,
    SUFFIXES,
    words,
)
from generator.analysis.lexicon import read
from generator.analysis.model import Kind


@dataclass(slots=True, eq=False)
class Entity:
    """One actor in the making: its names, and what speaks for its kind and gender."""

    names: list[Mention] = field(default_factory=list)
    kind: Kind | None = None
    state: State | None = None
    outlet: bool = False
    place: bool = False
    thing: bool = False
    acts: bool = False
    """Whether a place that no lexicon knows is the subject of a verb: its government may be meant."""
    gender: Counter[str] = field(default_factory=Counter)
    role: str | None = None
    role_spans: list[tuple[int, int]] = field(default_factory=list)
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
    local |= _governments(mentions, local)
    stated = [(mention, _state(mention, local)) for mention in mentions]
    loose = [
        mention
        for mention, state in stated
        if state is None or mention.honorific or (mention.title and mention.guess == "person")
    ]
    votes, weak = vote(page, loose)
    surnames = {m.parts[-1] for m in loose if len(m.parts) > 1 and votes[m.text] == "person"}
    for mention, state in stated:
        if state is None or mention in loose or _citizens(page, mention):
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


def _citizens(page: Page, mention: Mention) -> bool:
    """Whether a people's name means its people, a group ("*many Ostravans* say"), not their state ("the
    Ostravans")."""
    if key(mention.text) not in atlas().people or key(mention.text) in atlas().adjectives:
        return False
    return page.lower[mention.start - 1 : mention.start] != ["the"]


def _located(page: Page, mention: Mention) -> bool:
    """Whether a name stands as a place ("in Jordan")."""
    return mention.start > 0 and page.lower[mention.start - 1] in {"in", "from", "near", "across", "outside"}


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
    ruled = {
        word
        for word, following in zip(page.words, page.lower[1:], strict=False)
        if following in GOVERNMENT
        or following in {"foreign", "prime", "president", "minister", "officials", "parliament"}
    }
    found: dict[str, State] = {}
    adjectives = {
        w
        for w, c in zip(page.words, page.capital, strict=True)
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
        named = 2 * labelled[form] >= counted[form] or any(adjective in ruled for adjective in own)
        if own and named and form not in tails:
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


def _governments(mentions: list[Mention], local: dict[str, State]) -> dict[str, State]:
    """The states that governments called by a person's name are of ("the Brook administration"): that of the
    United States where the article names it, else one of their own."""
    american = any((state := _state(m, local)) is not None and state.code == "US" for m in mentions)
    found = {}
    for mention in mentions:
        if mention.text.endswith(" administration"):
            own = State(key(mention.text).replace(" ", "-"), mention.text, (mention.text,))
            found[key(mention.text)] = atlas().names["united states"] if american else own
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


def _link_persons(page: Page, mentions: list[Mention]) -> list[Entity]:
    """Persons: full names found first, surnames joined to the fitting full name, spouses kept apart."""
    entities: list[Entity] = []
    for mention in sorted(mentions, key=lambda m: (-len(_core(m)) > -2, m.start)):
        if len(_core(mention)) < 2:
            continue
        for entity in entities:
            if any(_same_full(_core(mention), _core(other)) for other in entity.names) and not any(
                _initials_differ(mention, other) for other in entity.names
            ):
                entity.names.append(mention)
                break
        else:
            entities.append(Entity(names=[mention], kind="person"))
    lone: dict[str, Entity] = {}
    for mention in sorted(mentions, key=lambda m: m.start):
        core = _core(mention)
        if len(core) > 1:
            continue
        owner = _namesake(page, mention, entities) or lone.get(mention.text)
        if owner is None:
            owner = lone[mention.text] = Entity(kind="person")
        owner.names.append(mention)
    entities += [entity for entity in lone.values() if entity.names]
    entities = _merge_tails(entities)
    for entity in entities:
        entity.names.sort(key=lambda m: m.start)
        note_gender(page, entity)
    return entities


def _core(mention: Mention) -> list[str]:
    """The words of a person's name without initials inside it, suffixes and commas."""
    parts = [p for p in mention.parts if p not in SUFFIXES and p != ","] or list(mention.parts)
    return [p for n, p in enumerate(parts) if (n == 0 and len(parts) > 1) or not INITIAL.match(p)] or parts


def _same_full(a: list[str], b: list[str]) -> bool:
    """Whether two names of several words are one person's ("Ada J. Brook", "Ada Brook")."""
    a, b = [p.casefold() for p in a], [p.casefold() for p in b]
    if a == b:
        return True
    short, long = sorted((a, b), key=len)
    if short[-1] == long[-1] and short[0] == long[0]:
        return True
    size = len(short)
    # "von der Leyen" and two-part surnames are tails, a double given name a head, of the full name.
    if size < len(long) and (long[-size:] == short or long[:size] == short):
        return True
    return short[-1] == long[-1] and (INITIAL.match(short[0]) is not None and long[0].startswith(short[0][0]))


def _initials_differ(a: Mention, b: Mention) -> bool:
    """Whether two full names have different middle initials ("Ada J. Brook", "Ada F. K. Brook")."""
    one, other = (re.findall(r"\b[A-Z](?=\.)", " ".join(m.parts[1:-1])) for m in (a, b))
    return bool(one) and bool(other) and one != other


def _namesake(page: Page, mention: Mention, entities: list[Entity]) -> Entity | None:
    """The person whose surname (or, failing that, given name) a single word is: the last one named in full
    before it, a fitting honorific deciding between spouses."""
    word = _core(mention)[-1]
    fitting = [
        e
        for e in entities
        if any(_core(m)[-1] == word or word in surnames(m) for m in e.names if len(_core(m)) > 1)
    ]
    if not fitting:  # a given name alone, and "Mr. Song" for Song Mi-ran
        fitting = [e for e in entities if any(_core(m)[0] == word for m in e.names if len(_core(m)) > 1)]
        if len(fitting) > 1:
            return None
    if mention.honorific and len(fitting) > 1:
        gender = (
            "m" if mention.honorific in words().male else "f" if mention.honorific in words().female else None
        )
        if gender:
            for entity in fitting:
                note_gender(page, entity)
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
            # "Otto Varga opened the pier for his wife, Helena Varga": the story is about who acts.
            acting = [e for e in before if any(acts(page, m) for m in e.names if m.start < mention.start)]
            return max(acting or before, key=closeness)
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


def note_gender(page: Page, entity: Entity) -> None:
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
        form = plain_form(mention.text)
        entity = by_form.get(form)
        if entity is None:
            entity = by_form[form] = Entity()
            entities.append(entity)
        entity.names.append(mention)
    for seat, body in read("organizations")["seats"].items():
        _seat(page, by_form, seat, body)
    for short, long in acronyms:
        if short in by_form and long in by_form:
            _absorb(by_form, by_form[long], by_form[short])
    forms = sorted(by_form, key=lambda f: -len(f))
    for form in forms:
        if by_form[form].names and initialism(form):
            hosts = [
                f
                for f in forms
                if by_form[f] is not by_form[form] and len(f.split()) > 1 and _initials_fit(form, f)
            ]
            if len({id(by_form[f]) for f in hosts}) == 1:
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
        entity.outlet = best == "outlet" and sum(_does(page, mention) for mention in entity.names) < 2
        entity.place = best in {"place", "seat", "state"} or any(m.text in CONTINENTS for m in entity.names)
        entity.thing = best in {"thing", None, "people"}
        entity.kind = "organization"
        if entity.place and not any(m.text in CONTINENTS for m in entity.names):
            entity.acts = any(acts(page, mention) for mention in entity.names)
            entity.kind = "state" if entity.acts else "organization"
    return result


def _does(page: Page, mention: Mention) -> bool:
    """Whether an outlet does something besides carrying news ("Chirper *removed* the video")."""
    return acts(page, mention) and clause_head(page, mention).head.lemma_ not in CARRYING


def _seat(page: Page, by_form: dict[str, Entity], seat: str, body: str) -> None:
    """Give the mentions of a city that act ("Brussels congratulated …") to the body that sits there, where
    the article names it."""
    city, owner = by_form.get(seat), by_form.get(body)
    if city is None or owner is None:
        return
    acting = [mention for mention in city.names if acts(page, mention)]
    owner.names += acting
    city.names = [mention for mention in city.names if mention not in acting]
    for mention in acting:
        mention.sure = False


def _share_out(entity: Entity, hosts: list[Entity]) -> None:
    """Give each mention of a short form that fits several bodies ("the Council") to the one named last."""
    for mention in list(entity.names):
        before = [(m.start, n) for n, host in enumerate(hosts) for m in host.names if m.start < mention.start]
        if before:
            hosts[max(before)[1]].names.append(mention)
            entity.names.remove(mention)


def plain_form(text: str) -> str:
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
                found.append((plain_form(short.text), plain_form(mention.text)))
    return found


def initialism(form: str) -> bool:
    letters = form.replace(".", "")
    return letters.isupper() and 2 <= len(letters) <= 7 and " " not in letters


def _initials_fit(short: str, long: str) -> bool:
    """Whether capitals are the initials of a name: of all its words or of its capitalised ones ("NATO"
    fits none)."""
    letters = short.replace(".", "").casefold()
    parts = re.findall(r"[^\W_]+", long.replace("'s", ""))
    capitals = "".join(p[0] for p in parts if p[0].isupper()).casefold()
    return letters in {capitals, "".join(p[0] for p in parts).casefold()}


def _shortens(short: str, long: str, votes: dict[str, Guess | None], earlier: bool) -> bool:
    """Whether one body's name is the beginning or end of another's ("Peterson Institute", "the Supreme
    Court")."""
    a, b = short.split(), long.split()
    if len(a) >= len(b) or votes.get(long) not in {"organization", None}:
        return False
    if b[: len(a)] == a:
        if earlier and b[len(a)] in {"on", "of", "for"}:
            return False  # "European Council", and later "European Council on Foreign Relations"
        return (
            (
                (len(a) > 1 and a[-1] in words().bodies)
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
