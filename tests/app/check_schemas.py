#!/usr/bin/env python3
"""Holds what `qanat … --json` prints against docs/schema/.

Usage: check_schemas.py QANAT SCHEMA_FOLDER [CONFIG]
With CONFIG (a qanat.toml whose store holds posts) the commands over the store are checked on it,
else on an empty store of its own. Ends with 1 and says where, if anything differs.
"""
import json
import pathlib
import subprocess
import sys
import tempfile
import warnings

try:
    import jsonschema
except ImportError:
    print("needs python3-jsonschema: run scripts/install-packages")
    sys.exit(1)

warnings.simplefilter("ignore", DeprecationWarning)  # RefResolver: Debian 12 has nothing newer

LABELLED = [
    {"id": "a", "channel": "one", "lang": "ru", "text": "Курс за 100 ₽ по промокоду ЛЕТО. Подпишись!",
     "label": "ad", "spans": [], "links": ["https://example.org/?utm_source=x"]},
    {"id": "b", "channel": "two", "lang": "en", "text": "Why is the sky blue? Because of scattering.",
     "label": "qa", "spans": [], "ambiguous": True},
]

# A channel's page in small: a post with a reaction, and one that a promotional line ends.
PAGE = """<!DOCTYPE html><html><head><meta property="og:title" content="Some"></head><body>
<main class="tgme_main"><section class="tgme_channel_history js-message_history">
<div class="tgme_widget_message_wrap js-widget_message_wrap">
<div class="tgme_widget_message js-widget_message" data-post="some_channel/7">
<div class="tgme_widget_message_bubble">
<div class="tgme_widget_message_text js-message_text" dir="auto">Почему <b>небо</b> голубое?<br>
<a href="https://example.org/sky">Ответ</a> #физика</div>
<div class="tgme_widget_message_footer"><div class="tgme_widget_message_info">
<span class="tgme_widget_message_views">1.2K</span>
<span class="tgme_widget_message_meta"><a class="tgme_widget_message_date"
 href="https://t.me/some_channel/7"><time datetime="2026-07-24T09:00:05+00:00">09:00</time></a></span>
</div></div></div></div></div></section></main></body></html>"""


# Of what only a store with posts prints.
STORED = {"post.schema.json", "queued.schema.json", "labelled.schema.json", "agreement.schema.json",
          "verdict_diff.schema.json", "archived_fetch.schema.json",
          "tombstone.schema.json", "row_digest.schema.json"}


class Checker:
    def __init__(self, qanat, folder):
        self.qanat = qanat
        self.schemas = {path.name: json.loads(path.read_text("utf-8"))
                        for path in sorted(pathlib.Path(folder).glob("*.json"))}
        self.used = set()
        self.faults = 0
        self.seen = 0

    def fault(self, text):
        self.faults += 1
        print(text)

    def validate(self, name, value, what):
        self.used.add(name)
        self.seen += 1
        schema = self.schemas[name]
        resolver = jsonschema.RefResolver(name, schema, store=self.schemas)
        validator = jsonschema.Draft202012Validator(schema, resolver=resolver)
        for error in list(validator.iter_errors(value))[:3]:
            self.fault(f"{what}: {name}: {'/'.join(map(str, error.absolute_path))}: {error.message}")

    def run(self, *arguments, stdin="", codes=(0,)):
        done = subprocess.run([self.qanat, *arguments], input=stdin.encode(), capture_output=True)
        if done.returncode not in codes:
            self.fault(f"{' '.join(arguments)}: exit {done.returncode}: {done.stderr.decode()}")
        return done.stdout.decode()

    def check(self, name, *arguments, stdin="", codes=(0,)):
        """Every line that the command prints is a document of the schema. Gives the lines."""
        lines = self.run(*arguments, stdin=stdin, codes=codes).splitlines()
        for line in lines:
            try:
                self.validate(name, json.loads(line), " ".join(arguments))
            except ValueError as error:
                self.fault(f"{' '.join(arguments)}: not JSON: {error}")
        return lines


