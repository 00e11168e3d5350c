#!/usr/bin/env python3
"""Holds the three kinds of feed against readers of others.

Usage: check_feeds.py FEED_SAMPLES
FEED_SAMPLES writes the same posts as RSS, Atom and JSON Feed into a folder. xmllint parses the XML;
newsboat reads RSS and Atom, headless and without a network, and what it then has in its cache is
compared with the JSON Feed, which Python reads.
"""
import json
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile


def read_by_newsboat(feed, folder):
    """What newsboat keeps of a feed: guid → (title, address, content, moment)."""
    urls = folder / f"{feed.name}.urls"
    urls.write_text(f"file://{feed}\n")
    cache = folder / f"{feed.name}.cache"
    subprocess.run(["newsboat", "-u", urls, "-c", cache, "-C", os.devnull, "-x", "reload"],
                   check=True, env={**os.environ, "HOME": str(folder)}, timeout=60)
    with sqlite3.connect(cache) as connection:
        rows = connection.execute("SELECT guid, title, url, content, pubDate FROM rss_item")
        return {guid: rest for guid, *rest in rows}


def faults(folder):
    feeds = json.loads((folder / "feed.json").read_text())
    expected = {item["id"]: item for item in feeds["items"]}
    for name in ("feed.rss", "feed.atom"):
        subprocess.run(["xmllint", "--noout", "--nonet", folder / name], check=True)
        read = read_by_newsboat(folder / name, folder)
        if set(read) != set(expected):
            yield f"{name}: newsboat has {sorted(read)}, the JSON Feed {sorted(expected)}"
            continue
        for identity, (title, url, content, _) in read.items():
            item = expected[identity]
            # newsboat keeps titles as text with markup read, and trims what it keeps.
            if url != item["url"]:
                yield f"{name}: {identity} leads to {url}"
            if content.strip() != item["content_html"].strip():
                yield f"{name}: {identity} reads {content!r}, not {item['content_html']!r}"
            if not title:
                yield f"{name}: {identity} has no title"


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        subprocess.run([sys.argv[1], name], check=True)
        found = list(faults(folder))
    print("\n".join(found) if found else "xmllint and newsboat read every feed as it was meant")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
