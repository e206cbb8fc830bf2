"""Walks the data modeling API of the emulator with the official Python client, and asserts what it gives.

Usage: walk.py URL. Prints one line for each part that went well, and ends with a trace at the first that did not.
"""

import sys
from datetime import datetime, timezone

from cognite.client import ClientConfig, CogniteClient
from cognite.client.credentials import Token
from cognite.client.data_classes import SequenceColumnWrite, SequenceWrite, aggregations, filters
from cognite.client.data_classes import data_modeling as dm
from cognite.client.data_classes.data_modeling import containers as parts
from cognite.client.data_classes.data_modeling import query as queries
from cognite.client.data_classes.data_modeling.query import (
    EdgeResultSetExpression,
    NodeResultSetExpression,
    Query,
    Select,
    SourceSelector,
)
from cognite.client.exceptions import CogniteAPIError, CogniteGraphQLError

# Where version 8 of the client has classes to write with, or for syncs, version 7 has one for all.
ContainerProperty = getattr(parts, "ContainerPropertyApply", None) or parts.ContainerProperty
BTreeIndex = getattr(parts, "BTreeIndexApply", None) or parts.BTreeIndex
UniquenessConstraint = getattr(parts, "UniquenessConstraintApply", None) or parts.UniquenessConstraint
NodeResultSetExpressionSync = getattr(queries, "NodeResultSetExpressionSync", NodeResultSetExpression)
QuerySync = getattr(queries, "QuerySync", Query)
SelectSync = getattr(queries, "SelectSync", Select)

SPACE = "py_wind"
DATA = "py_data"
FARM = dm.ViewId(SPACE, "Farm", "v1")
TURBINE = dm.ViewId(SPACE, "Turbine", "v1")
NEAR = {"space": SPACE, "externalId": "near"}


def connect(url: str) -> CogniteClient:
    return CogniteClient(
        ClientConfig(client_name="walk", project="python", credentials=Token("any"), base_url=url)
    )


def check(value: object, expected: object) -> None:
    assert value == expected, f"{value!r} is not {expected!r}"


def refused(code: int, call) -> CogniteAPIError:
    try:
        call()
    except CogniteAPIError as error:
        check(error.code, code)
        return error
    raise AssertionError("it was not refused")


def schema(client: CogniteClient) -> None:
    spaces = client.data_modeling.spaces
    spaces.apply([dm.SpaceApply(SPACE, name="Wind"), dm.SpaceApply(DATA), dm.SpaceApply("py_gone")])
    check(spaces.retrieve(SPACE).name, "Wind")
    check(sorted(spaces.list(limit=-1).as_ids()), sorted([SPACE, DATA, "py_gone"]))
    assert "cdf_cdm" in spaces.list(limit=-1, include_global=True).as_ids()
    check(spaces.delete("py_gone"), ["py_gone"])

    containers = client.data_modeling.containers
    text = ContainerProperty(dm.Text(), nullable=False)
    farm = dm.ContainerApply(SPACE, "Farm", {"name": text}, used_for="node")
    turbine = dm.ContainerApply(
        SPACE,
        "Turbine",
        {
            "name": text,
            "capacity": ContainerProperty(dm.Float64(), nullable=True),
            "blades": ContainerProperty(dm.Int32(), nullable=True, default_value=3),
            "built": ContainerProperty(dm.Timestamp(), nullable=True),
            "tags": ContainerProperty(dm.Text(is_list=True), nullable=True),
            "farm": ContainerProperty(dm.DirectRelation(), nullable=True),
        },
        used_for="node",
        indexes={"byCapacity": BTreeIndex(properties=["capacity"], cursorable=True)},
        constraints={"oneName": UniquenessConstraint(properties=["name"])},
    )
    containers.apply([farm, turbine])
    check(containers.retrieve((SPACE, "Turbine")).properties["blades"].default_value, 3)
    check(len(containers.list(space=SPACE, limit=-1)), 2)

    mapped = lambda container, name, **more: dm.MappedPropertyApply(  # noqa: E731
        dm.ContainerId(SPACE, container), name, **more
    )
    views = client.data_modeling.views
    views.apply(
        [
            dm.ViewApply(
                SPACE,
                "Farm",
                "v1",
                properties={
                    "name": mapped("Farm", "name"),
                    "turbines": dm.MultiReverseDirectRelationApply(
                        source=TURBINE, through=dm.PropertyId(TURBINE, "farm")
                    ),
                },
            ),
            dm.ViewApply(
                SPACE,
                "Turbine",
                "v1",
                properties={
                    **{name: mapped("Turbine", name) for name in ["name", "capacity", "blades", "built", "tags"]},
                    "farm": mapped("Turbine", "farm", source=FARM),
                    "near": dm.MultiEdgeConnectionApply(
                        type=dm.DirectRelationReference(SPACE, "near"), source=TURBINE
                    ),
                },
            ),
        ]
    )
    check(set(views.retrieve(TURBINE)[0].properties), {"name", "capacity", "blades", "built", "tags", "farm", "near"})
    check(len(views.list(space=SPACE, limit=-1)), 2)

    models = client.data_modeling.data_models
    models.apply(dm.DataModelApply(SPACE, "Wind", "v1", views=[FARM, TURBINE]))
    check(len(models.retrieve((SPACE, "Wind", "v1"), inline_views=True)[0].views), 2)
    check([model.external_id for model in models.list(space=SPACE)], ["Wind"])
    print("schema")


