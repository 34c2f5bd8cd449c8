"""The front matter of a page: YAML, read as strings and typed by the schema, written in a fixed order."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml
from pydantic import ValidationError

from generator.briefing import Actor, Briefing, Item, Sentence, Source, slugify
from generator.errors import BriefingError
from generator.markdown import one_line
from generator.schema import ActorKeys, FrontMatterKeys
from generator.sections import summary

try:
    from yaml import CBaseLoader as _Loader
    from yaml import CSafeLoader as _TypedLoader
except ImportError:  # PyYAML built without libyaml: the same answers, slower.
    from yaml import BaseLoader as _Loader  # type: ignore[assignment]
    from yaml import SafeLoader as _TypedLoader  # type: ignore[assignment]

KEYS = tuple(FrontMatterKeys.model_fields)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the front matter says. `actors` know their names; a role only where a person put it here."""

    title: str
    date: date
    id: str | None
    source: Source
    summary: tuple[Sentence, ...]
    tags: tuple[str, ...]
    actors: tuple[Actor, ...]
    extra: dict[str, Any]


def read(text: str, *, path: str, line: int = 2) -> FrontMatter:
    """The front matter in `text` (the YAML alone), which begins at `line` of the file `path`.

    Raises `BriefingError` with file and line for broken YAML and for values of the wrong type.
    """
    with suppress(ValueError):
        if (generated := _read_generated(text)) is not None:
            return _typed(FrontMatterKeys.model_validate(generated), {})
    return _read_yaml(text, path, line)


