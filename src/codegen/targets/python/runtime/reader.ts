/** `_runtime/reader.py` of a generated package. */
export const readerPy: string = `"""Runs plans: asks for pages until nested sets are whole, and joins them to rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .calls import Call, Steps, one
from .errors import ApiError, ResponseError
from .filters import all_of
from .instances import EdgePair, Instance, Node
from .joins import Entry, by_parent, by_target, end_of, far_end, id_of
from .plan import ListPlan, RelationPlan, SetPlan, StagePlan
from .planner import CHUNK
from .registry import Registry
from .rows import decode, reference
from .sorting import chunks
from .views import NodeId

_PATHS = {
    "list": "/models/instances/list",
    "query": "/models/instances/query",
    "byids": "/models/instances/byids",
}


@dataclass
class _Page:
    """A page of a set, with all pages of the sets that hang on its rows."""

    rows: list[dict[str, Any]]
    inner: dict[str, list[_Page]] = field(default_factory=dict)


_Lookup = Callable[[Mapping[str, Any]], Any]


class _Branch:
    """A nested set on its way to be whole.

    The service evaluates a set against the current page of the set that it hangs on.
    So a set keeps its cursor until all that hang on it are whole, then moves to its
    next page, where they start afresh. Sets side by side move in the same requests.
    """

    def __init__(self, plan: SetPlan, answer: Mapping[str, Any]) -> None:
        self.pages: list[_Page] = []
        self._plan = plan
        self._cursor: str | None = None
        self._seen: set[str] = set()
        self._load(answer)

    @property
    def done(self) -> bool:
        return self._next is None and self._inner_done

    @property
    def _inner_done(self) -> bool:
        return all(branch.done for branch in self._inner)

    def add_cursors(self, cursors: dict[str, str | None]) -> None:
        """Adds the cursors of the request that gets this set on."""
        if self._inner_done and self._next is not None:
            cursors[self._plan.name] = self._next
            return
        # Also where nothing is left to get: the answer has the set again.
        cursors[self._plan.name] = self._cursor
        for branch in self._inner:
            branch.add_cursors(cursors)

    def accept(self, answer: Mapping[str, Any]) -> None:
        """Takes the answer to that request."""
        if self.done:
            return
        if not self._inner_done:
            for branch in self._inner:
                branch.accept(answer)
            return
        self._cursor = self._next
        self._load(answer)

    def _load(self, answer: Mapping[str, Any]) -> None:
        rows, self._next = _rows_of(answer, self._plan.name)
        if self._next is not None:
            _once(self._next, self._seen)
        self._inner = [_Branch(plan, answer) for plan in self._plan.inner()]
        inner = {branch._plan.name: branch.pages for branch in self._inner}
        self.pages.append(_Page(rows, inner))


class Reader:
    """Reads the pages of plans."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._sizes: dict[int, int] = {}

    def rows(
        self, stage: StagePlan, cursor: str | None
    ) -> Steps[tuple[list[Instance], str | None]]:
        """One page of a list, whole with all that hangs on its rows."""
        entries, next = yield from self._page(stage, cursor, ())
        return [entry.row for entry in entries], next

    def by_ids(
        self, stage: StagePlan, ids: Sequence[NodeId]
    ) -> Steps[dict[NodeId, Instance]]:
        """The instances of some ids, so many at a time as fit into a request."""
        found: dict[NodeId, Instance] = {}
        for entries, _ in (yield from self._all(stage, ids)):
            for entry in entries:
                found[id_of(entry.instance)] = entry.row
        return found

    def _all(
        self, stage: StagePlan, ids: Sequence[NodeId]
    ) -> Steps[list[tuple[list[Entry], Sequence[NodeId]]]]:
        found = []
        for chunk in chunks(ids, CHUNK):
            entries: list[Entry] = []
            cursor: str | None = None
            run, seen = object(), set[str]()
            while True:
                page, cursor = yield from self._page(stage, cursor, chunk)
                for entry in page:
                    entry.run, entry.at = run, len(entries)
                    entries.append(entry)
                if cursor is None:
                    break
                _once(cursor, seen)
            found.append((entries, chunk))
        return found

    def _page(
        self, stage: StagePlan, cursor: str | None, ids: Sequence[NodeId]
    ) -> Steps[tuple[list[Entry], str | None]]:
        page, next = yield from self._fetch(stage, cursor, ids)
        staged = yield from self._stages(stage.root, page)
        return self._entries(stage.root, [page], staged), next

    def _fetch(
        self, stage: StagePlan, cursor: str | None, ids: Sequence[NodeId]
    ) -> Steps[tuple[_Page, str | None]]:
        """A page; where the service runs out of time, one of fewer rows."""
        while True:
            size = self._sizes.get(id(stage)) or _planned(stage)
            try:
                page = yield from self._fetch_rows(stage, cursor, ids, size)
                return page
            except ApiError as error:
                if error.status != 408 or size <= 1:
                    raise
                self._sizes[id(stage)] = size // 2

    def _fetch_rows(
        self,
        stage: StagePlan,
        cursor: str | None,
        ids: Sequence[NodeId],
        size: int,
    ) -> Steps[tuple[_Page, str | None]]:
        body: dict[str, Any] = dict(stage.request)
        dumped = [id.dump() for id in ids]
        if stage.endpoint == "byids":
            kind = stage.root.instance_type
            body["items"] = [{"instanceType": kind, **id} for id in dumped]
        elif stage.endpoint == "list":
            body["limit"] = size
            if cursor is not None:
                body["cursor"] = cursor
        if stage.endpoint != "query":
            answer = yield from one(Call(_PATHS[stage.endpoint], body))
            return _Page(answer["items"]), answer.get("nextCursor")
        root = dict(body["with"]["root"])
        root["limit"] = size
        if stage.link is not None:
            key = "nodes" if "nodes" in root else "edges"
            inner = root[key]
            root[key] = {
                **inner,
                "filter": all_of(stage.link(dumped), inner.get("filter")),
            }
        body["with"] = {**body["with"], "root": root}
        page = yield from self._query(stage.root, body, cursor)
        return page

    def _query(
        self, root: SetPlan, body: dict[str, Any], cursor: str | None
    ) -> Steps[tuple[_Page, str | None]]:
        """A page of the root set, with every nested set whole."""
        if cursor is not None:
            body = {**body, "cursors": {"root": cursor}}
        first = yield from one(Call(_PATHS["query"], body))
        branches = [_Branch(plan, first) for plan in root.inner()]
        while any(not branch.done for branch in branches):
            cursors: dict[str, str | None] = {"root": cursor}
            for branch in branches:
                branch.add_cursors(cursors)
            answer = yield from one(Call(_PATHS["query"], {**body, "cursors": cursors}))
            for branch in branches:
                branch.accept(answer)
        rows, next = _rows_of(first, "root")
        return _Page(rows, {b._plan.name: b.pages for b in branches}), next

    def _stages(self, root: SetPlan, page: _Page) -> Steps[dict[int, _Lookup]]:
        """Runs the requests for what hangs on any set of a page and is not in it."""
        parents: dict[int, tuple[RelationPlan, list[dict[str, Any]]]] = {}
        _collect(root, [page], parents)
        staged: dict[int, _Lookup] = {}
        for plan, instances in parents.values():
            if plan.stage is None:
                continue
            ids: dict[NodeId, None] = {}
            for instance in instances:
                if plan.key is not None and plan.relation.is_direct:
                    ids.update(dict.fromkeys(plan.key.read(instance)))
                else:
                    ids[id_of(instance)] = None
            found = yield from self._all(plan.stage, list(ids))
            groups = [
                (entries, None if plan.relation.is_direct else set(chunk))
                for entries, chunk in found
            ]
            staged[id(plan)] = self._lookup(plan, groups)
        return staged

    def _entries(
        self, plan: SetPlan, pages: Sequence[_Page], staged: dict[int, _Lookup]
    ) -> list[Entry]:
        """Turns the flat sets of an answer into rows with what hangs on them."""
        run = object()
        entries: list[Entry] = []
        for page in pages:
            far: dict[NodeId, Entry] = {}
            if plan.far is not None:
                inner = page.inner.get(plan.far.name, [])
                for entry in self._entries(plan.far, inner, staged):
                    far[id_of(entry.instance)] = entry
            lookups = [
                (relation.relation.name, self._lookup_in(relation, page, staged))
                for relation in plan.relations
            ]
            for instance in page.rows:
                row = decode(
                    plan.row, plan.fields, instance, self._registry, plan.everything
                )
                for name, lookup in lookups:
                    row.__dict__[name] = lookup(instance)
                entry = Entry(instance, row, run, len(entries))
                if plan.far is not None:
                    entry.far = far.get(end_of(instance, plan.far_end))
                entries.append(entry)
        return entries

    def _lookup_in(
        self, plan: RelationPlan, page: _Page, staged: dict[int, _Lookup]
    ) -> _Lookup:
        known = staged.get(id(plan))
        if known is not None:
            return known
        pages = page.inner.get(plan.nodes.name, [])
        return self._lookup(plan, [(self._entries(plan.nodes, pages, staged), None)])

    def _lookup(
        self,
        plan: RelationPlan,
        found: Sequence[tuple[list[Entry], set[NodeId] | None]],
    ) -> _Lookup:
        """Joins the instances at the other end of a relation to their parents."""
        relation = plan.relation
        items = (
            by_target(plan, found)
            if plan.relation.is_direct
            else by_parent(plan, found)
        )
        show = self._shown(plan)

        def lookup(parent: Mapping[str, Any]) -> Any:
            entries = items(parent)
            if relation.many:
                return [show(entry) for entry in entries[: relation.limit]]
            return show(entries[0]) if entries else None

        return lookup

    def _shown(self, plan: RelationPlan) -> Callable[[Entry], Any]:
        relation = plan.relation
        target = self._registry.node(relation.prop.source) or Node
        if plan.key is not None:
            if relation.target is not None:
                return lambda entry: entry.row
            return lambda entry: reference(target, id_of(entry.instance))

        def node(entry: Entry) -> Instance:
            if entry.far is not None:
                return entry.far.row
            return reference(target, far_end(plan, entry))

        if relation.pairs:
            return lambda entry: EdgePair(node=node(entry), edge=entry.row)
        return node


def _collect(
    plan: SetPlan,
    pages: Sequence[_Page],
    parents: dict[int, tuple[RelationPlan, list[dict[str, Any]]]],
) -> None:
    for relation in plan.relations:
        if relation.stage is not None:
            _, known = parents.setdefault(id(relation), (relation, []))
            for page in pages:
                known.extend(page.rows)
    for inner in plan.inner():
        for page in pages:
            _collect(inner, page.inner.get(inner.name, []), parents)


def _rows_of(
    answer: Mapping[str, Any], name: str
) -> tuple[list[dict[str, Any]], str | None]:
    rows: list[dict[str, Any]] = answer["items"].get(name) or []
    # A cursor may be there although nothing follows; then the next page is empty.
    return rows, answer["nextCursor"].get(name) if rows else None


def _once(cursor: str, seen: set[str]) -> None:
    if cursor in seen:
        raise ResponseError(
            "RESPONSE.LOOP", "The service gave the same cursor twice: pages repeat."
        )
    seen.add(cursor)


def _planned(stage: StagePlan) -> int:
    if stage.endpoint == "byids":
        return 1
    request = stage.request
    limit = request if stage.endpoint == "list" else request["with"]["root"]
    return int(limit["limit"])


class ListRun:
    """A list while it is read, page by page."""

    def __init__(self, plan: ListPlan, registry: Registry) -> None:
        self._plan = plan
        self._reader = Reader(registry)
        self._cursor: str | None = None
        self._seen: set[str] = set()
        self._left = plan.limit
        self.done = plan.limit == 0

    def next_page(self) -> Steps[list[Instance]]:
        """The rows of the next page; after the last one, done is set."""
        rows, cursor = yield from self._reader.rows(self._plan.stage, self._cursor)
        if self._left is not None:
            rows = rows[: self._left]
            self._left -= len(rows)
        self._cursor = cursor
        if cursor is None or self._left == 0:
            self.done = True
        else:
            _once(cursor, self._seen)
        return rows
`;
