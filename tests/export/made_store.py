"""A store of invented posts, of any size: what the scripts that write large or many exports share."""
import hashlib
import json
import pathlib
import random
import sqlite3
import subprocess

CHANNEL = "some_channel"
WORD = "слово"
TEXTS = {"text", "search_text", "details", "title", "question", "answer", "verdict"}  # columns that hold words


def make_store(qanat, folder, posts, different=2000):
    """A configuration whose store holds so many posts; gives what must stand before each command."""
    folder = pathlib.Path(folder)
    at = [qanat, "--config", str(folder / "qanat.toml")]
    export = folder / "result.json"
    export.write_text(json.dumps({"messages": invented_messages(min(posts, different))}), "utf-8")
    for command in (["init"], ["import", str(export), "--channel", CHANNEL]):
        subprocess.run([*at, *command], check=True, capture_output=True)
    grow(folder / "qanat.db", posts)
    return at


def invented_messages(count):
    """Telegram Desktop's form. Words recur as those of a language do: half of a text is the commonest few."""
    chosen = random.Random(1)
    messages = []
    for number in range(1, count + 1):
        words = [f"{WORD}{chosen.randrange(chosen.randrange(20_000) + 1)}" for _ in range(chosen.randint(20, 120))]
        entities = [{"type": "bold", "text": words[0] + "?"}, {"type": "plain", "text": "\n" + " ".join(words[1:]) + " "},
                    {"type": "link", "text": f"https://example.org/{number}"}]
        messages.append({"id": number, "type": "message", "date_unixtime": str(1_780_000_000 + 600 * number),
                         "text_entities": entities, "text": [e["text"] for e in entities],
                         "reactions": [{"type": "emoji", "count": chosen.randint(1, 900), "emoji": "👍"}]})
    return messages


def word_of(copy):
    """As long as WORD, so that spans stay true."""
    letters = "абвгдежзиклмнопрстуфхцчшщэюя"
    return "".join(letters[copy // len(letters)**place % len(letters)] for place in range(len(WORD)))


def grow(path, posts):
    """Repeats the posts of a database in other words, under further numbers, until there are so many. No two texts are
    equal, as in a real store: a format that says equal texts once would be the smaller for it."""
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA synchronous = OFF")
    database.execute("BEGIN")
    base, last = database.execute("SELECT max(id), max(message_id) FROM post").fetchone()
    columns = {table: [row[1] for row in database.execute(f"PRAGMA table_info({table})") if row[1] != "id"]
               for table in ("post", "verdict")}
    database.create_function("sha256", 1, lambda text: hashlib.sha256(text.encode()).hexdigest(), deterministic=True)
    added = {"message_id": f"message_id + ?2 * {last}", "post_id": f"post_id + ?2 * {base}",
             "content_sha256": "sha256(content_sha256 || ?2)"}
    added.update({column: f"replace({column}, '{WORD}', ?3)" for column in TEXTS})
    copies = -(-posts // base)
    for copy in range(1, copies):
        left = min(base, posts - copy * base)
        for table, key in (("post", "id"), ("verdict", "post_id")):
            named = columns[table] if table == "verdict" else ["id", *columns[table]]
            values = [f"id + ?2 * {base}" if name == "id" else added.get(name, name) for name in named]
            database.execute(f"INSERT INTO {table} ({', '.join(named)}) SELECT {', '.join(values)} FROM {table} "
                             f"WHERE {key} <= ?1" + (" AND current = 1" if table == "verdict" else ""), (left, copy, word_of(copy)))
    database.execute("COMMIT")
    database.close()
