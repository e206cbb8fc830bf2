import type { IrModel, IrView } from "../../ir/index.js";
import { formatVersionedId } from "../../models/index.js";
import { type Relation, relationsOf } from "./relations.js";
import { typeText } from "./type-text.js";

const [lineHeight, margin, gap, charWidth] = [16, 24, 64, 7];
/** More are told by their count. */
const mostRows = 12;

interface Box {
  readonly view: IrView;
  readonly rows: readonly string[];
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A drawing of a model's views and relations: those that others implement or lead to are further left. */
export function svgText(model: IrModel): string {
  const relations = relationsOf(model);
  const boxes = placed(model, relations);
  const byId = new Map(boxes.map((box) => [formatVersionedId(box.view.id), box]));
  const [width, height] = [
    Math.max(0, ...boxes.map((box) => box.x + box.width)) + margin,
    Math.max(0, ...boxes.map((box) => box.y + box.height)) + margin,
  ];
  const lines = relations.map((relation) => line(relation, byId));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" font-size="12">
<title>${escaped(formatVersionedId(model.id))}</title>
<rect width="100%" height="100%" fill="#fff"/>
<g fill="none" stroke="#57606a">
${lines.join("\n")}
</g>
${boxes.map(box).join("\n")}
</svg>
`;
}

/** Columns by the length of the longest way over `implements` and direct relations that starts at a view. */
function placed(model: IrModel, relations: readonly Relation[]): readonly Box[] {
  const next = new Map<string, string[]>();
  for (const { kind, from, to } of relations) {
    if (kind === "implements" || kind === "direct") next.set(from, [...(next.get(from) ?? []), to]);
  }
  const depths = new Map<string, number>();
  const depthOf = (id: string): number => {
    const known = depths.get(id);
    if (known !== undefined) return known;
    depths.set(id, 0);
    const depth = Math.max(0, ...(next.get(id) ?? []).filter((to) => to !== id).map((to) => depthOf(to) + 1));
    depths.set(id, depth);
    return depth;
  };
  const columns: IrView[][] = [];
  for (const view of model.views) {
    const depth = depthOf(formatVersionedId(view.id));
    while (columns.length <= depth) columns.push([]);
    columns[depth]?.push(view);
  }
  let x = margin;
  return columns.flatMap((views) => {
    let y = margin;
    const made = views.map((view) => {
      const rows = rowsOf(view);
      const longest = Math.max(view.id.externalId.length + 2, ...rows.map((row) => row.length));
      const made: Box = {
        view,
        rows,
        x,
        y,
        width: longest * charWidth + 16,
        height: (rows.length + 1) * lineHeight + 20,
      };
      y += made.height + margin;
      return made;
    });
    x += Math.max(0, ...made.map((each) => each.width)) + gap;
    return made;
  });
}

function rowsOf(view: IrView): readonly string[] {
  const rows = view.properties.map((property) => `${property.id}: ${typeText(property)}`);
  return rows.length <= mostRows ? rows : [...rows.slice(0, mostRows - 1), `and ${rows.length - mostRows + 1} more`];
}

function line({ kind, from, to, label, many }: Relation, boxes: ReadonlyMap<string, Box>): string {
  const [start, end] = [boxes.get(from), boxes.get(to)];
  if (!start || !end) return "";
  const toLeft = end.x <= start.x;
  const [x1, x2] = toLeft ? [start.x, end.x + end.width] : [start.x + start.width, end.x];
  const [y1, y2] = [start.y + 14, end.y + 14];
  const bend = toLeft ? -gap / 2 : gap / 2;
  const dash = kind === "edge" ? ' stroke-dasharray="5 3"' : kind === "implements" ? ' stroke-width="2"' : "";
  const name = escaped(kind === "implements" ? "implements" : `${label}${many ? " *" : ""}`);
  return `<path d="M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}"${dash}><title>${name}</title></path>`;
}

function box({ view, rows, x, y, width, height }: Box): string {
  const text = rows.map((row, index) => `<text x="${x + 8}" y="${y + 38 + index * lineHeight}">${escaped(row)}</text>`);
  return `<g><rect x="${x}" y="${y}" width="${width}" height="${height}" rx="6" fill="#f6f8fa" stroke="#57606a"/>
<text x="${x + 8}" y="${y + 18}" font-weight="bold">${escaped(view.id.externalId)}</text>
${text.join("\n")}</g>`;
}

/** Text of a model in the drawing: no markup, no signs that XML cannot hold. */
function escaped(text: string): string {
  const readable = text.replace(/[\p{Cc}\p{Cf}\p{Cs}\ufffe\uffff]/gu, " ");
  return readable.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
