import type { PropertyDescriptor, ViewDescriptor } from "../../../src/ir/index.js";
import { seededDraw } from "./draw.js";
import { QueryDraw } from "./draw-query.js";
import type { Args } from "./oracle.js";
import type { Views } from "./world.js";

/** A query with a name that says what is asked. */
export interface Shape {
  readonly name: string;
  readonly handle: string;
  readonly args: Args;
}

type Named = readonly [name: string, args: Args];

/** Every way to read each property and each relation of each view, alone and within each other. */
export function shapesOf(views: Views): Shape[] {
  const draw = new QueryDraw(seededDraw(7), views);
  return Object.entries(views).flatMap(([handle, view]) => {
    const properties = Object.entries(view.properties).filter(([, one]) => draw.canRead(one) && !isComputed(one));
    const shapes: Named[] = [
      ["whole", {}],
      ["nothing but ids", { select: {} }],
      ["sorted", { sort: draw.sort(view) }],
      ["the first", { sort: draw.sort(view), limit: 1 }],
      ["either of two", { where: { $or: [draw.leaf(view, 0), draw.leaf(view, 0)] } }],
      ["none of it", { where: { $not: draw.leaf(view, 1) }, select: draw.select(view, 0) }],
      ["all of it", { select: draw.select(view, 3), where: draw.where(view, 2) }],
      ...properties.flatMap(([name, one]) => shapesWith(draw, name, one)),
    ];
    return shapes.map(([name, args]) => ({ name: `${handle}: ${name}`, handle, args }));
  });
}

/** What only the service knows. */
function isComputed(property: PropertyDescriptor): boolean {
  return "readOnly" in property && property.readOnly === true;
}

function shapesWith(draw: QueryDraw, name: string, property: PropertyDescriptor): Named[] {
  const asked: Named[] = draw.canAsk(property, 2)
    ? [[`where ${name}`, { where: { [name]: draw.condition(property, 2) }, select: {} }]]
    : [];
  if (property.type !== "direct" && property.type !== "reverse" && property.type !== "edge") return asked;
  const ids: Named = [`${name} as ids`, { select: { [name]: true } }];
  const target = draw.node(property.source);
  if (target === undefined) return [ids, ...asked];
  const isMany = property.type === "direct" ? property.list === true : property.single !== true;
  const within = (inner: object): Args => ({ select: { [name]: inner } });
  const further = furtherOf(draw, target);
  const pairs: Named[] =
    property.type === "edge"
      ? [
          [`${name} as edges`, within({ edge: true })],
          [`${name} with nodes, sorted`, within({ edge: true, node: { select: {}, sort: draw.sort(target) } })],
          [`${name} with nodes for which`, within({ edge: true, node: { where: draw.where(target, 1) } })],
        ]
      : [];
  const many: Named[] = isMany
    ? [
        [`the first of ${name}`, within({ select: {}, sort: draw.sort(target), limit: 2 })],
        [`${name} for which`, within({ where: draw.where(target, 1) })],
        [`none of ${name}`, within({ limit: 0, sort: draw.sort(target) })],
      ]
    : [];
  return [
    ids,
    ...asked,
    [`${name} whole`, within({})],
    ...many,
    ...pairs,
    ...further.map(([inner, select]): Named => [`${name}, and its ${inner}`, within({ select })]),
  ];
}

/** The relations of the nodes at the other end, two of them together too. */
function furtherOf(draw: QueryDraw, view: ViewDescriptor): [string, Args["select"]][] {
  const relations = Object.entries(view.properties).filter(
    ([, one]) =>
      (one.type === "direct" || one.type === "reverse" || one.type === "edge") && draw.node(one.source) !== undefined,
  );
  const [first, second] = relations.map(([name]) => name);
  if (first === undefined) return [];
  if (second === undefined) return [[first, { [first]: {} }]];
  return [
    [first, { [first]: {} }],
    [`${first} and ${second}`, { [first]: {}, [second]: {} }],
  ];
}
