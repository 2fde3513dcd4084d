using System.Net;
using Akka.Event;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Node.Telemetry;

/// <summary>
/// Every line that a node writes of its own accord. An id that was given is never given to another: 1000 on are of goals, 2000 of the store, 3000 of the cache, 4000 of what
/// comes in from outside, 5000 of the cluster.
/// </summary>
internal static class LogLines
{
    public static LogLine GoalSettled(GoalAnswer answer) =>
        new(1000, LogLevel.InfoLevel, $"goal {answer.Id} is settled: {answer.Verdict.Word()} after {answer.Settled.TotalMilliseconds:0} ms") { Goal = answer.Id };

    public static LogLine RunEnded(RunRow row) =>
        new(1001, LogLevel.DebugLevel, $"run {row.Run} has ended: {row.Outcome.Word()}") { Goal = row.Run.Goal, Run = row.Run };

    public static LogLine CoordinatorSuperseded(GoalId goal) =>
        new(1002, LogLevel.WarningLevel, $"the coordinator of goal {goal} gives way to a later one") { Goal = goal };

    public static LogLine ReportDropped(RunId run) =>
        new(1003, LogLevel.DebugLevel, $"a report of run {run} was dropped: it is none that lives") { Goal = run.Goal, Run = run };

    public static LogLine RaceBegunAnew(GoalId goal, long life, TimeSpan left) =>
        new(1004, LogLevel.InfoLevel, $"goal {goal} is raced anew, in life {life}, with {left.TotalMilliseconds:0} ms of its time: whoever waits has lost the coordinator that had it") { Goal = goal };

    public static LogLine RaceGoesOn(GoalId goal, long life, TimeSpan left) =>
        new(1005, LogLevel.InfoLevel, $"goal {goal} goes on here, in life {life}, with {left.TotalMilliseconds:0} ms of its time: another node has handed it over") { Goal = goal };

    public static LogLine RaceGivenUp(GoalId goal) =>
        new(1006, LogLevel.InfoLevel, $"goal {goal} is not raced for any more: it was handed over, and nobody has asked for it here") { Goal = goal };

    public static LogLine AnswerNotStored(GoalId goal, string why) =>
        new(2000, LogLevel.WarningLevel, $"the answer to goal {goal} is not stored yet: {why}") { Goal = goal };

    public static LogLine OpenGoalsUnreadable(string why) =>
        new(2001, LogLevel.WarningLevel, $"the goals that are not settled cannot be read; tried again until they can: {why}");

    public static LogLine StoreUnavailable(string why) =>
        new(2002, LogLevel.WarningLevel, $"the store does not work, and no goals are taken until it does: {why}");

    // As loud as the one before, or whoever has read that would wait for this in vain.
    public static LogLine StoreWorksAgain() => new(2003, LogLevel.WarningLevel, "the store works again");

    public static LogLine CacheNotAsked(GoalId goal, string text, string why) =>
        new(3000, LogLevel.WarningLevel, $"the cache was not asked for goal {goal} about the text {text}: {why}") { Goal = goal };

    public static LogLine VerdictNotKept(GoalId goal, string text, string why) =>
        new(3001, LogLevel.WarningLevel, $"the verdict of goal {goal} on the text {text} is not kept: {why}") { Goal = goal };

    public static LogLine Contradiction(GoalId goal, string text, string words) =>
        new(3002, LogLevel.ErrorLevel, $"two provers contradict each other about the text {text}, as goal {goal} has shown: {words}; whatever the cache has of it goes") { Goal = goal };

    public static LogLine ContradictionStays(GoalId goal, string text, string why) =>
        new(3003, LogLevel.ErrorLevel, $"the cache still has verdicts on the text {text}, which contradict each other: {why}; 'prove cache clear' takes them away") { Goal = goal };

    public static LogLine DoubtNotTold(GoalId goal, string text, string why) =>
        new(3004, LogLevel.ErrorLevel, $"not all answers that were given from the cache about the text {text} could be marked as doubted: {why}") { Goal = goal };

    public static LogLine AnswersDoubted(GoalId goal, string text, int count) =>
        new(3005, LogLevel.WarningLevel, $"{count} answers that were given from the cache about the text {text} are doubted") { Goal = goal };

    public static LogLine RaceHasNotCome(string text) =>
        new(3006, LogLevel.InfoLevel, $"a race about the text {text} was said to be on its way here and has not come: it is waited for no longer");

    public static LogLine BadTokens(int count, IPAddress? last) =>
        new(4000, LogLevel.WarningLevel, $"requests with a token that is nobody's since this was last said: {count}, the latest from {last?.ToString() ?? "an unknown address"}");

    public static LogLine TokensUnreadable(string sentence) =>
        new(4001, LogLevel.WarningLevel, $"{sentence}; the tokens that were good before still are");

    /// <param name="request">Its method and the path of its route: what a client wrote into either stays out.</param>
    /// <param name="goal">The one that the path names.</param>
    /// <param name="cause">What was thrown.</param>
    public static LogLine RequestFailed(string request, GoalId? goal, Exception cause) => new(4002, LogLevel.ErrorLevel, $"a request has failed: {request}") { Goal = goal, Cause = cause };

    /// <inheritdoc cref="RequestFailed"/>
    public static LogLine AnswerFailed(string request, GoalId? goal, Exception cause) =>
        new(4003, LogLevel.ErrorLevel, $"a request has failed after its answer had begun: {request}") { Goal = goal, Cause = cause };

    public static LogLine MessageLost(string sentence, Exception? cause) =>
        new(5000, LogLevel.WarningLevel, $"{sentence}; it is dropped, and more of its kind without a word{(cause is null ? "" : $" ({cause.Message})")}");

    public static LogLine QuestionFailed(Exception cause) => new(5001, LogLevel.ErrorLevel, "a question about this node could not be answered") { Cause = cause };
}
