using System.Linq.Expressions;
using System.Reflection;

namespace Akka.Actor;

/// <summary>The recipe for an actor: its class and the arguments of its constructor. Used once more at each restart.</summary>
public class Props
{
    private readonly Func<ActorBase> _produce;
    internal Props(Type type, Func<ActorBase> produce) => (Type, _produce) = (type, produce);
    public Type Type { get; }

    /// <summary>A test's own actors run on the thread that tells them something.</summary>
    internal bool OnCallingThread { get; init; }

    /// <summary>The arguments are worked out now, once; a restart gets the same ones.</summary>
    public static Props Create<TActor>(Expression<Func<TActor>> factory) where TActor : ActorBase
    {
        if (factory.Body is not NewExpression { Constructor: { } constructor } construction)
            throw new ArgumentException("The expression must be 'new T(arguments)'.", nameof(factory));
        var arguments = construction.Arguments.Select(Evaluate).ToArray();
        return new Props(typeof(TActor), () => (ActorBase)constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, arguments, null));
    }

    internal ActorBase NewActor() => _produce();

    /// <summary>Arguments are nearly always locals, fields or constants; an expression for those is read, which costs a hundredth of compiling it.</summary>
    private static object Evaluate(Expression expression) => expression switch
    {
        ConstantExpression constant => constant.Value,
        MemberExpression { Member: FieldInfo field } m => field.GetValue(m.Expression is null ? null : Evaluate(m.Expression)),
        _ => Expression.Lambda<Func<object>>(Expression.Convert(expression, typeof(object))).Compile(preferInterpretation: true)(),
    };
}
