#!/usr/bin/env python3
"""That check_saved_pages.py can fail: whatever value is changed on our pages, it is named.

Usage: check_saved_pages_test.py QANAT
"""
import copy
import os
import pathlib
import subprocess
import sys
import tempfile

import check_saved_pages
import independent_reader

HERE = pathlib.Path(__file__).parent
FIXTURES = HERE / "fixtures"
CHECK = [sys.executable, HERE / "check_saved_pages.py"]


def our_pages():
    for name, page in check_saved_pages.saved_pages(FIXTURES):
        yield name, independent_reader.read_page(page)


def as_qanat_prints(page):
    printed = copy.deepcopy(page)
    for post in printed["posts"]:
        post["content_sha256"] = "0" * 64
    return printed


def containers(value):
    """Every object and list of a page."""
    if isinstance(value, (dict, list)):
        yield value
        for each in value.values() if isinstance(value, dict) else value:
            yield from containers(each)


def test_every_field_of_a_post_has_a_value_on_our_pages():
    posts = [post for _, page in our_pages() for post in page["posts"]]
    empty = {name for name in independent_reader.POST_FIELDS
             if not any(post[name] for post in posts)}
    assert empty == {"removed"}, empty


def test_each_changed_value_is_reported_once():
    for name, page in our_pages():
        printed = as_qanat_prints(page)
        for container in containers(printed):
            keys = container if isinstance(container, dict) else range(len(container))
            for key in list(keys):
                kept = container[key]
                if isinstance(kept, (dict, list)):
                    continue
                container[key] = "planted"
                faults = check_saved_pages.check_page(page, printed)
                container[key] = kept
                if key == "id":  # one post is lost, another one found
                    assert len(faults) > 1, faults
                    continue
                place = key if isinstance(container, dict) else f"[{key}]"
                assert len(faults) == 1, f"{name}: {key} changed, found {faults}"
                assert faults[0].partition(":")[0].endswith(place), f"{name}: {key}: {faults}"
        assert check_saved_pages.check_page(page, printed) == [], name


def test_a_lost_a_doubled_and_a_moved_post_are_reported():
    with_posts = [(name, page) for name, page in our_pages() if page["posts"]]
    assert with_posts
    for name, page in with_posts:
        posts = page["posts"]
        for changed in (posts[1:], [*posts, posts[0]], posts[::-1]):
            printed = as_qanat_prints({**page, "posts": changed})
            assert check_saved_pages.check_page(page, printed), name


def program(folder, script):
    path = pathlib.Path(folder, "qanat")
    path.write_text("#!/bin/sh\n" + script + "\n")
    path.chmod(0o755)
    return path


def test_a_reader_that_errs_ends_the_check_with_1_and_a_named_post(qanat):
    with tempfile.TemporaryDirectory() as folder:
        lying = program(folder, f'"{qanat}" "$@" | sed \'s/"views":5010,/"views":5011,/\'')
        done = subprocess.run([*CHECK, lying, FIXTURES], capture_output=True, text=True)
        assert done.returncode == 1, done
        for part in ("rare_2026.html", "posts.rare_things/101.views", "5010", "5011"):
            assert part in done.stdout, done.stdout
        silent = program(folder, "exit 1")
        assert subprocess.run([*CHECK, silent, FIXTURES], capture_output=True).returncode == 1


def test_without_the_real_pages_it_is_skipped(qanat):
    done = subprocess.run([*CHECK, qanat, "--shared"], capture_output=True, text=True,
                          env={**os.environ, "QANAT_SHARED": "/nonexistent"})
    assert done.returncode == check_saved_pages.SKIPPED and "skipped" in done.stdout, done


def main():
    test_every_field_of_a_post_has_a_value_on_our_pages()
    test_each_changed_value_is_reported_once()
    test_a_lost_a_doubled_and_a_moved_post_are_reported()
    test_a_reader_that_errs_ends_the_check_with_1_and_a_named_post(sys.argv[1])
    test_without_the_real_pages_it_is_skipped(sys.argv[1])
    print("5 cases passed")


if __name__ == "__main__":
    main()