def write(client: CogniteClient) -> None:
    farms = [
        dm.NodeApply(DATA, f"farm_{i}", sources=[dm.NodeOrEdgeData(FARM, {"name": f"Farm {i}"})]) for i in range(10)
    ]
    built = datetime(2020, 5, 1, tzinfo=timezone.utc).isoformat(timespec="milliseconds")
    turbines = [
        dm.NodeApply(
            DATA,
            f"turbine_{i:04}",
            sources=[
                dm.NodeOrEdgeData(
                    TURBINE,
                    {
                        "name": f"Turbine {i:04}",
                        "capacity": i / 10,
                        "built": built,
                        "tags": [f"t{i % 3}", "all"],
                        "farm": {"space": DATA, "externalId": f"farm_{i % 10}"},
                    },
                )
            ],
        )
        for i in range(2500)
    ]
    edges = [
        dm.EdgeApply(
            DATA,
            f"near_{i}",
            type=(SPACE, "near"),
            start_node=(DATA, f"turbine_{i:04}"),
            end_node=(DATA, f"turbine_{i + 1:04}"),
        )
        for i in range(100)
    ]
    result = client.data_modeling.instances.apply(nodes=farms + turbines, edges=edges)
    check((len(result.nodes), len(result.edges)), (2510, 100))
    assert all(node.was_modified for node in result.nodes)
    again = client.data_modeling.instances.apply(nodes=turbines[:5])
    check([node.was_modified for node in again.nodes], [False] * 5)
    double = dm.NodeApply(DATA, "other", sources=[dm.NodeOrEdgeData(TURBINE, {"name": "Turbine 0000"})])
    refused(400, lambda: client.data_modeling.instances.apply(nodes=double))
    unknown = dm.NodeApply(DATA, "other", sources=[dm.NodeOrEdgeData(TURBINE, {"nmae": "x"})])
    assert "nmae" in refused(400, lambda: client.data_modeling.instances.apply(nodes=unknown)).message
    print("write")


def read(client: CogniteClient) -> None:
    instances = client.data_modeling.instances
    one = instances.retrieve_nodes((DATA, "turbine_0007"), sources=TURBINE)
    check((one["name"], one["blades"], one["farm"]), ("Turbine 0007", 3, {"space": DATA, "externalId": "farm_7"}))
    check(instances.retrieve_nodes((DATA, "nobody"), sources=TURBINE), None)
    check(len(instances.retrieve(edges=[(DATA, "near_1"), (DATA, "nothing")]).edges), 1)
    large = filters.Range(TURBINE.as_property_ref("capacity"), gte=200)
    found = instances.list(
        sources=TURBINE, filter=large, limit=None, sort=dm.InstanceSort(TURBINE.as_property_ref("capacity"), "descending")
    )
    check([node["capacity"] for node in found], [i / 10 for i in range(2499, 1999, -1)])
    nested = filters.Nested(
        TURBINE.as_property_ref("farm"), filters.Equals(FARM.as_property_ref("name"), "Farm 3")
    )
    check(len(instances.list(sources=TURBINE, filter=nested, limit=None)), 250)
    check(len(instances.list("edge", limit=None)), 100)
    check(sum(1 for _ in instances(sources=TURBINE, chunk_size=None)), 2500)

    check([node.external_id for node in instances.search(TURBINE, "0042")], ["turbine_0042"])
    check(len(instances.search(TURBINE, "Turbine", properties=["name"], limit=1000)), 1000)

    count = instances.aggregate(TURBINE, aggregations.Count("externalId"))
    check(count.value, 2500)
    groups = instances.aggregate(TURBINE, [aggregations.Avg("capacity"), aggregations.Max("capacity")], group_by="farm")
    check(len(groups), 10)
    check(groups[0].aggregates[1].value, 249.0)
    histogram = instances.histogram(TURBINE, aggregations.Histogram("capacity", 100))
    check([bucket.count for bucket in histogram.buckets], [1000, 1000, 500])
    inspected = instances.inspect(nodes=(DATA, "turbine_0001"), involved_views=dm.InvolvedViews())
    assert TURBINE in inspected.nodes[0].inspection_results.involved_views
    print("read")


