namespace Akka.Remote;

/// <summary>Whose silence a node would notice by itself, and who is silent.</summary>
public class DefaultFailureDetectorRegistry<T>
{
    private readonly Func<T, bool> _isMonitoring;
    private readonly Func<T, bool> _isAvailable;

    internal DefaultFailureDetectorRegistry(Func<T, bool> isMonitoring, Func<T, bool> isAvailable) => (_isMonitoring, _isAvailable) = (isMonitoring, isAvailable);

    public bool IsMonitoring(T resource) => _isMonitoring(resource);

    /// <summary>Also of what is not monitored.</summary>
    public bool IsAvailable(T resource) => !_isMonitoring(resource) || _isAvailable(resource);
}
