namespace Akka.Actor;

/// <summary>Classes named in a configuration. The assembly is ignored: here a class of the same name may live in another one.</summary>
internal static class TypeNames
{
    public static Type Resolve(string name, string key)
    {
        var bare = name.Split(',')[0].Trim();
        return Type.GetType(name)
            ?? AppDomain.CurrentDomain.GetAssemblies().Select(a => a.GetType(bare)).FirstOrDefault(t => t is not null)
            ?? throw new ConfigurationException($"{key}: there is no class '{name}'.");
    }
}
