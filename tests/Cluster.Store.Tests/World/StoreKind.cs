using System.Reflection;
using Xunit.Sdk;

namespace ProverCluster.Store;

public enum StoreKind
{
    Sqlite,
    Postgres,
}

/// <summary>The spec holds for a store in a folder; where there is no SQLite it is skipped, and says so.</summary>
public sealed class OnSqliteAttribute : DataAttribute
{
    public OnSqliteAttribute() => Skip = Needs.Sqlite();

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[StoreKind.Sqlite]];
}

/// <summary>The spec holds for a store on a server; where there is no PostgreSQL it is skipped, and says so.</summary>
public sealed class OnPostgresAttribute : DataAttribute
{
    public OnPostgresAttribute() => Skip = PostgresServer.Missing();

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[StoreKind.Postgres]];
}

/// <summary>A spec of a store on a server alone.</summary>
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = PostgresServer.Missing();
}

/// <summary>A spec that needs a small disk of its own, which only root may make, and not in every container.</summary>
public sealed class SmallDiskFactAttribute : FactAttribute
{
    public SmallDiskFactAttribute() => Skip = Needs.Sqlite() ?? SmallDisk.Trouble;
}
