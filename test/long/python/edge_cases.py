"""The edge cases of models in generated Python packages, against an emulator.

Usage: edge_cases.py FOLDER, with CDF_URL and CDF_PROJECT. Prints as JSON what went wrong by case; null where nothing did.
"""

import json
import os
import sys
import traceback
from datetime import date, datetime, timezone

from pydantic import ValidationError

sys.path.insert(0, sys.argv[1])

import edge  # noqa: E402
import two  # noqa: E402
from edge import (  # noqa: E402
    BaseWrite,
    BothEdgeWrite,
    BothWrite,
    ChildWrite,
    EdgePair,
    EmptyWrite,
    Field_Write,
    Link_Write,
    ModelClient,
    NamesWrite,
    NodeId,
    OnlyReverseWrite,
    QueryError,
    RelationsWrite,
    Token,
    TypedWrite,
    ValuesWrite,
)

common = {
    "project": os.environ["CDF_PROJECT"],
    "base_url": os.environ["CDF_URL"],
    "credentials": Token("token"),
}
client = ModelClient(**common, space="data")
nowhere = ModelClient(**common)
CASES = {}


def case(name):
    def add(function):
        CASES[name] = function
        return function

    return add


def refused(error, text, call):
    try:
        call()
    except error as found:
        assert text in str(found), f"{text!r} is not in {found}"
    else:
        raise AssertionError(f"nothing was refused, where {text!r} should be")


@case("E1, E2, E3, E4, E5, E6, E10, E16: names that mean something in Python are fields with their values")
def names():
    values = {
        "class_": "a",
        "list_": "b",
        "model_dump_": "c",
        "model_year": 7,
        "version": "d",
        "type": "e",
        "limit": "f",
        "filter": "g",
        "x": "h",
    }
    client.upsert(NamesWrite(external_id="names", node_type=("s", "T"), **values))
    row = client.names.retrieve("names")
    assert {name: getattr(row, name) for name in values} == values
    assert row.data_record.version == 1 and row.node_type == ("s", "T")
    assert row.dump()["class"] == "a" and row.dump()["model_dump"] == "c"


@case("E12, E13: the id on the wire is CDF's in writes, reads, conditions, sorts, searches and aggregates")
def mapping():
    client.upsert([NamesWrite(external_id=f"map{n}", foo_bar=f"snake{n}", foo_bar_2=f"camel{n}") for n in (1, 2)])
    where = {"external_id": {"prefix": "map"}}
    rows = client.names.list(where={**where, "foo_bar_2": {"prefix": "camel"}}, sort=[("foo_bar_2", "desc")])
    assert [(row.foo_bar, row.foo_bar_2) for row in rows] == [("snake2", "camel2"), ("snake1", "camel1")]
    assert client.names.search("camel2", properties=["foo_bar_2"]).as_external_ids() == ["map2"]
    assert client.names.search("camel2", properties=["foo_bar"]) == []
    groups = client.names.aggregate(group_by=["foo_bar_2"], count="foo_bar", where=where)
    assert sorted((group.group["foo_bar_2"], group.count) for group in groups) == [
        ("camel1", {"foo_bar": 1}),
        ("camel2", {"foo_bar": 1}),
    ]
    assert client.names.list(where={"foo_bar": "snake1"}, select={"foo_bar_2": True})[0].foo_bar_2 == "camel1"


@case("E9, E91: dates and times are what Python has for them, whatever fields are called")
def times():
    when = datetime(2024, 5, 6, 7, 8, 9, 123000, tzinfo=timezone.utc)
    client.upsert(NamesWrite(external_id="times", date=date(2024, 5, 6), created_date=when))
    row = client.names.list(where={"created_date": when})[0]
    assert (row.date, row.created_date) == (date(2024, 5, 6), when)
    client.upsert(ValuesWrite(external_id="times", tags=[], times=[when]))
    assert client.values.retrieve("times").times == [when]


@case("E20, E22, E68: a view called like what modules import, which leads to itself")
def imported():
    client.upsert(Field_Write(external_id="f", name="F", field="f"))
    row = client.field.list(select={"name": True, "field": {"select": {"name": True, "field": True}}})[0]
    assert (row.field.name, row.field.field.external_id) == ("F", "f")


@case("E40, E42: a view without properties is written and listed by its id")
def empty():
    client.upsert(EmptyWrite(external_id="nothing"))
    assert client.empty.list(where={"external_id": "nothing"}).as_external_ids() == ["nothing"]


@case("E41, E64: a view of reverse relations alone")
def reverse():
    client.upsert(OnlyReverseWrite(external_id="only", sources=[RelationsWrite(external_id="source", name="S")]))
    (row,) = client.only_reverse.list(select={"sources": {"select": {"name": True}}}, where={"external_id": "only"})
    assert [one.name for one in row.sources] == ["S"]


@case("E43: a view for nodes and edges has a class and a handle for each")
def both():
    client.upsert(BothWrite(external_id="node", note="n"))
    written = BothEdgeWrite(
        external_id="edge", note="e", edge_type=("s", "t"), start_node=("data", "node"), end_node=("data", "node")
    )
    client.both_edge.upsert(written)
    assert [row.note for row in client.both.list()] == ["n"]
    (row,) = client.both_edge.list()
    assert (row.note, row.edge_type, row.start_node) == ("e", ("s", "t"), NodeId("data", "node"))


