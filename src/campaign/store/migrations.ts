/**
 * The schema of the store, as it has grown: each entry takes it one version further, in a transaction. Entries are
 * never changed once they are released.
 */
import { type Database, StoreProblem } from "./sql.js";

const MIGRATIONS: readonly string[] = [
  `
  create table stalemap.campaign (
    id int generated always as identity primary key,
    name text not null unique,
    model int not null,
    seed text not null,
    options jsonb not null,
    check_share real not null,
    created timestamptz not null default now()
  );
  create table stalemap.part (
    id int generated always as identity primary key,
    campaign int not null references stalemap.campaign on delete cascade,
    kernel text not null,
    variant jsonb not null,
    programs bigint not null,
    queued bigint not null default 0,
    unique (campaign, kernel)
  );
  create table stalemap.worker (
    id int generated always as identity primary key,
    campaign int not null references stalemap.campaign on delete cascade,
    host text not null,
    pid int not null,
    version text not null,
    started timestamptz not null default now(),
    seen timestamptz not null default now()
  );
  create table stalemap.done (
    part int not null references stalemap.part on delete cascade,
    first bigint not null,
    programs int not null,
    schedules bigint not null,
    steps bigint not null,
    failures int not null,
    digest text not null,
    windows jsonb not null,
    strategies jsonb not null,
    worker int not null references stalemap.worker on delete cascade,
    seconds real not null,
    at timestamptz not null default now(),
    primary key (part, first)
  );
  create index on stalemap.done (part, at);
  create table stalemap.checked (
    part int not null,
    first bigint not null,
    digest text not null,
    worker int not null references stalemap.worker on delete cascade,
    at timestamptz not null default now(),
    primary key (part, first, worker),
    foreign key (part, first) references stalemap.done on delete cascade
  );
  create table stalemap.finding (
    id int generated always as identity primary key,
    part int not null references stalemap.part on delete cascade,
    kind text not null,
    cases bigint not null,
    first_case bigint not null,
    first_seen timestamptz not null default now(),
    last_seen timestamptz not null default now(),
    found_by int not null references stalemap.worker on delete cascade,
    token text,
    scenario text,
    cured_by jsonb,
    problem text,
    unique (part, kind)
  );
  create table stalemap.known (
    campaign int not null references stalemap.campaign on delete cascade,
    kind text not null,
    why text not null,
    primary key (campaign, kind)
  );
  `,
  `
  alter table stalemap.part drop constraint part_campaign_kernel_key;
  alter table stalemap.part add column program text, add column scenario text,
    add column explores boolean not null default false;
  create unique index on stalemap.part (campaign, kernel, coalesce(program, ''), explores);
  alter table stalemap.done drop column strategies;
  alter table stalemap.done add column turns jsonb not null default '[]', add column explored jsonb;
  `,
];

/** Brings the store to this version's schema. Throws StoreProblem when it is of a newer one. */
export async function migrate(db: Database): Promise<void> {
  await db.transaction(async (sql) => {
    // One process makes the schema; the others wait here.
    await sql.query("select pg_advisory_xact_lock(7355608)");
    const [there] = await sql.query<{ name: string | null }>(
      "select to_regclass('stalemap.version')::text as name",
    );
    if (there?.name === null) {
      await sql.script(
        "create schema if not exists stalemap; create table stalemap.version (version int not null); insert into stalemap.version values (0)",
      );
    }
    const [{ version } = { version: 0 }] = await sql.query<{ version: number }>(
      "select version from stalemap.version",
    );
    if (version > MIGRATIONS.length)
      throw new StoreProblem(
        `the store is of version ${version}, and this stalemap knows versions up to ${MIGRATIONS.length}`,
        "use the newer stalemap that made it, or another store",
      );
    for (const step of MIGRATIONS.slice(version)) await sql.script(step);
    await sql.query("update stalemap.version set version = $1", [MIGRATIONS.length]);
  });
}
