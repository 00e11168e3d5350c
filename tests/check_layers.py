#!/usr/bin/env python3
"""Holds every #include against the table of layers (docs/architecture.md).

Usage: check_layers.py REPOSITORY
Prints each violation as file:line and ends with 1 if there is any.
"""
import pathlib
import re
import sys

# Folder → folders of ours whose headers it may include, besides its own.
FOLDERS = {
    "base": set(),
    "record": {"base"},
    "crawler": {"base"},
    "parser": {"base"},
    "classifier": {"base"},
    "store": {"base", "record"},
    "export": {"base", "record", "store"},
    "importer": {"base"},
    "web": {"base"},
    "app": {"base", "record", "crawler", "parser", "classifier", "store", "export", "importer",
            "web"},
    "fuzz": {"base", "record", "crawler", "parser", "classifier"},
}

# Third-party header → folders that may include it. Each library is used in as few folders as possible.
LIBRARIES = {
    r"curl/": {"crawler"},
    r"gumbo\.h": {"parser"},
    r"re2/": {"classifier"},
    r"cld2/|compact_lang_det": {"classifier"},
    r"utf8proc": {"classifier", "store"},
    r"toml\+\+|toml\.hpp": {"classifier", "app"},
    r"libxml/": {"export"},
    r"sqlite3": {"store"},
    r"zstd": {"store", "export"},
    r"zlib": {"export", "importer"},
    r"openssl/": {"base"},
    r"nlohmann/": {"record", "store", "export", "importer", "app"},
    r"spdlog/|CLI/": {"app"},
    r"microhttpd": {"web"},
}

# Headers of the C library and the kernel that a folder needs are the standard library to us.
SYSTEM = re.compile(r"[a-z_0-9]+|(sys|netinet|arpa)/[a-z_]+\.h|[a-z]+\.h")
INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^>"]+)[>"]')


def problem(folder, quote, header):
    """Why `folder` may not include `header`, or None."""
    if quote == '"':
        target = header.split("/")[0]
        if target == folder or target in FOLDERS[folder]:
            return None
        if target in FOLDERS:
            return f"{folder}/ may not include {target}/"
        return f'"{header}" is no header of a known folder: write it from the root'
    for pattern, folders in LIBRARIES.items():
        if re.match(pattern, header):
            return None if folder in folders else f"<{header}> belongs in {' or '.join(sorted(folders))}"
    if SYSTEM.fullmatch(header):
        return None
    return f"<{header}> is no known library: add it to {pathlib.Path(__file__).name}"


def violations(root):
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix not in {".h", ".cc"}:
                continue
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                found = INCLUDE.match(line)
                why = found and problem(folder, *found.groups())
                if why:
                    yield f"{path.relative_to(root)}:{number}: {why}"


def main():
    root = pathlib.Path(sys.argv[1])
    found = list(violations(root))
    print("\n".join(found) if found else "every include points down")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
