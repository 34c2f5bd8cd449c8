"""Whom role nouns and pronouns mean: "the president", "the agency", he, she, it, they."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter

from spacy.tokens import Token

from generator.analysis.actors.functions import clause_head, head
from generator.analysis.actors.geography import atlas
from generator.analysis.actors.layout import Page
from generator.analysis.actors.naming import Entity, initialism
from generator.analysis.actors.vocabulary import PASSING, PRIVATE, SPEECH, words
from generator.analysis.lexicon import read
from generator.analysis.syntax import SUBJECTS

MASCULINE = frozenset({"he", "him", "his", "himself"})


FEMININE = frozenset({"she", "her", "hers", "herself"})


NEUTER = frozenset({"it", "its", "itself"})


PLURAL = frozenset({"they", "them", "their", "theirs", "themselves"})


PERSON = "he or she"
"""What a noun for a person agrees with that tells no gender."""
# A description is no pronoun: it is taken for the best candidate only where none comes near.
_MARGIN = 1.0


FIRST = frozenset({"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"})


PRONOUNS = MASCULINE | FEMININE | NEUTER | PLURAL | FIRST


def link_nouns(page: Page, entities: list[Entity]) -> dict[int, Entity]:
    """Definite nouns for actors already named, by the noun's token: "the president", "the agency", "the
    union"."""
    lex, people, bodies = words(), read("people")["takes_up"], read("organizations")["takes_up"]
    found: dict[int, Entity] = {}
    persons = [e for e in entities if e.kind == "person"]
    groups = [
        e for e in entities if e.kind == "organization" and not e.place and not e.thing and not e.outlet
    ]
    named = {i for e in entities for m in e.names for i in range(m.title[0] if m.title else m.start, m.end)}
    roles = {id(e): _role_words(page, e) for e in persons}
    described = {i for e in persons for start, end in e.role_spans for i in range(start, end)}
    places = sorted((m.start, n) for n, e in enumerate(entities) if e.kind == "state" for m in e.names)
    unnamed: dict[str, int] = {}
    for i, word in enumerate(page.lower):
        if i in named:
            continue
        if word in COUNTRIES and (state := _country(page, i, places, entities)) is not None:
            found[i] = state
            continue
        if (page.words[i] != word and not _titlecase_role(page, i)) or not i:
            continue
        candidates: list[Entity] = []
        if word in lex.persons and i not in described:
            if not _definite(page, i):
                unnamed[word] = i  # "a senior official": "the official" is this one from here on
                continue
            if page.lower[i + 1 : i + 2] in (["of"], ["for"]) or (
                page.capital[i + 1 : i + 2] == [True] and page.words[i + 1].isalpha()
            ):
                continue  # "the leader of the Russian delegation" says itself who is meant
            candidates = [
                e
                for e in persons
                if _fits_role(word, roles[id(e)], people)
                and _modifiers_fit(page, i, roles[id(e)])
                and _last_before(e, i) > unnamed.get(word, -1)
            ]
        elif page.tags[i] == "NN" and _definite(page, i):
            if word in bodies:
                candidates = [e for e in groups if _fits_body(bodies[word], e)]
            if not candidates and word in COMPANIES:
                candidates = [e for e in groups if _company(page, e)]
        candidates = [e for e in candidates if _first_before(e, i)]
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


_ANOTHER = frozenset("other second third same average".split())
_MODIFIERS = frozenset({"JJ", "JJS", "NN", "NNP", "HYPH", "VBN"})
COUNTRIES = frozenset({"country", "nation", "government", "administration", "state"})
COMPANIES = frozenset("company firm group retailer carmaker bank lender manufacturer airline startup".split())


def _country(page: Page, i: int, places: list[tuple[int, int]], entities: list[Entity]) -> Entity | None:
    """The state that "the country", "the government", "the Obama administration" means: the one named last in
    this sentence or the one before; a government may be that of the state most of the article is about."""
    word = page.lower[i]
    first = page.tags[i - 1] if i else ""
    if first not in {"DT", "JJ", "NNP", "NN"} or page.lower[i - 1] in {
        "a",
        "an",
        "each",
        "every",
        "no",
        "any",
        "another",
    }:
        return None
    if word == "administration":
        return next((e for e in entities if e.state is not None and e.state.code == "US"), None)
    if page.lower[i - 1] not in {"the", "this", "that"} and not (
        page.lower[i - 1] in PASSING and page.lower[i - 2 : i - 1] == ["the"]
    ):
        return None
    at = bisect_left(places, (i, 0)) - 1
    while at >= 0 and page.sentence[i] - page.sentence[places[at][0]] <= 1:
        state = entities[places[at][1]]
        if state.state is not None and state.state.region == (word == "state"):
            return state
        at -= 1
    if word == "government" and places:
        counts = Counter(n for _, n in places).most_common(1)
        if 2 * counts[0][1] > len(places):
            return entities[counts[0][0]]
    return None


def _company(page: Page, entity: Entity) -> bool:
    """Whether a body may be "the company": no public body by its name, and none of one bare word like
    "Congress"."""
    lex = words()
    for mention in entity.names:
        last = mention.parts[-1]
        if last in lex.forms or last in PRIVATE:
            return True
        if any(part in lex.bodies or part in lex.bare for part in mention.parts) or (
            initialism(mention.text) and len(entity.names) == 1
        ):
            return False
    return True


def _titlecase_role(page: Page, i: int) -> bool:
    return page.words[i] in words().titles