def query(client: CogniteClient) -> None:
    source = lambda view, *names: [SourceSelector(view, list(names))]  # noqa: E731
    asked = Query(
        with_={
            "farms": NodeResultSetExpression(filter=filters.Equals(FARM.as_property_ref("name"), "Farm 5"), limit=5),
            "turbines": NodeResultSetExpression(
                from_="farms", through=TURBINE.as_property_ref("farm"), direction="inwards", limit=10
            ),
            "edges": EdgeResultSetExpression(
                from_="turbines", filter=filters.Equals(["edge", "type"], NEAR), direction="outwards", limit=100
            ),
            "near": NodeResultSetExpression(from_="edges", limit=100),
        },
        select={
            "farms": Select(source(FARM, "name")),
            "turbines": Select(source(TURBINE, "name", "capacity")),
            "edges": Select(),
            "near": Select(source(TURBINE, "*")),
        },
    )
    result = client.data_modeling.instances.query(asked)
    check([node["name"] for node in result["farms"]], ["Farm 5"])
    check([node.external_id for node in result["turbines"]], [f"turbine_{i:04}" for i in range(5, 105, 10)])
    check({node.external_id for node in result["near"]}, {f"turbine_{i:04}" for i in range(6, 106, 10)})
    asked.cursors = {"farms": None, "turbines": result.cursors["turbines"], "edges": None, "near": None}
    check(
        [node.external_id for node in client.data_modeling.instances.query(asked)["turbines"]],
        [f"turbine_{i:04}" for i in range(105, 205, 10)],
    )
    print("query")


def sync(client: CogniteClient) -> None:
    instances = client.data_modeling.instances
    asked = QuerySync(
        with_={"turbines": NodeResultSetExpressionSync(filter=filters.HasData(views=[TURBINE]), limit=1000)},
        select={"turbines": SelectSync([SourceSelector(TURBINE, ["name"])])},
    )
    seen = []
    while True:
        page = instances.sync(asked)
        asked.cursors = page.cursors
        if not page["turbines"]:
            break
        seen.extend(page["turbines"])
    check(len(seen), 2500)
    instances.apply(dm.NodeApply(DATA, "turbine_0000", sources=[dm.NodeOrEdgeData(TURBINE, {"name": "Changed"})]))
    instances.delete(nodes=(DATA, "turbine_0001"))
    changes = instances.sync(asked)["turbines"]
    check([(node.external_id, node.deleted_time is not None) for node in changes], [("turbine_0000", False), ("turbine_0001", True)])
    # With the node went the two edges that touched it.
    check(len(instances.list("edge", limit=None)), 98)
    print("sync")


def data(client: CogniteClient) -> None:
    source = dm.ViewId("cdf_cdm", "CogniteTimeSeries", "v1")
    series = lambda name, **facts: dm.NodeApply(DATA, name, sources=[dm.NodeOrEdgeData(source, facts)])  # noqa: E731
    file = dm.NodeOrEdgeData(dm.ViewId("cdf_cdm", "CogniteFile", "v1"), {"name": "a.txt", "mimeType": "text/plain"})
    client.data_modeling.instances.apply(
        [
            series("power", type="numeric", isStep=False),
            series("state", type="string", isStep=True),
            dm.NodeApply(DATA, "file", sources=[file]),
        ]
    )
    power, state, file_id = (dm.NodeId(DATA, name) for name in ["power", "state", "file"])
    points = client.time_series.data
    points.insert([(1000 * i, i / 2) for i in range(2500)], instance_id=power)
    points.insert([(0, "off"), (5000, "on")], instance_id=state)
    read = points.retrieve(instance_id=power, start=0, end=10_000_000)
    check((len(read), read.value[7], read.is_step), (2500, 3.5, False))
    check(points.retrieve(instance_id=state, start=0, end=6000).value, ["off", "on"])
    intervals = points.retrieve(
        instance_id=power, start=0, end=2_500_000, aggregates=["count", "max", "max_datapoint"], granularity="20m"
    )
    check((intervals.count, intervals.max), ([1200, 1200, 100], [599.5, 1199.5, 1249.5]))
    check(points.retrieve(instance_id=power, start=0, end=2000, include_status=True).status_code, [0, 0])
    latest = points.retrieve_latest(instance_id=power).value
    check(latest[0] if isinstance(latest, list) else latest, 1249.5)
    points.delete_range(instance_id=power, start=0, end=1_000_000)
    check(len(points.retrieve(instance_id=power, start=0, end=10_000_000)), 1500)
    check(client.time_series.retrieve(instance_id=power).instance_id, power)
    check(len(client.time_series.list(limit=None)), 2)

    client.files.upload_content_bytes(b"hello", instance_id=file_id)
    check(client.files.download_bytes(instance_id=file_id), b"hello")
    check(client.files.retrieve(instance_id=file_id).uploaded, True)
    check([one.name for one in client.files.list(limit=None)], ["a.txt"])

    columns = [SequenceColumnWrite("a", value_type="Double"), SequenceColumnWrite("b", value_type="String")]
    client.sequences.create(SequenceWrite(external_id="table", columns=columns))
    rows = client.sequences.data
    rows.insert({1: [1.5, "x"], 2: [None, "y"]}, columns=["a", "b"], external_id="table")
    check([row.values for row in rows.retrieve(external_id="table").rows], [[1.5, "x"], [None, "y"]])
    rows.delete(rows=[1], external_id="table")
    check([row.row_number for row in rows.retrieve(external_id="table").rows], [2])
    print("data")


