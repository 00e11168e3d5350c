#!/usr/bin/env python3
"""The layer check finds planted violations and lets a clean tree through."""
import pathlib
import subprocess
import sys
import tempfile

CHECK = pathlib.Path(__file__).with_name("check_layers.py")
PLANTED = {
    "base/a.h": "#include <re2/re2.h>",
    "base/b.h": '#include "record/json.h"',
    "parser/a.cc": '#include "store/store.h"',
    "store/a.cc": '#include "app/visit.h"',
    "crawler/a.cc": "#include <gumbo.h>",
    "classifier/a.cc": '#include "../base/post.h"',
}
CLEAN = {
    "base/a.h": "#include <string>",
    "parser/a.cc": '#include <gumbo.h>\n#include "base/post.h"\n#include "parser/page.h"',
    "app/a.cc": '#include "store/store.h"\n#include <sys/stat.h>',
}


def run(files):
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            path = pathlib.Path(folder, name)
            path.parent.mkdir(exist_ok=True)
            path.write_text(text + "\n", encoding="utf-8")
        return subprocess.run([sys.executable, CHECK, folder], capture_output=True, text=True)


def main():
    clean = run(CLEAN)
    assert clean.returncode == 0, clean.stdout
    for name, text in PLANTED.items():
        result = run({name: text})
        assert result.returncode == 1, f"not found: {name}: {text}"
        assert f"{name}:1:" in result.stdout, result.stdout
    print(f"{len(PLANTED)} planted violations found")


main()
