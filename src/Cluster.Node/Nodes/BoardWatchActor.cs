using Akka.Actor;

namespace ProverCluster.Node.Nodes;

/// <summary>Waits until a board knows so many nodes.</summary>
internal sealed class BoardWatchActor : ReceiveActor
{
    private readonly NodeBoard _board;
    private readonly int _count;
    private readonly TaskCompletionSource _done;

    public BoardWatchActor(NodeBoard board, int count, TaskCompletionSource done)
    {
        (_board, _count, _done) = (board, count, done);
        Receive<NodeNews>(_ => Look());
    }

    public static Props Props(NodeBoard board, int count, TaskCompletionSource done) => Akka.Actor.Props.Create(() => new BoardWatchActor(board, count, done));

    protected override void PreStart()
    {
        _board.Subscribe(Self);
        Look();
    }

    protected override void PostStop()
    {
        _board.Unsubscribe(Self);
        _done.TrySetCanceled();
    }

    private void Look()
    {
        if (_board.Nodes.Count < _count)
            return;
        _done.TrySetResult();
        Context.Stop(Self);
    }
}
