#!/usr/bin/env python3
"""The program as scripts/quickstart runs it: init, import, crawl the demo channels over HTTP, twice.

Usage: check_demo.py QANAT DEMO_SERVER SCHEMA_FOLDER
Holds every --json output over the filled store against docs/schema/ (check_schemas.py), and the
report of the second run against "nothing new". Ends with 1 and says where, if anything differs.
"""
import json
import pathlib
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).parent


def start_server(binary, folder):
    port_file = pathlib.Path(folder, "port")
    server = subprocess.Popen([binary, "--port", "0", "--port-file", port_file],
                              stdout=subprocess.DEVNULL)
    for _ in range(200):
        if port_file.exists():
            return server, port_file.read_text().strip()
        time.sleep(0.05)
    server.kill()
    sys.exit("the demo server did not start")


def main():
    qanat, demo_server, schemas = sys.argv[1:4]
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([qanat, "init", folder + "/store"], check=True, capture_output=True)
        config = folder + "/store/qanat.toml"
        server, port = start_server(demo_server, folder)
        try:
            settings = ["--config", config, "--set", f"crawl.hosts=http://127.0.0.1:{port}",
                        "--set", "crawl.allow_private_addresses=true", "--set", "crawl.rate=100"]
            channels = HERE.parent / "demo" / "channels.txt"
            subprocess.run([qanat, *settings, "channels", "import", channels], check=True,
                           capture_output=True)
            first, second = (json.loads(subprocess.run([qanat, *settings, "crawl", "--json"],
                                                       check=True, capture_output=True).stdout)
                             for _ in range(2))
        finally:
            server.terminate()
            server.wait()
        assert first["totals"]["new"] > 100 and not first["degraded"], first["totals"]
        assert second["totals"]["new"] == second["totals"]["edited"] == 0, second["totals"]
        print(f"{first['totals']['new']} new, then {second['totals']['new']} new")
        return subprocess.run([sys.executable, HERE / "check_schemas.py", qanat, schemas,
                               config]).returncode


if __name__ == "__main__":
    sys.exit(main())
