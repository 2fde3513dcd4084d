namespace ProverCluster.Node.Store.Postgres;

/// <summary>The tables in PostgreSQL. Step n leads from version n - 1 to n; one that was ever shipped is not changed any more. docs/store.md says what a step may do.</summary>
internal static class PostgresSchema
{
    /// <summary>What all tables are in: a database may have others, of other programs.</summary>
    public const string Name = "prover_cluster";

    /// <summary>Of the lock under which one node at a time changes them: any number that nobody else in a database has, "PrCl".</summary>
    public const long Lock = 0x5072436C;

    public static readonly IReadOnlyList<string> Steps =
    [
        """
        create table texts (
            number bigint generated always as identity primary key,
            digest text collate "C" not null unique,
            size bigint not null,
            content bytea not null);
        create table goals (
            number bigint generated always as identity primary key,
            id text collate "C" not null unique,
            goal text not null,
            owner text collate "C" not null,
            stands bigint not null,
            accepted_at bigint not null,
            deadline bigint not null,
            verdict text,
            answer text,
            output bigint references texts (number),
            settled_at bigint,
            verdict_text text collate "C",
            doubted text,
            text bigint references texts (number),
            content bytea);
        create index goals_open on goals (number) where settled_at is null;
        create index goals_settled on goals (settled_at, number) where settled_at is not null;
        create index goals_of_owner on goals (owner, settled_at, number) where settled_at is not null;
        create index goals_by_text on goals (text) where text is not null;
        create index goals_by_verdict_text on goals (verdict_text) where verdict_text is not null;
        create index goals_by_output on goals (output) where output is not null;
        create function goals_forgotten() returns trigger language plpgsql as $$
        begin
            delete from texts where number in (old.text, old.output)
                and not exists (select 1 from goals where text = texts.number) and not exists (select 1 from goals where output = texts.number);
            return null;
        end $$;
        create trigger goals_forgotten after delete on goals for each row execute function goals_forgotten();
        create table verdicts (
            key text collate "C" primary key,
            language text not null,
            verdict text not null,
            provenance text not null,
            bytes bigint not null,
            created bigint not null,
            used bigint not null);
        create index verdicts_by_use on verdicts (used, key);
        create index verdicts_by_age on verdicts (created, key);
        create table clock (
            one bigint primary key check (one = 1),
            now bigint not null,
            wall bigint not null,
            boot text not null,
            monotonic bigint not null);
        """,
    ];
}
