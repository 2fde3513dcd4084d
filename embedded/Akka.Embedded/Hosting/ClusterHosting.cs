using Akka.Cluster.Hosting.SBR;
using Akka.Cluster.Sharding;
using Akka.Hosting;

namespace Akka.Cluster.Hosting
{
    public sealed class ClusterOptions
    {
        public string[] Roles { get; set; }

        /// <summary>The addresses of those to join, the same on every node; the first of them may form the cluster.</summary>
        public string[] SeedNodes { get; set; }

        public SplitBrainResolverOption SplitBrainResolver { get; set; }
    }

    public sealed class ShardOptions
    {
        /// <summary>Nothing is kept here beyond the life of the last node, whatever this says.</summary>
        public StateStoreMode? StateStoreMode { get; set; }

        public bool? RememberEntities { get; set; }

        public string Role { get; set; }

        public object HandOffStopMessage { get; set; }

        public bool? ShouldPassivateIdleEntities { get; set; }
    }

    public static class AkkaClusterHostingExtensions
    {
        public static AkkaConfigurationBuilder WithClustering(this AkkaConfigurationBuilder builder, ClusterOptions options = null)
        {
            if (options?.Roles is { Length: > 0 } roles) builder.AddHocon($"akka.cluster.roles = [{Quoted(roles)}]", HoconAddMode.Prepend);
            if (options?.SeedNodes is { Length: > 0 } seeds)
            {
                foreach (var seed in seeds) Actor.Address.Parse(seed);
                builder.AddHocon($"akka.cluster.seed-nodes = [{Quoted(seeds)}]", HoconAddMode.Prepend);
            }
            return builder.WithProvider("cluster");
        }

        public static AkkaConfigurationBuilder WithShardRegion<TKey>(
            this AkkaConfigurationBuilder builder, string typeName, Func<string, Props> entityPropsFactory, IMessageExtractor messageExtractor, ShardOptions shardOptions)
        {
            if (shardOptions.RememberEntities == true) throw new NotSupportedException("RememberEntities: the embedded runtime starts an entity only on a message for it.");
            if (shardOptions.ShouldPassivateIdleEntities != false)
                throw new NotSupportedException("ShouldPassivateIdleEntities: set it to false; in the embedded runtime an entity ends when it says so.");
            return builder.WithActors(async (system, registry) => registry.Register<TKey>(await ClusterSharding.Get(system).Start(
                typeName, shardOptions.Role, entityPropsFactory, messageExtractor, shardOptions.HandOffStopMessage ?? PoisonPill.Instance).ConfigureAwait(false)));
        }

        public static AkkaConfigurationBuilder WithShardRegionProxy<TKey>(
            this AkkaConfigurationBuilder builder, string typeName, string roleName, IMessageExtractor messageExtractor) =>
            builder.WithActors(async (system, registry) => registry.Register<TKey>(
                await ClusterSharding.Get(system).Start(typeName, roleName, null, messageExtractor, PoisonPill.Instance).ConfigureAwait(false)));

        private static string Quoted(string[] texts) => string.Join(", ", texts.Select(t => $"\"{t}\""));
    }
}

namespace Akka.Cluster.Hosting.SBR
{
    public abstract class SplitBrainResolverOption
    {
        private protected SplitBrainResolverOption() { }
    }

    /// <summary>The larger side of a split stays; of two halves the one with the lowest address.</summary>
    public sealed class KeepMajorityOption : SplitBrainResolverOption;
}

namespace Akka.Cluster.Sharding
{
    /// <summary>Where the homes of the shards are kept.</summary>
    public enum StateStoreMode
    {
        Persistence,
        DData,
    }
}
