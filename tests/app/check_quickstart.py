#!/usr/bin/env python3
"""scripts/quickstart, run twice to its end over binaries that are built already.

Usage: check_quickstart.py SOURCE_FOLDER QANAT DEMO_SERVER
The script runs in a folder of its own, where scripts/build has nothing left to do.
"""
import pathlib
import shutil
import subprocess
import sys
import tempfile

PARTS = ["Building", "Crawling", "One post, before and after", "The dataset", "What next",
         "scripts/quickstart durov"]


def lay_out(house, source, binaries):
    (house / "scripts").mkdir()
    shutil.copy(source / "scripts" / "quickstart", house / "scripts")
    build = house / "scripts" / "build"
    build.write_text("#!/bin/sh\n")
    build.chmod(0o755)
    (house / "tests" / "demo").mkdir(parents=True)
    shutil.copy(source / "tests" / "demo" / "channels.txt", house / "tests" / "demo")
    (house / "build" / "release").mkdir(parents=True)
    for binary in binaries:
        (house / "build" / "release" / binary.name).symlink_to(binary.resolve())


def check_parts(shown):
    at = 0
    for part in PARTS:
        found = shown.find(part, at)
        assert found >= 0, f"«{part}» is missing, or out of its place:\n{shown}"
        at = found


def main():
    source, *binaries = map(pathlib.Path, sys.argv[1:])
    with tempfile.TemporaryDirectory() as folder:
        house = pathlib.Path(folder)
        lay_out(house, source, binaries)
        for news in ("157 new", "0 new"):
            run = subprocess.run([house / "scripts" / "quickstart"], text=True,
                                 stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            assert run.returncode == 0, f"exit code {run.returncode}:\n{run.stdout}"
            check_parts(run.stdout)
            assert f" {news}, " in run.stdout, f"no «{news}»:\n{run.stdout}"
            rows = (house / "quickstart" / "dataset.jsonl").read_text().splitlines()
            assert len(rows) > 100, f"{len(rows)} rows in dataset.jsonl"


main()
