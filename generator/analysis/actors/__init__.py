"""Who takes part in the story: one actor for all the names, roles and pronouns that mean it.

    Doc ─layout→ Page ─mentions→ names ─kinds, naming→ entities ─roles, groups, coreference→ Cast

`find_actors` gives the Cast of an article: every actor it might have, and an answer to "whom does this
phrase mean?" (`Cast.refer`). Once the other findings are known, `Cast.settle` keeps those that take part
and says which are key.
"""

from __future__ import annotations

from generator.analysis.actors.cast import Cast, find_actors, slugify

__all__ = ["Cast", "find_actors", "slugify"]
