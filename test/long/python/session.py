"""A session of the wind farm's SDK, in Python: what it reads is printed as JSON.

Usage: session.py FOLDER-OF-THE-PACKAGE sync|async, with CDF_URL and CDF_PROJECT. The same session
in TypeScript is in session.ts beside it.
"""

import asyncio
import inspect
import json
import os
import sys
from datetime import date, datetime, timezone

import httpx

sys.path.insert(0, sys.argv[1])

from windfarm import (  # noqa: E402
    AsyncWindFarmClient,
    BladeWrite,
    DistanceWrite,
    EdgePair,
    FarmWrite,
    InspectionWrite,
    MetmastWrite,
    NodeId,
    QueryError,
    TechnicianWrite,
    Token,
    TurbineWrite,
    WakeWrite,
    WindFarmClient,
)

requests: list[str] = []


async def now(value):
    return await value if inspect.isawaitable(value) else value


async def collected(rows):
    return [row async for row in rows] if hasattr(rows, "__aiter__") else list(rows)


def written(items):
    return [[item.external_id, item.was_modified] for item in items]


def items():
    masts = [MetmastWrite(external_id=f"mast_{n}", name=f"Mast {n}", height=80 + n) for n in range(3)]
    turbines = [
        TurbineWrite(
            external_id=f"turbine_{n}",
            name=f"Turbine {n}" if n else None,
            capacity=2.5 + n,
            is_active=n % 3 != 0,
            energy_total=9_000_000 + n,
            status="running" if n % 2 else "idle",
            installed_at=datetime(2020, 1, 1 + n, 12, tzinfo=timezone.utc),
            service_due=date(2026, 3, 1 + n),
            settings={"space": "not", "externalId": "a relation", "n": [n, None]},
            power_curve=[0.0, 1.5 * n],
            alarm_codes=[] if n == 0 else [n],
            farm=FarmWrite(external_id="farm_0", name="Horns", country="DK"),
            neighbours=[f"turbine_{(n + 1) % 12}", f"turbine_{(n + 2) % 12}"],
            blades=[
                BladeWrite(
                    external_id=f"blade_{n}_{m}",
                    name=f"Blade {m}",
                    position=m + 1,
                    is_damaged=(n + m) % 4 == 0,
                )
                for m in range(3)
            ],
            metmasts=[EdgePair(node=masts[n % 3], edge=DistanceWrite(distance=100.0 + n))],
            technicians=[TechnicianWrite(external_id=f"technician_{n % 2}", name=f"T{n % 2}", employee_number=n % 2)],
            wakes=[EdgePair(node=f"turbine_{(n + 1) % 12}", edge=WakeWrite(loss=0.1, sector=n))],
        )
        for n in range(12)
    ]
    inspections = [
        InspectionWrite(
            external_id=f"inspection_{n}",
            severity=["minor", "major"][n % 2],
            performed_at=datetime(2025, 1, 1 + n, tzinfo=timezone.utc),
            turbines=[f"turbine_{n}", f"turbine_{n + 1}"],
        )
        for n in range(6)
    ]
    return [*turbines, *inspections]


NESTED = {
    "name": True,
    "capacity": True,
    "installed_at": True,
    "farm": {"select": {"name": True, "country": True}},
    "neighbours": {"select": {"name": True}, "sort": [("external_id", "desc")], "limit": 1},
    "blades": {
        "select": {"name": True, "is_damaged": True},
        "sort": [("position", "desc")],
        "limit": 2,
    },
    "metmasts": {"edge": {"select": {"distance": True}}, "node": {"select": {"height": True}}},
    "technicians": {"select": {"name": True}},
    "waked_by": {"edge": {"select": {"sector": True}}, "node": {"select": {"name": True}}},
    "inspections": {
        "select": {"severity": True},
        "sort": [("performed_at", "desc")],
        "limit": 1,
    },
}


