using Akka.Actor;
using ProverCluster.Messages.Flights;
using ProverCluster.Node.Goals;
using ProverCluster.Node.Telemetry;

namespace ProverCluster.Node.Cache;

/// <summary>The part of the flight's actor that is about how it begins: somebody boards who is there, or another node hands a race over for those who board then.</summary>
internal sealed partial class FlightActor
{
    private readonly Askers<FlightCommands.Board> _askers = new();
    private readonly Arrivals _arrivals;

    /// <summary>What another node has handed over, with its age when this one's clock began.</summary>
    private FlightCommands.Resume? _handedOver;
    private bool _isRaceComing;

    /// <summary>It waits once: whoever boards says the same again.</summary>
    private bool _hasWaited;

    private void OnBoard(FlightCommands.Board board)
    {
        _arrivals.Note(board);
        if (!_flight.IsNew)
        {
            // It is there, whether its answer comes or not.
            _askers.Found(Sender);
            Join(board);
            return;
        }

        // Those who hear that the last life is gone may come before what it hands over. Those who have not heard so wait as well: theirs would be a second race.
        _isRaceComing |= board.IsMoving && _handedOver is null && !_hasWaited;
        if (_isRaceComing)
        {
            KeepForRace();
            return;
        }

        _askers.Find(Sender, board);
        AwaitBoard();
    }

    private void OnThere()
    {
        if (_isRaceComing)
        {
            KeepForRace();
            return;
        }

        if (_askers.Found(Sender) is not { } board)
            return;
        if (_handedOver is { } moved)
            GoOn(moved);
        Join(board);
        Stash.UnstashAll();
    }

    private void OnLeave(FlightCommands.Leave leave)
    {
        if (_isRaceComing || (!_flight.Riders.ContainsKey(leave.Goal) && _askers.Asks.Any(board => board.What.Id == leave.Goal)))
            Stash.Stash();
        else if (!_flight.IsNew || (_askers.Asks.Count == 0 && _handedOver is null))
            Happen(new FlightHappening.Departed(leave.Goal, leave.Reason, IsGone: false));
    }

    /// <summary>It goes on for those who wait, or when somebody boards: if this was held up on its way, all may have been answered since.</summary>
    private void OnResume(FlightCommands.Resume resume)
    {
        var moved = resume with { Age = resume.Age - Now };
        if (!_flight.Riders.IsEmpty)
        {
            GoOn(moved);
        }
        else if (_flight.IsNew)
        {
            _handedOver = moved;
            AwaitBoard();
            WaitNoMore();
        }
    }

    private void GoOn(FlightCommands.Resume moved)
    {
        _handedOver = null;
        Happen(new FlightHappening.Resumed(moved.Race, moved.Source, moved.Age + Now, moved.Had));
    }

    private void OnNobodyBoards()
    {
        _handedOver = null;
        Happen(new FlightHappening.NobodyCame());
    }

    private void AwaitBoard() => Timers.StartSingleTimer(NobodyBoards.Instance, NobodyBoards.Instance, _tools.ReturnPatience);

    private void KeepForRace()
    {
        Stash.Stash();
        // Somebody has boarded, and is looked for when the wait is over.
        Timers.Cancel(NobodyBoards.Instance);
        if (!Timers.IsTimerActive(NoRaceCame.Instance))
            Timers.StartSingleTimer(NoRaceCame.Instance, NoRaceCame.Instance, _tools.HandOverPatience);
    }

    /// <summary>What was handed over is lost: those who board get a race of their own.</summary>
    private void OnNoRaceCame()
    {
        _hasWaited = true;
        _log.Tell(LogLines.RaceHasNotCome(_name.Key.Text));
        WaitNoMore();
    }

    private void WaitNoMore()
    {
        _isRaceComing = false;
        Timers.Cancel(NoRaceCame.Instance);
        Stash.UnstashAll();
    }

    private sealed class NobodyBoards : INoSerializationVerificationNeeded
    {
        public static readonly NobodyBoards Instance = new();
    }

    private sealed class NoRaceCame : INoSerializationVerificationNeeded
    {
        public static readonly NoRaceCame Instance = new();
    }
}
