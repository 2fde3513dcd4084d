namespace ProverCluster.Messages.Nodes;

/// <summary>What one node of the cluster can run, for whoever asks.</summary>
/// <param name="Node">Its name.</param>
/// <param name="Slots">How many runs it has at once.</param>
/// <param name="Free">How many of them are free.</param>
/// <param name="Waiting">How many goals wait for a slot there.</param>
/// <param name="IsDraining">Whether it takes no more work.</param>
/// <param name="Backends">What it has, and on which language each can be raced.</param>
public sealed record NodeView(string Node, int Slots, int Free, int Waiting, bool IsDraining, IReadOnlyList<BackendOffer> Backends)
{
    public static NodeView Of(NodeEvents.Offered offer) => new(offer.Node, offer.Slots, offer.Free, offer.Waiting, offer.IsDraining, offer.Backends);
}
