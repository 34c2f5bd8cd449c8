"""Everything that can go wrong, in one tree.

A message says where (file, and line where there is one), what was found, and what would have
worked. The command line prints it as it is and exits with the class's `exit_code`.
"""

from __future__ import annotations


class BriefingsError(Exception):
    """The root: catch this to catch every error that this package raises on purpose."""

    exit_code = 1


class ArticleError(BriefingsError):
    """An article that cannot be read: empty, binary, wrongly encoded, without a date."""


class BriefingError(BriefingsError):
    """A briefing page that cannot be understood: broken front matter, a wrong value."""


class PageChanged(BriefingError):
    """A page that somebody saved between being read and being written; nothing was written."""


class ModelError(BriefingsError):
    """A language model that is missing, corrupt or of another kind than asked for."""


class SettingsError(BriefingsError):
    """A setting that has a wrong value."""

    exit_code = 2
