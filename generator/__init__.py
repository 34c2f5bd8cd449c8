"""Turn news articles into structured, hand-editable briefings."""

__version__ = "0.1.0"
