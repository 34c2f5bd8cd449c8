"""Reading articles of each kind, in articles and megabytes a second."""

from __future__ import annotations

import argparse
import json
from html import escape
from pathlib import Path

from benchmarks.measure import cpu_seconds
from generator.readers import read

SEED = Path(__file__).parent.parent / "seeds" / "2025-05-17-istanbul-talks.txt"


def run(options: argparse.Namespace) -> None:
    """Print the CPU time for the given article, in every format that it can be put into."""
    article = read(SEED.read_bytes(), SEED)
    paragraphs = [article.prose[block.start : block.end] for block in article.blocks]
    head = f"<html lang=en><head><title>Talks</title><meta name=date content={article.date}></head>"
    body = "".join(f"<p>{escape(words)}</p>" for words in paragraphs)
    kinds = {
        "talks.txt": SEED.read_text(encoding="utf-8"),
        "talks.md": f"---\ndate: {article.date}\n---\n\n" + "\n\n".join(paragraphs),
        "talks.html": f"<!doctype html>{head}<body><article>{body}</article></body></html>",
        "talks.json": json.dumps({"date": str(article.date), "text": "\n\n".join(paragraphs)}),
    }
    for name, text in kinds.items():
        data = text.encode()
        seconds = cpu_seconds(lambda data=data, name=name: read(data, name), options.repeat * 4)  # type: ignore[misc]
        print(f"  {name:11} {seconds * 1000:6.2f} ms  {len(data) / seconds / 1e6:6.2f} MB/s")
