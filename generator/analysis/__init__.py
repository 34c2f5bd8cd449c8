"""Understanding an article: who is in it, who said what, who wants what, what happens next.

    Doc ─find_actors→ Cast ─find_attributions→ ─find_quotes→ ─find_positions→ ─find_next_steps→
        ─find_events→ Analysis

`analyze` is pure: the same article and the same pipeline give the same Analysis.
"""

from __future__ import annotations

from generator.analysis.model import Analysis

__all__ = ["Analysis"]
