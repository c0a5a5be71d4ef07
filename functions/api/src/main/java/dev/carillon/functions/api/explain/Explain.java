package dev.carillon.functions.api.explain;

import dev.carillon.batch.Batches;
import dev.carillon.channel.Channel;
import dev.carillon.edge.view.RunView;
import dev.carillon.edge.view.Times;
import dev.carillon.functions.api.outcome.MessageWords;
import dev.carillon.functions.api.outcome.RecipientOutcome;
import dev.carillon.functions.api.outcome.WaitWords;
import dev.carillon.json.Json;
import dev.carillon.message.Message;
import dev.carillon.run.Cancellation;
import dev.carillon.run.HaltReason;
import dev.carillon.run.LogEntry;
import dev.carillon.run.Run;
import dev.carillon.run.Run.State;
import dev.carillon.run.RunEvent;
import dev.carillon.run.Wait;
import dev.carillon.workflow.StepRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Why the recipient of a run did, or did not, get what it was about: one answer, and behind it each
 * step with what happened there. Pure: it words what is stored and decides nothing.
 */
final class Explain {
  private final Run run;
  private final List<Message> messages;
  private final Optional<Batches.Standing> batch;
  private final List<Channel> channels;
  private final Optional<Explain> holder;

  /**
   * @param messages those that the run made, as far as they are stored
   * @param batch the batch that the run holds open, if it does
   * @param channels those of the environment
   * @param holder of a run that ended in a batch which another one holds, that one
   */
  Explain(
      Run run,
      List<Message> messages,
      Optional<Batches.Standing> batch,
      List<Channel> channels,
      Optional<Explain> holder) {
    this.run = run;
    this.messages = List.copyOf(messages);
    this.batch = batch;
    this.channels = List.copyOf(channels);
    this.holder = holder;
  }

  Json.Obj json() {
    RecipientOutcome outcome = RecipientOutcome.of(run, messages);
    return RunView.of(run)
        .with("trace_id", run.trace().id())
        .with("outcome", name(outcome))
        .with("reason", outcome.reason())
        .with("answer", answer(outcome))
        .with("waits_until", waitsUntil(outcome))
        .with("steps", Json.array(steps()));
  }

  static String name(RecipientOutcome outcome) {
    return switch (outcome) {
      case RecipientOutcome.Waiting _ -> "waiting";
      case RecipientOutcome.OnItsWay _ -> "in_progress";
      case RecipientOutcome.Delivered _ -> "delivered";
      case RecipientOutcome.Skipped _ -> "skipped";
      case RecipientOutcome.Failed _ -> "failed";
    };
  }

  private Json waitsUntil(RecipientOutcome outcome) {
    return switch (outcome) {
      case RecipientOutcome.Waiting waiting ->
          Times.of(batch.map(Batches.Standing::closeAt).orElse(waiting.dueAt()));
      case RecipientOutcome.OnItsWay _,
          RecipientOutcome.Delivered _,
          RecipientOutcome.Skipped _,
          RecipientOutcome.Failed _ ->
          Json.NULL;
    };
  }

  private String answer(RecipientOutcome outcome) {
    return switch (outcome) {
      case RecipientOutcome.Waiting(_, _, var held) when held.isPresent() ->
          "Not yet. " + leftOut() + ofMessages(List.of("queued"));
      case RecipientOutcome.Waiting _ -> "Not yet. " + leftOut() + waits() + ofMessages(List.of());
      case RecipientOutcome.OnItsWay(_, _) when messages.isEmpty() ->
          "Not yet: it is being worked on.";
      case RecipientOutcome.OnItsWay _ -> "Not yet. " + leftOut() + ofMessages(List.of());
      case RecipientOutcome.Delivered _ -> "Yes. " + leftOut() + ofMessages(List.of());
      case RecipientOutcome.Skipped _ -> "No. " + telling() + ofMessages(List.of());
      case RecipientOutcome.Failed _ -> "No. " + telling() + ofMessages(List.of());
    };
  }

  private String waits() {
    return run.state() instanceof State.Waiting(Wait wait)
        ? Cancellation.leftBatch(run, wait).map(it -> LogWords.sentence(it) + " ").orElse("")
            + WaitWords.sentence(wait, batch)
            + (messages.isEmpty() ? "" : " ")
        : "";
  }

