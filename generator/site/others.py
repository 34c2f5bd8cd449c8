"""Which other plugins have a say in the pages: what can be done without them depends on it."""

from __future__ import annotations

from collections.abc import Iterable

from mkdocs.config.defaults import MkDocsConfig

WHOLE_SITE = ("files", "nav", "env", "post_build")
"""Events at which a plugin may look at all pages at once."""
EACH_PAGE = (
    "pre_page",
    "page_read_source",
    "page_markdown",
    "page_content",
    "page_context",
    "post_page",
)
"""Events at which a plugin may change a page."""

TEMPLATES = ("pre_template", "template_context", "post_template")
"""Events at which a plugin may change the theme's other files, such as the sitemap."""


def others_in(config: MkDocsConfig, events: Iterable[str], known: Iterable[str]) -> set[str]:
    """The plugins and hooks that handle one of these events, but for those `known`."""
    plugins = config.plugins
    found = {
        plugins._event_origins.get(method, "a hook") for name in events for method in plugins.events[name]
    }
    return found - {"briefings", *known}