@case("E44: a view for edges is read by itself, with its ends")
def edges():
    pair = EdgePair(node=RelationsWrite(external_id="far"), edge=Link_Write(weight=2))
    client.upsert(RelationsWrite(external_id="near", links=[pair]))
    (row,) = client.link.list(where={"start_node": {"equals": "near"}})
    assert (row.weight, row.end_node) == (2, NodeId("data", "far"))


@case("E45: nothing writes through a view that lacks a required property")
def locked():
    assert not hasattr(edge, "LockedWrite") and not hasattr(client.locked, "upsert")
    assert client.locked.list() == []


@case("E46, E47, E48, E79, E73: a child has its parents' properties, its own kind counts, and it goes where they do")
def children():
    child = ChildWrite(external_id="child", name="C", extra="x", kind=Field_Write(external_id="kind", name="K"))
    client.upsert(RelationsWrite(external_id="owner", base=child, one=child))
    assert client.child.retrieve("child", select={"kind": {"select": {"name": True}}}).kind.name == "K"
    (row,) = client.relations.list(
        where={"external_id": "owner"}, select={"base": {"select": {"name": True}}, "one": {"select": {"name": True}}}
    )
    assert (row.base.name, row.one.name) == ("C", "C")
    refused(ValidationError, "name", lambda: BaseWrite(external_id="nameless"))


@case("E51: the node type that a view's filter asks for is written")
def typed():
    client.upsert(TypedWrite(external_id="typed", name="t"))
    assert client.typed.retrieve("typed").node_type == ("s", "T")


@case("E60, E61, E62: relations without a view hold ids, alone and in lists")
def untyped():
    client.upsert(RelationsWrite(external_id="untyped", any="one", all=["one", ("other", "two")]))
    row = client.relations.list(where={"any": {"equals": "one"}, "all": {"contains_any": [("other", "two")]}})[0]
    assert (row.any.as_id(), [one.as_id() for one in row.all]) == (
        NodeId("data", "one"),
        [NodeId("data", "one"), NodeId("other", "two")],
    )


@case("E69, E82: a cycle of nested items is written once, and so is an edge that both ends name")
def cycles():
    first, second = RelationsWrite(external_id="first"), RelationsWrite(external_id="second")
    first.next, second.next = second, first
    first.links, second.linked_by = [second], [first]
    written = client.upsert(first)
    assert sorted(item.external_id for item in written if item.instance_type == "node") == ["first", "second"]
    assert len([item for item in written if item.instance_type == "edge"]) == 1
    row = client.relations.retrieve("first", select={"next": {"select": {"next": True}}})
    assert row.next.next.external_id == "first"


@case("E70, E71, E72, E78: connections by edges keep their direction and their type; their ends are made if asked for")
def directions():
    one = BaseWrite(external_id="b", name="B")
    item = RelationsWrite(external_id="mid", links=["right"], linked_by=["left"], one=one)
    refused(edge.PygenError, "", lambda: client.upsert(item))
    client.upsert(item, auto_create_start_nodes=True, auto_create_end_nodes=True)
    select = {"links": {"node": True}, "linked_by": {"node": True}, "one": True}
    row = client.relations.list(where={"external_id": "mid"}, select=select)[0]
    assert [pair.node.external_id for pair in row.links] == ["right"]
    assert [pair.node.external_id for pair in row.linked_by] == ["left"]
    assert row.one.external_id == "b"


@case("E75, E77: an edge lies in the space of its start and has the id that it is given; its end may lie elsewhere")
def spaces():
    edge_write = Link_Write(external_id="given", weight=1)
    there = RelationsWrite(space="other", external_id="there")
    client.upsert(RelationsWrite(external_id="here", links=[EdgePair(node=there, edge=edge_write)]))
    row = client.link.retrieve("given")
    assert (row.space, row.end_node) == ("data", NodeId("other", "there"))


@case("E76, E38: without a default space a text names nothing, and the model's space is never one")
def no_space():
    refused(QueryError, "space", lambda: nowhere.names.retrieve("names"))
    refused(QueryError, "space", lambda: nowhere.upsert(NamesWrite(external_id="a")))
    assert nowhere.names.retrieve(("data", "nobody")) is None
    nowhere.upsert(NamesWrite(space="other", external_id="elsewhere", x="1"))
    assert nowhere.names.retrieve(("other", "elsewhere")).x == "1"


@case("E78: edges come after their nodes, however many requests there are")
def many():
    nodes = [RelationsWrite(external_id=f"far{n}") for n in range(1100)]
    far = [EdgePair(node=node, edge=Link_Write(weight=1)) for node in nodes]
    written = client.upsert(RelationsWrite(external_id="hub", links=far))
    assert len(written) == 2201
    assert client.link.aggregate(count=True, where={"start_node": {"equals": "hub"}}).count == 1100