def _definite(page: Page, i: int) -> bool:
    """Whether a singular noun stands with "the", "this", or a possessive, and what lies between are its
    modifiers."""
    for k in range(i - 1, max(i - 5, -1), -1):
        word = page.lower[k]
        if word in {"the", "this", "that", "whose"} or (
            word in {"his", "her", "its", "their"} and k == i - 1
        ):
            return word in {"the", "this", "that"}
        if page.tags[k] not in {"JJ", "NN", "NNP", "HYPH", "JJS", "VBN", "CD"}:
            return False
    return False


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
    described = _descriptions(page, heads, [e for e in entities if e.kind == "person"])
    for i, word in enumerate(page.lower):
        if i in heads:
            recent.append((i, heads[i]))
            recent = recent[-40:]
            continue
        word = described.get(i, word)
        if i not in described:
            if word not in PRONOUNS or word in FIRST or page.tags[i] not in {"PRP", "PRP$"}:
                continue
        if word in NEUTER and (page.doc[i].dep_ == "expl" or _pleonastic(page, i)):
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


def _descriptions(page: Page, heads: dict[int, Entity], persons: list[Entity]) -> dict[int, str]:
    """Singular nouns that take up a person whom the article gives no such role ("the retired neurosurgeon
    said"), by token, with the pronoun that they agree with; PERSON where they tell no gender.

    Only subjects of the narration; none that an indefinite phrase has introduced ("a senior official … the
    official"), and none that says itself who is meant ("the leader of the delegation", "the Brook aide").
    """
    lex = words()
    taken = {i for e in persons for m in e.names for i in range(m.start, m.end)}
    taken |= {i for e in persons for start, end in e.role_spans for i in range(start, end)}
    given = frozenset().union(*(_role_words(page, e) for e in persons))
    found: dict[int, str] = {}
    introduced: set[str] = set()
    for i, word in enumerate(page.lower):
        if word not in lex.persons or word in given or i in taken or i in heads:
            continue
        if page.tags[i] not in {"NN", "NNP"} or page.words[i] not in {word} | lex.parties:
            continue
        if not _definite(page, i):
            introduced.add(word)
        elif word not in introduced and page.quoted[i] < 0 and _stands_alone(page, i, taken):
            found[i] = "she" if word in lex.female_nouns else "he" if word in lex.male_nouns else PERSON
    return found


def _stands_alone(page: Page, i: int, taken: set[int]) -> bool:
    """Whether a definite noun is a whole subject, with no complement and no other person's name in it."""
    if page.doc[i].dep_ not in SUBJECTS:
        return False
    after = i + 1
    if page.lower[after : after + 1] == ["of"] and page.tags[after + 1 : after + 2] == ["NN"]:
        after += 2  # "the former secretary of state"
    if after < len(page.words):
        name = page.capital[after] and page.words[after].isalpha()
        if name or page.tags[after] in {"IN", "TO", "WP", "WDT", "POS", "NN", "NNS"}:
            return False
    k = i - 1
    while page.lower[k] not in {"the", "this"}:
        if k in taken or page.lower[k] in _ANOTHER or page.tags[k] not in _MODIFIERS:
            return False
        k -= 1
    return True


def _pleonastic(page: Page, i: int) -> bool:
    """Whether "it" stands for a clause to come: "it is clear that …", "it became known that …"."""
    following = page.lower[i + 1 : i + 10]
    if not following or page.lower[i] != "it":
        return False
    copula = following[0] in {
        "is",
        "was",
        "'s",
        "’s",
        "seems",
        "seemed",
        "became",
        "appears",
        "appeared",
    } or (
        following[0] in {"would", "will", "may", "could", "should", "has", "had"}
        and following[1:2] in (["be"], ["been"])
    )
    adjective = page.tags[i + 1][:2] == "JJ" and page.lower[i - 1] in {
        "make",
        "makes",
        "making",
        "made",
        "find",
        "finds",
        "found",
    }
    if not copula and not adjective:
        return False
    for k in range(i + 1, min(i + 10, len(page.words))):
        if page.words[k] in {",", ".", ";"}:
            return False
        if page.lower[k] in {"that", "to", "whether", "if"} and k > i + 1:
            return any(page.tags[j][:2] in {"JJ"} or page.tags[j] == "VBN" for j in range(i + 1, k))
    return False


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
    singular = word == PERSON or word in MASCULINE | FEMININE
    speaks = token.dep_ in SUBJECTS and token.head.lemma_ in SPEECH and quote < 0
    for at, entity in recent:
        distance = here - page.sentence[at]
        if distance > (4 if singular else 2) or page.paragraph[i] - page.paragraph[at] > 3:
            continue
        if singular:
            if entity.kind != "person":
                continue
            gender = entity.says_gender()
            if gender is not None and word != PERSON and gender != ("m" if word in MASCULINE else "f"):
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
        if other.dep_ in SUBJECTS:
            score += 1.5
            if singular:
                score += 0.6 if other.head.dep_ == "ROOT" else 0.0
                score += 0.5 if speaks and other.head.lemma_ in SPEECH else 0.0
        score += 0.3 if page.bounds[page.sentence[at]][0] + 3 > at else 0.0
        score -= 1.0 if other.dep_ in {"nmod:poss", "poss", "compound", "amod", "nmod"} else 0.0
        score -= 1.5 if page.quoted[at] >= 0 and quote != page.quoted[at] else 0.0
        score -= 1.0 if in_role.get(at, id(entity)) != id(entity) else 0.0
        score += 0.004 * max(0, 100 - (i - at))
        if singular and entity.says_gender() is None:
            score -= 0.5
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
    if word == PERSON and any(scores[best] - scores[k] < _MARGIN for k in scores if k != best):
        return None
    least = 1.0 if singular else 2.8 if word in NEUTER and quote >= 0 else 2.0
    return by_id[best] if scores[best] >= least else None