async def session(client):
    result = {}
    made = await now(client.upsert(items()))
    result["written"] = sorted(written(made))
    result["again"] = [item for item in written(await now(client.upsert(items()))) if item[1]]

    turbine = client.turbine
    rows = await now(turbine.list(sort=["external_id"]))
    result["all"] = rows.dump()
    iterated = await collected(turbine.iterate(sort=["external_id"], limit=5))
    result["iterated"] = [row.external_id for row in iterated]
    for name, where in {
        "gte": {"capacity": {"gte": 5.5}},
        "false": {"is_active": False},
        "not set": {"name": None},
        "in": {"status": {"in": ["running"]}},
        "nothing in": {"external_id": {"in": []}},
        "relation": {"farm": {"matches": {"name": {"prefix": "Horn"}}}, "capacity": {"lt": 4}},
        "by id": {"farm": {"equals": "farm_0"}, "external_id": {"prefix": "turbine_1"}},
        "contains": {"neighbours": {"contains_any": ["turbine_3"]}},
        "any": {"any_of": [{"capacity": 2.5}, {"name": "Turbine 4"}]},
        "none": {"none_of": [{"capacity": {"gt": 3}}]},
        "time": {"installed_at": {"gt": datetime(2020, 1, 9, tzinfo=timezone.utc)}},
        "date": {"service_due": {"lte": date(2026, 3, 2)}},
    }.items():
        found = await now(turbine.list(where=where, sort=["external_id"]))
        result[f"where {name}"] = found.as_external_ids()

    requests.clear()
    nested = await now(turbine.list(select=NESTED, sort=[("capacity", "desc"), "name"]))
    result["nested"] = nested.dump()
    result["nested requests"] = len(requests)

    one = await now(turbine.retrieve("turbine_3", select={"name": True, "farm": True}))
    result["one"] = one.dump()
    result["missing"] = await now(turbine.retrieve("nobody"))
    many = await now(turbine.retrieve(["turbine_2", ("wind_data", "turbine_1"), one, "nobody"]))
    result["many"] = many.as_external_ids()
    edges = await now(client.wake.list(where={"start_node": {"equals": "turbine_5"}}))
    result["edges"] = edges.dump()

    result["search"] = sorted(
        (await now(turbine.search("Turbine 4", properties=["name"], limit=3))).as_external_ids()
    )[:1]
    result["count"] = (await now(turbine.aggregate(count=True))).count
    computed = await now(turbine.aggregate(avg="capacity", sum="capacity", min="capacity", max="capacity"))
    result["computed"] = computed.dump()
    groups = await now(turbine.aggregate(group_by=["is_active"], count=True))
    result["groups"] = sorted(([g.group["is_active"], g.count] for g in groups))

    row = await now(turbine.retrieve("turbine_3"))
    write = row.as_write()
    write.name = "Changed"
    write.capacity = None
    result["update"] = written(await now(turbine.upsert(write)))
    changed = await now(turbine.retrieve("turbine_3", select={"name": True, "capacity": True}))
    result["changed"] = changed.dump()
    result["deleted"] = sorted(await now(client.inspection.delete(["inspection_0", "inspection_9"])))
    result["left"] = (await now(client.inspection.aggregate(count=True))).count

    try:
        turbine.list(where={"capacty": 3}) if not hasattr(client, "__aenter__") else await turbine.list(
            where={"capacty": 3}
        )
    except QueryError as error:
        result["typo"] = [error.code, "'capacity'" in str(error)]
    try:
        changed.status
    except AttributeError as error:
        result["not read"] = "was not read" in str(error)
    result["id"] = isinstance(changed.as_id(), NodeId)
    return result


def note(request):
    requests.append(request.url.path)


async def note_async(request):
    note(request)


async def main():
    common = {
        "project": os.environ["CDF_PROJECT"],
        "base_url": os.environ["CDF_URL"],
        "credentials": Token("token"),
        "space": "wind_data",
    }
    if sys.argv[2] == "sync":
        with httpx.Client(event_hooks={"request": [note]}) as http_client:
            with WindFarmClient(**common, http_client=http_client) as client:
                return await session(client)
    async with httpx.AsyncClient(event_hooks={"request": [note_async]}) as http_client:
        async with AsyncWindFarmClient(**common, http_client=http_client) as client:
            return await session(client)


print(json.dumps(asyncio.run(main()), sort_keys=True))
