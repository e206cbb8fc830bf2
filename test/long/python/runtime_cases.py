"""What the runtime of generated Python packages does when things go wrong, against a server that answers by a script.

Usage: runtime_cases.py FOLDER-OF-THE-PACKAGE. Prints as JSON what went wrong by case; null where nothing did.
"""

import asyncio
import json
import socket
import sys
import threading
import traceback
from contextlib import contextmanager
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

sys.path.insert(0, sys.argv[1])

from own_types import Settings  # noqa: E402
from windfarm import (  # noqa: E402
    ApiError,
    AsyncWindFarmClient,
    ClientCredentials,
    NodeId,
    PartialWriteError,
    QueryError,
    ResponseError,
    SignInError,
    TechnicianWrite,
    Token,
    TurbineWrite,
    WindFarmClient,
    from_environment,
)

CASES = {}
NOW = {"retry-after": "0"}


def case(name):
    def add(function):
        CASES[name] = function
        return function

    return add


class Server:
    """A server whose every answer is what `script` gives for a request: status, body, and headers if any."""

    def __init__(self, script):
        self.received = []
        received, lock = self.received, threading.Lock()

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                text = self.rfile.read(int(self.headers["content-length"])).decode()
                form = self.headers["content-type"] == "application/x-www-form-urlencoded"
                body = {key: one for key, (one,) in parse_qs(text).items()} if form else json.loads(text)
                request = {"path": self.path.split("/acme", 1)[-1], "headers": dict(self.headers), "body": body}
                with lock:
                    received.append(request)
                    status, answer, *headers = script(request, len(received) - 1)
                if status == 0:
                    self.connection.shutdown(socket.SHUT_RDWR)
                    self.close_connection = True
                    return
                data = answer.encode() if isinstance(answer, str) else json.dumps(answer).encode()
                self.send_response(status)
                for name, value in {**(headers[0] if headers else {}), "content-length": str(len(data))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *args):
                pass

            def handle(self):
                try:
                    super().handle()
                except (OSError, ValueError):
                    pass  # the script has cut the connection

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.http.server_port}"
        threading.Thread(target=self.http.serve_forever, args=(0.01,), daemon=True).start()

    def api(self):
        return [request for request in self.received if request["path"] != "/token"]

    def close(self):
        self.http.shutdown()
        self.http.server_close()


@contextmanager
def client_of(script, **options):
    """A client, and the server that answers it; `script` is a list of answers, or a function."""
    answers = script if callable(script) else lambda _request, index: script[min(index, len(script) - 1)]
    server = Server(answers)
    credentials = options.pop("credentials", Token("token"))
    credentials = credentials(server) if callable(credentials) else credentials
    common = {"project": "acme", "base_url": server.url, "credentials": credentials, "space": "data"}
    try:
        with WindFarmClient(**{**common, **options}) as client:
            yield client, server
    finally:
        server.close()


def row(external_id, **properties):
    return {
        "instanceType": "node",
        "space": "data",
        "externalId": external_id,
        "version": 1,
        "createdTime": 0,
        "lastUpdatedTime": 0,
        "properties": {"wind": {"Turbine/v1": properties}},
    }


def page(*rows, cursor=None):
    return 200, {"items": list(rows), **({"nextCursor": cursor} if cursor else {})}


def refused(error, text, call):
    try:
        call()
    except error as found:
        assert text in str(found), f"{text!r} is not in {found}"
        return found
    raise AssertionError(f"nothing was refused, where {text!r} should be")


def secret_of(server):
    return ClientCredentials(f"{server.url}/token", "client", "planted-secret", scopes=["a", "b"], audience="aud")


def signing(api):
    """Answers sign-ins with tokens t1, t2 and so on, and all else as `api` says."""
    tokens = []

    def script(request, index):
        if request["path"] == "/token":
            tokens.append(request)
            return 200, {"access_token": f"t{len(tokens)}", "expires_in": 3600}
        return api(request, index)

    return script


@case("tries again after 429, 502, 503 and 504, a lost connection, and what the service marks")
def retries():
    marked = {"error": {"code": 500, "message": "m", "isAutoRetryable": True}}
    # The lost connection comes first: after each attempt the usual wait is longer.
    answers = [(0, ""), *[(status, {}, NOW) for status in (429, 502, 503, 504)], (500, marked, NOW), page(row("a"))]
    with client_of(answers) as (client, server):
        assert client.turbine.list().as_external_ids() == ["a"]
        assert len(server.received) == 7


@case("gives up after eight attempts, with the service's words")
def gives_up():
    answer = 503, {"error": {"code": 503, "message": "busy"}}, {**NOW, "x-request-id": "r7"}
    with client_of([answer]) as (client, server):
        error = refused(ApiError, "busy (request r7)", client.turbine.list)
        assert (error.status, error.code, error.request_id, len(server.received)) == (503, "API.503", "r7", 8)