  /**
   * @param statuses only those in one of them; empty for all
   */
  private String ofMessages(List<String> statuses) {
    return String.join(
        " ",
        messages.stream()
            .filter(it -> statuses.isEmpty() || statuses.contains(it.status().wireName()))
            .map(it -> "On " + channel(it) + ": " + MessageWords.sentence(it))
            .toList());
  }

  private String channel(Message message) {
    return channels.stream()
        .filter(channel -> channel.id().equals(message.channel()))
        .map(Channel::key)
        .findFirst()
        .orElse(message.channelType().wireName());
  }

  /** That a message may have gone to an address of before; empty when there is nothing of it. */
  private String leftOut() {
    return first(run.log().reversed(), RunEvent.IDENTIFICATION_LEFT_OUT, true)
        .map(entry -> LogWords.sentence(entry) + " ")
        .orElse("");
  }

  /** The line of the log that says why nothing came of it; empty when its messages say it. */
  private String telling() {
    return leftOut() + cause(run.log().reversed());
  }

  private String cause(List<LogEntry> newestFirst) {
    return first(newestFirst, RunEvent.STEP_FAILED, fails())
        .or(() -> first(newestFirst, RunEvent.RUN_HALTED, !fails()))
        .or(() -> first(newestFirst, RunEvent.RECIPIENT_MISSING, true))
        .or(() -> first(newestFirst, RunEvent.RUN_CANCELLED, true))
        .or(() -> first(newestFirst, RunEvent.BATCH_JOINED, true))
        .or(() -> first(newestFirst, RunEvent.STEP_SKIPPED, messages.isEmpty()))
        .map(
            entry ->
                at(entry)
                    + LogWords.sentence(entry)
                    + (entry.event() == RunEvent.BATCH_JOINED ? ofHolder() : "")
                    + (messages.isEmpty() ? "" : " "))
        .orElse(messages.isEmpty() ? "No step of the workflow had anything to send." : "");
  }

  /** What became of the batch is what became of the run that holds it. */
  private String ofHolder() {
    return holder
        .map(
            it ->
                " What became of that run: " + it.answer(RecipientOutcome.of(it.run, it.messages)))
        .orElse("");
  }

  private boolean fails() {
    return RecipientOutcome.halted(run).filter(it -> it == HaltReason.STEP_FAILED).isPresent();
  }

  private static Optional<LogEntry> first(List<LogEntry> log, RunEvent event, boolean looked) {
    return looked
        ? log.stream().filter(entry -> entry.event() == event).findFirst()
        : Optional.empty();
  }

  private static String at(LogEntry entry) {
    return entry.step().map(step -> "At the step " + step + ": ").orElse("");
  }

  /** Each step once, in the order in which the run came to them; what is no step's has no ref. */
  private List<Json> steps() {
    Map<Optional<StepRef>, List<LogEntry>> entries = new LinkedHashMap<>();
    run.log().forEach(it -> entries.computeIfAbsent(it.step(), _ -> new ArrayList<>()).add(it));
    return entries.entrySet().stream()
        .<Json>map(step -> step(step.getKey(), step.getValue()))
        .toList();
  }

  private Json.Obj step(Optional<StepRef> ref, List<LogEntry> entries) {
    List<Message> made =
        messages.stream().filter(it -> ref.equals(Optional.of(it.source().step()))).toList();
    return Json.object()
        .with("step_ref", Json.ofNullable(ref.map(StepRef::value)))
        .with(
            "step_type",
            Json.ofNullable(
                Optional.of(entries.getFirst().stepType()).filter(type -> !type.isEmpty())))
        .with("events", Json.array(entries.stream().map(Explain::event).toList()))
        .with("messages", Json.array(made.stream().map(this::message).toList()));
  }

  private static Json.Obj event(LogEntry entry) {
    return Json.object()
        .with("event", entry.event().wireName())
        .with("status", entry.ok() ? "ok" : "error")
        .with("attempt", Json.of(entry.attempt()))
        .with("reason", Json.ofNullable(entry.data().text("reason")))
        .with("sentence", LogWords.sentence(entry))
        .with("data", entry.data().fields().isEmpty() ? Json.NULL : entry.data())
        .with("inserted_at", Times.of(entry.at()));
  }

  private Json.Obj message(Message message) {
    return Json.object()
        .with("id", message.id().value())
        .with("channel", channel(message))
        .with("channel_type", message.channelType().wireName())
        .with("status", message.status().wireName())
        .with("scheduled_at", Times.of(message.scheduledAt()))
        .with("sentence", MessageWords.sentence(message))
        .with("attempts", MessageWords.attempts(message.attempts()));
  }
}
