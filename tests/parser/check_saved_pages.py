#!/usr/bin/env python3
"""Holds `qanat parse --page` against a second reading of the same pages (independent_reader.py):
each page, each post, each field; pages of posts also cut short, and as the page's script gets them.

Usage: check_saved_pages.py QANAT SOURCE…
A source is a folder (its *.html), the demo server (what it serves), or --shared: the folder of real
pages, which is $QANAT_SHARED/pages or ../shared/pages beside the project. Where that is absent the
exit code is 77, and the test is skipped. Ends with 1 and names page, post, field and both values,
if anything differs.
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import urllib.request

import independent_reader

SKIPPED = 77
PROJECT = pathlib.Path(__file__).parents[2]
SHARED = pathlib.Path(os.environ.get("QANAT_SHARED", PROJECT / ".." / "shared"))
ABSENT = object()


def differences(expected, actual, place=""):
    """(place, expected, actual) of each value that differs."""
    if isinstance(expected, dict) and isinstance(actual, dict):
        for key in sorted(expected.keys() | actual.keys()):
            yield from differences(expected.get(key, ABSENT), actual.get(key, ABSENT),
                                   f"{place}.{key}" if place else key)
    elif isinstance(expected, list) and isinstance(actual, list):
        for index in range(max(len(expected), len(actual))):
            yield from differences(expected[index] if index < len(expected) else ABSENT,
                                   actual[index] if index < len(actual) else ABSENT,
                                   f"{place}[{index}]")
    elif type(expected) is not type(actual) or expected != actual:
        yield place, expected, actual


def by_post(page):
    """The posts under their ids, so that a lost one is named and the rest still compared."""
    posts = {}
    for number, post in enumerate(page.get("posts", [])):
        identity = post.get("id", number)
        posts[f"{identity} (again)" if identity in posts else identity] = {
            key: value for key, value in post.items() if key not in independent_reader.NOT_READ}
    return {**{key: value for key, value in page.items() if key != "posts"},
            "post order": list(posts), "posts": posts}


def check_page(expected, actual):
    """What differs between the two readings of a page, a line each."""
    faults = []
    for post in actual.get("posts", []):
        if not re.fullmatch("[0-9a-f]{64}", str(post.get("content_sha256"))):
            faults.append(f"posts.{post.get('id')}.content_sha256: {post.get('content_sha256')}")
    for place, ours, theirs in differences(by_post(expected), by_post(actual)):
        faults.append(f"{place}:\n    the page says {shown(ours)}\n    qanat says    {shown(theirs)}")
    return faults


def shown(value):
    return "nothing" if value is ABSENT else json.dumps(value, ensure_ascii=False)[:400]


def parsed_by(qanat, page):
    done = subprocess.run([qanat, "parse", "--page", "-"], input=page, capture_output=True)
    if done.returncode != 0:
        return {"failed": done.stderr.decode()}
    return json.loads(done.stdout)


def saved_pages(folder):
    for path in sorted(folder.glob("*.html")):
        yield path.name, path.read_bytes()


def served_pages(program):
    """Of the demo server: each channel's landing page and each page of its posts."""
    channels = (PROJECT / "tests" / "demo" / "channels.txt").read_text("utf-8")
    names = re.findall(r"^\w+", channels, re.M)
    with tempfile.TemporaryDirectory() as folder:
        port_file = pathlib.Path(folder, "port")
        server = subprocess.Popen([program, "--port", "0", "--port-file", port_file],
                                  stdout=subprocess.DEVNULL)
        try:
            while not port_file.exists():
                if server.poll() is not None:
                    sys.exit("the demo server did not start")
                time.sleep(0.02)
            host = f"http://127.0.0.1:{port_file.read_text().strip()}"
            for name in [*names, "nobody_has_it"]:
                paths = [f"/{name}", f"/s/{name}"]
                for path in paths:
                    page = urllib.request.urlopen(host + path).read()
                    yield path, page
                    older = re.search(rb'href="(/s/\w+\?before=\d+)" class="tme_messages_more', page)
                    if older:
                        paths.append(older[1].decode())
        finally:
            server.terminate()
            server.wait()


def pages_of(source):
    if source == "--shared":
        return saved_pages(SHARED / "pages")
    return saved_pages(pathlib.Path(source)) if os.path.isdir(source) else served_pages(source)


def forms_of(name, page):
    yield name, page
    posts = re.search(rb'<section class="tgme_channel_history[^>]*>(.*)</section>', page, re.S)
    if posts:
        yield f"{name}, as its script gets it", json.dumps(posts[1].decode()).encode()
        yield f"{name}, cut short", page[:page.rindex(b'<div class="tgme_widget_message_wrap')]


def main(arguments):
    qanat, *sources = arguments
    if "--shared" in sources and not (SHARED / "pages").is_dir():
        print(f"skipped: needs the folder of real pages, {SHARED / 'pages'}")
        return SKIPPED
    pages = posts = faults = 0
    for source in sources:
        for name, page in (form for each in pages_of(source) for form in forms_of(*each)):
            expected = independent_reader.read_page(page)
            found = check_page(expected, parsed_by(qanat, page))
            pages, posts, faults = pages + 1, posts + len(expected["posts"]), faults + len(found)
            for fault in found:
                print(f"{name}: {fault}")
    print(f"{pages} pages, {posts} posts, {faults} differences")
    return 1 if faults or not posts else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
