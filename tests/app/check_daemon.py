#!/usr/bin/env python3
"""`qanat run` as systemd runs it: a process of its own, a notify socket, signals, and demo channels.

Usage: check_daemon.py QANAT DEMO_SERVER
Ends with 1 and says what was expected, if anything differs. Nothing here waits by the clock: each
wait is for a message, and gives up after a time limit.
"""
import datetime
import json
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
import xml.etree.ElementTree

from check_demo import start_server

HERE = pathlib.Path(__file__).parent
PATIENCE = 60  # seconds


class Systemd:
    """The other end of $NOTIFY_SOCKET."""

    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(path)
        self.socket.settimeout(PATIENCE)

    def wait_for(self, what, wanted):
        """The first message that is as wanted; those before it are gone."""
        heard = []
        while True:
            try:
                message = self.socket.recv(4096).decode()
            except TimeoutError:
                sys.exit(f"no {what} within {PATIENCE} s; heard {heard}")
            heard.append(message)
            if wanted(message):
                return message


def expect(condition, what):
    if not condition:
        sys.exit("expected: " + what)


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def night_around_now():
    """A window in which no channel is due a second time, whatever the hour is."""
    now = datetime.datetime.now(datetime.timezone.utc)
    begin, end = now - datetime.timedelta(hours=1), now + datetime.timedelta(hours=11)
    return f"{begin:%H:%M}-{end:%H:%M}"


def check_pages(port):
    """What the daemon serves about itself. Prometheus' own checker has the last word where it is."""
    def page(name):
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/{name}", timeout=PATIENCE) as answer:
            return answer.read().decode()

    expect(page("livez") == "alive\n" and page("readyz") == "ready\n", "a daemon that is alive and ready")
    metrics = page("metrics")
    new = [line for line in metrics.splitlines() if line.startswith('qanat_posts_total{change="new"} ')]
    expect(len(new) == 1 and int(new[0].split()[1]) > 100, f"the run's posts in the metrics, not {new}")
    promtool = shutil.which("promtool")
    if promtool:
        checked = subprocess.run([promtool, "check", "metrics"], input=metrics, capture_output=True, text=True)
        expect(checked.returncode == 0 and not checked.stdout + checked.stderr,
               f"metrics that promtool takes, not {checked}")


def check_feed(port):
    """The posts as a feed, and nothing to fetch for who has it."""
    address = f"http://127.0.0.1:{port}/feeds/all.atom"
    with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
        feed = xml.etree.ElementTree.fromstring(answer.read())
        tag = answer.headers["ETag"]
    entries = feed.findall("{http://www.w3.org/2005/Atom}entry")
    expect(len(entries) == 50, f"the newest posts, not {len(entries)}")
    again = urllib.request.Request(address, headers={"If-None-Match": tag})
    try:
        urllib.request.urlopen(again, timeout=PATIENCE)
        expect(False, "304 for a feed that is known")
    except urllib.error.HTTPError as answer:
        expect(answer.code == 304, f"304 for a feed that is known, not {answer.code}")


def check_log(written, posts):
    """At info and above it says nothing that the posts say."""
    lines = {line for post in posts for line in post["text"].split("\n") if len(line) > 20}
    expect(len(lines) > 100 and "run_" in written, f"posts and a log, not {len(lines)} lines and {written!r}")
    told = [line for line in lines if line in written]
    expect(not told, f"no post's words in the log, not {told}")


def main():
    qanat, demo_server = sys.argv[1:3]
    with tempfile.TemporaryDirectory() as folder:
        config = pathlib.Path(folder, "qanat.toml")
        log = open(folder + "/log", "w+", encoding="utf-8")
        server, port = start_server(demo_server, folder)
        settings = ["--config", str(config), "--set", f"crawl.hosts=http://127.0.0.1:{port}", "--set",
                    "crawl.allow_private_addresses=true", "--set", "crawl.rate=100", "--set",
                    f"schedule.window={night_around_now()}", "--set", "schedule.floor=48h"]
        web_port = free_port()
        systemd = Systemd(folder + "/notify")
        environment = {"NOTIFY_SOCKET": folder + "/notify", "WATCHDOG_USEC": "300000000"}

        def call(*arguments):
            return subprocess.run([qanat, *settings, *arguments], capture_output=True, text=True)

        def start():
            return subprocess.Popen([qanat, *settings, "--set", f"web.listen=127.0.0.1:{web_port}",
                                     "--set", "web.feeds=true", "run"],
                                    env=environment, stderr=log)

        daemon = None
        try:
            expect(call("init").returncode == 0, "a store")
            expect(call("channels", "import", str(HERE.parent / "demo" / "channels.txt")).returncode == 0,
                   "channels")
            refused = call("run")
            expect(refused.returncode == 78 and "crawl.contact" in refused.stderr,
                   f"no crawl without a contact, not {refused}")

            config.write_text('[crawl]\ncontact = "https://example.org/qanat"\n', "utf-8")
            daemon = start()
            systemd.wait_for("READY", lambda message: message == "READY=1")
            systemd.wait_for("watchdog", lambda message: message == "WATCHDOG=1")
            systemd.wait_for("end of the run", lambda m: m.startswith("STATUS=nothing more is due"))

            check_pages(web_port)
            check_feed(web_port)

            second = call("run")
            expect(second.returncode == 75 and "another crawl is running" in second.stderr,
                   f"a second daemon refuses, not {second}")

            config.write_text("[crawl]\nconcat = 1\n", "utf-8")
            daemon.send_signal(signal.SIGHUP)
            systemd.wait_for("RELOADING", lambda message: message.startswith("RELOADING=1\n"))
            told = systemd.wait_for("STATUS", lambda message: message.startswith("STATUS=reload"))
            expect("reload failed" in told and "crawl.contact" in told, f"the reload's error, not {told}")
            systemd.wait_for("READY", lambda message: message == "READY=1")

            config.write_text('[crawl]\ncontact = "me@example.org"\n', "utf-8")
            daemon.send_signal(signal.SIGHUP)
            told = systemd.wait_for("STATUS", lambda message: message.startswith("STATUS=reload"))
            expect(told == "STATUS=reloaded", f"a reload, not {told}")
            systemd.wait_for("READY", lambda message: message == "READY=1")

            daemon.send_signal(signal.SIGTERM)
            expect(daemon.wait(PATIENCE) == 0, "exit 0 after SIGTERM")
            systemd.wait_for("STOPPING", lambda message: message == "STOPPING=1")

            runs = json.loads(call("runs", "--json").stdout)["runs"]
            visits = runs[0]["visits"]
            expect(len(runs) == 1 and runs[0]["posts"]["new"] > 100, f"one run with posts, not {runs}")
            expect(visits["planned"] == sum(visits[key] for key in visits if key != "planned"),
                   f"sums that add up, not {visits}")
            shown = json.loads(call("runs", "show", str(runs[0]["run"]), "--json").stdout)
            expect(sum(shown["failed"].values()) == visits["failed"], f"causes that sum up, not {shown}")
            posts = call("posts", "--limit", "0", "--json").stdout.splitlines()
            log.seek(0)
            check_log(log.read(), [json.loads(post) for post in posts])
            print(f"{visits['planned']} visits, {runs[0]['posts']['new']} new posts")
        finally:
            server.kill()
            if daemon and daemon.poll() is None:
                daemon.kill()
            log.seek(0)
            sys.stderr.write(log.read())


if __name__ == "__main__":
    main()
