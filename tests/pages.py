# ruff: noqa: E501
"""One invented page, as generated, that the tests of merging, checking and storing edit."""

PAGE = """\
---
title: Ministers agree to reopen the Velmar crossing
date: 2026-03-03
id: 2026-03-03-velmar-border-talks
source:
  file: seeds/2026-03-03-velmar-border-talks.txt
  publisher: Harbour Post
  url: https://harbourpost.example/velmar
  credits: [With reporting by Norvane Wire]
  sha256: "0000000000000000000000000000000000000000000000000000000000000000"
summary: |
  Marovia and Velmar agreed on Tuesday to reopen their only crossing. [¶ 1]
  Convoys will wait for a second round. [¶ 4]
tags: [border, trade]
actors:
  - {id: lena-orsk, name: Lena Orsk, kind: person, affiliation: marovia, aliases: [Orsk]}
  - {id: tomas-rehn, name: Tomas Rehn, kind: person}
  - {id: marovia, name: Marovia, kind: state}
  - {id: velmar, name: Velmar, kind: state}
---

## Key actors

- **Lena Orsk**, Foreign Minister of Marovia [¶ 2](#p2){#a-lena-orsk}
- **Tomas Rehn**, Velmar's chief negotiator [¶ 3](#p3){#a-tomas-rehn}

## Positions

### Lena Orsk

- **demands** (the convoys): We need the convoys to move [¶ 2](#p2){#p-8c01d2}
- **opposes**: rejected a longer closure [¶ 2](#p2){#p-51aa0e} *check this*

### Tomas Rehn

- **expects** (the bridge): The bridge will need weeks of work [¶ 3](#p3){#p-99b1c2}

## Quotes

> “We need the convoys to move,”
> “and we need them now.”

— Lena Orsk, Foreign Minister of Marovia [¶ 2](#p2){#q-1a2b3c}

> “The bridge will need weeks of work,”

— Tomas Rehn, Velmar's chief negotiator [¶ 3](#p3){#q-44de10}

## Next steps

- [ ] **Marovia, Velmar** (agreed, 2026-03-10, “next Tuesday”): the crossing will reopen next Tuesday [¶ 4](#p4){#n-77aa10}
- [ ] **Tomas Rehn** (planned): inspect the bridge [¶ 3](#p3){#n-0c9d11}

## Timeline

- **2026-02** (“in February”): The crossing was closed in February [¶ 4](#p4){#e-12ab34}
- **2026-03-03** (“on Tuesday”): agreed on Tuesday to reopen their only crossing [¶ 1](#p1){#e-bb10c4}

## Other actors

- **Marovia** [¶ 1](#p1){#a-marovia}
- **Velmar** [¶ 1](#p1){#a-velmar}

## Source

**¶ 1**{#p1} Marovia and Velmar agreed on Tuesday to reopen their only crossing.

**¶ 2**{#p2} "We need the convoys to move," said Lena Orsk, Foreign Minister of Marovia, who rejected a longer closure, "and we need them now."

**A bridge in need of repair**

**¶ 3**{#p3} "The bridge will need weeks of work," said Tomas Rehn, Velmar's chief negotiator, who is to inspect the bridge.

**¶ 4**{#p4} The crossing was closed in February. If all goes well, the crossing will reopen next Tuesday. Convoys will wait for a second round.
"""


def edited(text: str, *changes: tuple[str, str]) -> str:
    """The page with each first string replaced by the second; each has to stand there once."""
    for old, new in changes:
        assert text.count(old) == 1, f"{text.count(old)} × {old!r}"
        text = text.replace(old, new)
    return text


OLDER = edited(
    PAGE,
    (PAGE[PAGE.index("summary: |") : PAGE.index("tags:")], ""),
    (
        "## Key actors",
        "## Summary\n\n"
        "- Marovia and Velmar agreed on Tuesday to reopen their only crossing. [¶ 1](#p1){#s-4be01c}\n"
        "- Convoys will wait for a second round. [¶ 4](#p4){#s-0d11aa}\n\n## Key actors",
    ),
)
"""The same page in the form of older versions, with its summary in the body."""
