"""The cast of an article: whom each phrase means, and who of all that are named takes part in the story."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence

from spacy.tokens import Doc, Token

from generator.analysis.actors.billing import is_listed
from generator.analysis.actors.coreference import FIRST, link_nouns, link_pronouns
from generator.analysis.actors.forms import Mention
from generator.analysis.actors.functions import function_of
from generator.analysis.actors.geography import atlas, key
from generator.analysis.actors.groups import QUANTITY, find_groups
from generator.analysis.actors.layout import Page
from generator.analysis.actors.mentions import find_names
from generator.analysis.actors.naming import Entity, link_names
from generator.analysis.actors.prominence import LEAST, Listed, features, judge, weight
from generator.analysis.actors.roles import assign_roles
from generator.analysis.actors.vocabulary import COMPOUND, GOVERNMENT, INFORMAL, LIGHT, SHARES, words
from generator.analysis.model import Actor, NextStep, Position, Quote
from generator.article import Article

PASSED = LIGHT | SHARES
KEY_ACTORS = 8


def find_actors(doc: Doc, article: Article) -> Cast:
    """The Cast of an article: its provisional actors, and whom each phrase refers to."""
    page = Page(doc, article)
    entities = link_names(page, find_names(page))
    assign_roles(page, entities)
    nouns = link_nouns(page, entities)
    groups = find_groups(page, entities, nouns)
    groups = _one_each(groups)
    pronouns = link_pronouns(page, entities + groups, nouns)
    for i, entity in pronouns.items():
        entity.others.append((i, i + 1))
    for entity in entities + groups:
        _name(entity)
    return Cast(page, entities, groups, nouns, pronouns)


def _one_each(groups: list[Entity]) -> list[Entity]:
    """Groups of one name as one ("House Democrats" and "Democrats" are both named by their party)."""
    by_name: dict[str, Entity] = {}
    for group in groups:
        _name(group)
        known = by_name.setdefault(group.name.casefold(), group)
        if known is not group:
            known.names = sorted(known.names + group.names, key=lambda m: m.start)
            known.plural = known.plural or group.plural
    return list(by_name.values())


class Cast:
    """The provisional actors of one article, and whom each of its phrases means."""

    def __init__(
        self,
        page: Page,
        entities: list[Entity],
        groups: list[Entity],
        nouns: dict[int, Entity],
        pronouns: dict[int, Entity],
    ) -> None:
        self._page = page
        self._entities = entities + groups
        self._ids()
        self._starts = [token.idx for token in page.doc]
        self._at: dict[int, Entity] = {}
        self._title_at: dict[int, Entity] = {}
        for entity in self._entities:
            for start, end in entity.role_spans:
                for i in range(start, end):
                    self._title_at.setdefault(i, entity)
        for entity in self._entities:
            for mention in entity.names:
                for i in range(mention.start, mention.end):
                    self._at[i] = entity
                if mention.title:
                    for i in range(*mention.title):
                        self._title_at[i] = entity
        for entity in self._entities:
            for mention in entity.names:
                k = mention.start - 1
                while k >= 0 and page.words[k] in words().honorifics:
                    self._at.setdefault(k, entity)
                    k -= 1
        for found in (nouns, pronouns):
            for i, entity in found.items():
                self._at.setdefault(i, entity)
        self.actors: tuple[Actor, ...] = tuple(
            self._actor(entity) for entity in self._entities if self._possible(entity)
        )

    def refer(self, start: int, end: int, speaker: str | None = None) -> str | None:
        """The id of the actor that `prose[start:end)` means, by the phrase's head; None without evidence.

        Takes names, peoples, seats of government, role nouns and pronouns; `speaker` (an actor's id) is whom
        *I* and *we* mean in direct speech.
        """
        tokens = self._tokens(start, end)
        if not tokens:
            return None
        if len(tokens) == 1 and tokens[0].lower_ in FIRST:
            return speaker
        titled = self._titled(tokens)
        if titled is not None:
            return titled.id
        top = self._head(tokens)
        entity = self._leading_name(tokens) or self._entity_at(top, tokens)
        if entity is not None:
            return entity.id if self._possible(entity) else None
        if top.lower_ in FIRST:
            return speaker
        return None

    def settle(
        self,
        *,
        quotes: Sequence[Quote] = (),
        positions: Sequence[Position] = (),
        next_steps: Sequence[NextStep] = (),
    ) -> tuple[Actor, ...]:
        """The actors that take part in the story, in order of appearance, at most eight of them key.

        Whoever speaks, holds a position or owns a next step is one; groups only then. Persons, bodies and
        states besides are kept where they act or are acted on.
        """
        parts = self._listed(quotes, positions, next_steps)
        told = features(self._page, parts)
        shares = {
            part.entity.id: judge(each, weight(self._page, part))
            for part, each in zip(parts, told, strict=True)
        }
        kept = [part.entity for part in parts]
        ranked = sorted(kept, key=lambda e: (-shares[e.id], e.first))[:KEY_ACTORS]
        keys = {e.id for e in ranked if shares[e.id] >= LEAST}
        present = {e.id for e in kept}
        return tuple(self._actor(e, key=e.id in keys, present=present) for e in kept)

    def candidates(
        self,
        *,
        quotes: Sequence[Quote] = (),
        positions: Sequence[Position] = (),
        next_steps: Sequence[NextStep] = (),
    ) -> list[tuple[Actor, list[str]]]:
        """The actors that `settle` lists, with the features by which it judges if they are key."""
        parts = self._listed(quotes, positions, next_steps)
        told = features(self._page, parts)
        return [(self._actor(part.entity), each) for part, each in zip(parts, told, strict=True)]

    def _listed(
        self, quotes: Sequence[Quote], positions: Sequence[Position], next_steps: Sequence[NextStep]
    ) -> list[Listed]:
        """Those that take part in the story, in order of appearance, with what they have in it."""
        spoke = Counter(quote.speaker for quote in quotes if quote.speaker)
        holds = Counter(position.actor for position in positions if position.actor)
        owns = Counter(owner for step in next_steps for owner in step.owners)
        parts = [
            Listed(e, self._parts(e), spoke[e.id], holds[e.id], owns[e.id])
            for e in self._entities
            if self._possible(e)
        ]
        return [
            part
            for part in parts
            if is_listed(self._page, part.entity, part.functions, findings=part.findings)
        ]

    def _ids(self) -> None:
        seen: Counter[str] = Counter()
        for entity in sorted(self._entities, key=lambda e: e.first):
            slug = slugify(entity.name)
            seen[slug] += 1
            entity.id = slug if seen[slug] == 1 else f"{slug}-{seen[slug]}"
        self._entities.sort(key=lambda e: (e.first, e.id))
        by_span = {i: e for e in self._entities for m in e.names for i in range(m.start, m.end)}
        for entity in self._entities:
            if entity.kind == "person":
                entity.affiliation = _affiliation(self._page, entity, by_span)

    def _tokens(self, start: int, end: int) -> list[Token]:
        first = bisect_right(self._starts, start) - 1
        last = bisect_left(self._starts, end)
        return [t for t in self._page.doc[max(first, 0) : last] if not t.is_space and not t.is_punct]

    def _head(self, tokens: list[Token]) -> Token:
        """The head of a phrase: the one token that hangs outside of it, else its last noun before a
        preposition."""
        inside = {t.i for t in tokens}
        outer = [t for t in tokens if (t.head.i not in inside or t.head.i == t.i) and t.lower_ not in PASSED]
        nominal, bridged = tokens[0], False
        for token in tokens:
            tag = self._page.tags[token.i]
            if tag in {"IN", "TO"} and nominal.lower_ not in PASSED:
                bridged = True
                break
            if tag[:2] in {"NN", "PR"} or nominal.lower_ in PASSED:
                nominal = token
        if (
            len(outer) == 1
            and outer[0].pos_ not in {"ADP", "CCONJ"}
            and not (bridged and outer[0].i > nominal.i)
        ):
            return outer[0]
        return nominal

    def _titled(self, tokens: list[Token]) -> Entity | None:
        """The person in whose title a phrase stands that was cut off before the name ("*IMF* chief economist
        Rosa Hale said"): parsers often take the title's first word for the subject."""
        for i in (tokens[0].i, tokens[-1].i):
            owner = self._title_at.get(i)
            if owner is None or owner.kind != "person":
                return None
            while self._title_at.get(i) is owner and self._at.get(i) is not owner:
                i += 1
            if self._at.get(i) is not owner:
                return None
        return owner

    def _leading_name(self, tokens: list[Token]) -> Entity | None:
        """The person whose name opens a phrase that goes on with a comma or a clause: what follows
        describes them."""
        first = tokens[0].i
        entity = self._at.get(first)
        described = self._title_at.get(first)
        k = first
        owner = entity if entity is not None and entity.kind == "person" else described
        if owner is None:
            return None
        while k <= tokens[-1].i and (self._at.get(k) is owner or self._title_at.get(k) is owner):
            k += 1
        if k > tokens[-1].i and self._at.get(k - 1) is not owner and self._at.get(k) is owner:
            return owner  # "State Department spokeswoman", cut off before the name
        if self._at.get(k - 1) is not owner or self._page.words[k - 1].islower():
            return None
        after = self._page.words[k] if k < len(self._page.words) else ""
        return (
            owner
            if k > tokens[-1].i or after in {",", "(", "--", "—", "–"} or after.lower() in {"who", "of"}
            else None
        )

    def _entity_at(self, top: Token, tokens: list[Token]) -> Entity | None:
        if top.i in self._at:
            return self._at[top.i]
        inside = {t.i for t in tokens}
        described = self._title_at.get(top.i)
        if described is not None:
            return described
        # The parser hung the phrase on a modifier: a name that the whole phrase consists of decides.
        content = [t for t in tokens if t.lower_ not in LIGHT and t.pos_ not in {"ADP", "PUNCT", "DET"}]
        owners = {id(self._at[t.i]): self._at[t.i] for t in content if t.i in self._at}
        if len(owners) == 1 and all(t.i in self._at or t.i in self._title_at for t in content):
            return next(iter(owners.values()))
        if top.lower_ in GOVERNMENT:
            return next(
                (
                    self._at[t.i]
                    for t in tokens
                    if t.i < top.i and t.i in self._at and self._at[t.i].kind == "state" and t.i in inside
                ),
                None,
            )
        return None

    def _possible(self, entity: Entity) -> bool:
        """Whether an entity can be an actor at all: no outlet, place, law, month."""
        if entity.place:
            return entity.acts
        if entity.kind in {"person", "state", "group"}:
            return True
        return entity.kind == "organization" and not (entity.outlet or entity.place or entity.thing)

    def _parts(self, entity: Entity) -> list[tuple[str, Mention]]:
        """What each mention does in its clause; inside another's title or description it does nothing."""
        result = []
        for mention in entity.names:
            described = self._title_at.get(mention.start)
            apart = described is None or described is entity
            result.append((function_of(self._page, mention, entity) if apart else "nothing", mention))
        return result

    def _actor(self, entity: Entity, *, key: bool = False, present: set[str] | None = None) -> Actor:
        doc = self._page.doc
        spans = sorted({(m.start, m.end) for m in entity.names} | set(entity.others))
        affiliation = entity.affiliation
        if present is not None and affiliation not in present:
            affiliation = None
        return Actor(
            id=entity.id,
            name=entity.name,
            kind=entity.kind or "organization",
            role=entity.role,
            affiliation=affiliation,
            aliases=_aliases(entity),
            mentions=tuple((doc[a].idx, doc[b - 1].idx + len(doc[b - 1].text)) for a, b in spans),
            key=key,
            score=_score(entity),
        )


def slugify(name: str) -> str:
    """A name as an id: ASCII letters and digits, hyphens between ("José Peña" is "jose-pena")."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-") or "actor"


def _score(entity: Entity) -> float:
    """How sure it is that this is an actor: less for a kind that no spelling decides."""
    if any(mention.sure for mention in entity.names) or entity.kind in {"state"}:
        return 0.95
    if entity.kind == "person":
        return 0.9 if any(len(mention.parts) > 1 for mention in entity.names) else 0.7
    return 0.7


def _name(entity: Entity) -> None:
    """Write the fullest form: a state by the name the article uses most, others by their longest name."""
    if entity.state is not None and entity.kind == "state":
        known = [m.text for m in entity.names if key(m.text) in {key(n) for n in entity.state.names}]
        written = [
            re.sub(r"^[Tt]he ", "", text)
            for text in known
            if "." not in text and not text.isupper() and key(text) not in INFORMAL
        ]
        entity.name = Counter(written).most_common(1)[0][0] if written else entity.state.name
        return
    if entity.kind == "group" or entity.common:
        party = next(
            (
                m.text.split()[-1]
                for m in entity.names
                if m.text.split()[-1] in words().party_people - {"GOP"}
            ),
            None,
        )
        entity.name = party or entity.names[0].text
        return
    forms = Counter(re.sub(r"^[Tt]he ", "", m.text) for m in entity.names)
    entity.name = max(
        forms,
        key=lambda form: (
            len(form.split()) if entity.kind == "person" else len(form),
            forms[form],
            -entity_order(entity, form),
        ),
    )


def entity_order(entity: Entity, form: str) -> int:
    return min(m.start for m in entity.names if m.text.endswith(form))


def _aliases(entity: Entity) -> tuple[str, ...]:
    forms = []
    known = atlas()
    for mention in entity.names:
        form = mention.text
        if entity.kind == "state":
            if key(form) in known.adjectives and key(form) not in known.people:
                continue
            if key(form) in known.people and mention.guess == "people":
                form = "the " + form
        forms.append(form)
        if entity.kind == "group":
            forms.append(QUANTITY.sub("", form))  # "Many Ostravans", and "Ostravans"
    return tuple(dict.fromkeys(form for form in forms if form != entity.name))


def _affiliation(page: Page, entity: Entity, owners: dict[int, Entity]) -> str | None:
    """The id of the body or state that a person's title or description names first; "the Oslo-based
    institute" names no state."""
    for start, end in [m.title for m in entity.names if m.title] + entity.role_spans:
        for i in range(start, end):
            owner = owners.get(i)
            if (
                owner is not None
                and owner is not entity
                and owner.kind in {"organization", "state"}
                and not owner.thing
                and not (page.words[i + 1 : i + 2] == ["-"] and page.lower[i + 2] in COMPOUND)
            ):
                return owner.id
    return None
