"""Holds docs/traps.md against the tests: each trap has a row, and each name in it is a test's.

check_traps.py SOURCE_FOLDER
"""
import pathlib
import re
import sys

TRAPS = 46
CASE = re.compile(r'TEST_CASE\(\s*"((?:[^"\\]|\\.)*)"')
ROW = re.compile(r"^\| (\d+) \|")


def main(source: pathlib.Path) -> int:
    cases = set()
    for file in (source / "tests").rglob("*_test.cc"):
        names = CASE.findall(file.read_text(encoding="utf-8"))
        cases |= {name.replace('\\"', '"') for name in names}
    page = (source / "docs" / "traps.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if ROW.match(line)]
    wrong = []
    if [int(ROW.match(row)[1]) for row in rows] != list(range(1, TRAPS + 1)):
        wrong.append(f"the rows are not 1 to {TRAPS}")
    for row in rows:
        names = re.findall(r"`([^`]+)`", row.split(" | ")[-1])
        wrong += [f"no test is named: {name}" for name in names if name not in cases]
        if not names:
            wrong.append(f"no test: {row}")
    for each in wrong:
        print(f"docs/traps.md: {each}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