def graphql(client: CogniteClient) -> None:
    api = client.data_modeling.graphql
    model = (SPACE, "Wind", "v1")
    data = api.query(
        model,
        """query ($name: String!) {
          listFarm(filter: { name: { eq: $name } }) {
            items { name turbines(first: 2, sort: [{ capacity: DESC }]) { items { capacity farm { name } } } }
          }
          aggregateTurbine { items { count { externalId } } }
        }""",
        {"name": "Farm 9"},
    )
    turbines = [{"capacity": capacity, "farm": {"name": "Farm 9"}} for capacity in [249.9, 248.9]]
    check(data["listFarm"]["items"], [{"name": "Farm 9", "turbines": {"items": turbines}}])
    check(data["aggregateTurbine"]["items"], [{"count": {"externalId": 2499}}])
    try:
        api.query(model, "{ listFarm { items { nmae } } }")
        raise AssertionError("it was not refused")
    except CogniteGraphQLError as error:
        check(error.errors[0].message, "Field 'nmae' in type 'Farm' is undefined")

    dml = "type Boat { name: String! crew: [Sailor] @relation } type Sailor { name: String! boat: Boat }"
    applied = api.apply_dml((SPACE, "Harbour", "1"), dml, name="Harbour")
    check((applied.space, applied.external_id, applied.version, applied.name), (SPACE, "Harbour", "1", "Harbour"))
    check(len(client.data_modeling.data_models.retrieve((SPACE, "Harbour", "1"))[0].views), 2)
    try:
        api.apply_dml((SPACE, "Harbour", "1"), "type Boat {")
        raise AssertionError("it was not refused")
    except CogniteGraphQLError as error:
        check(error.errors[0].message, "Invalid syntax in provided GraphQL schema")
    print("graphql")


def statistics(client: CogniteClient) -> None:
    project = client.data_modeling.statistics.project()
    check(project.instances.edges, 98)
    assert any(space.space == SPACE and space.views == 4 for space in client.data_modeling.statistics.spaces.list())
    print("statistics")


def remove(client: CogniteClient) -> None:
    instances = client.data_modeling.instances
    edges = instances.list("edge", limit=None).as_ids()
    check(len(instances.delete(edges=edges).edges), 98)
    nodes = instances.list("node", space=DATA, limit=None).as_ids()
    check(len(instances.delete(nodes=nodes).nodes), len(nodes))
    refused(400, lambda: client.data_modeling.spaces.delete(SPACE))
    models = client.data_modeling.data_models
    check(len(models.delete([(SPACE, "Wind", "v1"), (SPACE, "Harbour", "1")])), 2)
    views = client.data_modeling.views.list(space=SPACE, limit=-1, all_versions=True).as_ids()
    check(len(client.data_modeling.views.delete(views)), 4)
    containers = client.data_modeling.containers.list(space=SPACE, limit=-1).as_ids()
    client.data_modeling.containers.delete_constraints([(dm.ContainerId(SPACE, "Turbine"), "oneName")])
    client.data_modeling.containers.delete_indexes([(dm.ContainerId(SPACE, "Turbine"), "byCapacity")])
    check(len(client.data_modeling.containers.delete(containers)), len(containers))
    print("remove")


if __name__ == "__main__":
    connected = connect(sys.argv[1])
    for part in [schema, write, read, query, sync, data, graphql, statistics, remove]:
        part(connected)
