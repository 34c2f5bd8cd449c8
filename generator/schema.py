"""The front matter's schema: what each key may hold, for us and for every editor with JSON Schema.

`python -m generator.schema` prints the JSON Schema; `docs/schema/briefing.json` is its output.
Values come as the strings that stand in the file: YAML 1.1 would make `no` false, `12:30` 750 and
`0123` 83.
"""

from __future__ import annotations

import json
import re
import sys
from contextlib import suppress
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

SLUG = r"^[a-z0-9][a-z0-9-]*$"


def _read_date(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        with suppress(ValueError):
            return date.fromisoformat(value)
    raise ValueError("a date as YYYY-MM-DD")


def _read_list(value: object) -> object:
    if value is None:
        return []
    return [value] if isinstance(value, str) else value


_Date = Annotated[date, BeforeValidator(_read_date)]
_Words = Annotated[
    tuple[str, ...],
    BeforeValidator(_read_list),
    # One word needs no brackets, and a key that is still empty is no mistake.
    WithJsonSchema({"type": ["array", "string", "null"], "items": {"type": "string"}}),
]
_Slug = Annotated[str, Field(pattern=SLUG, max_length=120)]


class SourceKeys(BaseModel):
    """Where the article came from."""

    model_config = ConfigDict(title="Source")

    file: str | None = Field(
        default=None, description="The article's file, as it was given to the generator."
    )
    publisher: str | None = None
    byline: str | None = Field(default=None, description="Who wrote the article.")
    url: str | None = Field(
        default=None, description="The article's address; entries link to their words in it."
    )
    credits: _Words = Field(default=(), description="Agencies and people the article credits.")
    sha256: str | None = Field(
        default=None, description="Of the article's file, when the briefing was generated."
    )


class ActorKeys(BaseModel):
    """Who an actor is. What the article says of it stands in its line in the body: whoever is listed
    under Key actors there is a key actor."""

    model_config = ConfigDict(title="Actor")

    id: _Slug | None = Field(
        default=None, description="Stays when the name is corrected; by default from the name."
    )
    name: Annotated[str, Field(min_length=1)] = Field(description="The fullest form of the name.")
    kind: Literal["person", "organization", "state", "group"] | None = None
    role: str | None = Field(
        default=None,
        description="Has its place in the actor's line under Key actors or Other actors; "
        "`briefings tidy` moves it there.",
    )
    affiliation: str | None = Field(default=None, description="The id of the actor that this one belongs to.")
    aliases: _Words = Field(default=(), description="Other names; each of them is understood in the body.")


class FrontMatterKeys(BaseModel):
    """Front matter of a briefing. Further keys are kept, and are MkDocs' and Material's to read."""

    model_config = ConfigDict(title="Briefing")

    title: Annotated[str, Field(min_length=1)] = Field(description="The page's title.")
    date: _Date = Field(description="The article's date.")
    id: _Slug | None = Field(
        default=None,
        description="Names the briefing for good: generating again finds the file by it, also renamed.",
    )
    source: SourceKeys = Field(default_factory=SourceKeys)
    summary: _Words = Field(
        default=(),
        description="Two to four sentences of the article below `summary: |`, one a line, each with its "
        "paragraph at the end: [¶ 3]. Plain text: nothing in it needs quotation marks.",
        examples=["The crossing reopens on Tuesday, both sides said. [¶ 1]\nConvoys will wait. [¶ 4]\n"],
    )
    tags: _Words = Field(default=(), description="What the briefing is about; a page each on the site.")
    actors: tuple[ActorKeys, ...] = Field(default=(), description="Who is who on this page.")


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a briefing's front matter: draft 7, which editors know."""
    schema = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        **FrontMatterKeys.model_json_schema(),
    }
    return schema


if __name__ == "__main__":
    sys.stdout.write(json.dumps(json_schema(), indent=2) + "\n")
