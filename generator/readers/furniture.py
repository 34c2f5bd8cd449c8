"""What a page puts around and between the paragraphs of a story, and what no sentence of it is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.readers.lines import ends_sentence, title_case
from generator.readers.paragraphs import Paragraph

TAIL = 6
"""What ends a page stands among so many last paragraphs."""

_LINES = frozenset(
    "abstract;accept all;accept all cookies;accept cookies;advertisement;advertising;comments;"
    "continue reading;continue reading the main story;copy link;correction appended;for immediate release;"
    "full story;full text;getty;getty images;listen to this article;live;manage cookies;more on this story;"
    "most popular;most read;most viewed;online;paid content;published;read more;related;related article;"
    "related articles;related content;related stories;related topics;save;share;share full article;"
    "share this article;share this story;skip advertisement;sponsored;sponsored content;"
    "story continues below;story continues below advertisement;trending;updated;watch;x".split(";")
)
"""Lines of a page that come along when its text is copied."""

_PICTURES = (
    r"(?:Getty(?:\sImages)?|Reuters|REUTERS|AP|Associated\sPress|ASSOCIATED\sPRESS|AFP|EPA|Bloomberg|Shutterstock"
    r"|Corbis|Alamy|iStock|Xinhua|Anadolu(?:\sAgency)?|PA(?:\sWire|\sImages)?|dpa|NurPhoto|Zuma(?:\sPress)?|TASS"
    r"|Facebook|Flickr|Instagram|LinkedIn|Twitter|YouTube|Wikimedia(?:\sCommons)?)"
)
_CAPTION = re.compile(
    rf"""(?:
        (?i:image\s(?:source|caption|credit|copyright)\s?[,:].*)
      | \W{{0,2}}(?i:file\s)?(?i:photos?|picture|image|graphic|illustration)
        (?:\s(?i:credit|by|courtesy\sof)\s[A-Z][\w.’'&/ -]{{2,60}}\W*|\s?:.*)
      | \W?(?:(?:[A-Z][\w.’'&-]*|d[aeiu]|el|la|v[ao]n)\s){{0,5}}(?:[A-Z][\w.’'&-]*\s?/\s?|via\s)
        {_PICTURES}(?:\s?/\s?[\w ]+)?[).]{{0,2}}
      | {_PICTURES}\s?/\s?[A-Z][\w.’' -]{{2,40}}
      | .+[\w.!?"”’)]\s(?:Image|Photo|Picture|Video|Illustration|Graphic)s?(?:\s(?:credit|by))?
        :\s[A-Z][^.:]{{2,60}}\.?
    )$""",
    re.VERBOSE,
)
_LINK = re.compile(
    r"""(?:
        (?:read\smore|also\sread|read\salso|read\sthis\stoo|see\salso|must\sread|don['’]t\smiss|recommended
          |you\smay\salso\slike|related(?:\sarticle|\sstory)?|more\son\sthis|watch(?:\snow)?|listen|live\supdates)
        \s?[:|»>–—]\s?.*
      | (?:also\son|more\sfrom|elsewhere\son)\s[^.!?]{2,40}
      | read\s(?:the\s(?:rest|full|whole|entire|complete)|it\sall|more)\b.{0,100}
      | (?:watch|see|listen\sto|listen|hear|read|view|check\sout|take\sa\slook|scroll|click)
        \b[^.!?]{0,100}\b(?:above|below|here)\W*
      | click\s(?:here|on|below|through)\b.*
      | the\sfull\s[\w ]{2,30}\scan\sbe\s(?:found|read|seen|viewed|heard)\b.{0,40}
      | \(?h/t\s.{2,60}
      | (?:https?://|www\.)\S+
    )$""",
    re.IGNORECASE | re.VERBOSE,
)
_INVITATION = re.compile(
    r"""(?:
        listen\sto\sthis\s(?:article|story)\b.*
      | (?:sign\sup|register(?:\sfor\sfree)?|subscribe)\s(?:for|to|now|here|today|free)\b.*
      | (?:want|get|receive|enjoy|love|like|stay|join|never\smiss|for\sthe\slatest)\b.{0,140}
        \b(?:newsletters?|in\syour\sinbox|news\salerts)\b.{0,60}
      | follow\s(?:@|us\b).*
      | (?:on\stwitter,?\s)?follow\s[\w.’' ]{2,80}\s
        (?:coverage|https?:|(?:on|at)\s(?:facebook|instagram|twitter|x|telegram|@|http)).*
      | (?:twitter|facebook|instagram|threads|bluesky|telegram|whatsapp|e-?mail|phone|tel|fax|web(?:site)?)
        \s?:\s?(?:@|https?:|www\.|\S+@|\+?\(?\d).{0,100}
      | @\w+\W*
      | (?:send|e-?mail|contact|reach|write\sto|message)\b.{0,120}@\S+
      | (?:got|have|do\syou\shave|are\syou)\s(?:a|an|any|you|affected)\b.{0,60}\?
        .{0,140}\b(?:e-?mail|contact|get\sin\stouch|comments)\b.*
      | what\sdo\syou\sthink\?.{0,120}
      | our\s(?:[\w-]+\s){0,3}(?:e-?mail|newsletter)\b.{0,80}
      | free\s(?:\w+\s)?(?:e-?mail|newsletter)s?
      | privacy\snotice\s?:.*
      | unsubscribe\b.* | view\s(?:this\semail\s)?in\s(?:your\s)?browser\b.*
      | you(?:['’]re|\sare)\sreceiving\sthis\s(?:e-?mail|newsletter)\b.*
      | for\smore\s(?:information|news|stories|coverage)\b.{0,60}
        \b(?:visit|go\sto|head\sto|contact|call|click|see|follow)\b.*
      | (?:we|we\sand\sour\s(?:\w+\s)?partners|this\s(?:web)?site)\s(?:uses?|stores?)\s.{0,60}\bcookies\b.*
      | by\s(?:continuing|clicking|signing\sup)\b.{0,60}\byou\sagree\b.*
      | (?:already\sa\s(?:subscriber|member)|(?:subscribe|log\sin|sign\sin)\sto\s(?:continue|read|keep))\b.*
      | this\s(?:article|story|content)\sis\s(?:for|available\sto|reserved\sfor)\s(?:\w+\s)?
        (?:subscribers|members)\b.*
      | you\shave\s\w+\sfree\sarticles?\b.*
      | (?:get|enjoy)\s(?:unlimited|full|digital)\saccess\b.*
    )$""",
    re.IGNORECASE | re.VERBOSE,
)
_NOTE = re.compile(
    r"""(?:
        (?:correction|corrections|clarification|editor['’]?s?['’]?\snotes?)\s?(?:[:—–-]|\().*
      | this\s(?:article|story|post|piece)\s(?:was|has\sbeen)\s(?:amended|updated|corrected|edited)\b.*
      | (?:an?\s)?(?:earlier|previous)\sversions?\sof\sthis\s(?:article|story|post|piece|headline|report)\b.*
      | a\sversion\sof\sthis\s(?:article|story)\s(?:appears|appeared)\b.*
      | this\sis\sa\s(?:developing|breaking)\s(?:news\s)?story\b.*
      | (?:please\s)?(?:check|come)\sback\sfor\supdates\b.*
    )$""",
    re.IGNORECASE | re.VERBOSE,
)
_MARK = re.compile(
    r"""(?:
        (?:\d+|an?)\s(?:seconds?|minutes?|mins?|hours?|hrs?|days?)\sago
      | \d+[\s-]min(?:ute)?s?(?:\sread)?
      | \d+\s(?:comments?|shares?|likes|views)
      | list\sof\s\d+\sitems | end\sof\slist
      | \(\(.*@.*\)\)
      | (?-i:[a-z]{2,4}(?:-[a-z]{2,4})?(?:/[a-z]{2,4})+ | dpa(?:\s[a-z]{2,4}){1,6})
      | (?:<[^<>]*>\s*)+\.? | [.\#@][\w-]+[^{}.!?]{0,80}\{.*
      | (?:(?:media|press)\s+)?contacts?\s*:.*
    )$""",
    re.IGNORECASE | re.VERBOSE,
)
_KINDS = ((_CAPTION, 350), (_LINK, 200), (_INVITATION, 200), (_NOTE, 1000), (_MARK, 200))
"""What such paragraphs look like, and how long they are at most."""

_ENDS_STORY = re.compile(
    r"\W*(?:most read|related (?:articles|content|stories|topics)|(?:also on|more from|elsewhere on) .{2,40})"
    r"\W*$",
    re.IGNORECASE,
)
"""A label with short links below it."""
_CORRECTION = re.compile(r"\W*corrections?\W*$", re.IGNORECASE)
_ENDS_PAGE = re.compile(
    r"^(?:(?:our\s+standards|topics?|tags?|more\s+on\s+this)\s*:"
    r"|explore\s+more\s+on\s+these\s+topics|you\s+can\s+share\s+this\s+story|sign\s+up\s+(?:for|to)\b)",
    re.IGNORECASE,
)
_INVITED = re.compile(
    r"\b(?:subscribe|sign up|listen|tune in)\b[^.!?]{0,80}\b(?:here|below|above)\b[^.!?]{0,40}[.:]?$", re.I
)


def is_furniture(words: str) -> bool:
    """Whether a paragraph is no part of the story but of the page that it was copied from."""
    return words.lower().strip('.:-[]()"“” ') in _LINES or any(
        len(words) <= longest and kind.match(words) for kind, longest in _KINDS
    )


def without_page_end(body: Sequence[Paragraph]) -> list[Paragraph]:
    """The body up to where its page goes on: "Related topics", a correction, headlines of other stories."""
    kept = list(body)
    for number in range(max(1, len(kept) - TAIL), len(kept)):
        words = kept[number].words
        links = all(len(item.words) < 100 for item in kept[number + 1 :])
        if _CORRECTION.match(words) or (links and _ENDS_STORY.match(words)):
            kept = kept[:number]
            break
    while len(kept) > 1 and _ends_page(kept[-1]):
        kept.pop()
    linked = len(kept) > 2 and _is_other_headline(kept[-1])
    while linked and len(kept) > 2 and (_is_other_headline(kept[-1]) or _is_capitalised(kept[-1])):
        kept.pop()
    return kept


def _ends_page(item: Paragraph) -> bool:
    if len(item.words) >= 300:
        return False
    return bool(
        (len(item.words) < 200 and _ENDS_PAGE.match(item.words))
        or is_furniture(item.words)
        or _INVITED.search(item.words)
    )


def _is_other_headline(item: Paragraph) -> bool:
    return not ends_sentence(item.words) and _is_capitalised(item)


def _is_capitalised(item: Paragraph) -> bool:
    share, count = title_case(item.words)
    return count >= 5 and share == 1 and len(item.words) < 120
