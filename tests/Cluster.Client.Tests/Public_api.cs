using System.Reflection;
using System.Text;
using ProverCluster.Messages.Ids;

namespace ProverCluster.Client.Tests;

/// <summary>What users have built on is changed on purpose only: a difference is approved by writing it into PublicApi.txt, or PublicApi.Messages.txt.</summary>
public sealed class Public_api
{
    private static readonly NullabilityInfoContext Nullability = new();

    /// <summary>The package has two assemblies: whoever calls the client has the messages in hand.</summary>
    [Theory]
    [InlineData(typeof(ProverClient), "PublicApi.txt")]
    [InlineData(typeof(GoalId), "PublicApi.Messages.txt")]
    public void Is_what_was_approved(Type one, string file)
    {
        var approved = Path.Combine(Repo.Root, "tests/Cluster.Client.Tests", file);
        var now = Describe(one.Assembly);
        if (File.Exists(approved) && File.ReadAllText(approved) == now) return;
        var received = Path.Combine(AppContext.BaseDirectory, file);
        File.WriteAllText(received, now);
        Assert.Fail($"the public API is not what was approved: compare {received} with {approved}");
    }

    private static string Describe(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append($"{Kind(type)} {type.FullName}{Bases(type)}\n");
            foreach (var line in Members(type).Order(StringComparer.Ordinal)) text.Append($"    {line}\n");
        }

        return text.ToString();
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum) return Enum.GetNames(type).Select(name => $"{name} = {(int)Enum.Parse(type, name)}");
        const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var isRecord = type.GetMethod("<Clone>$") is not null;
        return type.GetConstructors(Declared).Select(made => $"new({Parameters(made)})")
            .Concat(type.GetProperties(Declared).Select(Property))
            .Concat(type.GetFields(Declared).Select(field => $"{Name(field.FieldType)} {field.Name}"))
            .Concat(type.GetMethods(Declared).Where(method => !method.IsSpecialName && !(isRecord && IsOfRecords(method))).Select(Method));
    }

    private static string Property(PropertyInfo property)
    {
        var setter = property.SetMethod is not { IsPublic: true } set ? ""
            : set.ReturnParameter.GetRequiredCustomModifiers().Length > 0 ? " init;" : " set;";
        return $"{Name(property.PropertyType, Nullability.Create(property))} {property.Name} {{ get;{setter} }}";
    }

    private static string Method(MethodInfo method) =>
        $"{(method.IsStatic ? "static " : "")}{Name(method.ReturnType, Nullability.Create(method.ReturnParameter))} {method.Name}({Parameters(method)})";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{(parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "")}{Name(parameter.ParameterType, Nullability.Create(parameter))} {parameter.Name}{(parameter.HasDefaultValue ? " = " + (parameter.RawDefaultValue ?? "default") : "")}"));

    private static string Name(Type type, NullabilityInfo? nullability = null)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) return Name(inner) + "?";
        var name = type.IsArray ? Name(type.GetElementType()!) + "[]"
            : type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select((each, i) => Name(each, nullability?.GenericTypeArguments.ElementAtOrDefault(i))))}>"
            : type.IsNested ? $"{type.DeclaringType!.Name}.{type.Name}" : type.Name;
        return !type.IsValueType && nullability?.ReadState == NullabilityState.Nullable ? name + "?" : name;
    }

    private static string Kind(Type type) =>
        type.IsInterface ? "interface" : type.IsEnum ? "enum" : type.IsAbstract && type.IsSealed ? "static class" : type.IsAbstract ? "abstract class" : type.IsSealed ? "sealed class" : "class";

    private static string Bases(Type type)
    {
        if (type.IsEnum) return "";
        var bases = new[] { type.BaseType }.Concat(type.GetInterfaces().Except(type.BaseType?.GetInterfaces() ?? []))
            .OfType<Type>().Where(each => each != typeof(object) && !each.Name.StartsWith("IEquatable")).Select(each => Name(each)).ToList();
        return bases.Count == 0 ? "" : " : " + string.Join(", ", bases);
    }

    private static bool IsOfRecords(MethodInfo method) => method.Name is "Equals" or "GetHashCode" or "ToString" or "Deconstruct" or "<Clone>$" or "PrintMembers";
}
