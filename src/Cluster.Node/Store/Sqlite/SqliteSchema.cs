namespace ProverCluster.Node.Store.Sqlite;

/// <summary>The tables in SQLite. Step n leads from version n - 1 to n; one that was ever shipped is not changed any more. docs/store.md says what a step may do.</summary>
internal static class SqliteSchema
{
    /// <summary>"PrCl": the store's mark in the file, by which it is told from another program's.</summary>
    public const int ApplicationId = 0x5072436C;

    public static readonly IReadOnlyList<string> Steps =
    [
        """
        create table texts (
            number integer primary key,
            digest text not null unique,
            size integer not null,
            content blob not null);
        create table goals (
            number integer primary key autoincrement,
            id text not null unique,
            goal text not null,
            owner text not null,
            stands integer not null,
            accepted_at integer not null,
            deadline integer not null,
            verdict text,
            answer text,
            output integer references texts (number),
            settled_at integer,
            verdict_text text,
            doubted text,
            text integer references texts (number),
            content blob);
        create index goals_open on goals (number) where settled_at is null;
        create index goals_settled on goals (settled_at, number) where settled_at is not null;
        create index goals_of_owner on goals (owner, settled_at, number) where settled_at is not null;
        create index goals_by_text on goals (text) where text is not null;
        create index goals_by_verdict_text on goals (verdict_text) where verdict_text is not null;
        create index goals_by_output on goals (output) where output is not null;
        create trigger goals_forgotten after delete on goals begin
            delete from texts where number in (old.text, old.output)
                and not exists (select 1 from goals where text = texts.number) and not exists (select 1 from goals where output = texts.number);
        end;
        create table verdicts (
            key text primary key,
            language text not null,
            verdict text not null,
            provenance text not null,
            bytes integer not null,
            created integer not null,
            used integer not null) without rowid;
        create index verdicts_by_use on verdicts (used, key);
        create index verdicts_by_age on verdicts (created, key);
        create table clock (
            one integer primary key check (one = 1),
            now integer not null,
            wall integer not null,
            boot text not null,
            monotonic integer not null);
        """,
    ];
}