def _read_yaml(text: str, path: str, line: int) -> FrontMatter:
    try:
        root = yaml.compose(text, _Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = line + (mark.line if mark else 0)
        outside = "could not find expected ':'" in str(error.problem) and "summary: |" in text
        works = (
            "A sentence of the summary works with two spaces before it"
            if outside
            else 'Text with a colon, a quotation mark or a # in it works in quotes: title: "Talks: day one"'
        )
        raise BriefingError(
            f"{path}:{at}: the front matter is not valid YAML: {error.problem}. {works}"
        ) from error
    except yaml.YAMLError as error:
        raise BriefingError(f"{path}:{line}: the front matter is not valid YAML: {error}") from error
    if root is None:
        root = yaml.MappingNode("", [])
    if not isinstance(root, yaml.MappingNode):
        raise BriefingError(
            f"{path}:{line}: the front matter has no keys; 'title: …' and 'date: YYYY-MM-DD' would work"
        )
    known: dict[str, Any] = {}
    extra: list[str] = []
    seen: dict[str, int] = {}
    visited: set[int] = set()
    for key, value in root.value:
        name, at = str(key.value), line + key.start_mark.line
        if name in seen:
            raise BriefingError(
                f"{path}:{at}: the key '{name}' stands twice, first in line {seen[name]}; one works"
            )
        seen[name] = at
        if name == "summary" and isinstance(value, yaml.ScalarNode):
            known[name] = summary.split_lines(value.value, folded=value.style != "|")
        elif name in KEYS:
            known[name] = _data(value, path, line, visited)
        else:
            extra.append(name)
    try:
        keys = FrontMatterKeys.model_validate(known)
    except ValidationError as error:
        raise BriefingError(_first_problem(error, root, path, line)) from error
    return _typed(keys, _foreign(extra, text, path, line) if extra else {})


def _typed(keys: FrontMatterKeys, extra: dict[str, Any]) -> FrontMatter:
    return FrontMatter(
        title=one_line(keys.title),
        date=keys.date,
        id=keys.id,
        source=Source(
            file=_text(keys.source.file),
            publisher=_text(keys.source.publisher),
            byline=_text(keys.source.byline),
            url=_text(keys.source.url),
            credits=_texts(keys.source.credits),
            sha256=_text(keys.source.sha256),
        ),
        summary=summary.read_sentences(keys.summary),
        tags=_texts(keys.tags),
        actors=tuple(map(_actor, keys.actors)),
        extra=extra,
    )


def _actor(keys: ActorKeys) -> Actor:
    return Actor(
        id=keys.id or slugify(keys.name) or "actor",
        name=one_line(keys.name),
        kind=keys.kind,
        role=_text(keys.role),
        affiliation=_text(keys.affiliation),
        aliases=_texts(keys.aliases),
    )


def _text(value: str | None) -> str | None:
    return (one_line(value) or None) if value else None


def _texts(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(text for value in values if (text := one_line(value)))


def _data(node: yaml.Node, path: str, line: int, visited: set[int]) -> Any:
    if isinstance(node, yaml.ScalarNode):
        # An unquoted null is how YAML says "nothing"; a quoted one is a word.
        return None if not node.style and node.value in _NOTHING else node.value
    if id(node) in visited:
        # A few lines of anchors can stand for gigabytes, or for themselves.
        at = line + node.start_mark.line
        raise BriefingError(
            f"{path}:{at}: YAML anchors do not work here; the text itself does, written twice"
        )
    visited.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        return [_data(item, path, line, visited) for item in node.value]
    return {str(key.value): _data(value, path, line, visited) for key, value in node.value}


def _foreign(names: Sequence[str], text: str, path: str, line: int) -> dict[str, Any]:
    """The values of keys that are not ours, as MkDocs itself would read them (`true` is True)."""
    try:
        values = yaml.load(text, _TypedLoader)
    except (yaml.YAMLError, ValueError) as error:
        raise BriefingError(f"{path}:{line}: the front matter cannot be read: {error}") from error
    return {name: values[name] for name in names if name in values}


_EXPECTED = {
    "missing": "is missing",
    "string_type": "has to be text",
    "string_too_short": "is empty",
    "string_too_long": "is too long",
    "tuple_type": "has to be a list: [one, two]",
    "model_type": "has to be keys and values: {name: …}",
    "model_attributes_type": "has to be keys and values: {name: …}",
    "string_pattern_mismatch": "may hold a-z, 0-9 and - only",
}


def _first_problem(error: ValidationError, root: yaml.MappingNode, path: str, line: int) -> str:
    problem = error.errors(include_url=False)[0]
    place = [part for part in problem["loc"] if not (isinstance(part, str) and part.startswith("function-"))]
    node: yaml.Node = root
    at = line
    for part in place:
        if isinstance(part, int) and isinstance(node, yaml.SequenceNode) and part < len(node.value):
            node = node.value[part]
        elif isinstance(node, yaml.MappingNode):
            found = next((value for key, value in node.value if key.value == part), None)
            if found is None:
                break
            node = found
        at = line + node.start_mark.line
    name = ".".join(str(part + 1) if isinstance(part, int) else part for part in place)
    found_text = f" (found: {node.value!r})" if isinstance(node, yaml.ScalarNode) else ""
    kind = str(problem["type"])
    if kind == "literal_error":
        wanted = f"has to be one of {problem['ctx']['expected'].replace(chr(39), '')}"
    elif kind == "value_error":
        wanted = "has to be " + str(problem["msg"]).removeprefix("Value error, ")
    else:
        wanted = _EXPECTED.get(kind, str(problem["msg"]))
    example = {"date": "; date: 2025-05-17 would work", "title": "; title: Talks end would work"}.get(
        name, ""
    )
    return f"{path}:{at}: '{name}' in the front matter {wanted}{found_text}{example}"


# --- reading what the generator wrote ---------------------------------------------------------

# Words, and the punctuation that means nothing to YAML, in a list or a mapping as outside of one.
_PLAIN = re.compile(r"[^\W_](?:[\w.'’/()&;+%$–—…-]|[ ](?=[^\s#])|:(?=[\w/]))*")
_SCALAR = rf'(?:"(?:[^"\\]|\\.)*"|{_PLAIN.pattern})'
_ROW = re.compile(
    rf"""(title|date|id|[ ][ ](?:file|publisher|byline|url|sha256)):[ ]({_SCALAR})
    | (tags|[ ][ ]credits):[ ]\[({_SCALAR}(?:,[ ]{_SCALAR})*)\]
    | (source|summary|actors):([ ]\|)?""",
    re.VERBOSE,
)
_ACTOR = re.compile(
    rf"""[ ][ ]-[ ]\{{id:[ ]({_SCALAR}),[ ]name:[ ]({_SCALAR})(?:,[ ]kind:[ ](\w+))?
    (?:,[ ]affiliation:[ ]({_SCALAR}))?(?:,[ ]aliases:[ ]\[({_SCALAR}(?:,[ ]{_SCALAR})*)\])?\}}""",
    re.VERBOSE,
)
_EACH = re.compile(_SCALAR)


def _read_generated(text: str) -> dict[str, Any] | None:
    """The data of a front matter in the form that `write` gives it; None for any other, YAML's to read.

    Most pages are in it, and YAML takes a third of the time of reading a page. Raises `ValueError`
    for scalars that YAML reads in its own way.
    """
    data: dict[str, Any] = {}
    source: dict[str, Any] = {}
    lines: list[str] = []
    actors: list[dict[str, Any]] = []
    below = {"source": source, "summary": lines, "actors": actors}
    above = ""
    for line in filter(None, text.split("\n")):
        if above == "actors" and (match := _ACTOR.fullmatch(line)):
            pairs = zip(("id", "name", "kind", "affiliation"), match.groups(), strict=False)
            actor: dict[str, Any] = {key: _value(value) for key, value in pairs if value}
            actors.append(actor | {"aliases": [_value(value) for value in _EACH.findall(match[5] or "")]})
            continue
        if above == "summary" and line.startswith("  "):
            if not _is_line(line[2:]):
                return None
            lines.append(line[2:])
            continue
        row = _ROW.fullmatch(line)
        if row is None:
            return None
        key, value, list_key, values, opening, block = row.groups()
        if (block is not None) != (opening == "summary"):
            return None
        name = key or list_key or opening
        target = source if name.startswith(" ") else data
        if target is data:
            above = name
        elif above != "source":
            return None
        if name.strip() in target:
            return None
        if opening:
            target[name] = below[name]
        else:
            target[name.strip()] = _value(value) if key else [_value(each) for each in _EACH.findall(values)]
    if lines:
        data["summary"] = summary.split_lines("\n".join(lines))
    return data if all((name in data) == bool(found) for name, found in below.items()) else None


def _is_line(text: str) -> bool:
    """Whether YAML reads this line of a block as it stands, and a sentence ends with it."""
    return text == one_line(text) and summary.is_complete(text)


def _value(scalar: str) -> str:
    if scalar[0] != '"':
        if scalar in _NOTHING:
            raise ValueError("nothing, without quotes")
        return scalar
    if "\\u" in scalar:
        raise ValueError("escapes in which JSON and YAML differ")
    return str(json.loads(scalar))


_NOTHING = ("", "~", "null", "Null", "NULL")


# --- writing --------------------------------------------------------------------------------

# Under YAML 1.1 these plain words are truth values, nothing, numbers, times or dates.
_RESOLVER = yaml.resolver.Resolver()


def scalar(text: str) -> str:
    """`text` as a YAML scalar: bare where every YAML reader takes it for a string, else in quotes."""
    if _PLAIN.fullmatch(text) and text[-1] != ":":
        resolved = _RESOLVER.resolve(yaml.ScalarNode, text, (True, False))
        if resolved == "tag:yaml.org,2002:str":
            return text
    return json.dumps(text, ensure_ascii=False)


def sequence(texts: Iterable[str]) -> str:
    return "[" + ", ".join(scalar(text) for text in texts) + "]"


def actor_line(actor: Actor) -> str:
    """One actor of the front matter: who it is, on one line."""
    pairs = [f"id: {scalar(actor.id)}", f"name: {scalar(actor.name)}"]
    if actor.kind:
        pairs.append(f"kind: {actor.kind}")
    if actor.affiliation:
        pairs.append(f"affiliation: {scalar(actor.affiliation)}")
    if actor.aliases:
        pairs.append(f"aliases: {sequence(actor.aliases)}")
    return f"  - {{{', '.join(pairs)}}}"


def write(briefing: Briefing) -> str:
    """The YAML of a briefing's front matter, in fixed order, without the lines of hyphens."""
    source = briefing.source
    lines = [f"title: {scalar(briefing.title)}", f"date: {briefing.date.isoformat()}", f"id: {briefing.id}"]
    pairs = [
        (name, value)
        for name in ("file", "publisher", "byline", "url")
        if (value := getattr(source, name)) is not None
    ]
    below = [f"  {name}: {scalar(value)}" for name, value in pairs]
    if source.credits:
        below.append(f"  credits: {sequence(source.credits)}")
    if source.sha256:
        below.append(f"  sha256: {scalar(source.sha256)}")
    if below:
        lines += ["source:", *below]
    if briefing.summary:
        lines += ["summary: |", *map(summary.render, briefing.summary)]
    if briefing.tags:
        lines.append(f"tags: {sequence(briefing.tags)}")
    if briefing.actors:
        lines += ["actors:", *(actor_line(actor) for actor in briefing.actors)]
    for key, value in briefing.extra.items():
        lines.append(
            yaml.safe_dump({key: value}, allow_unicode=True, sort_keys=False, width=1000).rstrip("\n")
        )
    return "\n".join(lines) + "\n"


_TOP_KEY = re.compile(r"([^\s#][^:\n]*?)\s*:(?:\s|$)")


def keys(text: str) -> list[tuple[str, int, int]]:
    """The keys of a front matter in block style, each with its lines `[start, end)`.

    Comments and blank lines above a key belong to it; those behind the last key to that.
    """
    lines = text.split("\n")
    while lines and not lines[-1].strip():
        lines.pop()
    found: list[tuple[str, int]] = []
    above = 0
    for at, line in enumerate(lines):
        if match := _TOP_KEY.match(line):
            found.append((match[1].strip("'\""), above))
        if line.strip() and not line.startswith("#"):
            above = at + 1
    ends = [start for _, start in found[1:]] + [len(lines)]
    return [(key, start, end) for (key, start), end in zip(found, ends, strict=True)]


def complete(briefing: Briefing) -> str | None:
    """A person's front matter with what is missing added: the id, and actors whom only the body lists.

    Roles that the actors' lines say are taken out. As it is where it is written in a way that cannot be
    added to line by line.
    """
    text = briefing.front
    if text is None:
        return None
    lines = text.split("\n")
    while lines and not lines[-1].strip():
        lines.pop()
    places = {key: (start, end) for key, start, end in keys(text)}
    if "actors" in places:
        lines[slice(*places["actors"])] = _without_roles(lines[slice(*places["actors"])], briefing)
    known = {actor.id for actor in read(text, path=briefing.path or briefing.id).actors}
    missing = [actor_line(actor) for actor in briefing.actors if actor.id not in known]
    if missing and "actors" in places:
        _, end = places["actors"]
        last = next((lines[at] for at in range(end - 1, -1, -1) if lines[at].strip()), "")
        indent = re.match(
            r"\s*", next((x for x in lines[slice(*places["actors"])] if x.lstrip().startswith("- ")), "  ")
        )
        prefix = indent[0] if indent else "  "
        while end > 0 and not lines[end - 1].strip():
            end -= 1
        if last.strip() != "actors: []":
            lines[end:end] = [prefix + line.strip() for line in missing]
    elif missing:
        lines += ["actors:", *missing]
    if "id" not in places and "date" in places:
        lines.insert(places["date"][1], f"id: {briefing.id}")
    completed = "\n".join(lines) + "\n"
    try:
        again = read(completed, path=briefing.path or briefing.id)
    except BriefingError:
        return text
    same = again.id == briefing.id and [actor.id for actor in again.actors] == [a.id for a in briefing.actors]
    return completed if same else text


def _without_roles(rows: Sequence[str], briefing: Briefing) -> list[str]:
    """The rows of actors, each on its line, without a role that the actor's line in the body shows."""
    items = (block for block in briefing.blocks if isinstance(block, Item) and block.raw is None)
    shown = {item.value.id for item in items if isinstance(item.value, Actor)}
    kept = []
    for row in rows:
        actor = read_row(row) if "role" in row else None
        if actor and actor.role and actor.id in shown:
            row = row[: row.index("-")] + actor_line(actor).strip()
        kept.append(row)
    return kept


def read_row(row: str) -> Actor | None:
    """The actor that a row of the list says; None where it is not on one line, or says more than we know."""
    match = re.fullmatch(r"\s*- (\{.*\})\s*", row)
    if match is None:
        return None
    with suppress(yaml.YAMLError, ValidationError, BriefingError):
        node = yaml.compose(match[1], _Loader)
        pairs = _data(node, "", 1, set()) if node else {}
        return (
            _actor(ActorKeys.model_validate(pairs)) if pairs.keys() <= ActorKeys.model_fields.keys() else None
        )
    return None