@case("does not try again what the service refuses, and tells what is missing")
def refuses():
    missing = [{"space": "s", "externalId": "x"}]
    for status, body in ((400, {"error": {"message": "no", "missing": missing}}), (500, "<html>")):
        with client_of([(status, body)]) as (client, server):
            error = refused(ApiError, str(status), client.turbine.list)
            assert len(server.received) == 1
            assert error.missing == (tuple(missing) if status == 400 else ())


@case("says in every request who asks, and sends the token")
def headers():
    with client_of([page()], application="report", credentials=Token(lambda: "dynamic")) as (client, server):
        client.turbine.list()
        sent = {name.lower(): value for name, value in server.received[0]["headers"].items()}
        assert (sent["authorization"], sent["x-cdp-app"]) == ("Bearer dynamic", "report")
        assert sent["x-cdp-sdk"].startswith("pygen")


@case("signs in once with client credentials, and keeps the token")
def signs_in():
    with client_of(signing(lambda *_: page()), credentials=secret_of) as (client, server):
        client.turbine.list()
        client.turbine.list()
        (sign_in,) = [request for request in server.received if request["path"] == "/token"]
        assert sign_in["body"] == {
            "grant_type": "client_credentials",
            "client_id": "client",
            "client_secret": "planted-secret",
            "scope": "a b",
            "audience": "aud",
        }


@case("signs in once for calls at once")
def signs_in_together():
    server = Server(signing(lambda *_: page()))

    async def calls():
        common = {"project": "acme", "base_url": server.url, "credentials": secret_of(server)}
        async with AsyncWindFarmClient(**common) as client:
            await asyncio.gather(*[client.turbine.list() for _ in range(8)])

    asyncio.run(calls())
    server.close()
    assert len(server.received) == 9 and len(server.api()) == 8


@case("renews a token that is refused, once")
def renews():
    def api(request, _index):
        return page() if request["headers"]["authorization"] == "Bearer t2" else (401, {"error": {"message": "old"}})

    with client_of(signing(api), credentials=secret_of) as (client, server):
        client.turbine.list()
        assert [request["headers"]["authorization"] for request in server.api()] == ["Bearer t1", "Bearer t2"]
    with client_of([(401, {"error": {"message": "never"}})]) as (client, server):
        refused(ApiError, "never", client.turbine.list)
        assert len(server.received) == 2


@case("renews a token before its end")
def renews_early():
    def script(request, _index):
        return (200, {"access_token": "t", "expires_in": 0.001}) if request["path"] == "/token" else page()

    with client_of(script, credentials=secret_of) as (client, server):
        client.turbine.list()
        threading.Event().wait(0.01)
        client.turbine.list()
        assert len(server.received) - len(server.api()) == 2


@case("tells why nobody signed in, without the secret")
def sign_in_refused():
    answer = 400, {"error": "invalid_client", "error_description": "no such client"}
    with client_of([answer], credentials=secret_of) as (client, _server):
        error = refused(SignInError, "no such client", client.turbine.list)
        assert "planted-secret" not in f"{error!r}{error}{client.__dict__}"
    assert "planted-secret" not in repr(ClientCredentials("u", "c", "planted-secret")) + repr(Token("planted-secret"))


@case("takes credentials from the environment, and names what is missing")
def environment():
    assert from_environment({"CDF_TOKEN": "t"}) == Token("t")
    secret = {"IDP_CLIENT_ID": "c", "IDP_CLIENT_SECRET": "s"}
    general = {**secret, "IDP_TOKEN_URL": "https://idp/token", "IDP_SCOPES": "a b", "IDP_AUDIENCE": "x"}
    assert from_environment(general) == ClientCredentials("https://idp/token", "c", "s", scopes=["a", "b"], audience="x")
    entra = from_environment({**secret, "IDP_TENANT_ID": "t", "CDF_CLUSTER": "az"})
    assert entra.token_url == "https://login.microsoftonline.com/t/oauth2/v2.0/token"
    assert entra.scopes == ("https://az.cognitedata.com/.default",)
    refused(SignInError, "IDP_CLIENT_ID", lambda: from_environment({}))
    refused(SignInError, "IDP_TENANT_ID", lambda: from_environment(secret))


@case("reads pages of half the rows where the service runs out of time, and gives up at one")
def halves():
    def script(request, _index):
        size = request["body"]["limit"]
        return page(row("a")) if size <= 250 else (408, {"error": {"code": 408, "message": "slow"}})

    with client_of(script) as (client, server):
        assert client.turbine.list().as_external_ids() == ["a"]
        assert [request["body"]["limit"] for request in server.received] == [1000, 500, 250]
    with client_of([(408, {"error": {"code": 408, "message": "slow"}})]) as (client, server):
        refused(ApiError, "slow", client.turbine.list)
        assert server.received[-1]["body"]["limit"] == 1


