using System.Linq.Expressions;
using System.Reflection;

namespace Akka.Actor;

/// <summary>The recipe for an actor: its class and the arguments of its constructor. Used once more at each restart.</summary>
public class Props
{
    private readonly Func<ActorBase> _produce;
    internal Props(Type type, Func<ActorBase> produce) => (Type, _produce) = (type, produce);
    public Type Type { get; }
    public SupervisorStrategy SupervisorStrategy { get; internal init; }

    /// <summary>A test's own actors run on the thread that tells them something.</summary>
    internal bool OnCallingThread { get; init; }
    public static Props Create<TActor>(params object[] args) where TActor : ActorBase => Create(typeof(TActor), args);

    /// <summary>The arguments are worked out now, once; a restart gets the same ones.</summary>
    public static Props Create<TActor>(Expression<Func<TActor>> factory, SupervisorStrategy supervisorStrategy = null) where TActor : ActorBase
    {
        if (factory.Body is not NewExpression { Constructor: not null } construction)
            throw new ArgumentException("The expression must be 'new T(arguments)'.", nameof(factory));
        return Create(typeof(TActor), [.. construction.Arguments.Select(Evaluate)]).WithSupervisorStrategy(supervisorStrategy);
    }

    public static Props Create(Type type, params object[] args) => new(type, () => Construct(type, args));

    public Props WithSupervisorStrategy(SupervisorStrategy supervisorStrategy) =>
        new(Type, _produce) { SupervisorStrategy = supervisorStrategy, OnCallingThread = OnCallingThread };

    internal ActorBase NewActor() => _produce();

    private static ActorBase Construct(Type type, object[] args)
    {
        try
        {
            return (ActorBase)Activator.CreateInstance(type, args);
        }
        catch (Exception e)
        {
            var cause = e is TargetInvocationException { InnerException: { } inner } ? inner : e;
            throw new TypeLoadException($"{type} could not be made from {args.Length} arguments ({string.Join(", ", args.Select(a => a ?? "null"))}): {cause.Message}", cause);
        }
    }

    /// <summary>Arguments are nearly always locals, fields or constants; an expression for those is read, which costs a hundredth of compiling it.</summary>
    private static object Evaluate(Expression expression) => expression switch
    {
        ConstantExpression constant => constant.Value,
        MemberExpression { Member: FieldInfo field } m => field.GetValue(m.Expression is null ? null : Evaluate(m.Expression)),
        _ => Expression.Lambda<Func<object>>(Expression.Convert(expression, typeof(object))).Compile(preferInterpretation: true)(),
    };
}