@case("E90: false and zero are values, and an empty list of them matches nothing")
def falsy():
    client.upsert(ValuesWrite(external_id="falsy", tags=["z"], flag=False, big=0, fixed=""))
    where = {"external_id": "falsy"}
    for condition in ({"flag": False}, {"big": 0}, {"fixed": ""}):
        assert len(client.values.list(where={**where, **condition})) == 1, condition
    assert client.values.list(where={**where, "big": {"in": []}}) == []


@case("E92: an enum takes its values alone, and reads others")
def enums():
    refused(ValidationError, "status", lambda: ValuesWrite(external_id="e", tags=[], status="b"))
    client.upsert(ValuesWrite(external_id="e", tags=[], status="B"))
    assert client.values.list(where={"status": "B"})[0].status == "B"
    fields = edge.Values.model_fields["status"]
    assert "str" in str(fields.annotation)


@case("E94, E95: what has a default may be left out, what is required may not, and empty is not absent")
def defaults():
    refused(ValidationError, "tags", lambda: ValuesWrite(external_id="d"))
    client.upsert(ValuesWrite(external_id="d", tags=[]))
    row = client.values.retrieve("d")
    assert (row.mode, row.ratio, row.setup, row.tags, row.notes) == ("auto", 0.5, {"a": [1]}, [], None)
    client.upsert(ValuesWrite(external_id="d", tags=[], notes=[]))
    assert client.values.retrieve("d").notes == []


@case("E96, E97: JSON that looks like a relation stays JSON; references to other resources are their ids")
def references():
    setup = {"space": "a", "externalId": "b"}
    client.upsert(ValuesWrite(external_id="r", tags=[], setup=setup, signals=["t1", "t2"], report="file"))
    row = client.values.retrieve("r")
    assert (row.setup, row.signals, row.report) == (setup, ["t1", "t2"], "file")


@case("E98: units are said where the value is")
def units():
    assert edge.Values.view.properties["level"].unit == "length:m"


@case("E100: the service counts, and what cannot be changed is left alone in updates")
def counted():
    client.upsert(ValuesWrite(external_id="n", tags=[], fixed="once"))
    row = client.values.retrieve("n")
    assert isinstance(row.serial, int)
    client.upsert(ValuesWrite(external_id="n", tags=["t"]))
    assert client.values.retrieve("n").fixed == "once"


@case("E101: what is not given stays, and None clears")
def clearing():
    client.upsert(ValuesWrite(external_id="c", tags=["t"], level=1.5, flag=True))
    client.upsert(ValuesWrite(external_id="c", tags=["t"], level=None))
    row = client.values.retrieve("c")
    assert (row.level, row.flag) == (None, True)


@case("E102, E93: what was read is written back with its version, without what is not known of")
def back():
    client.upsert(ValuesWrite(external_id="v", tags=["t"]))
    row = client.values.retrieve("v")
    row.__pydantic_extra__ = {"fresh": 1}
    write = row.as_write()
    assert write.existing_version == row.data_record.version
    write.tags = ["u"]
    client.values.upsert(write)
    assert client.values.retrieve("v").tags == ["u"]
    refused(edge.ApiError, "409", lambda: client.values.upsert(ValuesWrite(external_id="v", tags=[], existing_version=0)))


@case("E103: external ids have 1 to 255 signs, and come by either name")
def ids():
    for wrong in ("", "x" * 256):
        refused(ValidationError, "external_id", lambda wrong=wrong: EmptyWrite(external_id=wrong))
    assert EmptyWrite.model_validate({"externalId": "alias"}).external_id == "alias"


@case("E104: integers are exact")
def exact():
    client.upsert(ValuesWrite(external_id="big", tags=[], big=2**63 - 1))
    assert client.values.list(where={"big": 2**63 - 1})[0].big == 2**63 - 1


@case("E33, E34, E36, E38: several data models have clients of their own, and each reads its version of a view")
def several():
    own = {**common, "credentials": two.Token("token")}
    with two.OldClient(**own, space="data") as old, two.NewClient(**own, space="other") as new:
        told(old, new)


def told(old, new):
    old.upsert(two.Pumpv1Write(external_id="p", name="old", site=two.SiteWrite(external_id="site", name="S")))
    new.upsert(two.Pumpv2Write(external_id="p", name="new", pressure=2))
    assert old.pumpv1.list(select={"site": {"select": {"name": True}}})[0].site.name == "S"
    assert [(row.space, row.pressure) for row in new.pumpv2.list()] == [("other", 2)]
    assert old.pumpv1.delete("p") == [NodeId("data", "p")]
    assert not hasattr(old, "pumpv2") and not hasattr(new, "pumpv1")


@case("E133: two packages live side by side, and do not take each other's objects for their own")
def apart():
    refused(two.QueryError, "of this package; got edge._runtime", lambda: two.OldClient(**common))
    assert two.NodeId is not edge.NodeId and two.OldClient.__module__ == "two.client"


results = {}
for name, function in CASES.items():
    try:
        function()
        results[name] = None
    except Exception:
        results[name] = traceback.format_exc()
client.close()
nowhere.close()
print(json.dumps(results))