@case("accounts for every instance where some of a write fails")
def partial_write():
    def script(request, _index):
        items = request["body"]["items"]
        if any(item["externalId"] == "n1500" for item in items):
            return 400, {"error": {"code": 400, "message": "bad"}}
        times = {"version": 1, "wasModified": True, "createdTime": 0, "lastUpdatedTime": 0}
        keys = ("instanceType", "space", "externalId")
        return 200, {"items": [{**{key: item[key] for key in keys}, **times} for item in items]}

    with client_of(script) as (client, _server):
        items = [TechnicianWrite(external_id=f"n{n}", name="N", employee_number=n) for n in range(2000)]
        items += [TurbineWrite(external_id="t", technicians=["n1"])]
        error = refused(PartialWriteError, "1001 are done, 1000 failed and 1 were not sent", lambda: client.upsert(items))
        assert ("data", "n1500") in error.failed and error.done[0].as_id() == NodeId("data", "n0")
        assert isinstance(error.__cause__, ApiError)


@case("takes no option of writes that there is not")
def options():
    with client_of([page()]) as (client, server):
        refused(TypeError, "replce", lambda: client.upsert([TechnicianWrite(external_id="a", name="a", employee_number=1)], replce=True))
        assert server.received == []


@case("makes tables of rows, with external ids for relations")
def tables():
    farm = {"space": "data", "externalId": "farm"}
    rows = [row("a", name="A", capacity=1.5, farm=farm, neighbours=[farm]), row("b", name=None)]
    with client_of([page(*rows), page()]) as (client, _server):
        found = client.turbine.list()
        table = found.to_pandas()
        assert list(table["external_id"]) == ["a", "b"] and table["capacity"][0] == 1.5
        assert (table["farm"][0], table["neighbours"][0]) == ("farm", ["farm"])
        assert found[0].to_pandas()["name"] == "A"
        nothing = client.turbine.list().to_pandas()
        assert len(nothing) == 0 and "capacity" in nothing.columns


@case("refuses answers that are not as they should be: values, pages that repeat, and what is no JSON")
def answers():
    with client_of([page(row("a", capacity="much"))]) as (client, _server):
        refused(ResponseError, "capacity", client.turbine.list)
    with client_of([page(row("a"), cursor="c")]) as (client, _server):
        refused(ResponseError, "same cursor twice", client.turbine.list)
    with client_of([(200, "<html>")]) as (client, _server):
        refused(ResponseError, "is not JSON", client.turbine.list)


@case("says where a search may not be all, and ends lists without a limit at 10,000 rows")
def bounds():
    full = page(*[row(str(n)) for n in range(1000)])
    with client_of([full]) as (client, _server):
        assert client.turbine.search("a").truncated
        assert not client.turbine.search("a", limit=1000).truncated
    numbers = iter(range(100))
    with client_of(lambda *_: (200, {**full[1], "nextCursor": f"c{next(numbers)}"})) as (client, server):
        refused(QueryError, "more than 10000 rows", client.turbine.list)
        assert len(server.received) == 11
        assert len(client.turbine.list(limit=10_500)) == 10_500


@case("resumes nothing and asks for nothing before the first row is wanted")
def lazy():
    with client_of([page(row("a"), cursor="c1"), page(row("b"))]) as (client, server):
        rows = client.turbine.iterate()
        assert server.received == []
        assert next(rows).external_id == "a" and len(server.received) == 1
        assert [one.external_id for one in rows] == ["b"]


@case("reads and writes JSON as a type of one's own")
def own_types():
    with client_of([page(row("a", settings={"mode": "fast", "since": "2024-01-01T00:00:00Z"}))]) as (client, server):
        (found,) = client.turbine.list()
        since = datetime(2024, 1, 1, tzinfo=timezone.utc)
        assert found.settings == Settings(mode="fast", since=since)
        refused(Exception, "", lambda: client.upsert(TurbineWrite(external_id="a", settings=Settings(mode="slow"))))
        (sent,) = server.received[-1]["body"]["items"]
        assert sent["sources"][0]["properties"]["settings"] == {"mode": "slow"}
        assert found.dump()["settings"] == {"mode": "fast", "since": "2024-01-01T00:00:00Z"}
    with client_of([page(row("a", settings={"mode": 1}))]) as (client, _server):
        refused(ResponseError, "settings", client.turbine.list)


results = {}
for name, function in CASES.items():
    try:
        function()
        results[name] = None
    except Exception:
        results[name] = traceback.format_exc()
print(json.dumps(results))
