import type { PlanEstimate, RequestsProfile, SetEstimate } from "../types/explaining.js";
import type { ConditionPlan, QueryPlan, RelationPlan, SetPlan, StageLink, StagePlan } from "./plan.js";

/** A plan and what is known of it, in words. */
export interface Described {
  readonly estimate: PlanEstimate;
  readonly lines: readonly string[];
}

/** What was measured of the parts of a plan, in their order. */
export interface Measured {
  readonly conditions: readonly RequestsProfile[];
  readonly stages: readonly RequestsProfile[];
}

type Rows = number | null;

/** Says what a plan does, why, and how many rows each of its sets may have. */
export function describePlan(plan: QueryPlan, measured?: Measured): Described {
  const { conditions = [], stages, view, limit } = plan;
  const sets: SetEstimate[] = [];
  const linesOf = stages.map((stage, index) => [`${index + 1}. ${stageText(stage)}`]);
  const describe = (set: SetPlan, at: { readonly stage: number; readonly of: string }, rows: Rows): void => {
    sets.push({ stage: at.stage, set: set.name, rows });
    linesOf[at.stage]?.push(`   ${set.name}: ${at.of}${setText(set)}, ${rowsText(rows)}`);
    if (set.far) describe(set.far.set, { stage: at.stage, of: `other end of ${set.name}, ` }, rows);
    for (const { property } of set.empty ?? []) {
      linesOf[at.stage]?.push(`   '${property}' of ${set.name}: none is asked for, or none can match`);
    }
    for (const relation of set.relations) {
      const further = relation.stage;
      const inner = relation.set ?? (further === undefined ? undefined : stages[further]?.root);
      const names = [relation.property, ...(relation.also ?? [])].map((name) => `'${name}'`).join(", ");
      const of = `${names} of ${set.name}, ${eachText(relation)}`;
      if (inner) describe(inner, { stage: further ?? at.stage, of }, rowsAlong(relation, rows));
    }
  };
  const page = pageOf(stages[0]);
  const first = limit === undefined ? page : Math.min(page, limit);
  describe(stages[0].root, { stage: 0, of: "" }, first);
  stages.forEach((stage, index) => {
    // What no relation leads to reads the same rows again.
    if (!sets.some((set) => set.stage === index)) describe(stage.root, { stage: index, of: "" }, first);
    const beside = stage.endpoint === "query" ? (stage.beside ?? []) : [];
    for (const set of beside) describe(set, { stage: index, of: "" }, first);
  });
  const estimate = { requests: (plan.together ? 0 : conditions.length) + stages.length, sets };
  const took = (profile: RequestsProfile | undefined): string[] => (profile ? profileLines(profile) : []);
  if (limit === 0)
    return {
      estimate: { requests: conditions.length, sets },
      lines: [`No rows of ${view}: none is asked for, or none can match.`],
    };
  const lines = [
    `Rows of ${view}${limit === undefined ? "" : `, at most ${count(limit)}`}.`,
    ...(plan.together
      ? [`0. ${stageText(plan.together)} Where each fits a page, this takes the place of the condition and of 1; else:`]
      : []),
    ...conditions.flatMap((condition, index) => [
      conditionText(condition, index + 1),
      ...took(measured?.conditions[index]),
    ]),
    ...linesOf.flatMap((lines, index) => [...lines, ...took(measured?.stages[index])]),
    `${requestsText(estimate.requests)} for the first page of rows, where nested sets fit a page.`,
  ];
  return { estimate, lines };
}

/** What some requests took, in words. */
function profileLines({ requests, rows, time, notices }: RequestsProfile): string[] {
  const told = notices.map(({ code, grade, hint }) => {
    const graded = grade === undefined ? code : `${code} (${grade})`;
    return `   notice ${graded}${hint === undefined ? "" : `: ${hint}`}`;
  });
  return [`   took ${requestsText(requests)}, ${count(rows)} instances, ${Math.round(time)} ms`, ...told];
}

function conditionText({ of, stage }: ConditionPlan, number: number): string {
  return `condition${number}. ${stage.endpoint}, pages of ${count(pageOf(stage))}, for 'some' of ${of}. ${stage.reason}`;
}

function stageText(stage: StagePlan): string {
  const pages = stage.endpoint === "byids" ? "" : `, pages of ${count(pageOf(stage))}`;
  return `${stage.endpoint}${pages}${linkText(stage.link)}. ${stage.reason}`;
}

function linkText(link: StageLink | undefined): string {
  return link === undefined ? "" : `, once for each ${count(link.chunk)} ids`;
}

function setText({ instanceType, view, fields }: SetPlan): string {
  const read = fields.length === 0 ? "" : ` (${fields.join(", ")})`;
  return `${instanceType}s${view === undefined ? "" : ` of ${view}`}${read}`;
}

function eachText({ limit, many }: RelationPlan): string {
  if (limit !== undefined) return `${count(limit)} for each, `;
  return many ? "" : "one for each, ";
}

function rowsText(rows: Rows): string {
  return rows === null ? "as many as there are" : `at most ${count(rows)} a page`;
}

/** Rows of a page of the root set. */
function pageOf(stage: StagePlan): number {
  if (stage.endpoint === "byids") return stage.link?.chunk ?? 0;
  const { limit = 0 } = stage.endpoint === "list" ? stage.request : (stage.request.with["root"] ?? {});
  return limit;
}

/** Rows that so many parents come to. */
function rowsAlong({ many, limit }: RelationPlan, parents: Rows): Rows {
  if (parents === null || (many && limit === undefined)) return null;
  return parents * (many ? (limit ?? 1) : 1);
}

/** How many requests, in words. */
export function requestsText(requests: number): string {
  return requests === 1 ? "1 request" : `${count(requests)} requests`;
}

function count(number: number): string {
  return number.toLocaleString("en-US");
}
