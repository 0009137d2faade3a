"""A GitHub on loopback for whole workflows: one repository with pull request 1, as far as redan asks for it.

usage: hub.py PORTFILE

Writes its port to PORTFILE, a line of a file or a pipe, and serves until it is ended. GET /world is all it knows, PUT /world changes parts of that. The tests in tests/github have a
server of their own, which is stricter; this one outlives a process.
"""

import json
import re
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

world = {
    "head": "", "base": "", "head_repository": "acme/links", "read_only": False, "next": 100,
    "comments": [], "issues": [], "commits": [], "statuses": [], "rights": {"ada": "write"},
    # Pull requests beside the first one, where branches stand, and commits built for them.
    "pulls": [], "branches": {}, "built": {},
}
BOT = {"login": "github-actions[bot]", "type": "Bot", "id": 41898282}


def number():
    world["next"] += 1
    return world["next"]


def comment(body):
    made = {"id": number(), "body": body["body"], "user": BOT, "html_url": f"https://github.com/acme/links/pull/1#issuecomment-{world['next']}"}
    world["comments"].append(made)
    return 201, made


def edit(things, key, value, body):
    for thing in things:
        if str(thing[key]) == value:
            thing.update(body)
            return 200, thing
    return 404, {"message": "Not Found"}


def issue(body):
    made = {"number": number(), "state": "open", "title": body["title"], "body": body["body"], "user": BOT, "html_url": f"https://github.com/acme/links/issues/{world['next']}"}
    world["issues"].append(made)
    return 201, made


def pull():
    head = {"ref": "topic", "sha": world["head"], "repo": {"full_name": world["head_repository"]}}
    base = {"ref": "main", "sha": world["base"], "repo": {"full_name": "acme/links"}}
    return 200, {"number": 1, "state": "open", "head": head, "base": base}


def graphql(body):
    if "reviewThreads(" in body["query"]:
        threads = {"pageInfo": {"hasNextPage": False, "endCursor": None}, "nodes": []}
        return 200, {"data": {"repository": {"pullRequest": {"reviewThreads": threads}}}}
    if "ref(qualifiedName:" in body["query"]:
        at = world["branches"].get(body["variables"]["branch"])
        target = at and {"target": {"oid": at, "message": world["built"][at]["message"]}}
        return 200, {"data": {"repository": {"id": "R_1", "ref": target}}}
    given = body["variables"]["input"]
    if "updateRefs(" in body["query"]:
        update = given["refUpdates"][0]
        if world["branches"].get(update["name"], "0" * 40) != update["beforeOid"]:
            return 200, {"data": None, "errors": [{"type": "UNPROCESSABLE", "message": "the branch is elsewhere"}]}
        world["branches"][update["name"]] = update["afterOid"]
        return 200, {"data": {"updateRefs": {"clientMutationId": None}}}
    if given["expectedHeadOid"] != world["head"]:
        return 200, {"data": None, "errors": [{"type": "STALE_DATA", "message": "the branch moved"}]}
    world["head"] = f"{number():040x}"
    world["commits"].append({"sha": world["head"], "commit": {"message": given["message"]["body"]}, "files": given["fileChanges"]["additions"]})
    return 200, {"data": {"createCommitOnBranch": {"commit": {"oid": world["head"], "url": ""}}}}


def build(body):
    made = f"{number():040x}"
    world["built"][made] = body
    return 201, {"sha": made}


def propose(body):
    at = world["branches"].get(f"refs/heads/{body['head']}")
    if at is None or any(pull["head"]["ref"] == body["head"] for pull in world["pulls"]):
        return 422, {"message": "Validation Failed"}
    made = {
        "number": number(), "state": "open", "merged_at": None, "title": body["title"], "body": body["body"],
        "head": {"ref": body["head"], "sha": at, "repo": {"full_name": "acme/links"}},
        "html_url": f"https://github.com/acme/links/pull/{world['next']}",
    }
    world["pulls"].append(made)
    return 201, made


def answer(method, path, body):
    below = path.removeprefix("/repos/acme/links/")
    routes = [
        ("GET", "issues/1/comments", lambda: (200, world["comments"])),
        ("POST", "issues/1/comments", lambda: comment(body)),
        ("PATCH", r"issues/comments/(\d+)", lambda n: edit(world["comments"], "id", n, body)),
        ("POST", r"issues/comments/\d+/reactions", lambda: (201, {"id": 1, "content": body["content"]})),
        ("GET", "issues", lambda: (200, world["issues"])),
        ("POST", "issues", lambda: issue(body)),
        ("PATCH", r"issues/(\d+)", lambda n: edit(world["issues"], "number", n, body)),
        ("GET", "pulls/1", pull),
        ("GET", "pulls/1/files", lambda: (200, [])),
        ("GET", "pulls/1/commits", lambda: (200, world["commits"])),
        ("GET", r"collaborators/([^/]+)/permission", lambda who: (200, {"permission": world["rights"].get(who, "read")})),
        ("POST", r"statuses/(\w+)", lambda sha: (201, world["statuses"].append({"sha": sha, **body}) or body)),
        ("GET", "pulls", lambda: (200, world["pulls"])),
        ("POST", "pulls", lambda: propose(body)),
        ("GET", r"pulls/\d+/commits", lambda: (200, [{"sha": sha, "commit": made} for sha, made in world["built"].items() if "message" in made])),
        ("GET", r"git/commits/(\w+)", lambda sha: (200, {"sha": sha, "tree": {"sha": sha}})),
        ("POST", "git/trees", lambda: build(body)),
        ("POST", "git/commits", lambda: build(body)),
        ("POST", "/graphql", lambda: graphql(body)),
    ]
    for wanted, pattern, act in routes:
        found = re.fullmatch(pattern, below)
        if found and wanted == method:
            return act(*found.groups())
    return 404, {"message": f"Not Found: {method} {path}"}


class Handler(BaseHTTPRequestHandler):
    def handle_one(self, method):
        size = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(size) or "null")
        url = urlsplit(self.path)
        if url.path == "/world":
            world.update(body or {})
            return self.send(200, world)
        reading = method == "GET" or (url.path == "/graphql" and body["query"].startswith("query"))
        if world["read_only"] and not reading:
            return self.send(403, {"message": "Resource not accessible by integration"})
        status, given = answer(method, url.path, body)
        if int(parse_qs(url.query).get("page", ["1"])[0]) > 1:
            given = []
        return self.send(status, given)

    def send(self, status, body):
        text = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def do_GET(self):
        self.handle_one("GET")

    def do_POST(self):
        self.handle_one("POST")

    def do_PATCH(self):
        self.handle_one("PATCH")

    def do_PUT(self):
        self.handle_one("PUT")

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
with open(sys.argv[1], "w", encoding="ascii") as file:
    print(server.server_address[1], file=file)
server.serve_forever()
