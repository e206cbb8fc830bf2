import { QueryError } from "../../errors/index.js";
import type { ViewDescriptor } from "../../ir/index.js";
import { Mismatches } from "../decode/mismatch.js";
import { compileRow } from "../decode/row.js";
import { exactly } from "../execute/exact-integers.js";
import { decodePosition, encodePosition } from "../execute/resume.js";
import type { HandleContext } from "../handle-context.js";
import { callKeys, callName, callOptions } from "../operations/call-options.js";
import { optionsOf } from "../problems.js";
import type { Change, ChangePage, SyncOptions } from "../types/syncing.js";
import type { UntypedRow, UntypedSyncArgs } from "../types/untyped.js";
import { Follower, type FollowerRules } from "./follower.js";
import { planSync } from "./plan-sync.js";
import { pollOf } from "./poll.js";

type Page = ChangePage<UntypedRow>;

/** The changes of a view's instances, which come when they are iterated. */
export async function openChanges(
  { client, scope }: HandleContext,
  view: ViewDescriptor,
  args: UntypedSyncArgs,
): Promise<AsyncGenerator<Page, void, undefined>> {
  optionsOf(args, callName("sync", view), ["where", "select", "cursor", "backfill", "poll", "expired", ...callKeys]);
  const plan = planSync(view, args, scope);
  const options = callOptions(args);
  const poll = pollOf(args.poll);
  const follower = new Follower(plan, client.instances, exactly(options, [plan.root], scope.registry), rulesOf(args));
  const mismatches = new Mismatches(client);
  const decode = compileRow(view.instanceType, view, plan.root.fields, mismatches.on);
  const from = args.cursor === undefined ? undefined : decodePosition(plan, args.cursor).cursor;

  const changeOf = (instance: Parameters<typeof decode>[0]): Change<UntypedRow> => {
    const { space, externalId, deletedTime } = instance;
    return deletedTime === undefined
      ? { change: "upserted", row: decode(instance) as UntypedRow }
      : { change: "deleted", space, externalId, deletedTime: new Date(deletedTime) };
  };
  return (async function* pages() {
    let cursor = from;
    for (;;) {
      const page = await follower.page(cursor);
      cursor = page.cursor;
      const changes = mismatches.checked(page.instances.map(changeOf));
      yield {
        items: page.reset ? [{ change: "reset" }, ...changes] : changes,
        cursor: encodePosition(plan, { cursor }),
      };
      if (page.full) continue;
      if (poll === undefined) return;
      await poll.wait(changes.length > 0, options.signal);
    }
  })();
}

function rulesOf({ backfill = true, expired = "reset" }: SyncOptions): FollowerRules {
  if (typeof backfill !== "boolean") throw new QueryError("QUERY.INVALID_VALUE", "'backfill' must be true or false.");
  if (!["reset", "accept-missed-deletes", "throw"].includes(expired)) {
    throw new QueryError("QUERY.INVALID_VALUE", "'expired' must be 'reset', 'accept-missed-deletes' or 'throw'.");
  }
  return { first: backfill ? "onePhase" : "noBackfill", afterExpiry: "onePhase", expired };
}