def main():
    checker = Checker(sys.argv[1], sys.argv[2])
    for name, schema in checker.schemas.items():
        jsonschema.Draft202012Validator.check_schema(schema)
        if schema.get("$id") != name:
            checker.fault(f"{name}: $id is {schema.get('$id')}")
    with tempfile.TemporaryDirectory() as folder:
        if len(sys.argv) > 3:
            config = sys.argv[3]
        else:
            config = folder + "/qanat.toml"
            checker.run("init", "--config", config)
            checker.run("--config", config, "channels", "add", "some_channel")
        posts = "\n".join(json.dumps(row, ensure_ascii=False) for row in LABELLED)
        at = ["--config", config]

        checker.check("version.schema.json", "version", "--json")
        checker.check("config.schema.json", *at, "config", "show", "--json")
        checker.check("config_check.schema.json", *at, "config", "check", "--json")
        checker.check("config_check.schema.json", *at, "config", "check", "--json",
                      "--set", "crawl.rate=0", codes=(2,))
        checker.check("rule_findings.schema.json", *at, "rules", "lint", "--json")
        checker.check("rule_examples.schema.json", *at, "rules", "test", "--json")
        followed = checker.check("channels.schema.json", *at, "channels", "list", "--json")
        for row in json.loads(followed[0])["channels"]:
            checker.check("channel_profile.schema.json",
                          *at, "channels", "profile", row["channel"], "--json")
        checker.check("page.schema.json", "parse", "--page", "-", stdin=PAGE)
        parsed = checker.check("parsed_post.schema.json", "parse", "-", stdin=PAGE)
        if not parsed:
            checker.fault("parse: the page's post is missing")
        checker.check("verdict.schema.json", *at, "classify", "-", stdin=posts)
        checker.check("verdict.schema.json", *at, "classify", "-", stdin="\n".join(parsed))
        checker.check("evaluation.schema.json", *at, "audit", "evaluate", "-", "--json", stdin=posts)
        checker.check("explanation.schema.json", *at, "explain", "--json", "--text", LABELLED[0]["text"])
        checker.check("rules_diff.schema.json", *at, "rules", "diff", "embedded", "embedded",
                      "--corpus", "-", "--json", stdin=posts)
        checker.check("rule_stats.schema.json", *at, "rules", "stats", "-", "--json",
                      "--min-channels", "2", stdin=posts)
        checker.check("rule_learning.schema.json", *at, "rules", "learn", "-", "--json",
                      "--out", folder + "/proposed.toml", stdin=posts)
        checker.check("reclassify.schema.json", *at, "reclassify", "--json")
        if checker.check("queued.schema.json", *at, "audit", "queue", "--size", "4", "--json"):
            for name in ("anna", "boris"):
                checker.run(*at, "audit", "label", "--queue", "4", "--annotator", name, stdin="q\na\no\nq\n")
            checker.check("labelled.schema.json", *at, "audit", "labels")
            checker.check("agreement.schema.json", *at, "audit", "agreement", "--json")
            checker.check("evaluation.schema.json", *at, "audit", "evaluate", "--json")
        stored = checker.check("post.schema.json", *at, "posts", "--json")
        exported = checker.check("post.schema.json", *at, "export", "jsonl", "--no-redact", "compared")
        if sorted(stored) != sorted(exported):
            checker.fault("posts --json and export jsonl print different records")
        earlier = pathlib.Path(folder) / "earlier.jsonl"
        earlier.write_text("".join(line + "\n" for line in exported), "utf-8")
        checker.check("tombstone.schema.json", *at, "export", "jsonl", "--no-redact", "compared",
                      "--since-export", str(earlier), "--max-length", "0")
        checker.check("row_digest.schema.json", *at, "export", "parquet", "-o", folder + "/set.parquet",
                      "--index", "-")
        checker.run(*at, "export", "huggingface", folder + "/set", "--split", "1/1")
        checker.check("export_verification.schema.json", "export", "verify", folder + "/set", "--json")
        pathlib.Path(folder, "set", "README.md").write_text("changed")
        checker.check("export_verification.schema.json",
                      "export", "verify", folder + "/set", "--json", codes=(1,))
        if stored:
            identity = json.loads(stored[0])["id"]
            checker.check("post.schema.json", *at, "show", identity, "--json")
            checker.check("explanation.schema.json", *at, "explain", identity, "--json")
        # Nobody listens there: the run is degraded, and its report has the same shape. One channel,
        # because the gate slows down with each failure.
        channel = json.loads(stored[0])["channel"] if stored else "some_channel"
        nobody = ["--set", "crawl.hosts=http://127.0.0.1:1",
                  "--set", "crawl.allow_private_addresses=true", "--set", "crawl.rate=100"]
        checker.check("run.schema.json", *at, "crawl", channel, "--dry-run", "--json",
                      *nobody, codes=(0, 3))
        checker.check("run.schema.json", *at, "crawl", channel, "--json", *nobody, codes=(0, 3))
        months = checker.check("archive_months.schema.json", *at, "archive", "list", "--json")
        for month in json.loads(months[0])["months"]:
            checker.check("archived_fetch.schema.json", *at, "archive", "list", month["month"], "--json")
        checker.check("archive_verify.schema.json", *at, "archive", "verify", "--json")
        checker.check("archive_prune.schema.json", *at, "archive", "prune", "--keep", "1", "--dry-run", "--json")
        checker.check("reparse.schema.json", *at, "archive", "reparse", "--json")
        runs = checker.check("runs.schema.json", *at, "runs", "--json")
        for run in json.loads(runs[0])["runs"]:
            checker.check("run_row.schema.json", *at, "runs", "show", str(run["run"]), "--json")
        saved = pathlib.Path(folder, "saved.html")
        saved.write_text(PAGE, encoding="utf-8")
        checker.check("import.schema.json", *at, "import", str(saved), "--json")
        # Last: what it removes others have printed.
        for option in ("--dry-run", "--yes", "--undo"):
            checker.check("redact.schema.json", *at, "redact", "some_channel/7", option, "--json")
        checker.run(*at, "redact", "some_channel/7", "--yes")
        checker.run(*at, "export", "huggingface", folder + "/later")
        for line in pathlib.Path(folder, "later", "REMOVALS.jsonl").read_text("utf-8").splitlines():
            checker.validate("removal.schema.json", json.loads(line), "REMOVALS.jsonl")
    for name in sorted(set(checker.schemas) - checker.used - STORED):
        checker.fault(f"{name}: no command's output was held against it")
    print(f"{checker.seen} documents against {len(checker.used)} schemas, {checker.faults} faults")
    return 1 if checker.faults else 0


sys.exit(main())
