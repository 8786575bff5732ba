import {
  LIST_PAGE,
  type TeamWork,
  type TicketPage,
  type TicketQuery,
  type WorkSpan,
} from "../ports/store.ts";
import { toNumber, toTicket } from "./row-readers.ts";
import type { Driver, Value } from "./statement.ts";

const UNDER_WAY = "status not in ('closed', 'cancelled')";
const UNRESOLVED = "status not in ('resolved', 'closed', 'cancelled')";
const OF_TEAMS = "team in (select value from json_each(?))";
const URGENCY =
  "case priority when 'urgent' then 0 when 'high' then 1 when 'normal' then 2 else 3 end";
const OLDEST = 5;

type List = {
  readonly where: string;
  readonly order: string;
  readonly params: readonly Value[];
};

/** One page of a list, and the length of the whole list. */
export async function ticketList(
  driver: Driver,
  query: TicketQuery,
  page: number,
): Promise<TicketPage> {
  const { where, order, params } = listOf(query);
  const [count] = await driver.all({
    sql: `select count(*) as n from tickets where ${where}`,
    params,
  });
  const rows = await driver.all({
    sql: `select state from tickets where ${where} order by ${order}, number limit ? offset ?`,
    params: [...params, LIST_PAGE, page * LIST_PAGE],
  });
  return { tickets: rows.map(toTicket), total: toNumber(count?.n ?? 0) };
}

function listOf(query: TicketQuery): List {
  switch (query.list) {
    case "owner":
      return { where: `owner = ? and ${UNDER_WAY}`, order: "created_at", params: [query.owner] };
    case "queue":
      return {
        where: `${OF_TEAMS} and status = 'new'`,
        order: `${URGENCY}, created_at`,
        params: [JSON.stringify(query.teams)],
      };
    case "overdue":
      return {
        where: `overdue_at <= ? and (${OF_TEAMS} or owner = ?)`,
        order: "overdue_at",
        params: [query.now, JSON.stringify(query.teams), query.owner ?? ""],
      };
    case "requester":
      return { where: "requester = ?", order: "created_at desc", params: [query.requester] };
  }
}

const COUNTS =
  "select count(case when status = 'new' then 1 end) as waiting, " +
  "count(case when status in ('assigned', 'in_progress') then 1 end) as in_progress, " +
  "count(case when status = 'waiting_customer' then 1 end) as awaiting_customer, " +
  "count(case when status = 'waiting_external' then 1 end) as awaiting_others, " +
  "count(case when overdue_at <= ? then 1 end) as overdue, " +
  "count(case when resolved_at >= ? and resolved_at < ? then 1 end) as resolved " +
  "from tickets where team = ?";

export async function teamWork(
  driver: Driver,
  team: string,
  { now, since, until }: WorkSpan,
): Promise<TeamWork> {
  const [counts] = await driver.all({ sql: COUNTS, params: [now, since, until, team] });
  const oldest = await driver.all({
    sql: `select state from tickets where team = ? and ${UNRESOLVED} order by created_at, number limit ?`,
    params: [team, OLDEST],
  });
  return {
    waiting: toNumber(counts?.waiting),
    inProgress: toNumber(counts?.in_progress),
    awaitingCustomer: toNumber(counts?.awaiting_customer),
    awaitingOthers: toNumber(counts?.awaiting_others),
    overdue: toNumber(counts?.overdue),
    resolved: toNumber(counts?.resolved),
    oldest: oldest.map(toTicket),
  };
}
